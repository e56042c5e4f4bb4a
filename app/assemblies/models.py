"""Assemblies: each is one matter that is put to the owners or the residents."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.voting.models import Poll


class Assembly(Base):
    """One assembly with its poll. `source_sha256` names the file of a poll that was held elsewhere."""

    __tablename__ = "assembly"
    __table_args__ = (UniqueConstraint("community_id", "number"), UniqueConstraint("community_id", "source_sha256"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    electorate: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    poll_id: Mapped[int | None] = mapped_column(ForeignKey(Poll.id))
    source_sha256: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
