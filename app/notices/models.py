"""What everybody was told."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class Notice(Base):
    """One notice on the board, made of one entry of the record; its words are computed for each reader.

    `about` is what the thing was called then, `facts` the figures of the event as JSON.
    """

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("community_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entry.id"), unique=True)
    event: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(500), default="")
    facts: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
