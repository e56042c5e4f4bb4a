"""What a poster of the record says: its newest head, and what was done on a day."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from app.core.db import db
from app.journal.models import JournalEntry


def tally(community_id: int, since: datetime, until: datetime) -> Mapping[str, int]:
    """How many entries of each event were made public from a moment to another, the most frequent first; one statement."""
    many = func.count()
    wanted = (
        select(JournalEntry.event, many)
        .where(
            JournalEntry.community_id == community_id,
            JournalEntry.log_index.is_not(None),
            JournalEntry.public_from >= since,
            JournalEntry.public_from < until,
        )
        .group_by(JournalEntry.event)
        .order_by(many.desc(), JournalEntry.event)
    )
    return {event: number for event, number in db.session.execute(wanted)}  # noqa: C416 - rows are no pairs to mypy
