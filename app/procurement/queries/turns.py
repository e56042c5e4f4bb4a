"""Whose turn it is in a tender, and what waits for whom."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import defer

from app.communities.queries import get_community
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.house import Todo, Turn
from app.core.i18n import _
from app.core.permissions import Permission, may
from app.core.questions import Question
from app.core.values import Actor, Ref
from app.core.words import N_
from app.procurement.models import (
    AWARDED,
    BIDDING,
    DRAFT,
    FAILED,
    OPENED,
    RANKED,
    RESULT,
    SIGNED,
    Award,
    Contract,
    ContractMilestone,
    Mandate,
    OpenedBid,
    PanelMember,
    Tender,
    TenderQuestion,
)
from app.procurement.permissions import (
    ANSWER_QUESTION,
    APPOINT_PANEL,
    COMPLETE_MILESTONE,
    DECIDE_AWARD,
    DRAFT_TENDER,
    OPEN_BIDS,
    PUBLISH_AWARD,
    PUBLISH_TENDER,
    QUALIFY_BID,
    RANK_BIDS,
    SIGN_CONTRACT,
)
from app.procurement.queries.values import CHALLENGE, SEALED, SIGNING, state

UNDER_WAY = (DRAFT, BIDDING, OPENED, RANKED, AWARDED, RESULT, SIGNED)
MANY = 60
LONG = (Tender.requirements, Tender.payment, Tender.acceptance, Tender.findings, Tender.qualifications)
STAFF = (
    ANSWER_QUESTION,
    APPOINT_PANEL,
    COMPLETE_MILESTONE,
    DECIDE_AWARD,
    OPEN_BIDS,
    PUBLISH_AWARD,
    PUBLISH_TENDER,
    QUALIFY_BID,
    RANK_BIDS,
    SIGN_CONTRACT,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A tender with what decides whose turn it is: counts of what is left, days, and the reader's own seat."""

    tender: Tender
    award: Award | None
    mandate: Mandate | None
    unanswered: int
    answer_by: date | None
    unexamined: int
    members: int
    conflicted: int
    unsubmitted: int
    next_due: date | None
    next_position: int | None
    seat: PanelMember | None


@dataclass(frozen=True, slots=True)
class Step:
    """The next step: who, what, by when, why, by which verb, at which page."""

    who: str
    act: str
    by: datetime | None
    why: str
    article: str
    verb: Permission | None
    page: str
    button: str
    mine: bool = False


def get_desk(community_id: int, number: int, actor: Actor) -> Desk:
    """A tender of a community with what is left to do in it. Raises NotFound, also for drafts of others."""
    found = desks(community_id, actor, number=number)
    if not found or (found[0].tender.stage == DRAFT and not may(actor, DRAFT_TENDER, community_id)):
        raise NotFound(N_("没有这项采购。"))
    return found[0]


def desks(community_id: int, actor: Actor, *, number: int | None = None, matter: Ref | None = None) -> list[Desk]:
    """One tender, or those of a matter, with what is left to do in each: one statement."""
    values: dict[str, Any] = {"account_id": actor.account_id or 0}
    if number is not None:
        values |= {"community_id": community_id, "number": number}
    elif matter is not None:
        values |= {"matter_kind": matter.kind, "matter_id": matter.id}
    return [Desk(*row) for row in db.session.execute(_desks(frozenset(values)), values)]


