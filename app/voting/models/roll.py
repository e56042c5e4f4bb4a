"""Frozen rolls: what gets one ballot, and who may cast it."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId


class RollEntry(Base):
    """One line of a frozen roll: what gets one ballot. `choice` repeats its counted ballot, so that one table is summed.

    `code` stands for the line where it must not be recognised, `place` is its place in the roll; `party` is the group. `lone`
    says that no other line that counts has its head, so that it is added up without being grouped.
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
    lone: Mapped[bool] = mapped_column(default=False)
    choice: Mapped[str | None] = mapped_column(Text)
    eligible_from: Mapped[date | None]


class RollTold(Base):
    """Who is told that the ballot of a line was cast, and may not cast it: co-owners who named another."""

    __tablename__ = "roll_told"
    __table_args__ = (Index("ix_roll_told_ref", "kind", "ref_id", "poll_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    ref_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))


class RollVoter(Base):
    """Who may cast the ballot of a line: a person, a seat."""

    __tablename__ = "roll_voter"
    __table_args__ = (Index("ix_roll_voter_ref", "kind", "ref_id", "poll_id"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    ref_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
