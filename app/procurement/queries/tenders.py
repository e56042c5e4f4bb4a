"""Finding tenders, their criteria and questions, and the mandates behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, or_, select

from app.core import clock
from app.core.db import ask, db
from app.core.errors import NotFound
from app.core.memory import remember
from app.core.values import Ref
from app.core.words import N_
from app.procurement.models import (
    AWARDED,
    BIDDING,
    COMPLETED,
    DRAFT,
    FAILED,
    OPENED,
    RANKED,
    RESULT,
    SIGNED,
    Mandate,
    Tender,
    TenderCriterion,
    TenderQuestion,
)
from app.procurement.queries.values import state

PAGE = 25
LISTED = (
    Tender.number,
    Tender.title,
    Tender.summary,
    Tender.stage,
    Tender.method,
    Tender.category,
    Tender.buyer,
    Tender.ceiling,
    Tender.yearly,
    Tender.deadline,
    Tender.published_at,
)
VIEWS: dict[str, tuple[str, ...]] = {
    "open": (BIDDING,),
    "evaluation": (OPENED, RANKED, AWARDED, RESULT),
    "contract": (SIGNED,),
    "ended": (COMPLETED, FAILED),
    "all": (BIDDING, OPENED, RANKED, AWARDED, RESULT, SIGNED, COMPLETED, FAILED),
    "drafts": (DRAFT,),
}


@dataclass(frozen=True, slots=True)
class TenderRow:
    """One line of a list of tenders, and one entry of their feed."""

    id: int
    number: int
    title: str
    summary: str
    state: str
    method: str
    category: str
    buyer: str
    ceiling: int
    yearly: bool
    deadline: datetime
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class MandateRow:
    """A mandate by which something may be bought."""

    id: int
    community_id: int
    resolution: Ref
    matter: Ref
    ceiling: int
    purpose: str
    granted_at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question as everybody reads it."""

    number: int
    text: str
    asked_at: datetime
    due_on: date
    answer: str
    answered_at: datetime | None
    moved_to: datetime | None


def get_mandate(community_id: int, mandate_id: int) -> MandateRow:
    """A mandate of a community. Raises NotFound."""
    row = db.session.get(Mandate, mandate_id)
    if row is None or row.community_id != community_id:
        raise NotFound(N_("没有这项采购授权。"))
    return _mandate(row)


def find_mandate(community_id: int, resolution: Ref) -> MandateRow | None:
    """The mandate of a resolution."""
    wanted = select(Mandate).filter_by(
        community_id=community_id, resolution_kind=resolution.kind, resolution_id=resolution.id
    )
    row = db.session.scalar(wanted)
    return _mandate(row) if row else None


def mandates(community_id: int, *, unused: bool = False) -> list[MandateRow]:
    """The mandates of a community, newest first; `unused` without those whose tender is under way or done."""
    wanted = select(Mandate).filter_by(community_id=community_id).order_by(Mandate.id.desc()).limit(PAGE)
    if unused:
        used = select(Tender.mandate_id).where(
            Tender.community_id == community_id, Tender.mandate_id.is_not(None), Tender.stage != FAILED
        )
        wanted = wanted.where(Mandate.id.not_in(used), Mandate.withdrawn_at.is_(None))
    return [_mandate(row) for row in db.session.scalars(wanted)]


def mandate_withdrawn(mandate_id: int | None) -> bool:
    """Whether the vote that gave a mandate was annulled."""
    wanted = select(Mandate.id).where(Mandate.id == mandate_id, Mandate.withdrawn_at.is_not(None))
    return mandate_id is not None and db.session.scalar(wanted) is not None


def mandate_in_use(mandate_id: int) -> bool:
    """Whether a tender of this mandate is under way or done."""
    wanted = select(Tender.id).where(Tender.mandate_id == mandate_id, Tender.stage != FAILED)
    return db.session.scalar(wanted.limit(1)) is not None


def get_tender(community_id: int, number: int) -> Tender:
    """The tender of a number in a community. Raises NotFound."""
    row = db.session.scalar(select(Tender).filter_by(community_id=community_id, number=number))
    if row is None:
        raise NotFound(N_("没有这项采购。"))
    return row


def get_by_id(tender_id: int) -> Tender:
    """The tender of an id. Raises NotFound."""
    row = db.session.get(Tender, tender_id)
    if row is None:
        raise NotFound(N_("没有这项采购。"))
    return row