@cache
def _desks(named: frozenset[str], seated: bool = False) -> Select[Any]:
    asked = select(func.count()).where(TenderQuestion.tender_id == Tender.id, TenderQuestion.answered_at.is_(None))
    asked_by = select(func.min(TenderQuestion.due_on)).where(
        TenderQuestion.tender_id == Tender.id, TenderQuestion.answered_at.is_(None)
    )
    unexamined = select(func.count()).where(OpenedBid.tender_id == Tender.id, OpenedBid.qualified.is_(None))
    members = select(func.count()).where(PanelMember.tender_id == Tender.id).correlate(Tender)
    step = (
        select(ContractMilestone.due_on, ContractMilestone.position)
        .join(Contract, Contract.id == ContractMilestone.contract_id)
        .where(Contract.tender_id == Tender.id, ContractMilestone.completed_at.is_(None))
        .order_by(ContractMilestone.position)
        .limit(1)
    )
    wanted = (
        select(
            Tender,
            Award,
            Mandate,
            asked.scalar_subquery(),
            asked_by.scalar_subquery(),
            unexamined.scalar_subquery(),
            members.scalar_subquery(),
            members.where(PanelMember.conflicted.is_(True)).scalar_subquery(),
            members.where(PanelMember.submitted_at.is_(None)).scalar_subquery(),
            step.with_only_columns(ContractMilestone.due_on).scalar_subquery(),
            step.with_only_columns(ContractMilestone.position).scalar_subquery(),
            PanelMember,
        )
        .outerjoin(Award, Award.tender_id == Tender.id)
        .outerjoin(Mandate, Mandate.id == Tender.mandate_id)
        .join(
            PanelMember,
            (PanelMember.tender_id == Tender.id) & (PanelMember.account_id == bindparam("account_id")),
            isouter=not seated,
        )
    )
    # By the reader's own seats, of which there are few, and not by the community's tenders.
    held = PanelMember if seated else Tender
    for name in sorted(named - {"account_id"}):
        wanted = wanted.where(getattr(held, name) == bindparam(name))
    if named == {"account_id", "community_id"}:
        wanted = wanted.where(Tender.stage.in_(UNDER_WAY)).options(*(defer(column) for column in LONG))
    ordered: Select[Any] = wanted.order_by(Tender.number).limit(MANY)
    return ordered


def step_of(desk: Desk, zone: ZoneInfo) -> Step | None:
    """The next step of a tender, as anybody may know it."""
    tender, award = desk.tender, desk.award
    now = clock.now()
    found = state(tender, now, award, now.astimezone(zone).date())
    if found == OPENED:
        return _evaluation(desk)
    steps: dict[str, Callable[[], Step]] = {
        DRAFT: lambda: _step(N_("采购人"), N_("核对草稿，发布公告"), None, PUBLISH_TENDER, "publish_tender", N_("去发布")),
        BIDDING: lambda: Step(
            _("社会组织"), _("递交标书"), tender.deadline,
            _("以服务器收到的时间为准，到点自动关闭，没有人能通融。"), "87号令 33", None, "submit_bid", _("去投标"),
        ),
        SEALED: lambda: _step(N_("采购人"), N_("当众开标"), None, OPEN_BIDS, "opening", N_("去开标")),
        RANKED: lambda: _step(
            N_("采购人"), N_("确定中标人"), _end(tender.decide_by, zone), DECIDE_AWARD, "decide_award", N_("去定标"),
            N_("5个工作日内不确定，就视同确定排名第一的中标。"), "87号令 68",
        ),
        AWARDED: lambda: _step(
            N_("采购人"), N_("公告中标结果"), _end(award.publish_by if award else None, zone), PUBLISH_AWARD,
            "publish_award", N_("去公告"), N_("确定之日起2个工作日内公告，同时发中标通知书。"), "87号令 69",
        ),
        CHALLENGE: lambda: Step(
            _("投标人"), _("对结果有意见的，可以提出质疑"), _end(award.challenge_until if award else None, zone),
            _("公告期满之日起7个工作日内，向采购人书面提出。过了质疑期才能签合同。"), "94号令 10", None, "result",
            _("看结果"),
        ),
        SIGNING: lambda: _step(
            N_("采购人和中标人"), N_("签订合同"), _end(award.sign_by if award else None, zone), SIGN_CONTRACT,
            "sign_contract", N_("去签订"), N_("中标通知书发出后30天内签订。"), "政府采购法 46",
        ),
        SIGNED: lambda: _step(
            N_("中标人和采购人"), N_("按合同履行，到节点验收"), _end(desk.next_due, zone), COMPLETE_MILESTONE,
            "contract", N_("去验收"),
        ),
    }  # fmt: skip
    return steps[found]() if found in steps else None


