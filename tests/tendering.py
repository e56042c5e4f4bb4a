"""A tender told as far as a test wants it: mandate, notice, three bidders, opening, panel, award, contract."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.values import Actor, Ref, the_house
from app.identity.actions import create_account, grant_role
from app.organisations.actions import Particulars, register_organisation
from app.procurement import actions, queries, rules
from app.procurement.actions import Offer, TenderDraft
from app.wiring.login import actor_of
from tests.conftest import Clock
from tests.world import FIRST_DAY, PASSWORD, World

ZONE = ZoneInfo("Asia/Shanghai")
CEILING = 28_600_000
CODES = ("52310115MJ50123457", "52440300MJL1234565", "91310115MA1K3ABCDM", "52310115MJ50987659")
NAMES = ("和风社工服务中心", "晚晴养老服务社", "邻里餐饮有限公司", "阳光社工事务所")
KINDS = ("service", "service", "enterprise", "service")
DECLARED = tuple(sorted(rules.DECLARATIONS))
SECRET_WORDS = "送餐路线分三条"


def factor(name: str, points: int, kind: str = rules.JUDGED) -> rules.Criterion:
    """A factor with one step for all its points."""
    return rules.Criterion(name, points, kind, "", (rules.Scale(rules.CHOICE, (rules.Step("写明做法", points),)),))


CRITERIA = (
    factor("服务方案", 6000),
    factor("团队证书", 2500, rules.OBJECTIVE),
    rules.Criterion("价格", 1500, rules.PRICE, "price"),
)


def draft(**changes: object) -> TenderDraft:
    """A sound tender for meals that closes on 30 March 2026 at ten."""
    values: dict[str, object] = {
        "title": "2027年独居老人助餐服务",
        "summary": "为63位独居老人每天送一顿热饭。",
        "requirements": "每天一顿，热的。",
        "beneficiaries": "63位独居老人",
        "buyer": "梧桐里社区居民委员会",
        "ceiling": CEILING,
        "deadline": datetime(2026, 3, 30, 10, tzinfo=ZONE),
        "criteria": CRITERIA,
    }
    return TenderDraft(**{**values, **changes})  # type: ignore[arg-type]  # the fields of a draft by name


@dataclass(slots=True)
class Tendering:
    """One tender under way; each step moves it on."""

    world: World
    clock: Clock
    number: int = 0
    tender_id: int = 0
    suppliers: list[tuple[Actor, int]] = field(default_factory=list)
    experts: list[Actor] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)

    @property
    def secretary(self) -> Actor:
        """Who buys."""
        return self.world.actor("secretary")

    @property
    def url(self) -> str:
        """The page of the tender."""
        return f"/c/{self.world.slug}/tenders/{self.number}"

    def mandate(self, ceiling: int = CEILING, resolution: int = 11) -> int:
        """A resolution allows it."""
        return actions.grant_mandate(
            self.secretary,
            self.world.community_id,
            Ref("resolution", resolution),
            Ref("proposal", 7),
            ceiling,
            "独居老人助餐",
        )

    def drafted(self, resolution: int = 11, **changes: object) -> "Tendering":
        """Somebody wrote it down."""
        mandate = self.mandate(resolution=resolution)
        self.number = actions.draft_tender(self.secretary, self.world.community_id, mandate, draft(**changes))
        self.tender_id = queries.get_tender(self.world.community_id, self.number).id
        return self

    def published(self, **changes: object) -> "Tendering":
        """The notice is out."""
        self.drafted(**changes)
        actions.publish_tender(self.secretary, self.tender_id)
        return self

    def supplier(self, index: int) -> tuple[Actor, int]:
        """An organisation and somebody who acts for it."""
        while len(self.suppliers) <= index:
            at = len(self.suppliers)
            account_id = create_account(f"联系人{at}", f"supplier-{at}", PASSWORD)
            particulars = Particulars(NAMES[at], f"联系人{at}", "13800001111", "做过三年助餐。")
            number = register_organisation(Actor(account_id), CODES[at], KINDS[at], particulars)
            self.suppliers.append((actor_of(account_id), number))
        return self.suppliers[index]

    def bid(self, index: int, price: int = 26_000_000) -> str:
        """An organisation hands in."""
        actor, organisation_id = self.supplier(index)
        offer = Offer(price, f"{SECRET_WORDS}，由{NAMES[index]}承担。", "五名持证社工。", DECLARED)
        self.codes[index] = actions.submit_bid(actor, self.tender_id, organisation_id, offer)
        return self.codes[index]

    def bids(self, *prices: int) -> "Tendering":
        """Three organisations hand in, a minute after each other."""
        for index, price in enumerate(prices or (26_000_000, 28_000_000, 27_000_000)):
            self.bid(index, price)
            self.clock.forward(minutes=1)
        return self

    def after_deadline(self, seconds: int = 30) -> "Tendering":
        """The deadline has passed."""
        deadline = queries.get_by_id(self.tender_id).deadline
        self.clock.set(deadline + timedelta(seconds=seconds))
        return self

    def opened(self) -> "Tendering":
        """The bids were opened and every bidder found qualified."""
        self.after_deadline()
        actions.open_bids(self.secretary, self.tender_id)
        for bid in queries.opened_bids(self.tender_id):
            actions.qualify_bid(self.secretary, self.tender_id, bid.position, True)
        return self

    def panel(self, experts: int = 5, declared: bool = True) -> "Tendering":
        """A panel was appointed and has no conflict."""
        while len(self.experts) < experts:
            at = len(self.experts)
            account_id = create_account(f"专家{at}", f"expert-{at}", PASSWORD)
            grant_role(the_house(self.world.community_id), self.world.community_id, account_id, "evaluator", FIRST_DAY)
            self.experts.append(Actor(account_id, self.world.actor("evaluator").grants))
        seats = [rules.PanelSeat(actor.account_id or 0, rules.EXPERT, at == 0) for at, actor in enumerate(self.experts)]
        actions.appoint_panel(self.secretary, self.tender_id, seats)
        if declared:
            for actor in self.experts:
                actions.declare_conflict(actor, self.tender_id, False)
        return self

    def score(self, actor: Actor, position: int, *points: int, reason: str = "") -> None:
        """A member gives points to one bid, factor by factor."""
        factors = [row.id for row in queries.criteria(self.tender_id) if row.kind != rules.PRICE]
        actions.score_bid(actor, self.tender_id, position, dict(zip(factors, points, strict=True)), reason)

    def scored(self) -> "Tendering":
        """Every member handed in: the first bidder's plan is best."""
        for actor in self.experts:
            for position, plan in ((1, 5600), (2, 5000), (3, 4000)):
                self.score(actor, position, plan, 2000)
            actions.submit_scores(actor, self.tender_id)
        return self

    def ranked(self) -> "Tendering":
        """The points became ranks."""
        actions.rank_bids(self.secretary, self.tender_id)
        return self

    def awarded(self) -> "Tendering":
        """The result was decided and published."""
        first = queries.ranks(self.tender_id)[0]
        actions.decide_award(self.secretary, self.tender_id, first.bid.position)
        actions.publish_award(self.secretary, self.tender_id)
        return self

    def after_challenges(self) -> "Tendering":
        """Nobody challenged the result in time."""
        award = queries.find_award(self.tender_id)
        assert award is not None
        assert award.challenge_until is not None
        self.clock.set(datetime.combine(award.challenge_until + timedelta(days=1), time(9), ZONE))
        return self

    def signed(self) -> "Tendering":
        """Buyer and winner signed."""
        award = queries.find_award(self.tender_id)
        assert award is not None
        half = award.price // 2
        steps = [
            rules.Milestone("上半年", date(2026, 9, 30), half),
            rules.Milestone("下半年", date(2027, 3, 31), award.price - half),
        ]
        actions.sign_contract(self.secretary, self.tender_id, date(2026, 5, 1), date(2027, 4, 30), steps)
        return self

    def whole(self) -> "Tendering":
        """From the mandate to the signed contract."""
        self.published().bids().opened().panel().scored().ranked().awarded()
        return self.after_challenges().signed()
