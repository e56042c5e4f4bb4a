"""Ballots that came to the desk and were not taken."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class RefusedBallot(Base):
    """One ballot that came to the desk and cannot count: when, how, and why by the terms; never what is marked.

    `number` counts within the poll. A paper for several units is refused in one act, one row a unit: `together` is the number
    of the first. `corrects` is the number of the act in whose place this one stands, because that named the wrong unit.
    `entry_id` is the line of the roll, where there is one. `said_print` recognises the same
    ballot without being readable: a code that is not of this poll may open another. A refusal that was a mistake stays, as
    undone with its reason; `intake_id` is the arrival that was made of it, if the ballot was received after all. A scan hangs
    on `Ref("refused_ballot", id)`.
    """

    __tablename__ = "refused_ballot"
    __table_args__ = (
        UniqueConstraint("poll_id", "number"),
        Index("ix_refused_ballot_entry", "entry_id"),
        Index("ix_refused_ballot_together", "poll_id", "together"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    number: Mapped[int]
    together: Mapped[int]
    corrects: Mapped[int | None]
    channel: Mapped[str] = mapped_column(String(10))
    why: Mapped[str] = mapped_column(String(20))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("roll_entry.id"))
    paper_id: Mapped[int | None] = mapped_column(BigId)
    said_print: Mapped[str] = mapped_column(String(64))
    refused_at: Mapped[datetime] = mapped_column(Moment)
    refused_by: Mapped[int] = mapped_column(BigId)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by: Mapped[int | None] = mapped_column(BigId)
    undone_reason: Mapped[str | None] = mapped_column(String(500))
    intake_id: Mapped[int | None] = mapped_column(ForeignKey("ballot_intake.id"))


Index(
    "uq_refused_ballot_said",
    RefusedBallot.poll_id,
    RefusedBallot.said_print,
    unique=True,
    postgresql_where=text("undone_at IS NULL"),
    sqlite_where=text("undone_at IS NULL"),
)