def turn_of(desk: Desk, actor: Actor, zone: ZoneInfo) -> Step | None:
    """The next step of a tender, and whether it is the reader's."""
    step = step_of(desk, zone)
    if step is None:
        return None
    if desk.tender.stage == OPENED and desk.seat is not None and desk.seat.submitted_at is None:
        return _own_seat(desk.seat)
    mine = step.verb is not None and may(actor, step.verb, desk.tender.community_id)
    return Step(step.who, step.act, step.by, step.why, step.article, step.verb, step.page, step.button, mine)


def turns(matter: Ref, actor: Actor) -> list[Turn]:
    """Whose turn it is in the tenders of a matter."""
    found = []
    for desk in desks(0, actor, matter=matter):
        community = get_community(desk.tender.community_id)
        step = turn_of(desk, actor, ZoneInfo(community.zone))
        if step is not None and (desk.tender.stage != DRAFT or step.mine):
            url = address(community.slug, desk.tender.number, step.page if step.mine else "")
            found.append(Turn(step.who, step.act, step.by, step.why, step.article, url, step.button, step.mine))
    return found


def waiting(community_id: int, actor: Actor) -> list[Question[Todo]]:
    """What waits for a reader in the tenders of a community: mandates to use, answers owed, steps to take, scores to give;
    and for an organisation that won: the contract, then what it delivers."""
    staff = any(may(actor, verb, community_id) for verb in STAFF)
    values = {"community_id": community_id, "account_id": actor.account_id or 0}
    found = [Question(_desks(frozenset(values), not staff), values, lambda row: _todos(Desk(*row), actor))]
    if may(actor, DRAFT_TENDER, community_id):
        found.append(Question(_unused(), {"community_id": community_id}, _mandated))
    if own := sorted(ref.id for ref in actor.refs("organisation")):
        found.append(Question(_awards(), {"community_id": community_id, "organisation_ids": own}, _won))
    return found


@cache
def _unused() -> Select[Any]:
    """The mandates of a community under which nothing is bought yet."""
    used = select(Tender.mandate_id).where(
        Tender.community_id == bindparam("community_id"), Tender.mandate_id.is_not(None), Tender.stage != FAILED
    )
    wanted: Select[Any] = select(Mandate).where(
        Mandate.community_id == bindparam("community_id"), Mandate.withdrawn_at.is_(None), Mandate.id.not_in(used)
    )
    return wanted.order_by(Mandate.id).limit(MANY)


def _mandated(row: Any) -> Iterator[Todo]:
    mandate = row[0]
    url = f"/c/{get_community(mandate.community_id).slug}/mandates/{mandate.id}/tender"
    why = _("决议授权了这项采购，等待起草。")
    yield Todo(Ref("mandate", mandate.id), mandate.purpose, why, url, _("去起草"))


@cache
def _awards() -> Select[*tuple[Any, ...]]:
    """The published awards of a community to organisations, with the day on which the contract wants something next."""
    due = (
        select(func.min(ContractMilestone.due_on))
        .join(Contract, Contract.id == ContractMilestone.contract_id)
        .where(Contract.tender_id == Tender.id, ContractMilestone.completed_at.is_(None))
    )
    wanted = (
        select(Tender, Award, due.scalar_subquery())
        .join(Award, Award.tender_id == Tender.id)
        .where(
            Tender.community_id == bindparam("community_id"),
            Tender.stage.in_((RESULT, SIGNED)),
            Award.published_at.is_not(None),
            Award.organisation_id.in_(bindparam("organisation_ids", expanding=True)),
        )
        .options(*(defer(column) for column in LONG))
    )
    ordered: Select[*tuple[Any, ...]] = wanted.order_by(Tender.number).limit(MANY)
    return ordered


