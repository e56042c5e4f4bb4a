"""The tables of the record: entries in their exact text, and the tree over them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref
from app.journal.rules import EMPTY_ROOT


class JournalEntry(Base):
    """One thing that was done, as the exact text that goes into the tree.

    `event`, `matter` and `at` repeat what the text says, for searching. `leaf` is the hash that the text had when it was
    written. `log_index` is its place in the tree, None until sealed. Its own number shows how many are held back: it
    never leaves the house. `account_id` says who acted; it is not part of the record and goes when a person is erased.
    """

    __tablename__ = "journal_entry"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    event: Mapped[str] = mapped_column(String(60))
    matter_kind: Mapped[str | None] = mapped_column(String(40))
    matter_id: Mapped[int | None] = mapped_column(BigId)
    at: Mapped[datetime] = mapped_column(Moment)
    public_from: Mapped[datetime] = mapped_column(Moment)
    text: Mapped[str] = mapped_column(Text)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))
    log_index: Mapped[int | None] = mapped_column(BigId)
    account_id: Mapped[int | None] = mapped_column(BigId)

    @property
    def matter(self) -> Ref | None:
        """The matter to which it belongs."""
        return Ref(self.matter_kind, self.matter_id) if self.matter_kind and self.matter_id is not None else None


Index("uq_journal_entry_place", JournalEntry.community_id, JournalEntry.log_index, unique=True)
Index(
    "ix_journal_entry_matter",
    JournalEntry.community_id,
    JournalEntry.matter_kind,
    JournalEntry.matter_id,
    JournalEntry.event,
)
Index(
    "ix_journal_entry_unsealed",
    JournalEntry.public_from,
    JournalEntry.community_id,
    postgresql_where=JournalEntry.log_index.is_(None),
    sqlite_where=JournalEntry.log_index.is_(None),
)


class JournalLog(Base):
    """The head of a community's tree; `key_label` is its id, from which its key is derived. Only the sealer touches it."""

    __tablename__ = "journal_log"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    key_label: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int] = mapped_column(BigId, default=0)
    root: Mapped[bytes] = mapped_column(LargeBinary(32), default=EMPTY_ROOT)


class JournalTile(Base):
    """A row of at most 256 hashes of the tree."""

    __tablename__ = "journal_tile"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    level: Mapped[int] = mapped_column(primary_key=True)
    index: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    hashes: Mapped[bytes] = mapped_column(LargeBinary)


class JournalCheckpoint(Base):
    """The tree at one size, as the note that was signed then."""

    __tablename__ = "journal_checkpoint"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    size: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class JournalReceipt(Base):
    """A short code that leads its holder to one entry."""

    __tablename__ = "journal_receipt"

    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entry.id"), index=True)


class Outbox(Base):
    """One entry that one reader has still to be told of; gone once it was."""

    __tablename__ = "journal_outbox"
    __table_args__ = (UniqueConstraint("entry_id", "reader"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("journal_entry.id"))
    reader: Mapped[str] = mapped_column(String(80))
    due_at: Mapped[datetime] = mapped_column(Moment, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(120), default="")
