"""Reading what was handed in: two people, independently; a third where they differ."""

import hashlib
from typing import Literal, cast

from sqlalchemy import update

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.permissions import Permission, authorize
from app.core.values import Actor
from app.journal.actions import record
from app.journal.events import Digest
from app.voting import queries
from app.voting.actions.holding import living_poll
from app.voting.actions.receiving import receive
from app.voting.events import BallotRead, DisputeSettled, ReadingsDiffered, ReadingWithdrawn
from app.voting.models import BallotIntake, BallotReading
from app.voting.permissions import READ_BALLOT, SETTLE_BALLOT
from app.voting.queries import IntakeRow, PollRow
from app.voting.rules import (
    DISPUTED,
    HALF_READ,
    READ,
    READERS,
    Marks,
    alike,
    marks,
    reading_refusal,
    settle_refusal,
    withdraw_refusal,
)


@transactional
def read_intake(actor: Actor, poll_id: int, number: int, choice: Marks) -> str:
    """One of two people types what is marked on a ballot; where both read the same, it becomes a ballot of its line.

    Its time is the receipt at the desk, also when it is typed after the close. Answers `half-read`, `read` or `disputed`;
    by phone the two who listened are the two readers. Raises Forbidden, NotFound, Refused.
    """
    poll, intake = _load(actor, poll_id, number, READ_BALLOT)
    check(
        reading_refusal(
            poll.terms,
            intake.intake,
            choice,
            mine=queries.has_read(intake.id, actor.account_id),
            declared=poll.declared_at is not None,
        )
    )
    written = marks(poll.terms, choice)
    others = queries.readings(intake.id)
    place = len(others) + 1
    _add_reading(actor, poll, intake, place, written)
    record(BallotRead(*named(poll, intake), reading=cast(Literal[1, 2], place)), actor, poll.matter)
    if place < READERS:
        return HALF_READ
    if alike(poll.terms, others[0], written):
        _make(actor, poll, intake, written)
        return READ
    record(ReadingsDiffered(*named(poll, intake)), actor, poll.matter)
    return DISPUTED


@transactional
def withdraw_reading(actor: Actor, poll_id: int, number: int, reason: str = "") -> None:
    """Who mistyped takes the reading back before anybody else has read the ballot, and reads it again."""
    poll, intake = _load(actor, poll_id, number, READ_BALLOT)
    check(
        withdraw_refusal(
            intake.intake,
            mine=queries.has_read(intake.id, actor.account_id),
            declared=poll.declared_at is not None,
        )
    )
    db.session.execute(
        update(BallotReading)
        .where(
            BallotReading.intake_id == intake.id,
            BallotReading.account_id == actor.account_id,
            BallotReading.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=clock.now(), reason=reason[:500])
    )
    keep(intake, readings=intake.readings - 1)
    record(ReadingWithdrawn(*named(poll, intake), reason=digest(reason)), actor, poll.matter)


@transactional
def settle_intake(actor: Actor, poll_id: int, number: int, choice: Marks, reason: str) -> None:
    """A third person, who has read neither, looks at the ballot and settles what two had read differently, with a reason."""
    poll, intake = _load(actor, poll_id, number, SETTLE_BALLOT)
    check(
        settle_refusal(
            poll.terms,
            intake.intake,
            choice,
            reason,
            mine=queries.has_read(intake.id, actor.account_id),
            declared=poll.declared_at is not None,
        )
    )
    written = marks(poll.terms, choice)
    _add_reading(actor, poll, intake, READERS + 1, written, reason)
    record(DisputeSettled(*named(poll, intake), reason=digest(reason)), actor, poll.matter)
    _make(actor, poll, intake, written)


def _load(actor: Actor, poll_id: int, number: int, verb: Permission) -> tuple[PollRow, IntakeRow]:
    poll = living_poll(poll_id, alone=False)
    authorize(actor, verb, poll.community_id)
    return poll, queries.hold_intake(poll, number)


def _add_reading(
    actor: Actor, poll: PollRow, intake: IntakeRow, place: int, written: str, reason: str | None = None
) -> None:
    db.session.add(
        BallotReading(
            community_id=poll.community_id,
            intake_id=intake.id,
            place=place,
            account_id=actor.account_id,
            choice=written,
            at=clock.now(),
            reason=reason[:500] if reason is not None else None,
        )
    )
    keep(intake, readings=min(place, READERS))


def _make(actor: Actor, poll: PollRow, intake: IntakeRow, written: str) -> None:
    line = queries.hold_line(poll, intake.key)
    assert line is not None, "an arrival is for a line"
    made = receive(actor, poll, line, written, intake.channel, intake.received_at, queries.intake_ref(intake.id))
    told = queries.instruction(intake.mandate_id)
    against = told is not None and not alike(poll.terms, told, written)
    ballot_id = queries.ballot_id(poll.community_id, made.code)
    keep(intake, ballot_id=ballot_id, against_at=clock.now() if against else None)


def named(poll: PollRow, intake: IntakeRow) -> tuple[int, int, int, int]:
    """How the record names an arrival."""
    return poll.community_id, poll.id, poll.number, intake.number


def digest(reason: str) -> Digest:
    """The hash under which a reason stands in the record."""
    return Digest(hashlib.sha256(reason[:500].encode()).hexdigest())


def keep(intake: IntakeRow, **values: object) -> None:
    """What an arrival has become."""
    db.session.execute(update(BallotIntake).where(BallotIntake.id == intake.id).values(**values))
