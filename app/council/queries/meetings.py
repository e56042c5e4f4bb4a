"""Finding meetings, their agenda, and who came."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from app.core.db import db
from app.core.errors import NotFound
from app.core.values import Ref
from app.core.words import N_
from app.council.models import AgendaItem, Attendance, Meeting
from app.council.queries.seats import council_at
from app.council.rules.meetings import Sitting
from app.council.rules.quorum import SEAT_TERM
from app.council.rules.seats import Seating, Term

PAGE = 25


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting as it stands; moments in UTC."""

    id: int
    community_id: int
    number: int
    place: str
    starts_at: datetime
    convened_at: datetime
    notice_rule: str
    opened_at: datetime | None
    closed_at: datetime | None
    cancelled_at: datetime | None
    cancel_reason: str
    chair: str
    recorder: str

    @property
    def sitting(self) -> Sitting:
        """What has happened to it so far, for the rules."""
        return Sitting(self.id, self.starts_at, self.opened_at, self.closed_at, self.cancelled_at)

    @property
    def stage(self) -> str:
        """Convened, in session, closed, or cancelled."""
        return self.sitting.stage

    @property
    def ref(self) -> Ref:
        """The meeting as something that others may refer to."""
        return Ref("meeting", self.id)

    def day(self, zone: str) -> date:
        """The day of the meeting on the community's wall calendar."""
        return self.starts_at.astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A matter on the agenda. `meeting_id` is None while it waits; `result` is empty until it is settled."""

    id: int
    community_id: int
    matter: Ref
    title: str
    owners_matter: int | None
    proposed_at: datetime
    meeting_id: int | None
    place: int
    result: str


@dataclass(frozen=True, slots=True)
class RollLine:
    """That somebody came for a seat, from when to when."""

    seat_id: int
    term_id: int
    came_at: datetime
    left_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class Roll:
    """Who came to a meeting: the seats of its day with who sits there now, every stretch of presence, every term."""

    seats: tuple[Seating, ...]
    lines: tuple[RollLine, ...]
    terms: Mapping[int, Term]

    @property
    def present(self) -> int:
        """How many seats somebody sits in now."""
        return sum(seat.present for seat in self.seats)

    def ever(self, seat_id: int) -> bool:
        """Whether somebody came for a seat at all."""
        return any(line.seat_id == seat_id for line in self.lines)

    def seat(self, seat_id: int) -> Seating:
        """One seat of the day. Raises NotFound."""
        for seat in self.seats:
            if seat.seat_id == seat_id:
                return seat
        raise NotFound(N_("这次会议没有这个席位。"))


def meeting_row(meeting: Meeting) -> MeetingRow:
    """A meeting taken off the database."""
    return MeetingRow(**{name: getattr(meeting, name) for name in MeetingRow.__slots__})


def item_row(item: AgendaItem) -> ItemRow:
    """A matter on the agenda taken off the database."""
    return ItemRow(
        item.id,
        item.community_id,
        item.matter,
        item.title,
        item.owners_matter,
        item.proposed_at,
        item.meeting_id,
        item.place,
        item.result,
    )


def _one(wanted: Select[Any]) -> MeetingRow:
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound(N_("没有这次会议。可能是网址写错了。"))
    return meeting_row(found)


def get_meeting(community_id: int, number: int) -> MeetingRow:
    """The meeting that people call by this number. Raises NotFound."""
    return _one(select(Meeting).filter_by(community_id=community_id, number=number))


def hold_meeting(meeting_id: int) -> MeetingRow:
    """The meeting, held alone until the action ends: whoever checks in, moves or closes goes one after the other."""
    held = select(Meeting).filter_by(id=meeting_id).with_for_update()
    return _one(held.execution_options(populate_existing=True))


def meetings(community_id: int, before: int | None = None, limit: int = PAGE) -> list[MeetingRow]:
    """The meetings of a community, the latest number first, from before a number on."""
    wanted = select(Meeting).filter_by(community_id=community_id)
    if before is not None:
        wanted = wanted.where(Meeting.number < before)
    return [meeting_row(row) for row in db.session.scalars(wanted.order_by(Meeting.number.desc()).limit(limit))]


def meetings_of(meeting_ids: Collection[int]) -> dict[int, MeetingRow]:
    """Several meetings by their numbers of the database; one statement."""
    if not meeting_ids:
        return {}
    return {row.id: meeting_row(row) for row in db.session.scalars(select(Meeting).where(Meeting.id.in_(meeting_ids)))}


def roll_of(meeting: MeetingRow, on: date) -> Roll:
    """Who came to a meeting; one statement. `on` is its day on the community's calendar."""
    found, came = council_at(meeting.community_id, meeting.id, on)
    lines = tuple(RollLine(row.seat_id, row.term_id, row.came_at, row.left_at, row.by) for row in came)
    now = {line.seat_id: found.terms[line.term_id] for line in lines if line.left_at is None}
    seats = tuple(replace(seat, came=now.get(seat.seat_id)) for seat in found.seats)
    return Roll(seats, lines, found.terms)


