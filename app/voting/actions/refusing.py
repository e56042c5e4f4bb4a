"""The desk refuses what the terms refuse, on record; a refusal that was a mistake is undone."""

from typing import cast

from sqlalchemy import update

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.numbers import next_number
from app.core.permissions import authorize
from app.core.values import Actor
from app.journal.actions import record
from app.voting import queries
from app.voting.actions.desk import receive_at
from app.voting.actions.holding import living_poll
from app.voting.actions.reading import digest
from app.voting.events import BallotRefused, DeskChannel, RefusalUndone, WhyRefused
from app.voting.models import RefusedBallot
from app.voting.permissions import RECEIVE_BALLOT, UNDO_REFUSAL
from app.voting.queries import DeskFind, PollRow, RefusedRow
from app.voting.rules import intake_refusal, refuse_refusal, undo_refusal


@transactional
def refuse_ballot(actor: Actor, poll_id: int, channel: str, typed: str) -> list[int]:
    """A ballot that comes to the desk and cannot count is refused on record, with the reason that the terms give.

    `typed` is what was typed for it, as where ballots are received; nobody chooses the reason. A paper for several units is
    refused for each of them. It counts never and stands in the published numbers. Answers with the numbers of the refusals.
    Raises Forbidden, NotFound, Refused (also for what can be received).
    """
    poll = living_poll(poll_id, alone=False)
    authorize(actor, RECEIVE_BALLOT, poll.community_id)
    found = queries.find_at_desk(poll, typed)
    return [_refuse_one(actor, poll, channel, typed, key, found) for key in found.keys or ("",)]


def _refuse_one(actor: Actor, poll: PollRow, channel: str, typed: str, key: str, found: DeskFind) -> int:
    now = clock.now()
    line = queries.hold_line(poll, key) if key else None
    why = queries.why_of(poll, line, found, channel, typed, now)
    if why is None:
        # What nobody takes here, or not yet, has a sentence of its own.
        waiting = queries.standing_number(line.id, channel, found.paper_id) if line else None
        entry = line.entry if line else None
        frozen = poll.frozen_at is not None
        check(intake_refusal(poll.terms, entry, channel, now, frozen=frozen, waiting=waiting))
    print_ = queries.said_print(poll.id, typed, channel, key)
    elsewhere = None if line else queries.vote_of_code(poll, typed)
    check(refuse_refusal(why, known=queries.known_refusal(poll.id, print_), elsewhere=elsewhere))
    number = next_number(poll.community_id, "refused", poll.number)
    db.session.add(
        RefusedBallot(
            community_id=poll.community_id,
            poll_id=poll.id,
            number=number,
            channel=channel,
            why=why,
            entry_id=line.id if line else None,
            paper_id=found.paper_id,
            said_print=print_,
            refused_at=now,
            refused_by=actor.account_id,
        )
    )
    db.session.flush()
    named = (poll.community_id, poll.id, poll.number)
    record(BallotRefused(*named, number, cast(DeskChannel, channel), cast(WhyRefused, why)), actor, poll.matter)
    return number


@transactional
def receive_refused(actor: Actor, poll_id: int, number: int, typed: str, reason: str) -> list[int]:
    """A ballot that came in time and was refused by mistake is received after all, with the time at which it came.

    `typed` names the paper or the unit as it should have been read. After the close somebody else than who refused it does
    so. Answers with the numbers of arrival. Raises Forbidden, NotFound, Refused.
    """
    poll, row = _to_undo(actor, poll_id, number, reason)
    found = queries.find_at_desk(poll, typed)
    numbers = receive_at(actor, poll, row.channel, found, row.refused_at, logged=False)
    _undo(actor, poll, row, reason, numbers[0])
    return numbers


@transactional
def withdraw_refusal(actor: Actor, poll_id: int, number: int, reason: str) -> None:
    """A refusal behind which there is no ballot, or one that was received since, is taken back with a reason and stays as such.

    Raises Forbidden, NotFound, Refused.
    """
    poll, row = _to_undo(actor, poll_id, number, reason)
    _undo(actor, poll, row, reason, None)


def _to_undo(actor: Actor, poll_id: int, number: int, reason: str) -> tuple[PollRow, RefusedRow]:
    poll = living_poll(poll_id, alone=False)
    authorize(actor, UNDO_REFUSAL, poll.community_id)
    row = queries.hold_refused(poll, number)
    check(
        undo_refusal(
            poll.terms,
            row.refused_at,
            clock.now(),
            reason,
            undone=row.undone_at is not None,
            mine=row.refused_by == actor.account_id,
            declared=poll.declared_at is not None,
        )
    )
    return poll, row


def _undo(actor: Actor, poll: PollRow, row: RefusedRow, reason: str, intake: int | None) -> None:
    arrival = queries.get_intake(poll, intake).id if intake is not None else None
    values = {
        "undone_at": clock.now(),
        "undone_by": actor.account_id,
        "undone_reason": reason[:500],
        "intake_id": arrival,
    }
    db.session.execute(update(RefusedBallot).where(RefusedBallot.id == row.id).values(values))
    named = (poll.community_id, poll.id, poll.number, row.number)
    record(RefusalUndone(*named, intake, digest(reason)), actor, poll.matter)
