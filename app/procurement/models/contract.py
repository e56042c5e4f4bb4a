"""Who won, what was signed, and what was delivered and paid. Money in fen."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class Award(Base):
    """The buyer's decision for one bid, and the days that run from its publication."""

    __tablename__ = "award"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), unique=True)
    bid_id: Mapped[str] = mapped_column(ForeignKey("bid.id"))
    organisation_id: Mapped[int]
    price: Mapped[int] = mapped_column(BigInteger)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime] = mapped_column(Moment)
    publish_by: Mapped[date]
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    notice_until: Mapped[date | None]
    challenge_until: Mapped[date | None]
    sign_by: Mapped[date | None]


class Contract(Base):
    """What buyer and winner signed."""

    __tablename__ = "contract"
    __table_args__ = (UniqueConstraint("community_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), unique=True)
    organisation_id: Mapped[int]
    number: Mapped[int]
    amount: Mapped[int] = mapped_column(BigInteger)
    signed_at: Mapped[datetime] = mapped_column(Moment)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    completed_at: Mapped[datetime | None] = mapped_column(Moment)


class ContractMilestone(Base):
    """One step of a contract and the money due for it."""

    __tablename__ = "contract_milestone"
    __table_args__ = (UniqueConstraint("contract_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date]
    amount: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str] = mapped_column(Text, default="")
    completed_at: Mapped[datetime | None] = mapped_column(Moment)
