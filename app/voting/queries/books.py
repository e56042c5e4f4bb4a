"""The book of ballots: every one that was received, by its receipt code, and never whose it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.core.db import db
from app.voting.models import Ballot
from app.voting.queries.polls import PollRow
from app.voting.rules import DECLARED
from app.voting.rules.bundle import COUNTED, REJECTED, SUPERSEDED

RECEIVED = "received"
_COLUMNS = (Ballot.code, Ballot.channel, Ballot.at, Ballot.counted, Ballot.rejected, Ballot.choice)


@dataclass(frozen=True, slots=True)
class BookLine:
    """One ballot in the book. Before the outcome it is only `received`: whether it will count is not settled yet.

    `choice` is None for whom the choices are not, `why` the word for a ballot that cannot count.
    """

    code: str
    channel: str
    at: datetime
    status: str
    why: str | None
    choice: str | None


def book_page(poll: PollRow, after: str, *, shown: bool, limit: int) -> list[BookLine]:
    """Part of the book in the order of the codes, from after one on; one statement."""
    wanted = select(*_COLUMNS).where(Ballot.poll_id == poll.id, Ballot.code > after).order_by(Ballot.code).limit(limit)
    return [_line(poll, row, shown) for row in db.session.execute(wanted)]


def find_in_book(poll: PollRow, code: str, *, shown: bool) -> BookLine | None:
    """The ballot of a receipt code in the book of a poll, or None."""
    row = db.session.execute(select(*_COLUMNS).filter_by(poll_id=poll.id, code=code)).first()
    return None if row is None else _line(poll, row, shown)


def book_counts(poll: PollRow) -> dict[str, int]:
    """How many ballots of each status stand in the book; one statement."""
    wanted = select(Ballot.counted, Ballot.rejected.is_not(None), func.count()).where(Ballot.poll_id == poll.id)
    found: dict[str, int] = {}
    for counted, rejected, many in db.session.execute(wanted.group_by(Ballot.counted, Ballot.rejected.is_not(None))):
        status = _status(poll, counted, rejected)
        found[status] = found.get(status, 0) + many
    return found


def _line(poll: PollRow, row: Any, shown: bool) -> BookLine:
    code, channel, at, counted, rejected, choice = row
    status = _status(poll, counted, bool(rejected))
    return BookLine(code, channel, at, status, rejected if status == REJECTED else None, choice if shown else None)


def _status(poll: PollRow, counted: bool, rejected: bool) -> str:
    if poll.state != DECLARED:
        return RECEIVED
    return REJECTED if rejected else COUNTED if counted else SUPERSEDED
