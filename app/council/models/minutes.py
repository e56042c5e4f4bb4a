"""Minutes with their versions, objections and signatures, and the tasks that a meeting gave."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment


class Minutes(Base):
    """The minutes of one meeting; `version` is the text that stands."""

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("community_id", "year", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), unique=True)
    year: Mapped[int]
    number: Mapped[int]
    label: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(default=1)
    drafted_at: Mapped[datetime] = mapped_column(Moment)
    objections_until: Mapped[datetime] = mapped_column(Moment)
    sign_by: Mapped[datetime] = mapped_column(Moment)
    published_at: Mapped[datetime | None] = mapped_column(Moment)


class MinutesVersion(Base):
    """One text of the minutes, as JSON of its blocks, with its hash; earlier ones are kept."""

    __tablename__ = "minutes_version"
    __table_args__ = (UniqueConstraint("minutes_id", "version"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(Moment)


class MinutesObjection(Base):
    """That a paragraph is wrong, what it should say, and the answer. `block` counts from 0 in version `on_version`."""

    __tablename__ = "minutes_objection"
    __table_args__ = (Index("ix_minutes_objection_minutes", "minutes_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    block: Mapped[int]
    on_version: Mapped[int]
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("seat_term.id"))
    reason: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    accepted: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(String(500), default="")
    new_version: Mapped[int | None]


class MinutesSignature(Base):
    """That a party attests a version of the minutes, through one person; it does not say that the party approves."""

    __tablename__ = "minutes_signature"
    __table_args__ = (UniqueConstraint("minutes_id", "party"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    party: Mapped[str] = mapped_column(String(12))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("seat_term.id"))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)


class ActionItem(Base):
    """What a party was charged with in a meeting, until a day, and how it was done."""

    __tablename__ = "action_item"
    __table_args__ = (Index("ix_action_item_open", "community_id", "party", "done_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    party: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(String(300))
    due_day: Mapped[date]
    assigned_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    done_note: Mapped[str] = mapped_column(String(300), default="")
    done_term_id: Mapped[int | None] = mapped_column(ForeignKey("seat_term.id"))
