"""Casting a ballot."""

from dataclasses import replace

from app.core import clock
from app.core.db import transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.values import Actor, Entry, Ref
from app.voting import queries
from app.voting.actions.holding import living_poll
from app.voting.actions.receiving import Receipt, receive
from app.voting.permissions import CAST_BALLOT
from app.voting.queries import Line, MandateRow, PollRow
from app.voting.rules import (
    Marks,
    ballot_refusal,
    choice_refusal,
    instruction_refusal,
    proxy_refusal,
    written_choice,
)
from app.voting.rules.terms import ONLINE, PROXY


@transactional
def cast_ballot(actor: Actor, poll_id: int, key: str, choice: Marks) -> Receipt:
    """Take one ballot, for one unit, seat or person, from one who may cast it, while the poll is open.

    `key` names the line of the roll, `choice` the option, or the options, or their points, as the terms say. Voters hold
    the poll together and their own line alone; which of a line's ballots counts is settled here, by channel and time only.
    Raises Forbidden, NotFound, and Refused with the sentence.
    """
    poll = living_poll(poll_id, alone=False)
    authorize(actor, CAST_BALLOT, poll.community_id)
    line = queries.hold_line(poll, key)
    now = clock.now()
    mandate = _mandate(actor, line)
    entry = line.entry if line else None
    if entry is not None and mandate is not None and mandate.proxy is not None:
        entry = replace(entry, voters=(*entry.voters, mandate.proxy))
    check(
        ballot_refusal(
            poll.terms,
            entry,
            actor.acts_as,
            now,
            voted=bool(line and line.voted),
            declared=poll.declared_at is not None,
            frozen=poll.frozen_at is not None,
            named=_named(actor, poll, entry),
        )
    )
    assert line is not None, "the rule refuses who has no line"
    check(choice_refusal(poll.terms, choice))
    if mandate is None:
        return receive(actor, poll, line, written_choice(poll.terms, choice), ONLINE, now)
    check(proxy_refusal(poll.terms, by_owner=line.voted and queries.counted_ballot(line.id).channel != PROXY))
    check(instruction_refusal(poll.terms, choice, queries.instruction(mandate.id)))
    evidence = Ref("proxy_mandate", mandate.id)
    return receive(actor, poll, line, written_choice(poll.terms, choice), PROXY, now, evidence)


def _named(actor: Actor, poll: PollRow, entry: Entry | None) -> bool:
    """Whether the actor named another owner to cast the ballot that they may not cast."""
    if entry is not None and any(voter in actor.acts_as for voter in entry.voters):
        return False
    return bool(queries.told_lines(poll, actor.acts_as))


def _mandate(actor: Actor, line: Line | None) -> MandateRow | None:
    """The mandate by which the actor votes for a line that is not their own."""
    if line is None or any(voter in actor.acts_as for voter in line.entry.voters):
        return None
    mandate = queries.standing_mandate(line.id)
    return mandate if mandate is not None and mandate.proxy in actor.acts_as else None
