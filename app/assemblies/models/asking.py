"""Who asks for an extraordinary assembly."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class AssemblyRequest(Base):
    """Owners or residents ask for an assembly. `asking` of `total` heads do so as last counted.

    `reached_at` is set once they are a fifth: from then on it has to be called by `due_at`.
    """

    __tablename__ = "assembly_request"
    __table_args__ = (UniqueConstraint("community_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    electorate: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)
    asking: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    reached_at: Mapped[datetime | None] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    assembly_id: Mapped[int | None] = mapped_column(ForeignKey("assembly.id"))


class RequestSupport(Base):
    """One person asks, too."""

    __tablename__ = "request_support"

    request_id: Mapped[int] = mapped_column(ForeignKey("assembly_request.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    at: Mapped[datetime] = mapped_column(Moment)
