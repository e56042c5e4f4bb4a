"""Polls, their frozen rolls, the ballots received, the outcome."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref


class Poll(Base):
    """One question, under terms and a roll that are frozen from its opening on.

    `closed_at` is set where the chair closed it; `declared_at` and `outcome` once the answer is frozen. These three stand on
    the row that voters lock, so that whoever waited for the lock sees them. `lines`, `heads` and `area` (0.01 m²) are the
    roll's sums without recused lines.
    """

    __tablename__ = "poll"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_poll_matter", "community_id", "matter_kind", "matter_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    matter_kind: Mapped[str] = mapped_column(String(40))
    matter_id: Mapped[int] = mapped_column(BigId)
    kind: Mapped[str] = mapped_column(String(20))
    question: Mapped[str] = mapped_column(String(500))
    terms: Mapped[str] = mapped_column(Text)
    roll_sha256: Mapped[str] = mapped_column(String(64))
    lines: Mapped[int]
    heads: Mapped[int]
    area: Mapped[int] = mapped_column(BigId)
    opened_by: Mapped[int | None] = mapped_column(BigId)
    created_at: Mapped[datetime] = mapped_column(Moment)
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    declared_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(String(20))

    @property
    def matter(self) -> Ref:
        """What is voted on."""
        return Ref(self.matter_kind, self.matter_id)


Index(
    "ix_poll_undeclared",
    Poll.closes_at,
    postgresql_where=Poll.declared_at.is_(None),
    sqlite_where=Poll.declared_at.is_(None),
)


class RollEntry(Base):
    """One line of a frozen roll: what gets one ballot. `choice` repeats its counted ballot, so that one table is summed.

    `code` stands for the line where it must not be recognised, `place` is its place in the roll; `party` is the group.
    """

    __tablename__ = "roll_entry"
    __table_args__ = (UniqueConstraint("poll_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    place: Mapped[int]
    code: Mapped[str] = mapped_column(String(120))
    key: Mapped[str] = mapped_column(String(120))
    label: Mapped[str] = mapped_column(String(200))
    building: Mapped[str] = mapped_column(String(40), default="")
    head: Mapped[str] = mapped_column(String(120), default="")
    party: Mapped[str] = mapped_column(String(20), default="")
    area: Mapped[int] = mapped_column(BigId, default=0)
    present: Mapped[bool] = mapped_column(default=True)
    recused: Mapped[bool] = mapped_column(default=False)
    choice: Mapped[str | None] = mapped_column(Text)


class RollVoter(Base):
    """Who may cast the ballot of a line: a person, a seat."""

    __tablename__ = "roll_voter"
    __table_args__ = (Index("ix_roll_voter_ref", "kind", "ref_id", "poll_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    ref_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))


class Ballot(Base):
    """One received ballot, never changed; of a line's ballots the precedence marks one as counted.

    `code` is the receipt. `salt` opens the commitment in the public record. `account_id` says who cast it.
    """

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("community_id", "code"), Index("ix_ballot_poll", "poll_id", "id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"))
    code: Mapped[str] = mapped_column(String(20))
    choice: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Moment)
    counted: Mapped[bool]
    salt: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int | None] = mapped_column(BigId)


Index(
    "uq_ballot_counted",
    Ballot.entry_id,
    unique=True,
    postgresql_where=text("counted"),
    sqlite_where=text("counted"),
)


class PollOutcome(Base):
    """The answer of a poll in its exact text, as `voting decide` gives it; written once."""

    __tablename__ = "poll_outcome"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    answer: Mapped[str] = mapped_column(Text)
    declared_at: Mapped[datetime] = mapped_column(Moment)