def locked_tender(tender_id: int, *, share: bool = False) -> Tender:
    """The tender, read afresh and held until the action ends: `share` for many bidders at once. Raises NotFound."""
    wanted = select(Tender).filter_by(id=tender_id).execution_options(populate_existing=True)
    row = db.session.scalar(wanted.with_for_update(read=share))
    if row is None:
        raise NotFound(N_("没有这项采购。"))
    return row


def find_by_source(community_id: int, source: str) -> Tender | None:
    """The tender that was replayed under a name."""
    return db.session.scalar(select(Tender).filter_by(community_id=community_id, source=source))


def criteria(tender_id: int) -> list[TenderCriterion]:
    """The factors of a tender, in their order."""
    return remember(("criteria", tender_id), lambda: list(ask(_criteria, tender_id=tender_id).scalars()))


def _criteria(tender_id: Any) -> Select[TenderCriterion]:
    return select(TenderCriterion).where(TenderCriterion.tender_id == tender_id).order_by(TenderCriterion.position)


def questions(tender_id: int) -> list[QuestionRow]:
    """What was asked about a tender and answered to all, in the order of asking; never by whom."""
    return remember(
        ("questions", tender_id), lambda: [_question(row) for row in ask(_questions, tender_id=tender_id).scalars()]
    )


def _questions(tender_id: Any) -> Select[TenderQuestion]:
    return select(TenderQuestion).where(TenderQuestion.tender_id == tender_id).order_by(TenderQuestion.number)


def get_question(tender_id: int, number: int) -> TenderQuestion:
    """A question of a tender. Raises NotFound."""
    row = db.session.scalar(select(TenderQuestion).filter_by(tender_id=tender_id, number=number))
    if row is None:
        raise NotFound(N_("没有这个问题。"))
    return row


def tenders(
    community_id: int, view: str = "all", words: str = "", before: int | None = None, limit: int = PAGE
) -> list[TenderRow]:
    """The tenders of a view, newest first, from below the number `before`; one more than `limit` when there are more."""
    asked = ("tenders", community_id, view, words, before, limit)
    return remember(asked, lambda: _tenders(community_id, view, words, before, limit))


def _tenders(community_id: int, view: str, words: str, before: int | None, limit: int) -> list[TenderRow]:
    wanted = _of(community_id, view).with_only_columns(Tender.id, *LISTED)
    wanted = wanted.order_by(Tender.number.desc()).limit(limit + 1)
    if before is not None:
        wanted = wanted.where(Tender.number < before)
    for word in words.replace("\0", " ").split()[:5]:
        like = f"%{word.replace('%', '').replace('_', '')}%"
        wanted = wanted.where(or_(Tender.title.like(like), Tender.summary.like(like)))
    return [tender_row(row) for row in db.session.execute(wanted)]


def published_tenders(community_id: int, year: int | None = None) -> list[Tender]:
    """Every tender that was published, oldest first; of one year where it is given (in UTC)."""
    wanted = select(Tender).where(Tender.community_id == community_id, Tender.published_at.is_not(None))
    rows = db.session.scalars(wanted.order_by(Tender.number))
    return [row for row in rows if year is None or (row.published_at and row.published_at.year == year)]


def tender_row(row: Any) -> TenderRow:
    """A tender as a line of a list, from its row or from the columns `LISTED`."""
    return TenderRow(
        row.id,
        row.number,
        row.title,
        row.summary,
        state(row, clock.now()),
        row.method,
        row.category,
        row.buyer,
        row.ceiling,
        row.yearly,
        row.deadline,
        row.published_at,
    )


def due_openings(now: datetime) -> list[int]:
    """Tenders whose bids may be opened by now."""
    wanted = select(Tender.id).where(Tender.stage == BIDDING, Tender.deadline <= now).order_by(Tender.id)
    return list(db.session.scalars(wanted))


def undecided(before: date) -> Sequence[Tender]:
    """Tenders whose buyer should have decided before a day and did not."""
    return db.session.scalars(select(Tender).where(Tender.stage == RANKED, Tender.decide_by < before)).all()


def _of(community_id: int, view: str) -> Select[Tender]:
    stages = VIEWS.get(view, VIEWS["all"])
    wanted = select(Tender).where(Tender.community_id == community_id)
    return wanted.where(Tender.stage != DRAFT) if stages == VIEWS["all"] else wanted.where(Tender.stage.in_(stages))


def _mandate(row: Mandate) -> MandateRow:
    return MandateRow(
        row.id, row.community_id, row.resolution, row.matter, row.ceiling, row.purpose, row.granted_at, row.withdrawn_at
    )


def _question(row: TenderQuestion) -> QuestionRow:
    return QuestionRow(row.number, row.text, row.asked_at, row.due_on, row.answer, row.answered_at, row.moved_to)
