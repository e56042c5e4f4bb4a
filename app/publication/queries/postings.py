"""Postings as they stand on a day."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from app.communities.queries import get_community
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.values import Ref
from app.core.words import N_
from app.publication.models import STANDING, Posting
from app.publication.rules import Span, first_sentence, state

PAGE, MANY = 25, 200


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting as pages and rules see it; `state` as of today, `ends_at` the end of its last day on the wall clock."""

    id: int
    community_id: int
    number: int
    matter: Ref
    source: Ref | None
    kind: str
    title: str
    body: str
    digest: str
    receipt: str
    span: Span
    state: str
    ends_at: datetime
    days: int
    in_workdays: bool
    legal_last: date
    row: str
    article: str
    binding: bool
    places: tuple[str, ...]
    lines: int
    corrects_id: int | None
    automatic: bool
    posted_at: datetime
    ended_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @property
    def sentence(self) -> str:
        """The one sentence for a poster; may be empty."""
        return first_sentence(self.body)

    @property
    def own(self) -> bool:
        """Whether it belongs to no other matter."""
        return self.matter == Ref("posting", self.id)


def posting_row(found: Posting, zone: str) -> PostingRow:
    """A posting taken off the database."""
    span = Span(found.begins, found.last_day, found.provisional, found.withdrawn_at is not None)
    return PostingRow(
        found.id,
        found.community_id,
        found.number,
        found.matter,
        found.source,
        found.kind,
        found.title,
        found.body,
        found.digest,
        found.receipt,
        span,
        state(span, clock.today(zone)),
        end_of(found.last_day, zone),
        found.days,
        found.in_workdays,
        found.legal_last,
        found.row,
        found.article,
        found.binding,
        tuple(found.places.split(",")),
        found.lines,
        found.corrects_id,
        found.automatic,
        found.posted_at,
        found.ended_at,
        found.withdrawn_at,
        found.withdrawn_reason,
    )


def end_of(day: date, zone: str) -> datetime:
    """The last minute of a day in a zone."""
    return datetime.combine(day, time(23, 59), ZoneInfo(zone))


def _one(wanted: Select[Any]) -> PostingRow:
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound(N_("没有这份公示。可能是编号写错了。"))
    return posting_row(found, get_community(found.community_id).zone)


def get_by_number(community_id: int, number: int) -> PostingRow:
    """The posting that people call by this number. Raises NotFound."""
    return _one(select(Posting).filter_by(community_id=community_id, number=number))


def get_by_id(posting_id: int) -> PostingRow:
    """The posting of a number of the database. Raises NotFound."""
    return _one(select(Posting).filter_by(id=posting_id))


def lock_posting(posting_id: int) -> PostingRow:
    """A posting, held until the action ends: two clerks who enter at once do so one after the other. Raises NotFound."""
    held = select(Posting).filter_by(id=posting_id).with_for_update()
    return _one(held.execution_options(populate_existing=True))


def correction_of(posting_id: int) -> tuple[int, str] | None:
    """Number and title of the posting that corrects one, or None."""
    found = db.session.execute(select(Posting.number, Posting.title).where(Posting.corrects_id == posting_id)).first()
    return None if found is None else (found.number, found.title)


def telling_of(community_id: int, source: Ref) -> list[int]:
    """The postings that tell something (a vote, a resolution), oldest first; one statement."""
    wanted = select(Posting.id).filter_by(community_id=community_id, source_kind=source.kind, source_id=source.id)
    return list(db.session.scalars(wanted.order_by(Posting.id)))


def standing_postings(community_id: int) -> list[PostingRow]:
    """What is posted or will be, by the last day; one statement."""
    zone = get_community(community_id).zone
    wanted = select(Posting).where(
        Posting.community_id == community_id, Posting.withdrawn_at.is_(None), Posting.last_day >= clock.today(zone)
    )
    rows = db.session.scalars(wanted.order_by(Posting.last_day, Posting.number).limit(MANY))
    return [posting_row(row, zone) for row in rows]


def ended_postings(
    community_id: int, before: int | None = None, limit: int = PAGE
) -> tuple[list[PostingRow], int | None]:
    """One page of what is over or was taken down, the newest first, and the number before which the next begins."""
    zone = get_community(community_id).zone
    over = Posting.withdrawn_at.is_not(None) | (Posting.last_day < clock.today(zone))
    wanted = select(Posting).where(Posting.community_id == community_id, over)
    if before is not None:
        wanted = wanted.where(Posting.number < before)
    rows = db.session.scalars(wanted.order_by(Posting.number.desc()).limit(limit + 1)).all()
    return [posting_row(row, zone) for row in rows[:limit]], rows[limit - 1].number if len(rows) > limit else None


def in_full(community_id: int, after: int = 0, limit: int = 100) -> list[PostingRow]:
    """A portion of a community's postings by number, from behind one; one statement."""
    zone = get_community(community_id).zone
    wanted = select(Posting).where(Posting.community_id == community_id, Posting.number > after)
    return [posting_row(row, zone) for row in db.session.scalars(wanted.order_by(Posting.number).limit(limit))]


def due_to_end(today: date) -> list[int]:
    """Postings whose last day is before a day and whose end is not on record, oldest first."""
    wanted = select(Posting.id).where(STANDING, Posting.last_day < today)
    return list(db.session.scalars(wanted.order_by(Posting.last_day, Posting.id).limit(MANY)))
