"""Ties and the lots that decide them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.db import db
from app.voting.models import PollLot


@dataclass(frozen=True, slots=True)
class LotRow:
    """A tie of a poll: since when its count is frozen, the seed of its lot (hexadecimal) and when it was drawn, if it was."""

    poll_id: int
    frozen_at: datetime
    seed: str | None
    drawn_at: datetime | None


_ROW = (PollLot.poll_id, PollLot.frozen_at, PollLot.seed, PollLot.drawn_at)


def find_lot(poll_id: int) -> LotRow | None:
    """The lot of a poll whose count ended in a tie, or None."""
    row = db.session.execute(select(*_ROW).where(PollLot.poll_id == poll_id)).first()
    return None if row is None else LotRow(*row)


def lots_waiting(community_id: int, frozen_before: datetime) -> list[int]:
    """The polls whose tie waits for a seed and was frozen before a moment: that of a checkpoint cosigned after it."""
    wanted = select(PollLot.poll_id).where(
        PollLot.community_id == community_id, PollLot.seed.is_(None), PollLot.frozen_at < frozen_before
    )
    return list(db.session.scalars(wanted.order_by(PollLot.frozen_at, PollLot.poll_id)))


def lots_due() -> list[tuple[int, int, datetime]]:
    """The polls of every community that wait for a lot: poll, community, and since when nobody may choose the seed."""
    wanted = select(PollLot.poll_id, PollLot.community_id, PollLot.frozen_at).where(PollLot.seed.is_(None))
    return [(poll, community, frozen) for poll, community, frozen in db.session.execute(wanted)]
