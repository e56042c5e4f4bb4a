"""Casting a ballot."""

from app.core import clock
from app.core.db import transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.values import Actor
from app.voting import queries
from app.voting.actions.receiving import Receipt, receive
from app.voting.permissions import CAST_BALLOT
from app.voting.rules import Marks, ballot_refusal, choice_refusal, written_choice
from app.voting.rules.terms import ONLINE


@transactional
def cast_ballot(actor: Actor, poll_id: int, key: str, choice: Marks) -> Receipt:
    """Take one ballot, for one unit, seat or person, from one who may cast it, while the poll is open.

    `key` names the line of the roll, `choice` the option, or the options, or their points, as the terms say. Voters hold
    the poll together and their own line alone; which of a line's ballots counts is settled here, by channel and time only.
    Raises Forbidden, NotFound, and Refused with the sentence.
    """
    poll = queries.lock_poll(poll_id, alone=False)
    authorize(actor, CAST_BALLOT, poll.community_id)
    line = queries.hold_line(poll, key)
    now = clock.now()
    check(
        ballot_refusal(
            poll.terms,
            line.entry if line else None,
            actor.acts_as,
            now,
            voted=bool(line and line.voted),
            declared=poll.declared_at is not None,
            frozen=poll.frozen_at is not None,
        )
    )
    assert line is not None, "the rule refuses who has no line"
    check(choice_refusal(poll.terms, choice))
    return receive(actor, poll, line, written_choice(poll.terms, choice), ONLINE, now)
