"""Convening a meeting, the roll call, opening and calling off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import update

from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import Refused, check
from app.core.numbers import next_number
from app.core.permissions import CONVENER, SECRETARY, authorize
from app.core.values import BRANCH, Actor, Ref, Refusal
from app.core.words import N_
from app.council import queries
from app.council.actions.hall import Hall, enter
from app.council.events import MeetingCancelled, MeetingConvened, MeetingOpened, SeatCheckedIn, SeatLeft
from app.council.models import AgendaItem, Attendance, Meeting
from app.council.permissions import CONVENE_MEETING, KEEP_ROLL, PRESIDE, TAKE_PART
from app.council.rules.meetings import (
    cancel_refusal,
    check_in_refusal,
    convene_refusal,
    leave_refusal,
    open_refusal,
)
from app.council.rules.quorum import quorum
from app.council.rules.seats import ARTICLE, Seating, Term
from app.identity.queries import account_name
from app.journal.actions import record


@transactional
def convene_meeting(actor: Actor, community_id: int, starts_at: datetime, place: str, item_ids: Sequence[int]) -> int:
    """The notice of a meeting goes out in time, with its matters in their order; from now on they do not change.

    `item_ids` in the order of the agenda. Answers the meeting's number (第9次). Raises Forbidden, Refused.
    """
    authorize(actor, CONVENE_MEETING, community_id)
    zone = ZoneInfo(get_community(community_id).zone)
    now = clock.now()
    rule = queries.law_on(community_id, now.astimezone(zone).date())("council.notice", now.date())
    wanted = list(dict.fromkeys(item_ids))
    rows = {row.id: row for row in queries.hold_items(community_id, wanted)}
    waiting = [number in rows and _waits(rows[number]) for number in wanted]
    check(convene_refusal(now.astimezone(zone), starts_at.astimezone(zone), rule.whole, waiting))
    if not 2 <= len(place) <= 100:
        raise Refused(Refusal(N_("请写明开会的地点，2到100个字。"), article=ARTICLE))
    meeting = Meeting(
        community_id=community_id,
        number=next_number(community_id, "meeting"),
        place=place,
        starts_at=starts_at,
        convened_at=now,
        notice_rule=rule.version,
        recorder=recorder_name(actor, community_id),
    )
    db.session.add(meeting)
    db.session.flush()
    for position, number in enumerate(wanted, 1):
        rows[number].meeting_id, rows[number].place = meeting.id, position
    event = MeetingConvened(community_id, meeting.id, meeting.number, starts_at, tuple(wanted))
    record(event, actor, Ref("meeting", meeting.id))
    return meeting.number


def _waits(row: AgendaItem) -> bool:
    return row.meeting_id is None and row.settled_at is None


def recorder_name(actor: Actor, community_id: int) -> str:
    """The secretary who keeps the record, by name."""
    if actor.account_id is None or SECRETARY not in actor.roles(community_id):
        return ""
    return account_name(actor.account_id)


@transactional
def cancel_meeting(actor: Actor, meeting_id: int, reason: str) -> None:
    """A meeting that was not opened is called off; its matters wait for the next. Raises Forbidden, Refused."""
    hall = enter(meeting_id, actor, CONVENE_MEETING)
    check(cancel_refusal(hall.sitting))
    if not 4 <= len(reason) <= 200:
        raise Refused(Refusal(N_("请写明取消的原因，4到200个字。"), article=ARTICLE))
    _change(meeting_id, cancelled_at=clock.now(), cancel_reason=reason)
    waits_again = update(AgendaItem).where(AgendaItem.meeting_id == meeting_id).values(meeting_id=None, place=0)
    db.session.execute(waits_again)
    meeting = hall.meeting
    record(MeetingCancelled(meeting.community_id, meeting.id, meeting.number), actor, meeting.ref)


@transactional
def check_in(actor: Actor, meeting_id: int) -> None:
    """A member comes, by their own telephone: for the seat they hold, else for the one they may stand in for.

    Raises Forbidden, Refused.
    """
    hall = enter(meeting_id, actor, TAKE_PART)
    found = queries.my_term(hall.roll.seats, actor.acts_as)
    seat, term = found or (Seating(0, "", "", ""), None)
    _arrive(hall, actor, seat, term, "self")


@transactional
def record_arrival(actor: Actor, meeting_id: int, seat_id: int, term_id: int) -> None:
    """The secretary marks on the roll who came for a seat. Raises NotFound, Forbidden, Refused."""
    hall = enter(meeting_id, actor, KEEP_ROLL)
    seat = hall.roll.seat(seat_id)
    term = next((one for one in (seat.holder, seat.alternate) if one is not None and one.id == term_id), None)
    _arrive(hall, actor, seat, term, "secretary")


def _arrive(hall: Hall, actor: Actor, seat: Seating, term: Term | None, by: Literal["self", "secretary"]) -> None:
    meeting, now = hall.meeting, clock.now()
    check(check_in_refusal(hall.sitting, now, term, seat))
    assert term is not None, "the rule refuses who has no term"
    db.session.add(
        Attendance(
            community_id=meeting.community_id,
            meeting_id=meeting.id,
            seat_id=seat.seat_id,
            term_id=term.id,
            came_at=now,
            by=by,
        )
    )
    event = SeatCheckedIn(meeting.community_id, meeting.id, meeting.number, seat.seat_id, term.id, by)
    record(event, actor, meeting.ref)


@transactional
def record_leaving(actor: Actor, meeting_id: int, seat_id: int) -> None:
    """The secretary marks that somebody left: they count no longer, and the seat may be taken by its other person.

    Raises NotFound, Forbidden, Refused.
    """
    hall = enter(meeting_id, actor, KEEP_ROLL)
    meeting, seat, now = hall.meeting, hall.roll.seat(seat_id), clock.now()
    check(leave_refusal(hall.sitting, now, seat))
    row = queries.attendance_row(meeting_id, seat_id)
    assert row is not None, "the rule refuses a seat that nobody came for"
    row.left_at = now
    event = SeatLeft(meeting.community_id, meeting.id, meeting.number, seat_id, row.term_id)
    record(event, actor, meeting.ref)


@transactional
def open_meeting(actor: Actor, meeting_id: int) -> None:
    """The chair opens the meeting, when every party is represented and more than half of the seats are filled.

    The chair is the convener who opens it from a seat, else the first of the party branch who came.
    Raises Forbidden, Refused.
    """
    hall = enter(meeting_id, actor, PRESIDE)
    meeting, now = hall.meeting, clock.now()
    found = quorum(hall.terms, hall.roll.seats)
    check(open_refusal(hall.sitting, now, found))
    recorder = recorder_name(actor, meeting.community_id) or meeting.recorder
    _change(meeting_id, opened_at=now, chair=_chair(hall, actor), recorder=recorder)
    event = MeetingOpened(meeting.community_id, meeting.id, meeting.number, found.present, found.total)
    record(event, actor, meeting.ref)


def _chair(hall: Hall, actor: Actor) -> str:
    own = hall.seat_of(actor)
    if own is not None and CONVENER in actor.roles(hall.meeting.community_id):
        return own.name
    branch = [seat for seat in hall.roll.seats if seat.party == BRANCH and seat.present]
    return branch[0].name if branch else ""


def _change(meeting_id: int, **values: object) -> None:
    db.session.execute(update(Meeting).where(Meeting.id == meeting_id).values(**values))
