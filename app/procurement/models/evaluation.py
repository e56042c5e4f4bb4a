"""Who evaluates, the points they give, and the ranking that follows."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class PanelMember(Base):
    """A seat on the panel of a tender: who, as what, whether in the chair, what they declared, when they handed in."""

    __tablename__ = "panel_member"
    __table_args__ = (UniqueConstraint("tender_id", "account_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"))
    account_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(8))
    chairs: Mapped[bool] = mapped_column(default=False)
    conflicted: Mapped[bool | None]
    declared_at: Mapped[datetime | None] = mapped_column(Moment)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    salt: Mapped[str] = mapped_column(String(64), default="")


class PanelScore(Base):
    """Points of one member for one factor of one bid, in 0.01 point; `reason` why it changed after it was handed in."""

    __tablename__ = "panel_score"

    member_id: Mapped[int] = mapped_column(ForeignKey("panel_member.id"), primary_key=True)
    bid_id: Mapped[str] = mapped_column(ForeignKey("bid.id"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("tender_criterion.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), index=True)
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(String(20), default="")


class BidRank(Base):
    """The rank of a bid; `total` and `factors` are exact fractions of points, written n/d."""

    __tablename__ = "bid_rank"

    bid_id: Mapped[str] = mapped_column(ForeignKey("bid.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    tender_id: Mapped[int] = mapped_column(ForeignKey("tender.id"), index=True)
    rank: Mapped[int]
    total: Mapped[str] = mapped_column(String(80))
    factors: Mapped[list[str]] = mapped_column(JSON)
