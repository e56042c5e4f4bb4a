"""Postings, their delivery lists, and the evidence of whom they reached; nothing here is ever changed or deleted but marks."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Base, BigId, Moment
from app.core.values import Ref


class Posting(Base):
    """One posted text with its term. `digest` is its SHA-256, `receipt` leads to the entry of the record.

    `legal_last` is the last day that the law row (`row`, its version; `article`) asks for, `last_day` the one in force, not
    earlier. `source` is what it tells (a vote, a resolution), where its matter has more than one. `places` are words of a
    closed list with commas between. `lines` counts its delivery list (`roll_digest`).
    """

    __tablename__ = "posting"
    __table_args__ = (
        UniqueConstraint("community_id", "number"),
        Index("ix_posting_matter", "community_id", "matter_kind", "matter_id"),
        Index("ix_posting_source", "source_kind", "source_id"),
        Index("ix_posting_last_day", "community_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    number: Mapped[int]
    matter_kind: Mapped[str | None] = mapped_column(String(40))
    matter_id: Mapped[int | None] = mapped_column(BigId)
    source_kind: Mapped[str | None] = mapped_column(String(40))
    source_id: Mapped[int | None] = mapped_column(BigId)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(80))
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    receipt: Mapped[str] = mapped_column(String(20), default="")
    begins: Mapped[date]
    days: Mapped[int]
    in_workdays: Mapped[bool]
    legal_last: Mapped[date]
    last_day: Mapped[date]
    provisional: Mapped[bool]
    row: Mapped[str] = mapped_column(String(160))
    article: Mapped[str] = mapped_column(String(120))
    binding: Mapped[bool]
    places: Mapped[str] = mapped_column(String(120))
    lines: Mapped[int] = mapped_column(default=0)
    roll_digest: Mapped[str | None] = mapped_column(String(64))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("posting.id"), unique=True)
    automatic: Mapped[bool] = mapped_column(default=False)
    posted_by: Mapped[int | None] = mapped_column(BigId)
    posted_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str] = mapped_column(String(400), default="")

    @property
    def matter(self) -> Ref:
        """The matter to which it belongs; a posting that belongs to none is its own."""
        if self.matter_kind is None or self.matter_id is None:
            return Ref("posting", self.id)
        return Ref(self.matter_kind, self.matter_id)

    @property
    def source(self) -> Ref | None:
        """What it tells, where that is known."""
        return Ref(self.source_kind, self.source_id) if self.source_kind and self.source_id else None


STANDING = Posting.ended_at.is_(None) & Posting.withdrawn_at.is_(None)
Index("ix_posting_standing", Posting.last_day, postgresql_where=STANDING, sqlite_where=STANDING)


class DeliveryLine(Base):
    """One household on the list of a posting. `ways` repeats the marks that stand, one bit a way, so that one table is counted."""

    __tablename__ = "delivery_line"
    __table_args__ = (UniqueConstraint("posting_id", "key"), UniqueConstraint("posting_id", "place"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"))
    place: Mapped[int]
    key: Mapped[str] = mapped_column(String(120))
    label: Mapped[str] = mapped_column(String(200))
    building: Mapped[str] = mapped_column(String(40), default="")
    ways: Mapped[int] = mapped_column(default=0)


class ServiceAct(Base):
    """What a member of staff entered at once, for one household or many; never changed.

    `way` is a word of a closed list; `undone` for an act that takes back `undoes_id`. `building` is set where a whole
    building was entered. `digest` commits, under `salt`, to the households, the witnesses, the note and the attachment.
    """

    __tablename__ = "service_act"
    __table_args__ = (Index("ix_service_act_posting", "posting_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"))
    way: Mapped[str] = mapped_column(String(12))
    on_day: Mapped[date]
    lines: Mapped[int]
    building: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(20), default="")
    first_witness: Mapped[str] = mapped_column(String(30), default="")
    second_witness: Mapped[str] = mapped_column(String(30), default="")
    attachment: Mapped[str | None] = mapped_column(String(64))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("service_act.id"))
    salt: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    entered_by: Mapped[int | None] = mapped_column(BigId)
    entered_at: Mapped[datetime] = mapped_column(Moment)


class ServiceMark(Base):
    """That an act holds for a household; a later act may take it back (`undone_by`). One mark of a way stands at a time."""

    __tablename__ = "service_mark"
    __table_args__ = (Index("ix_service_mark_line", "line_id"),)

    act_id: Mapped[int] = mapped_column(ForeignKey("service_act.id"), primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("delivery_line.id"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("community.id"))
    posting_id: Mapped[int] = mapped_column(ForeignKey("posting.id"))
    bit: Mapped[int]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("service_act.id"))


STANDS = ServiceMark.undone_by.is_(None)
Index(
    "uq_service_mark_standing",
    ServiceMark.line_id,
    ServiceMark.bit,
    unique=True,
    postgresql_where=STANDS,
    sqlite_where=STANDS,
)
