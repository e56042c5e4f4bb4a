"""Turnout as pages show it, added up once for each ballot that comes in."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import bindparam, func, select

from app.core.db import db
from app.voting.models import Ballot
from app.voting.queries.adding import BuildingTurnout, buildings, turnout
from app.voting.queries.counts import counts
from app.voting.queries.polls import PollRow
from app.voting.rules import Sums
from app.voting.rules.terms import CHANNELS

_MANY = 1_000
_CHANNELS = (
    select(Ballot.channel, func.count())
    .where(Ballot.poll_id == bindparam("poll"), Ballot.counted)
    .group_by(Ballot.channel)
)


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who takes part, by heads and area, by building and by the way in which the ballot came, after so many ballots.

    `void` of the `received` were made void.
    """

    received: int
    void: int
    sums: Sums
    buildings: tuple[BuildingTurnout, ...]
    channels: tuple[tuple[str, int], ...]


def standing_turnout(poll: PollRow) -> Turnout:
    """Turnout of a poll now. The roll is frozen, ballots are only added or made void: these numbers say if it is fresh."""
    known: dict[int, Turnout] = current_app.extensions.setdefault("voting_turnout", {})
    now = counts(poll.id)
    found = known.get(poll.id)
    if found is None or (found.received, found.void) != (now.came, now.rejected):
        if len(known) >= _MANY:
            known.clear()
        ways = {row[0]: int(row[1]) for row in db.session.execute(_CHANNELS, {"poll": poll.id})}
        channels = tuple((channel, ways[channel]) for channel in CHANNELS if channel in ways)
        found = known[poll.id] = Turnout(now.came, now.rejected, turnout(poll), tuple(buildings(poll.id)), channels)
    return found
