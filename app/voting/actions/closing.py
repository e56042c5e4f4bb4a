"""Closing a vote of the meeting, and declaring outcomes."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast

from sqlalchemy import update

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import HouseError, check
from app.core.permissions import authorize
from app.core.values import Actor, the_house
from app.journal import queries as journal
from app.journal.actions import record
from app.journal.events import Digest
from app.voting import queries
from app.voting.actions.holding import living_poll
from app.voting.events import LotDrawn, OutcomeDeclared, PollClosed
from app.voting.models import Poll, PollLot, PollOutcome
from app.voting.permissions import CLOSE_POLL
from app.voting.queries import PollRow
from app.voting.rules import Outcome, close_refusal, decision, declare_refusal, lot_refusal
from app.voting.rules.methods import lot, method_outcome
from app.voting.rules.terms import ONE


@transactional
def close_poll(actor: Actor, poll_id: int) -> str | None:
    """The chair closes a vote of the meeting.

    Where every present seat has voted and votes stand, no further ballot could be taken, and the outcome is declared at
    once, in the same transaction; then it is the answer (`adopted`, `rejected`, `not-quorate`, `counted`). Otherwise None: the
    outcome follows after 30 seconds. Raises Forbidden, and Refused for a poll whose end was announced by the clock.
    """
    poll = living_poll(poll_id, alone=True)
    authorize(actor, CLOSE_POLL, poll.community_id)
    now = clock.now()
    check(close_refusal(poll.terms, now, closed=poll.closed_at is not None or poll.declared_at is not None))
    db.session.execute(update(Poll).where(Poll.id == poll_id).values(closed_at=now))
    record(PollClosed(poll.community_id, poll_id, poll.number), actor, poll.matter)
    at_the_desk = (*queries.unfinished(poll_id), queries.against_count(poll_id))
    if queries.silent_lines(poll_id) or any(at_the_desk) or poll.terms.changes:
        return None
    return declare_outcome(poll_id)


@transactional
def declare_outcome(poll_id: int) -> str:
    """The answer of a closed poll is frozen, as `voting decide` would give it, and told to the record; once.

    Waits until no ballot that arrived in time can still be under way, and holds the poll alone: what has not committed by
    then is refused, never acknowledged. Called again it answers the same. Raises Refused while it is too early.
    """
    poll = living_poll(poll_id, alone=True)
    if poll.outcome is not None:
        return poll.outcome
    now = clock.now()
    by_chair = poll.closed_at is not None
    outstanding = not by_chair or queries.silent_lines(poll_id) > 0
    unread, disputed = queries.unfinished(poll_id)
    check(
        declare_refusal(
            poll.terms,
            now,
            outstanding=outstanding,
            closed_by_chair=by_chair,
            frozen=poll.frozen_at is not None,
            unread=unread,
            disputed=disputed,
            against=queries.against_count(poll_id),
        )
    )
    outcome = outcome_of(poll)
    text = _text(outcome)
    word = outcome.strict.outcome
    db.session.add(PollOutcome(poll_id=poll_id, community_id=poll.community_id, answer=text, declared_at=now))
    if outcome.details and outcome.details["ties"]:
        db.session.add(PollLot(poll_id=poll_id, community_id=poll.community_id, frozen_at=now))
    db.session.execute(update(Poll).where(Poll.id == poll_id).values(declared_at=now, outcome=word))
    record(
        OutcomeDeclared(
            poll.community_id,
            poll_id,
            poll.number,
            cast(Literal["adopted", "rejected", "not-quorate", "counted"], word),
            _digest(text),
        ),
        the_house(poll.community_id),
        poll.matter,
    )
    return word


def outcome_of(poll: PollRow, order: Sequence[str] = ()) -> Outcome:
    """The outcome from what the database adds up, by the same rule as that of a case; `order` is that of lots, once drawn."""
    if poll.terms.selection == ONE:
        outcome = decision(poll.terms, queries.sums(poll))
    else:
        outcome = method_outcome(poll.terms, queries.sums(poll), queries.choice_tally(poll), order)
    return replace(outcome, rejected=queries.rejections(poll.id))


@transactional
def draw_lot(poll_id: int, seed: bytes) -> tuple[str, ...]:
    """Where a count ended in a tie, a lot from a public seed decides; once, and anybody can draw it again.

    `seed` has 32 bytes that nobody could know or choose while ballots came in: the root of the first checkpoint that witnesses
    cosigned after the count was frozen (`queries.lots_waiting` names the polls that wait for one). The order of lots is that
    of `rules.methods.lot` over the keys of the options. Answers it; called again it answers the first. Raises Refused for a
    poll that waits for none.
    """
    poll = living_poll(poll_id, alone=True)
    waiting = queries.find_lot(poll_id)
    check(lot_refusal(waiting is not None, seed))
    assert waiting is not None, "the rule refuses a poll without a tie"
    order = lot(seed if waiting.seed is None else bytes.fromhex(waiting.seed), poll.terms.option_keys)
    if waiting.seed is not None:
        return order
    text = _text(outcome_of(poll, order))
    values = {"seed": seed.hex(), "answer": text, "drawn_at": clock.now()}
    db.session.execute(update(PollLot).where(PollLot.poll_id == poll_id).values(values))
    event = LotDrawn(poll.community_id, poll_id, poll.number, Digest(seed.hex()), _digest(text))
    record(event, the_house(poll.community_id), poll.matter)
    return order


def draw_due_lots() -> int:
    """Every tie whose seed is public by now is drawn: the first head that a witness cosigned after the count; harmless twice."""
    drawn = 0
    for poll_id, community_id, frozen_at in queries.lots_due():
        head = journal.first_cosigned_after(community_id, frozen_at)
        if head is not None:
            draw_lot(poll_id, head.root)
            drawn += 1
    return drawn


def _text(outcome: Outcome) -> str:
    return json.dumps(outcome.as_json(), ensure_ascii=False, separators=(",", ":"))


def _digest(text: str) -> Digest:
    return Digest(hashlib.sha256(text.encode()).hexdigest())


def declare_due() -> int:
    """Every poll whose time is up is declared, each by itself; answers how many were. Harmless twice."""
    declared = 0
    for poll_id in queries.due_polls(clock.now()):
        try:
            declare_outcome(poll_id)
        except HouseError:
            # Its thirty seconds are not over, or somebody else is at it: the next round comes in seconds.
            continue
        declared += 1
    return declared
