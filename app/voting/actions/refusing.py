"""The desk refuses what the terms refuse, on record; a refusal that was a mistake is undone."""

from collections.abc import Mapping
from datetime import datetime
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
from app.voting.events import BallotRefused, DeskChannel, RefusalCorrected, RefusalUndone, WhyRefused
from app.voting.models import RefusedBallot
from app.voting.permissions import RECEIVE_BALLOT, UNDO_REFUSAL
from app.voting.queries import DeskFind, Line, PollRow, RefusedRow
from app.voting.rules import intake_refusal, refuse_refusal, same_refusal, undo_refusal


@transactional
def refuse_ballot(actor: Actor, poll_id: int, channel: str, typed: str) -> list[int]:
    """A ballot that comes to the desk and cannot count is refused on record, with the reason that the terms give.

    `typed` is what was typed for it, as where ballots are received; nobody chooses the reason. A paper for several units is
    refused in one act, with a number for each. It counts never and stands in the published numbers. Answers with the numbers.
    Raises Forbidden, NotFound, Refused (also for what can be received).
    """
    poll = living_poll(poll_id, alone=False)
    authorize(actor, RECEIVE_BALLOT, poll.community_id)
    done = _refuse(actor, poll, channel, typed, clock.now())
    for number, why in done:
        named = (poll.community_id, poll.id, poll.number, number)
        record(BallotRefused(*named, cast(DeskChannel, channel), cast(WhyRefused, why)), actor, poll.matter)
    return [number for number, _why in done]


def _refuse(
    actor: Actor, poll: PollRow, channel: str, typed: str, at: datetime, before: RefusedRow | None = None
) -> list[tuple[int, str]]:
    """Each unit of what came at a moment is refused, in one act; the numbers with their reasons.

    `before` is the refusal in whose place this one stands.
    """
    found = queries.find_at_desk(poll, typed)
    check(same_refusal(before.keys, found.keys) if before else None)
    done: list[tuple[int, str]] = []
    for key in found.keys or ("",):
        line = queries.hold_line(poll, key) if key else None
        why = _why(poll, line, found, channel, typed, at)
        print_ = queries.said_print(poll.id, typed, channel, key)
        elsewhere = None if line else queries.vote_of_code(poll, typed)
        check(refuse_refusal(why, known=queries.known_refusal(poll.id, print_), elsewhere=elsewhere))
        assert why is not None, "the rule refuses what has no reason"
        number = next_number(poll.community_id, "refused", poll.number)
        db.session.add(
            RefusedBallot(
                community_id=poll.community_id,
                poll_id=poll.id,
                number=number,
                together=done[0][0] if done else number,
                corrects=before.number if before else None,
                channel=channel,
                why=why,
                entry_id=line.id if line else None,
                paper_id=found.paper_id,
                said_print=print_,
                refused_at=at,
                refused_by=actor.account_id,
            )
        )
        done.append((number, why))
    db.session.flush()
    return done


def _why(poll: PollRow, line: Line | None, found: DeskFind, channel: str, typed: str, at: datetime) -> str | None:
    """Why a ballot that came at a moment can never count. Raises Refused for what nobody takes here, or not yet."""
    why = queries.why_of(poll, line, found, channel, typed, at)
    if why is None:
        waiting = queries.standing_number(line.id, channel, found.paper_id) if line else None
        entry = line.entry if line else None
        frozen = poll.frozen_at is not None
        check(intake_refusal(poll.terms, entry, channel, at, frozen=frozen, waiting=waiting))
    return why


@transactional
def correct_refusal(actor: Actor, poll_id: int, number: int, typed: str, reason: str) -> list[int]:
    """A refused ballot that was recorded for the wrong unit is recorded for the right one, where it cannot count either.

    It keeps the time at which it came; the reason is what the terms give for the right unit. After the close somebody else
    than who refused it does so. Answers with the new numbers. Raises Forbidden, NotFound, Refused (also for what can be received).
    """
    poll, row = _to_undo(actor, poll_id, number, reason)
    _undo(actor, poll, row, reason, {})
    done = _refuse(actor, poll, row.channel, typed, row.refused_at, row)
    for corrected, why in done:
        named = (poll.community_id, poll.id, poll.number, row.number, corrected)
        event = RefusalCorrected(*named, cast(DeskChannel, row.channel), cast(WhyRefused, why), digest(reason))
        record(event, actor, poll.matter)
    return [corrected for corrected, _why in done]


@transactional
def receive_refused(actor: Actor, poll_id: int, number: int, typed: str, reason: str) -> list[int]:
    """A ballot that came in time and was refused by mistake is received after all, with the time at which it came.

    `typed` names the paper or the unit as it should have been read. After the close somebody else than who refused it does
    so. Answers with the numbers of arrival. Raises Forbidden, NotFound, Refused.
    """
    poll, row = _to_undo(actor, poll_id, number, reason, received=True)
    found = queries.find_at_desk(poll, typed)
    numbers = receive_at(actor, poll, row.channel, found, row.refused_at, logged=False)
    _undo(actor, poll, row, reason, {"": numbers[0], **dict(zip(found.keys, numbers, strict=True))})
    return numbers


@transactional
def withdraw_refusal(actor: Actor, poll_id: int, number: int, reason: str) -> None:
    """A refusal behind which there is no ballot, or one that was received since, is taken back with a reason and stays as such.

    Raises Forbidden, NotFound, Refused.
    """
    poll, row = _to_undo(actor, poll_id, number, reason)
    _undo(actor, poll, row, reason, {})


def _to_undo(
    actor: Actor, poll_id: int, number: int, reason: str, *, received: bool = False
) -> tuple[PollRow, RefusedRow]:
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
            received=received,
        )
    )
    return poll, row


def _undo(actor: Actor, poll: PollRow, row: RefusedRow, reason: str, intakes: Mapping[str, int]) -> None:
    """Every line of a refusal is undone; `intakes` are the numbers of arrival by unit, under "" that of any other."""
    for line in row.lines:
        intake = intakes.get(line.key, intakes.get(""))
        values = {
            "undone_at": clock.now(),
            "undone_by": actor.account_id,
            "undone_reason": reason[:500],
            "intake_id": queries.get_intake(poll, intake).id if intake is not None else None,
        }
        its = (RefusedBallot.poll_id == poll.id, RefusedBallot.number == line.number)
        db.session.execute(update(RefusedBallot).where(*its).values(values))
        named = (poll.community_id, poll.id, poll.number, line.number)
        record(RefusalUndone(*named, intake, digest(reason)), actor, poll.matter)
