"""A purchase of the story: tender, questions, sealed bids, opening, panel, scores, award, contract, milestones."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.core.values import Ref
from app.demo.people import EVALUATORS
from app.demo.stage import ZONE, Stage, Thread
from app.demo.texts import PLANS, TEAM
from app.procurement import actions, queries, rules
from app.procurement.rules import Criterion, Scale, Step

AT_LEAST = timedelta(days=21)
"""From the publication to the deadline: what the law wants, and a day."""
PANEL = ("何主任", *EVALUATORS)


GRADES = (
    ("优：每一项都写明怎么做、谁来做、什么时候做", 10),
    ("良：写明怎么做，人或时间有没写到的", 8),
    ("中：只写了大概", 5),
    ("差：没有写，或者不合要求", 0),
)


def graded(points: int) -> Scale:
    """Points by grade: all, four fifths, half, none, each with its standard."""
    return Scale(rules.GRADED, tuple(Step(words, points * share // 10) for words, share in GRADES))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is bought, for whom, how it is scored, what somebody asks about it, and what is offered. Amounts in fen.

    It is published so many days before today and open for bids so many `days`; or so that bids were opened on the last
    working day before today (`just_closed`).
    """

    title: str
    summary: str
    ceiling: int
    published: int
    days: int
    beneficiaries: str
    requirements: str
    plan: str
    care: str
    months: int
    question: str
    answer: str = ""
    plans: Mapping[str, tuple[str, int]] = field(default_factory=lambda: PLANS)
    team: str = TEAM
    just_closed: bool = False

    def criteria(self) -> tuple[Criterion, ...]:
        """Four factors and the price, a hundred points together."""
        return (
            Criterion("服务方案", 3_500, rules.JUDGED, "technical", (graded(3_500),), self.plan),
            Criterion("质量和应急", 2_000, rules.JUDGED, "technical", (graded(2_000),), self.care),
            Criterion(
                "项目负责人和团队资质", 1_500, rules.OBJECTIVE, "commercial",
                (Scale(rules.PER_ITEM, (Step("每本社会工作者证或健康证", 300),), 1_500),), "按证给分",
            ),
            Criterion(
                "同类项目履约评价", 1_000, rules.OBJECTIVE, "commercial",
                (Scale(rules.PER_ITEM, (Step("每份“优”的履约评价", 500),), 1_000),), "近三年，附评价报告",
            ),
            Criterion("价格", 2_000, rules.PRICE, "price", (), "最低报价除以报价，乘20分"),
        )  # fmt: skip


