"""What owners and residents say against the roll before it is frozen, and against roll or vote after."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class RollCorrection(Base):
    """An owner or resident asks to have a line of the roll corrected; accepted it applies to the roll when that is frozen.

    `key` is the unit; on a roll of residents the home of the person who asks, whose own line it is about. `kind` says what:
    area (then `area` in 0.01 m²), mine, not-mine, other. `accepted` is None until the desk answered.
    """

    __tablename__ = "roll_correction"
    __table_args__ = (UniqueConstraint("assembly_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assembly.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    area: Mapped[int | None] = mapped_column(BigId)
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(BigId)
    account_id: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)
    accepted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(BigId)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)


class Objection(Base):
    """One objection to a line of the frozen roll (`key`) or to the vote (`key` empty); an answer is owed by `due_at`."""

    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("assembly_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assembly.id"))
    number: Mapped[int]
    key: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(BigId)
    account_id: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by: Mapped[int | None] = mapped_column(BigId)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
