"""Published overrides of law rows, and days that a community works or rests differently."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, Moment


class LocalRule(Base):
    """One figure of a community's own, with the document in which it stands. It ends when a newer one begins."""

    __tablename__ = "local_rule"
    __table_args__ = (Index("ix_local_rule_key", "community_id", "key", "from_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    key: Mapped[str] = mapped_column(String(80))
    numerator: Mapped[int]
    denominator: Mapped[int]
    article: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    from_day: Mapped[date]
    published_at: Mapped[datetime] = mapped_column(Moment)


class LocalDays(Base):
    """Some days on which a community works or rests other than the country; the latest word on a day holds.

    `whole_year` says that the plan of that year is complete with them. What is withdrawn before it begins stays readable.
    """

    __tablename__ = "local_days"
    __table_args__ = (Index("ix_local_days_community", "community_id", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    first: Mapped[date]
    last: Mapped[date]
    works: Mapped[bool]
    whole_year: Mapped[bool]
    article: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