def attendance_row(meeting_id: int, seat_id: int) -> Attendance | None:
    """The stretch of presence under way for a seat."""
    return db.session.scalar(select(Attendance).filter_by(meeting_id=meeting_id, seat_id=seat_id, left_at=None))


def items_of(meeting_ids: Sequence[int]) -> list[ItemRow]:
    """The matters on the notices of some meetings, in their order; one statement."""
    wanted = select(AgendaItem).where(AgendaItem.meeting_id.in_(meeting_ids))
    return [item_row(row) for row in db.session.scalars(wanted.order_by(AgendaItem.meeting_id, AgendaItem.place))]


def waiting_items(community_id: int) -> list[ItemRow]:
    """The matters that wait for a meeting, the oldest first."""
    wanted = select(AgendaItem).filter_by(community_id=community_id, meeting_id=None, settled_at=None)
    return [item_row(row) for row in db.session.scalars(wanted.order_by(AgendaItem.id))]


def hold_items(community_id: int, item_ids: Collection[int]) -> list[AgendaItem]:
    """Rows of the agenda, held until the action ends, in the order of their numbers."""
    wanted = select(AgendaItem).where(AgendaItem.community_id == community_id, AgendaItem.id.in_(item_ids))
    return list(db.session.scalars(wanted.order_by(AgendaItem.id).with_for_update()))


def get_item(community_id: int, item_id: int) -> AgendaItem:
    """The row of one matter on the agenda. Raises NotFound."""
    row = db.session.scalar(select(AgendaItem).filter_by(community_id=community_id, id=item_id))
    if row is None:
        raise NotFound(N_("议程上没有这件事。"))
    return row


def find_open_item(community_id: int, matter: Ref) -> AgendaItem | None:
    """The place of a matter on the agenda while it is not settled."""
    wanted = select(AgendaItem).filter_by(
        community_id=community_id, matter_kind=matter.kind, matter_id=matter.id, settled_at=None
    )
    return db.session.scalar(wanted)


def signer(roll: Roll, refs: Iterable[Ref]) -> tuple[Seating, Term, bool] | None:
    """The seat and term by which somebody signs, and whether they were at the meeting under it."""
    mine = {ref.id for ref in refs if ref.kind == SEAT_TERM}
    came = {line.term_id for line in roll.lines}
    seats = {seat.seat_id: seat for seat in roll.seats}
    found = [
        (seats[term.seat_id], term, term.id in came)
        for term in roll.terms.values()
        if term.id in mine and term.seat_id in seats
    ]
    found.sort(key=lambda one: not one[2])
    return found[0] if found else None


def somebody_came(roll: Roll, party: str, today: date) -> bool:
    """Whether somebody of a party was there who still holds office, and can therefore attest it."""
    seats = {seat.seat_id for seat in roll.seats if seat.party == party}
    came = (roll.terms[line.term_id] for line in roll.lines if line.seat_id in seats)
    return any(term.in_force(today) for term in came)
