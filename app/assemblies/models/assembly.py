"""Assemblies: one notice, one window, one or several matters, each with a vote of its own."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref
from app.voting.models import Poll


class Assembly(Base):
    """One assembly with its notice as it was posted. `source_sha256` names the file of a poll that was held elsewhere.

    `extraordinary`: it was asked for by a fifth. The window is that of its votes, None where it came in from a file.
    """

    __tablename__ = "assembly"
    __table_args__ = (UniqueConstraint("community_id", "number"), UniqueConstraint("community_id", "source_sha256"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    electorate: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    source_sha256: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
    notice: Mapped[str] = mapped_column(Text, default="")
    extraordinary: Mapped[bool] = mapped_column(default=False)
    opens_at: Mapped[datetime | None] = mapped_column(Moment)
    closes_at: Mapped[datetime | None] = mapped_column(Moment)


class AssemblyItem(Base):
    """One matter on a notice, which of the owners' nine it is, where it comes from, and its vote."""

    __tablename__ = "assembly_item"
    __table_args__ = (
        UniqueConstraint("assembly_id", "place"),
        UniqueConstraint("poll_id"),
        Index("ix_assembly_item_origin", "community_id", "origin_kind", "origin_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    assembly_id: Mapped[int] = mapped_column(ForeignKey("assembly.id"))
    place: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    question: Mapped[str] = mapped_column(String(500))
    matter: Mapped[int | None]
    origin_kind: Mapped[str | None] = mapped_column(String(40))
    origin_id: Mapped[int | None] = mapped_column(BigId)
    poll_id: Mapped[int | None] = mapped_column(ForeignKey(Poll.id))

    @property
    def origin(self) -> Ref | None:
        """The matter that led to it: a proposal, the vote that was annulled."""
        return Ref(self.origin_kind, self.origin_id) if self.origin_kind and self.origin_id else None


class AssemblyDraft(Base):
    """A notice that is being written, step by step; `answers` is its text as JSON. It is kept until it is convened.

    The origin is the matter on which the council advised that all owners vote.
    """

    __tablename__ = "assembly_draft"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(BigId)
    answers: Mapped[str] = mapped_column(Text)
    saves: Mapped[int] = mapped_column(default=0)
    origin_kind: Mapped[str | None] = mapped_column(String(40))
    origin_id: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)
    assembly_id: Mapped[int | None] = mapped_column(ForeignKey("assembly.id"))