SCORES: Mapping[str, tuple[int, int, int, int]] = {
    "和风": (3_500, 2_000, 1_500, 1_000),
    "同心": (2_800, 1_600, 1_200, 500),
    "邻里": (2_800, 2_000, 1_500, 500),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """When the steps of a purchase are taken until the bids are opened."""

    published: datetime
    asked: datetime
    answered: datetime
    bids: datetime
    deadline: datetime


def plan(stage: Stage, wanted: Wanted) -> Plan:
    """Counted in working days from one another, so that whatever the holidays do none comes before the one before it."""
    if wanted.just_closed:
        deadline = stage.later(stage.now, -1, 10)
        published = stage.later(deadline - timedelta(days=wanted.days - 1), -1, 10)
    else:
        published = stage.working_at(wanted.published, 10)
        earliest = stage.working_from((published + AT_LEAST).astimezone(ZONE).date(), 10)
        deadline = max(stage.working_at(wanted.published - wanted.days, 10), earliest)
    asked = stage.later(published, 3, 11, 20)
    return Plan(published, asked, stage.later(asked, 1, 9, 40), stage.later(deadline, -2, 14, 21), deadline)


def announce(stage: Stage, matter: Ref, wanted: Wanted) -> Generator[datetime, None, int]:
    """The secretary drafts a tender under the mandate of the resolution, and publishes it. Answers with its id."""
    planned = plan(stage, wanted)
    yield planned.published
    mandate = next(one for one in queries.mandates(stage.community_id) if one.matter == matter)
    draft = actions.TenderDraft(
        title=wanted.title,
        ceiling=wanted.ceiling,
        deadline=planned.deadline,
        criteria=wanted.criteria(),
        summary=wanted.summary,
        requirements=wanted.requirements,
        beneficiaries=wanted.beneficiaries,
        buyer="梧桐里社区居民委员会",
        performance_bond=500,
        qualifications=("依法登记的法人，能独立承担民事责任", "有健全的财务会计制度"),
        payment="签订合同后付30%，期中付40%，验收合格后付30%",
        acceptance="居委会、业委会和服务对象代表一起验收，结果公开",
        term_months=wanted.months,
    )
    number = actions.draft_tender(stage.actor("林秘书"), stage.community_id, mandate.id, draft)
    tender = queries.get_tender(stage.community_id, number)
    actions.publish_tender(stage.actor("林秘书"), tender.id)
    return tender.id


def ask_and_answer(stage: Stage, tender_id: int, organisation_id: int, at: datetime, wanted: Wanted) -> Thread:
    """An organisation asks; the answer, where there is one already, goes to all."""
    yield at
    number = actions.ask_question(stage.actor("和风"), tender_id, organisation_id, wanted.question)
    if wanted.answer:
        yield plan(stage, wanted).answered
        actions.answer_question(stage.actor("林秘书"), tender_id, number, wanted.answer, affects_bids=False)


def bid(
    stage: Stage, tender_id: int, organisations: Mapping[str, int], at: datetime, wanted: Wanted, share: int = 100
) -> Thread:
    """The organisations hand in their sealed bids; `share` scales their prices, in percent."""
    for place, (who, organisation_id) in enumerate(organisations.items()):
        plan, price = wanted.plans[who]
        offer = actions.Offer(price * share // 100, plan, wanted.team, tuple(rules.DECLARATIONS))
        yield at + timedelta(hours=place)
        actions.submit_bid(stage.actor(who), tender_id, organisation_id, offer)


def let(
    stage: Stage, matter: Ref, organisations: Mapping[str, int], wanted: Wanted, scored: Sequence[str] = PANEL
) -> Generator[datetime, None, int]:
    """A tender from its draft to its evaluation, in which all three organisations bid. Answers with its id."""
    tender_id = yield from announce(stage, matter, wanted)
    planned = plan(stage, wanted)
    yield from ask_and_answer(stage, tender_id, organisations["和风"], planned.asked, wanted)
    yield from bid(stage, tender_id, organisations, planned.bids, wanted)
    yield from evaluate(stage, tender_id, organisations, scored)
    return tender_id


def evaluate(stage: Stage, tender_id: int, organisations: Mapping[str, int], scored: Sequence[str] = PANEL) -> Thread:
    """Bids are opened at the deadline; members declare, score and hand in; once all have, the best is chosen and published."""
    deadline = queries.get_by_id(tender_id).deadline
    yield deadline + timedelta(minutes=1)
    actions.open_bids(stage.actor("林秘书"), tender_id)
    names = {number: who for who, number in organisations.items()}
    bids = queries.opened_bids(tender_id)
    for one in bids:
        actions.qualify_bid(stage.actor("林秘书"), tender_id, one.position, True)
    seats = [
        rules.PanelSeat(stage.people[who], rules.BUYER if who == "何主任" else rules.EXPERT, chairs=place == 1)
        for place, who in enumerate(PANEL)
    ]
    actions.appoint_panel(stage.actor("王书记"), tender_id, seats)
    factors = [row for row in queries.criteria(tender_id) if row.kind != rules.PRICE]
    for place, who in enumerate(scored):
        yield deadline + timedelta(hours=4 + place)
        actions.declare_conflict(stage.actor(who), tender_id, False)
        for one in bids:
            given = SCORES[names[one.organisation_id]]
            points = {row.id: given[at] for at, row in enumerate(factors)}
            actions.score_bid(stage.actor(who), tender_id, one.position, points)
        actions.submit_scores(stage.actor(who), tender_id)
    if len(scored) < len(PANEL):
        return
    yield stage.later(deadline, 1, 10)
    actions.rank_bids(stage.actor("王书记"), tender_id)
    yield stage.later(deadline, 2, 10)
    first = next(row for row in queries.ranks(tender_id) if row.rank == 1)
    actions.decide_award(stage.actor("王书记"), tender_id, first.bid.position)
    yield stage.later(deadline, 3, 10)
    actions.publish_award(stage.actor("林秘书"), tender_id)


def contract(stage: Stage, tender_id: int, done: int) -> Thread:
    """After the last day for challenges the contract is signed; `done` of its milestones are accepted by now."""
    award = queries.find_award(tender_id)
    assert award is not None
    assert award.challenge_until is not None
    signed = stage.working_from(award.challenge_until + timedelta(days=1), 10)
    yield signed
    price = award.price
    start = signed.date()
    parts = (price * 30 // 100, price * 40 // 100)
    milestones = [
        rules.Milestone("开始服务，首付款", start + timedelta(days=10), parts[0]),
        rules.Milestone("期中考核", start + timedelta(days=150), parts[1]),
        rules.Milestone("期满验收", start + timedelta(days=340), price - sum(parts)),
    ]
    ends = rules.months_after(start, 12) - timedelta(days=1)
    actions.sign_contract(stage.actor("王书记"), tender_id, start, ends, milestones)
    notes = ("63位老人都已开始收到午餐", "抽查30户，满意28户；送餐迟到3次，已改进")
    for position in range(1, done + 1):
        yield signed + timedelta(days=(9, 149)[position - 1])
        actions.complete_milestone(stage.actor("林秘书"), tender_id, position, notes[position - 1])
