"""The agenda, meetings, and who came to them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref

_OPEN, _PRESENT = text("settled_at IS NULL"), text("left_at IS NULL")


class Meeting(Base):
    """One joint meeting. `notice_rule` is the version of the row of law under which its notice was given."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_meeting_start", "community_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    place: Mapped[str] = mapped_column(String(100))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    convened_at: Mapped[datetime] = mapped_column(Moment)
    notice_rule: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    cancel_reason: Mapped[str] = mapped_column(String(200), default="")
    chair: Mapped[str] = mapped_column(String(60), default="")
    recorder: Mapped[str] = mapped_column(String(60), default="")


class AgendaItem(Base):
    """One matter that waits for a meeting, or stands on a notice at a place; `result` once it is settled there.

    A matter is on the way to one meeting at a time.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (
        Index(
            "uq_agenda_item_open",
            "community_id",
            "matter_kind",
            "matter_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_agenda_item_meeting", "meeting_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    matter_kind: Mapped[str] = mapped_column(String(40))
    matter_id: Mapped[int] = mapped_column(BigId)
    title: Mapped[str] = mapped_column(String(200))
    owners_matter: Mapped[int | None]
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    place: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    result: Mapped[str] = mapped_column(String(16), default="")

    @property
    def matter(self) -> Ref:
        """What it is about."""
        return Ref(self.matter_kind, self.matter_id)


class Attendance(Base):
    """That somebody came for a seat, until they left; one person in a seat at a time."""

    __tablename__ = "attendance"
    __table_args__ = (
        Index(
            "uq_attendance_present",
            "meeting_id",
            "seat_id",
            unique=True,
            sqlite_where=_PRESENT,
            postgresql_where=_PRESENT,
        ),
        Index("ix_attendance_term", "term_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("seat_term.id"))
    came_at: Mapped[datetime] = mapped_column(Moment)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    by: Mapped[str] = mapped_column(String(10))
