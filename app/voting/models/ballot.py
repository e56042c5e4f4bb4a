"""The ballots received."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class Ballot(Base):
    """One received ballot, never changed; of a line's ballots the precedence marks one as counted.

    `code` is the receipt. `salt` opens the commitment in the public record. `account_id` says who cast it, or whose entry at
    the desk made it; `evidence` names what it rests on there (`ballot_intake`, `ballot_paper`, `proxy_mandate`). `rejected` is
    the machine's word for why it can never count.
    """

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("community_id", "code"), Index("ix_ballot_poll", "poll_id", "id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"))
    code: Mapped[str] = mapped_column(String(20))
    choice: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Moment)
    counted: Mapped[bool]
    salt: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int | None] = mapped_column(BigId)
    evidence_kind: Mapped[str | None] = mapped_column(String(40))
    evidence_id: Mapped[int | None] = mapped_column(BigId)
    rejected: Mapped[str | None] = mapped_column(String(20))


Index(
    "uq_ballot_counted",
    Ballot.entry_id,
    unique=True,
    postgresql_where=text("counted"),
    sqlite_where=text("counted"),
)
COUNTED: ColumnElement[Any] = literal_column("ballot.counted")
"""That a ballot counts, in the words of the index: SQLite does not recognise `counted = 1` in it."""
