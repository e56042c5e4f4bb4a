"""The desk: what was handed in, and what two people read on it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class BallotIntake(Base):
    """One arrival at the desk, for one line of the roll: its channel, its time, who took it; never what is marked.

    `number` counts within the poll. `received_at` is the time of the ballot that comes of it; `ballot_id` is that ballot, once
    two people have read the same or a third has settled it. `readings` counts the readings that stand (0, 1, 2).
    `paper_id` is the ballot paper, `mandate_id` the written mandate by which a proxy handed it in. A scan hangs on
    `Ref("ballot_intake", id)`. `against_at`: the ballot that was made of it differs from how its mandate says to vote;
    `weighed_at`: it stands all the same, as who may settle decided with a reason.
    """

    __tablename__ = "ballot_intake"
    __table_args__ = (
        UniqueConstraint("poll_id", "number"),
        Index("ix_ballot_intake_entry", "entry_id"),
        Index("ix_ballot_intake_ballot", "ballot_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"))
    number: Mapped[int]
    channel: Mapped[str] = mapped_column(String(10))
    paper_id: Mapped[int | None] = mapped_column(BigId)
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("proxy_mandate.id"))
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_by: Mapped[int] = mapped_column(BigId)
    readings: Mapped[int] = mapped_column(default=0)
    ballot_id: Mapped[int | None] = mapped_column(ForeignKey("ballot.id"))
    void_at: Mapped[datetime | None] = mapped_column(Moment)
    void_by: Mapped[int | None] = mapped_column(BigId)
    void_reason: Mapped[str | None] = mapped_column(String(500))
    against_at: Mapped[datetime | None] = mapped_column(Moment)
    weighed_at: Mapped[datetime | None] = mapped_column(Moment)
    weighed_by: Mapped[int | None] = mapped_column(BigId)
    weighed_reason: Mapped[str | None] = mapped_column(String(500))


Index(
    "ix_ballot_intake_open",
    BallotIntake.poll_id,
    BallotIntake.number,
    postgresql_where=text("ballot_id IS NULL AND void_at IS NULL"),
    sqlite_where=text("ballot_id IS NULL AND void_at IS NULL"),
)
Index(
    "ix_ballot_intake_against",
    BallotIntake.poll_id,
    postgresql_where=text("against_at IS NOT NULL"),
    sqlite_where=text("against_at IS NOT NULL"),
)
Index(
    "uq_ballot_intake_paper",
    BallotIntake.paper_id,
    BallotIntake.entry_id,
    unique=True,
    postgresql_where=text("paper_id IS NOT NULL AND void_at IS NULL"),
    sqlite_where=text("paper_id IS NOT NULL AND void_at IS NULL"),
)


class BallotReading(Base):
    """What one person read on a ballot that was handed in; nobody is shown it before results may be seen.

    `place` 1 and 2 are the two who read independently, 3 is the third who settled it, with a reason. A reading that was
    taken back stays, with the time at which it was.
    """

    __tablename__ = "ballot_reading"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    intake_id: Mapped[int] = mapped_column(ForeignKey("ballot_intake.id"))
    place: Mapped[int]
    account_id: Mapped[int] = mapped_column(BigId)
    choice: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    reason: Mapped[str | None] = mapped_column(String(500))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


for _name, _column in (("place", BallotReading.place), ("person", BallotReading.account_id)):
    Index(
        f"uq_ballot_reading_{_name}",
        BallotReading.intake_id,
        _column,
        unique=True,
        postgresql_where=text("withdrawn_at IS NULL"),
        sqlite_where=text("withdrawn_at IS NULL"),
    )
