"""Annulled polls: why, and which poll is held in their place."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.db import db
from app.voting.models import Poll, PollAnnulment


@dataclass(frozen=True, slots=True)
class Annulment:
    """The published reason, when, and the number of the poll that is held again, if there is one."""

    reason: str
    at: datetime
    again: int | None


def get_annulment(poll_id: int) -> Annulment:
    """Why a poll was annulled; two statements."""
    row = db.session.get_one(PollAnnulment, poll_id)
    return Annulment(row.reason, row.at, successor(poll_id))


def number_of(poll_id: int) -> int:
    """The number by which people call a poll."""
    return db.session.scalars(select(Poll.number).filter_by(id=poll_id)).one()


def successor(poll_id: int) -> int | None:
    """The number of the poll that is held in place of an annulled one."""
    return db.session.scalar(select(Poll.number).filter_by(succeeds=poll_id))
