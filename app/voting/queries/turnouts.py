"""Turnout as pages show it, added up once for each ballot that comes in."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import bindparam, func, select

from app.core.db import db
from app.voting.models import Ballot
from app.voting.queries.adding import BuildingTurnout, buildings, turnout
from app.voting.queries.polls import PollRow
from app.voting.rules import Sums

_MANY = 1_000
_RECEIVED = select(func.count()).where(Ballot.poll_id == bindparam("poll"))


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who takes part, by heads and area and by building, after so many ballots."""

    received: int
    sums: Sums
    buildings: tuple[BuildingTurnout, ...]


def standing_turnout(poll: PollRow) -> Turnout:
    """Turnout of a poll now. The roll is frozen and ballots are never taken away: their number says whether it is fresh."""
    known: dict[int, Turnout] = current_app.extensions.setdefault("voting_turnout", {})
    received = db.session.scalar(_RECEIVED, {"poll": poll.id}) or 0
    found = known.get(poll.id)
    if found is None or found.received != received:
        if len(known) >= _MANY:
            known.clear()
        found = known[poll.id] = Turnout(received, turnout(poll), tuple(buildings(poll.id)))
    return found
