"""Ballot papers: the code on each, the lines it is for, and the printing of many."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class BallotPaper(Base):
    """One sheet with one code; whoever holds it may cast the ballots of its lines without an account.

    `number` is printed on it. The code is kept sealed, so that a sheet can be printed again, and found by its print.
    """

    __tablename__ = "ballot_paper"
    __table_args__ = (
        Index("uq_ballot_paper_code", "poll_id", "code_print", unique=True),
        Index("ix_ballot_paper_code", "community_id", "code_print"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    number: Mapped[int]
    building: Mapped[str] = mapped_column(String(40), default="")
    code_sealed: Mapped[str] = mapped_column(String(120))
    code_print: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    void_at: Mapped[datetime | None] = mapped_column(Moment)


class BallotPaperLine(Base):
    """A line of the roll that stands on a paper; of several papers for a line only one is valid."""

    __tablename__ = "ballot_paper_line"

    paper_id: Mapped[int] = mapped_column(ForeignKey("ballot_paper.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("roll_entry.id"), primary_key=True, index=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"))
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    valid: Mapped[bool] = mapped_column(default=True)


Index(
    "uq_ballot_paper_line_valid",
    BallotPaperLine.entry_id,
    unique=True,
    postgresql_where=text("valid"),
    sqlite_where=text("valid"),
)


class BallotPrint(Base):
    """One printing of papers: asked for, worked on, and the sealed file that came of it, kept for a day.

    `title` is what the papers are headed with; `building` is empty for all; `per` is unit or owner. `state` is working, done
    or refused.
    """

    __tablename__ = "ballot_print"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(BigId)
    title: Mapped[str] = mapped_column(String(500), default="")
    building: Mapped[str] = mapped_column(String(40), default="")
    per: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    path: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime] = mapped_column(Moment, index=True)
