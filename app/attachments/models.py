"""Files attached to a reference; their bytes lie in the storage under their hash."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref


class Attachment(Base):
    """One file: what it belongs to, its name, kind and hash, and the verb that lets somebody read it."""

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_attachment_subject", "community_id", "subject_kind", "subject_id"),
        Index("ix_attachment_digest", "community_id", "digest"),
        CheckConstraint("size > 0", name="size_positive"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigId)
    matter_kind: Mapped[str | None] = mapped_column(String(40))
    matter_id: Mapped[int | None] = mapped_column(BigId)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(8))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    readers: Mapped[str] = mapped_column(String(60))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    dropped_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def subject(self) -> Ref:
        """What it belongs to."""
        return Ref(self.subject_kind, self.subject_id)

    @property
    def matter(self) -> Ref | None:
        """The matter to which it belongs."""
        return Ref(self.matter_kind, self.matter_id) if self.matter_kind and self.matter_id is not None else None

    @property
    def path(self) -> str:
        """Where its bytes lie in the storage."""
        return f"attachments/{self.community_id}/{self.digest[:2]}/{self.digest}"
