"""Polls and their outcomes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref


class Poll(Base):
    """One question under terms that are told when it is announced, over a roll that is frozen when it opens.

    `frozen_at` says when its roll was frozen; before that `roll_sha256` is empty, `rules` is None, and `lines`, `heads` and
    `area` (0.01 m²), the roll's sums without recused lines, are 0. `rules` is the exact text of rules.json, whose hash the
    record holds. `closed_at` is set where the chair closed it; `declared_at` and `outcome` once the answer is frozen. These
    three stand on the row that voters lock, so that whoever waited for the lock sees them; so does `annulled_at`, from which
    on nothing of it has any effect. `succeeds` is the annulled poll in whose place this one is held.
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
    rules: Mapped[str | None] = mapped_column(Text)
    roll_sha256: Mapped[str] = mapped_column(String(64))
    lines: Mapped[int]
    heads: Mapped[int]
    area: Mapped[int] = mapped_column(BigId)
    opened_by: Mapped[int | None] = mapped_column(BigId)
    created_at: Mapped[datetime] = mapped_column(Moment)
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    frozen_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    declared_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str | None] = mapped_column(String(20))
    annulled_at: Mapped[datetime | None] = mapped_column(Moment)
    succeeds: Mapped[int | None] = mapped_column(ForeignKey("poll.id"))

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


class PollOutcome(Base):
    """The answer of a poll in its exact text, as `voting decide` gives it; written once."""

    __tablename__ = "poll_outcome"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    answer: Mapped[str] = mapped_column(Text)
    declared_at: Mapped[datetime] = mapped_column(Moment)


class PollAnnulment(Base):
    """Why a poll was annulled, in the words that were published; the record holds their hash."""

    __tablename__ = "poll_annulment"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    reason: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)


class PollLot(Base):
    """A tie that a lot decides: waiting for its public seed, then with it and with the answer that follows.

    `seed` is hexadecimal: the root of the first checkpoint that was cosigned after the count was frozen.
    """

    __tablename__ = "poll_lot"

    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    frozen_at: Mapped[datetime] = mapped_column(Moment)
    seed: Mapped[str | None] = mapped_column(String(64))
    answer: Mapped[str | None] = mapped_column(Text)
    drawn_at: Mapped[datetime | None] = mapped_column(Moment)


Index(
    "ix_poll_lot_waiting",
    PollLot.community_id,
    PollLot.frozen_at,
    postgresql_where=PollLot.seed.is_(None),
    sqlite_where=PollLot.seed.is_(None),
)
