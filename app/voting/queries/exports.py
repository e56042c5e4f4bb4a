"""What the housing office is handed after an owners' vote: each unit with its choice, time, channel and evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select

from app.core.db import db
from app.voting.models import Ballot, BallotIntake, RollEntry
from app.voting.queries.polls import PollRow

PORTION = 1000


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One unit of the roll and its counted ballot, all None where there is none. `intake` is the number at the desk."""

    label: str
    choice: str | None
    at: datetime | None
    channel: str | None
    code: str | None
    intake: int | None


def export_lines(poll: PollRow) -> Iterator[ExportLine]:
    """Every unit of a roll in the order of its key, a portion at a time, each portion one statement."""
    after = ""
    while rows := _portion(poll, after):
        after = rows[-1].key
        for row in rows:
            yield ExportLine(row.label, row.choice, row.at, row.channel, row.code, row.number)


def _portion(poll: PollRow, after: str) -> list[Any]:
    wanted = (
        select(
            RollEntry.key,
            RollEntry.label,
            Ballot.choice,
            Ballot.at,
            Ballot.channel,
            Ballot.code,
            func.max(BallotIntake.number).label("number"),
        )
        .outerjoin(Ballot, and_(Ballot.entry_id == RollEntry.id, Ballot.counted))
        .outerjoin(BallotIntake, BallotIntake.ballot_id == Ballot.id)
        .where(RollEntry.poll_id == poll.id, RollEntry.recused.is_(False), RollEntry.key > after)
        .group_by(RollEntry.id, Ballot.id)
        .order_by(RollEntry.key)
        .limit(PORTION)
    )
    return list(db.session.execute(wanted))
