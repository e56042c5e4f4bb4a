"""Bids: sealed until the opening, then as they were opened. Money in fen."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment

CURRENT, REPLACED, WITHDRAWN = "current", "replaced", "withdrawn"


class Bid(Base):
    """One sealed bid. Its number is drawn at random, so that nobody counts bids by it; `entry_id` is its place in the record,
    `withdrawal_entry_id` that of its withdrawal.

    `body` is nonce ‖ AES-256-GCM ciphertext, emptied when the bid is replaced or withdrawn.
    """

    __tablename__ = "bid"
    __table_args__ = (UniqueConstraint("tender_id", "organisation_id", "sequence"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"))
    organisation_id: Mapped[int]
    sequence: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=CURRENT)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    code: Mapped[str] = mapped_column(String(9))
    salt: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int | None]
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    entry_id: Mapped[int] = mapped_column(BigId)
    withdrawal_entry_id: Mapped[int | None] = mapped_column(BigId)


Index(
    "uq_bid_current",
    Bid.tender_id,
    Bid.organisation_id,
    unique=True,
    sqlite_where=text("state = 'current'"),
    postgresql_where=text("state = 'current'"),
)


class OpenedBid(Base):
    """A bid as it was read at the opening, with what the buyer found about its qualification."""

    __tablename__ = "opened_bid"

    bid_id: Mapped[str] = mapped_column(ForeignKey("bid.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), index=True)
    organisation_id: Mapped[int]
    position: Mapped[int]
    price: Mapped[int] = mapped_column(BigInteger)
    plan: Mapped[str] = mapped_column(Text)
    team: Mapped[str] = mapped_column(Text)
    qualified: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(Text, default="")
