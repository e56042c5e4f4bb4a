"""The compound as it is drawn: by building while a vote runs, each dwelling its own window after the close."""

from functools import cache

from flask import current_app
from sqlalchemy import Select, bindparam, select

from app.core.db import db
from app.core.formats.drawing import LIT, PANE
from app.voting.models import RollEntry
from app.voting.queries.adding import BuildingTurnout
from app.voting.queries.polls import PollRow
from app.voting.rules import DECLARED
from app.voting.rules.papers import reading_order
from app.voting.rules.terms import UNITS

MOST_WINDOWS = 4_000
"""A compound of more dwellings is drawn by numbers alone: its page would be heavier than a phone likes."""
_MANY = 64


def windows(poll: PollRow, towers: tuple[BuildingTurnout, ...]) -> dict[str, tuple[str, ...]]:
    """Which dwellings took part, building by building, once that is public: after the outcome of a vote by units.

    Empty before, and for a very large compound. One statement the first time; an outcome never changes, so it is remembered.
    """
    if poll.state != DECLARED or poll.terms.electorate != UNITS or sum(one.lines for one in towers) > MOST_WINDOWS:
        return {}
    known: dict[int, dict[str, tuple[str, ...]]] = current_app.extensions.setdefault("voting_windows", {})
    if poll.id not in known:
        if len(known) >= _MANY:
            known.clear()
        known[poll.id] = _read(poll.id)
    return known[poll.id]


def _read(poll_id: int) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[tuple[str, bool]]] = {}
    for building, key, cast in db.session.execute(_lines(), {"poll": poll_id}):
        found.setdefault(building, []).append((key, cast))
    return {
        building: tuple(LIT if cast else PANE for _key, cast in sorted(lines, key=lambda line: reading_order(line[0])))
        for building, lines in found.items()
    }


@cache
def _lines() -> Select[str, str, bool]:
    return select(RollEntry.building, RollEntry.key, RollEntry.choice.is_not(None)).where(
        RollEntry.poll_id == bindparam("poll"), RollEntry.recused.is_(False)
    )
