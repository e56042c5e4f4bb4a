"""What every action of a meeting stands on: the meeting held alone, who came, where the actor sits."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import update

from app.communities.queries import get_community
from app.core.db import db
from app.core.law import LawRow
from app.core.permissions import Permission, authorize
from app.core.values import Actor, Ref
from app.council import queries
from app.council.models import Motion
from app.council.queries import MeetingRow, MotionRow, Roll
from app.council.rules.meetings import Sitting
from app.council.rules.motions import Course
from app.council.rules.seats import Seating, Term
from app.voting.rules import Terms


@dataclass
class Hall:
    """A meeting under way in one action: nobody else changes it until the action ends."""

    meeting: MeetingRow
    zone: ZoneInfo
    community_name: str
    roll: Roll

    @property
    def day(self) -> date:
        """The day of the meeting on the community's wall calendar."""
        return self.meeting.day(self.zone.key)

    @property
    def sitting(self) -> Sitting:
        """The meeting, for the rules."""
        return self.meeting.sitting

    @cached_property
    def terms(self) -> Terms:
        """The terms under which the four parties decide on this day."""
        return queries.terms_on(self.meeting.community_id, self.day)

    def law(self, key: str) -> LawRow:
        """A row of law as it holds here on this day."""
        return queries.law_on(self.meeting.community_id, self.day)(key, self.day)

    def seat_of(self, actor: Actor) -> Seating | None:
        """The seat in which the actor sits now."""
        return queries.my_seat(self.roll.seats, actor.acts_as)

    def local(self, at: datetime) -> datetime:
        """A moment on the community's wall clock."""
        return at.astimezone(self.zone)


@dataclass
class Floor:
    """A motion before a meeting, in one action."""

    hall: Hall
    motion: MotionRow
    matter: Ref
    title: str

    @property
    def course(self) -> Course:
        """How far the motion has come, for the rules."""
        return self.motion.course(self.hall.roll.terms)


def enter(meeting_id: int, actor: Actor, verb: Permission) -> Hall:
    """Hold a meeting and see who came, for an actor who has the verb. Raises NotFound, Forbidden."""
    meeting = queries.hold_meeting(meeting_id)
    authorize(actor, verb, meeting.community_id)
    return hall_of(meeting)


def hall_of(meeting: MeetingRow) -> Hall:
    """A meeting with who came to it."""
    community = get_community(meeting.community_id)
    roll = queries.roll_of(meeting, meeting.day(community.zone))
    return Hall(meeting, ZoneInfo(community.zone), community.name, roll)


def take_floor(motion_id: int, actor: Actor, verb: Permission) -> Floor:
    """Hold the meeting of a motion, then read the motion as it stands. Raises NotFound, Forbidden."""
    hall = enter(queries.get_motion_by_id(motion_id).meeting_id, actor, verb)
    return floor_of(hall, queries.get_motion_by_id(motion_id))


def floor_of(hall: Hall, motion: MotionRow) -> Floor:
    """A motion with its matter."""
    item = queries.get_item(motion.community_id, motion.item_id)
    return Floor(hall, motion, item.matter, item.title)


def seated(seat: Seating | None) -> tuple[Seating, Term]:
    """A seat that a rule let pass, with who sits in it."""
    assert seat is not None, "a rule refuses who is not there"
    assert seat.came is not None, "somebody sits in a present seat"
    return seat, seat.came


def change_motion(motion_id: int, **values: object) -> None:
    """Write what happened to a motion."""
    db.session.execute(update(Motion).where(Motion.id == motion_id).values(**values))
