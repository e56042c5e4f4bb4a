"""Seats of the four parties, and the terms of those who sit in them."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base


class Seat(Base):
    """One seat of a party, known by its code; from a day to a day (both included)."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("community_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    code: Mapped[str] = mapped_column(String(20))
    party: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(40))
    from_day: Mapped[date]
    to_day: Mapped[date | None]


class SeatTerm(Base):
    """Somebody's time in a seat, as its holder or as the alternate; never deleted, so that what was done stays explained."""

    __tablename__ = "seat_term"
    __table_args__ = (Index("ix_seat_term_account", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    from_day: Mapped[date]
    to_day: Mapped[date | None]
