"""Finding polls and what may be known of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from app.core import clock
from app.core.db import db, straight
from app.core.errors import NotFound
from app.core.memory import remember
from app.core.values import Ref
from app.core.words import N_
from app.voting.models import Poll
from app.voting.rules import AHEAD, COUNTING, OPEN, PLANNED, Terms, state, terms_from_json

PAGE = 25


@dataclass(frozen=True, slots=True)
class PollRow:
    """A poll as it stands now. `terms.closes_at` is the end in force, `closed_at` set where the chair closed it.

    `state` is planned, open, counting or declared; `outcome` is None before. `frozen_at` says when its roll was frozen: until
    then it is planned, whatever the time. From `annulled_at` on it has no effect, whatever its state. `lines`, `heads` and
    `area` (0.01 m²) are the sums of its roll without recused lines.
    """

    id: int
    community_id: int
    number: int
    matter: Ref
    question: str
    terms: Terms
    state: str
    opens_at: datetime
    closes_at: datetime
    closed_at: datetime | None
    declared_at: datetime | None
    outcome: str | None
    lines: int
    heads: int
    area: int
    roll_sha256: str
    frozen_at: datetime | None = None
    annulled_at: datetime | None = None
    succeeds: int | None = None


@lru_cache(maxsize=512)
def terms_of(text: str) -> Terms:
    """Terms as they are kept, read once."""
    return terms_from_json(text)


def poll_row(poll: Any, now: datetime | None = None) -> PollRow:
    """A poll taken off the database, whole or as its columns."""
    terms = terms_of(poll.terms)
    if poll.closed_at is not None:
        terms = replace(terms, closes_at=poll.closed_at)
    stage = state(terms, now or clock.now(), poll.declared_at is not None)
    if stage == OPEN and poll.closed_at is not None:
        stage = COUNTING
    if poll.frozen_at is None:
        stage = PLANNED
    return PollRow(
        poll.id,
        poll.community_id,
        poll.number,
        Ref(poll.matter_kind, poll.matter_id),
        poll.question,
        terms,
        stage,
        poll.opens_at,
        poll.closed_at or poll.closes_at,
        poll.closed_at,
        poll.declared_at,
        poll.outcome,
        poll.lines,
        poll.heads,
        poll.area,
        poll.roll_sha256,
        poll.frozen_at,
        poll.annulled_at,
        poll.succeeds,
    )


_COLUMNS: Select[Any] = select(
    *(
        getattr(Poll, column.key)
        for column in Poll.__table__.columns
        if column.key not in ("opened_by", "created_at", "rules")
    )
)
_BY_ID = _COLUMNS.where(Poll.id == bindparam("id"))
_BY_NUMBER = _COLUMNS.where(Poll.community_id == bindparam("community_id"), Poll.number == bindparam("number"))
_TOGETHER, _ALONE = _BY_ID.with_for_update(read=True), _BY_ID.with_for_update()


def _one(wanted: Select[Any], **values: int) -> PollRow:
    found = straight(wanted, values).one_or_none()
    if found is None:
        raise NotFound(N_("没有这次表决。可能是网址写错了。"))
    return poll_row(found)


def lock_poll(poll_id: int, *, alone: bool) -> PollRow:
    """The poll, held until the action ends: together by voters, alone by whoever closes or declares. Raises NotFound.

    SQLite has one writer at a time and needs no lock.
    """
    return _one(_ALONE if alone else _TOGETHER, id=poll_id)


def get_poll(poll_id: int) -> PollRow:
    """The poll of a number of the database. Raises NotFound."""
    return _one(_BY_ID, id=poll_id)


def get_by_number(community_id: int, number: int) -> PollRow:
    """The poll that people call by this number in a community. Raises NotFound."""
    asked = {"community_id": community_id, "number": number}
    return remember(("poll", community_id, number), lambda: _one(_BY_NUMBER, **asked))


def polls_by_id(poll_ids: Collection[int]) -> Mapping[int, PollRow]:
    """Several polls by their numbers of the database; one statement."""
    if not poll_ids:
        return {}
    now = clock.now()
    return {row.id: poll_row(row, now) for row in db.session.scalars(select(Poll).where(Poll.id.in_(poll_ids)))}


def polls(community_id: int, before: int | None = None, limit: int = PAGE) -> list[PollRow]:
    """The polls of a community, newest first, from before a number on."""
    wanted = select(Poll).filter_by(community_id=community_id)
    if before is not None:
        wanted = wanted.where(Poll.number < before)
    now = clock.now()
    return [poll_row(row, now) for row in db.session.scalars(wanted.order_by(Poll.number.desc()).limit(limit))]


def polls_of(community_id: int, matters: Sequence[Ref]) -> Mapping[Ref, list[PollRow]]:
    """The polls of some matters of one kind, in the order of their opening; one statement."""
    found: dict[Ref, list[PollRow]] = {matter: [] for matter in matters}
    if not matters:
        return found
    wanted = (
        select(Poll)
        .filter_by(community_id=community_id, matter_kind=matters[0].kind)
        .where(Poll.matter_id.in_([matter.id for matter in matters]))
        .order_by(Poll.id)
    )
    now = clock.now()
    for row in db.session.scalars(wanted):
        found[row.matter].append(poll_row(row, now))
    return found


def rolls_due(now: datetime, limit: int = 200) -> list[PollRow]:
    """The announced polls that open within a minute or are open already, and whose roll is not frozen; oldest first."""
    wanted = select(Poll).where(
        Poll.declared_at.is_(None),
        Poll.annulled_at.is_(None),
        Poll.frozen_at.is_(None),
        Poll.opens_at <= now + AHEAD,
        Poll.closes_at >= now,
    )
    return [poll_row(row, now) for row in db.session.scalars(wanted.order_by(Poll.opens_at, Poll.id).limit(limit))]


def due_polls(now: datetime, limit: int = 200) -> list[int]:
    """The polls whose end has passed and whose outcome is not frozen, oldest first."""
    wanted = select(Poll.id).where(
        Poll.declared_at.is_(None),
        Poll.annulled_at.is_(None),
        Poll.frozen_at.is_not(None),
        func.coalesce(Poll.closed_at, Poll.closes_at) < now,
    )
    return list(db.session.scalars(wanted.order_by(Poll.closes_at, Poll.id).limit(limit)))