def _won(row: Any) -> Iterator[Todo]:
    tender, award, due = row
    community = get_community(tender.community_id)
    zone, ref = ZoneInfo(community.zone), Ref("tender", tender.id)
    if tender.stage == RESULT:
        url, why = address(community.slug, tender.number, "result"), _("贵机构中标了，过了质疑期就和采购人签合同。")
        yield Todo(ref, tender.title, why, url, _("看结果"), _end(award.sign_by, zone))
    elif due is not None:
        url, why = address(community.slug, tender.number, "contract"), _("按合同交付，到节点由采购人验收。")
        yield Todo(ref, tender.title, why, url, _("看合同"), _end(due, zone))


def _todos(desk: Desk, actor: Actor) -> Iterator[Todo]:
    tender, ref = desk.tender, Ref("tender", desk.tender.id)
    community = get_community(tender.community_id)
    zone = ZoneInfo(community.zone)
    step = turn_of(desk, actor, zone)
    if step is not None and step.mine:
        url = address(community.slug, tender.number, step.page)
        yield Todo(ref, tender.title, step.act, url, step.button, step.by)
    if desk.unanswered and may(actor, ANSWER_QUESTION, tender.community_id) and clock.now() < tender.deadline:
        url = address(community.slug, tender.number, "") + "#questions"
        why = _("有%(many)s个提问等待答复。", many=desk.unanswered)
        yield Todo(ref, tender.title, why, url, _("去答复"), _end(desk.answer_by, zone))


PAGES = {
    "": "",
    "publish_tender": "/publish",
    "submit_bid": "/bid",
    "opening": "/opening",
    "appoint_panel": "/panel",
    "declare_conflict": "/declaration",
    "scores": "/scores",
    "rank_bids": "/ranking",
    "decide_award": "/award",
    "publish_award": "/award/publish",
    "result": "/result",
    "sign_contract": "/contract/new",
    "contract": "/contract",
}


def address(slug: str, number: int, page: str) -> str:
    """Where a step of a tender is taken."""
    return f"/c/{slug}/tenders/{number}{PAGES[page]}"


def _evaluation(desk: Desk) -> Step:
    if desk.unexamined:
        why = N_("资格审完，合格的够数，才能评分。")
        return _step(N_("采购人"), N_("审查投标人的资格"), None, QUALIFY_BID, "opening", N_("去审查"), why, "87号令 44")
    if not desk.members:
        return _step(
            N_("采购人"), N_("组成评审小组"), None, APPOINT_PANEL, "appoint_panel", N_("去组成"), "", "87号令 47"
        )
    if desk.conflicted:
        return _step(
            N_("采购人"), N_("换下申报了利害关系的评委"), None, APPOINT_PANEL, "appoint_panel", N_("去换人"), "",
            "政府采购法 12",
        )  # fmt: skip
    if desk.unsubmitted:
        return Step(_("评审小组"), _("各自独立评分"), None, "", "87号令 55", None, "scores", "")
    return _step(N_("采购人"), N_("汇总评分，排出名次"), None, RANK_BIDS, "rank_bids", N_("去汇总"), "", "87号令 57")


def _own_seat(seat: PanelMember) -> Step:
    if seat.conflicted:
        return Step(_("采购人"), _("换下申报了利害关系的评委"), None, "", "", APPOINT_PANEL, "appoint_panel", "")
    if seat.conflicted is None:
        act, page, button = _("先申报有没有利害关系"), "declare_conflict", _("去申报")
    else:
        act, page, button = _("给每份标书评分，提交"), "scores", _("去评分")
    return Step(_("您（评审小组）"), act, None, "", "87号令 47", None, page, button, mine=True)


def _step(
    who: str, act: str, by: datetime | None, verb: Permission, page: str, button: str, why: str = "", article: str = ""
) -> Step:
    return Step(_(who), _(act), by, _(why) if why else "", article, verb, page, _(button))


def _end(day: date | None, zone: ZoneInfo) -> datetime | None:
    """The last minute of a day."""
    return datetime.combine(day, time(23, 59), zone) if day else None
