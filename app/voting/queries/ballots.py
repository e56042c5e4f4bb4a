"""Ballots received: which counts, whose they are, their receipts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from app.core.db import db
from app.voting.models import COUNTED, Ballot


@dataclass(frozen=True, slots=True)
class CountedBallot:
    """The ballot of a line that counts, without its choice."""

    id: int
    entry_id: int
    code: str
    channel: str
    at: datetime


_COUNTED = select(Ballot.id, Ballot.entry_id, Ballot.code, Ballot.channel, Ballot.at).where(
    Ballot.entry_id.in_(bindparam("entries", expanding=True)), COUNTED
)


def counted_ballot(entry_id: int) -> CountedBallot:
    """The ballot of a line that counts. Raises NoResultFound for a line without one."""
    return counted_ballots([entry_id])[entry_id]


def counted_ballots(entry_ids: Collection[int]) -> Mapping[int, CountedBallot]:
    """The counted ballots of some lines, by line; one statement."""
    if not entry_ids:
        return {}
    rows = db.session.execute(_COUNTED, {"entries": list(entry_ids)})
    return {row.entry_id: CountedBallot(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class LineBallot:
    """A ballot of a line that may count, as the action sees it that settles which one does."""

    id: int
    channel: str
    at: datetime
    choice: str


def line_ballots(entry_id: int) -> list[LineBallot]:
    """The ballots of a line that may count, in the order in which they came into the books; no page asks for it."""
    wanted = select(Ballot.id, Ballot.channel, Ballot.at, Ballot.choice).where(
        Ballot.entry_id == entry_id, Ballot.rejected.is_(None)
    )
    return [LineBallot(*row) for row in db.session.execute(wanted.order_by(Ballot.id))]


def ballot_id(community_id: int, code: str) -> int:
    """The number of the ballot that a receipt stands for. Raises NoResultFound."""
    return db.session.scalars(select(Ballot.id).filter_by(community_id=community_id, code=code)).one()
