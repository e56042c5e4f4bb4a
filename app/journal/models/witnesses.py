"""Witnesses: a key for each party, held in a browser, and what it cosigned."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class JournalWitness(Base):
    """A party's key that cosigns the heads of the log; its private half never leaves the browser in which it was made.

    One at a time stands for a party; who takes its place sets `until`.
    """

    __tablename__ = "journal_witness"
    __table_args__ = (UniqueConstraint("community_id", "public"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    party: Mapped[str] = mapped_column(String(12))
    public: Mapped[bytes] = mapped_column(LargeBinary(32))
    account_id: Mapped[int | None] = mapped_column(BigId)
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)


Index(
    "uq_journal_witness_standing",
    JournalWitness.community_id,
    JournalWitness.party,
    unique=True,
    postgresql_where=text("until IS NULL"),
    sqlite_where=text("until IS NULL"),
)


class JournalCosignature(Base):
    """That a witness cosigned the head of one size: the seconds since 1970 that it signed, and its signature (64 bytes).

    `at` is when it came here: by it alone the first cosigned head after a moment is found, whatever time a browser says.
    """

    __tablename__ = "journal_cosignature"
    __table_args__ = (
        ForeignKeyConstraint(["community_id", "size"], ["journal_checkpoint.community_id", "journal_checkpoint.size"]),
        Index("ix_journal_cosignature_witness", "witness_id", "size"),
    )

    community_id: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    witness_id: Mapped[int] = mapped_column(ForeignKey("journal_witness.id"), primary_key=True)
    seconds: Mapped[int] = mapped_column(BigId)
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
    at: Mapped[datetime] = mapped_column(Moment)
