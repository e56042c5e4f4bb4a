"""Motions, who steps back from them, and what was resolved."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref

_HANGS = text("decided_at IS NULL AND withdrawn_at IS NULL")


class Motion(Base):
    """One motion of a meeting; only one at a time waits for its result. `ceiling` in fen, None without a mandate.

    `mark` is the share of the parties that it needs, as it stood when the vote opened ("3/4"); `votes` is how each party
    voted, as JSON, once it is decided.
    """

    __tablename__ = "motion"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        Index("uq_motion_hanging", "meeting_id", unique=True, sqlite_where=_HANGS, postgresql_where=_HANGS),
        Index("ix_motion_item", "item_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    ceiling: Mapped[int | None] = mapped_column(BigId)
    purpose: Mapped[str] = mapped_column(String(200), default="")
    owners_matter: Mapped[int | None]
    mover_term_id: Mapped[int] = mapped_column(ForeignKey("seat_term.id"))
    seconder_term_id: Mapped[int | None] = mapped_column(ForeignKey("seat_term.id"))
    moved_at: Mapped[datetime] = mapped_column(Moment)
    seconded_at: Mapped[datetime | None] = mapped_column(Moment)
    interests_at: Mapped[datetime | None] = mapped_column(Moment)
    poll_id: Mapped[int | None] = mapped_column(ForeignKey("poll.id"), unique=True)
    poll_number: Mapped[int | None]
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(String(16), default="")
    mark: Mapped[str] = mapped_column(String(16), default="")
    votes: Mapped[str] = mapped_column(Text, default="[]")
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class RecusalClaim(Base):
    """That a party, or one of its seats, is interested in a motion: who said so, who objected, what the rest decided."""

    __tablename__ = "recusal_claim"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), index=True)
    party: Mapped[str] = mapped_column(String(12))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))
    reason: Mapped[str] = mapped_column(String(300))
    proposed: Mapped[bool]
    contested_at: Mapped[datetime | None] = mapped_column(Moment)
    contested_term_id: Mapped[int | None] = mapped_column(ForeignKey("seat_term.id"))
    objection: Mapped[str] = mapped_column(String(300), default="")
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    upheld: Mapped[bool | None]


class RecusalAnswer(Base):
    """What one seat of the rest said to a contested claim."""

    __tablename__ = "recusal_answer"
    __table_args__ = (UniqueConstraint("claim_id", "seat_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("recusal_claim.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("seat_term.id"))
    answer: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Moment)


class Dissent(Base):
    """Why somebody voted against the outcome, for the minutes."""

    __tablename__ = "dissent"
    __table_args__ = (UniqueConstraint("motion_id", "seat_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("seat_term.id"))
    text: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Moment)


class Resolution(Base):
    """What the council resolved, under a number of its year. On one of the owners' nine matters it is advice to them."""

    __tablename__ = "resolution"
    __table_args__ = (
        UniqueConstraint("community_id", "year", "number"),
        Index("ix_resolution_matter", "community_id", "matter_kind", "matter_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    year: Mapped[int]
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    motion_id: Mapped[int] = mapped_column(ForeignKey("motion.id"), unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    matter_kind: Mapped[str] = mapped_column(String(40))
    matter_id: Mapped[int] = mapped_column(BigId)
    title: Mapped[str] = mapped_column(String(200))
    adopted_at: Mapped[datetime] = mapped_column(Moment)
    ceiling: Mapped[int | None] = mapped_column(BigId)
    purpose: Mapped[str] = mapped_column(String(200), default="")
    owners_matter: Mapped[int | None]

    @property
    def matter(self) -> Ref:
        """What it is about."""
        return Ref(self.matter_kind, self.matter_id)
