"""All that came in for some lines of a roll, by every way, whatever became of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Integer, String, cast, false, literal, null, select, union_all

from app.core.db import built
from app.core.memory import rows
from app.voting.models import Ballot, BallotIntake, RefusedBallot


@dataclass(frozen=True, slots=True)
class Received:
    """One ballot that came in for a line, waits at the desk or was refused there: how, when, and what became of it.

    `number` is that of its arrival or refusal, `refused` why it was refused.
    """

    entry_id: int
    channel: str
    at: datetime
    code: str
    counted: bool
    rejected: str
    number: int | None
    refused: str = ""


def received_for(entry_ids: Collection[int]) -> dict[int, list[Received]]:
    """Everything that came in for some lines, in the order of its times, superseded, void and refused ones too; one statement."""
    found: dict[int, list[Received]] = {number: [] for number in entry_ids}
    if not found:
        return found
    for row in rows(built(_came_in), entries=list(found)):
        told = (row.channel, row.at, row.code, row.counted, row.rejected or "", row.number, row.why)
        found[row.entry_id].append(Received(row.entry_id, *told))
    for lines in found.values():
        lines.sort(key=lambda one: one.at)
    return found


def _came_in(entries: Any) -> CompoundSelect[Any]:
    ballots = select(
        Ballot.entry_id, Ballot.channel, Ballot.at, Ballot.code, Ballot.counted, Ballot.rejected,
        cast(null(), Integer).label("number"), literal("").label("why"),
    ).where(Ballot.entry_id.in_(entries))  # fmt: skip
    waiting = select(
        BallotIntake.entry_id, BallotIntake.channel, BallotIntake.received_at, literal(""), false(),
        cast(null(), String), BallotIntake.number, literal(""),
    ).where(BallotIntake.entry_id.in_(entries), BallotIntake.ballot_id.is_(None), BallotIntake.void_at.is_(None))  # fmt: skip
    turned_away = select(
        RefusedBallot.entry_id, RefusedBallot.channel, RefusedBallot.refused_at, literal(""), false(),
        cast(null(), String), RefusedBallot.number, RefusedBallot.why,
    ).where(RefusedBallot.entry_id.in_(entries), RefusedBallot.undone_at.is_(None))  # fmt: skip
    return union_all(ballots, waiting, turned_away)
