"""Chains of four deliberations, and the steps that were taken in them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class FourSteps(Base):
    """One matter that goes through the four deliberations and two publications."""

    __tablename__ = "four_steps"
    __table_args__ = (UniqueConstraint("community_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Moment)


class FourStep(Base):
    """One step that was taken, with what was written of it; the figures are those of a meeting.

    `terms` holds the marks that the figures had to reach, as they stood then; `posting` is the number of a publication.
    """

    __tablename__ = "four_step"

    chain_id: Mapped[int] = mapped_column(ForeignKey("four_steps.id"), primary_key=True)
    step: Mapped[str] = mapped_column(String(20), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    outcome: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    held_on: Mapped[date]
    due: Mapped[int | None]
    present: Mapped[int | None]
    agreed: Mapped[int | None]
    terms: Mapped[str] = mapped_column(Text, default="")
    posting: Mapped[int | None]
    until: Mapped[date | None]
    account_id: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)
