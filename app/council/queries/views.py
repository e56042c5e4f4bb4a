"""What a reader finds on the page of a meeting and of a motion, gathered in a handful of statements."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from app.core.context import CommunityValue
from app.core.values import Ref, Refusal
from app.council.queries.law import terms_on
from app.council.queries.meetings import (
    ItemRow,
    MeetingRow,
    Roll,
    get_item_row,
    get_meeting,
    items_of,
    roll_of,
    signer,
    somebody_came,
)
from app.council.queries.minutes import (
    MinutesRow,
    ObjectionRow,
    SignatureRow,
    TaskRow,
    get_minutes,
    minutes_of,
    objections_of,
    signatures_of,
    tasks_of,
)
from app.council.queries.motions import ClaimRow, MotionRow, claims_of, get_motion, motions_of
from app.council.queries.seats import my_seat, my_term
from app.council.rules.meetings import CLOSED
from app.council.rules.minutes import parties_to_sign, sign_refusal
from app.council.rules.motions import Course
from app.council.rules.quorum import Quorum, quorum
from app.council.rules.recusals import with_recusals
from app.council.rules.seats import Seating, Term


@dataclass
class MeetingView:
    """A meeting as a reader meets it: `refs` is what the reader speaks for. Each part is read when it is asked for."""

    community: CommunityValue
    meeting: MeetingRow
    refs: Collection[Ref]

    @cached_property
    def roll(self) -> Roll:
        """Who came."""
        return roll_of(self.meeting, self.meeting.day(self.community.zone))

    @cached_property
    def items(self) -> list[ItemRow]:
        """Its matters in their order."""
        return items_of([self.meeting.id])

    @cached_property
    def motions(self) -> list[MotionRow]:
        """What was moved."""
        return motions_of([self.meeting.id])

    @cached_property
    def minutes(self) -> MinutesRow | None:
        """Its minutes without their text, once it has closed."""
        return minutes_of([self.meeting.id]).get(self.meeting.id) if self.meeting.stage == CLOSED else None

    @cached_property
    def quorum(self) -> Quorum:
        """Whether enough are there."""
        return quorum(terms_on(self.community.id, self.meeting.day(self.community.zone)), self.roll.seats)

    @cached_property
    def sits(self) -> Seating | None:
        """The seat in which the reader sits now."""
        return my_seat(self.roll.seats, self.refs)

    @cached_property
    def mine(self) -> tuple[Seating, Term] | None:
        """The seat to which the reader may come, and by which term."""
        return my_term(self.roll.seats, self.refs)

    @property
    def hanging(self) -> MotionRow | None:
        """The motion before the meeting."""
        return next((motion for motion in self.motions if motion.hangs), None)

    def motions_on(self, item_id: int) -> list[MotionRow]:
        """What was moved on one matter."""
        return [motion for motion in self.motions if motion.item_id == item_id]

    def person(self, term_id: int | None) -> tuple[str, str]:
        """The party and name of somebody who acted in this meeting."""
        term = self.roll.terms.get(term_id or 0)
        if term is None:
            return "", ""
        return next((seat.party for seat in self.roll.seats if seat.seat_id == term.seat_id), ""), term.name


@dataclass
class MotionView:
    """A motion as a reader meets it, within its meeting."""

    hall: MeetingView
    motion: MotionRow
    item: ItemRow

    @cached_property
    def claims(self) -> list[ClaimRow]:
        """What was said about interests."""
        return claims_of([self.motion.id])

    @cached_property
    def seats(self) -> tuple[Seating, ...]:
        """The seats, with those marked that step back."""
        return with_recusals(self.hall.roll.seats, [found.claim for found in self.claims])

    @cached_property
    def quorum(self) -> Quorum:
        """Whether enough are there to decide, without those who step back."""
        hall = self.hall
        return quorum(terms_on(hall.community.id, hall.meeting.day(hall.community.zone)), self.seats)

    @cached_property
    def course(self) -> Course:
        """How far it has come, for the rules."""
        return self.motion.course(self.hall.roll.terms)

    @property
    def contested(self) -> int:
        """How many questions of recusal are open."""
        return sum(found.claim.open for found in self.claims)


def meeting_view(community: CommunityValue, number: int, refs: Collection[Ref]) -> MeetingView:
    """The meeting of a number as a reader meets it. Raises NotFound."""
    return MeetingView(community, get_meeting(community.id, number), refs)


def motion_view(community: CommunityValue, meeting: int, motion: int, refs: Collection[Ref]) -> MotionView:
    """The motion of a number in a meeting as a reader meets it. Raises NotFound."""
    hall = meeting_view(community, meeting, refs)
    found = get_motion(hall.meeting.id, motion)
    return MotionView(hall, found, get_item_row(community.id, found.item_id))


@dataclass
class MinutesView:
    """Minutes as a reader meets them."""

    hall: MeetingView
    minutes: MinutesRow

    @cached_property
    def objections(self) -> list[ObjectionRow]:
        """What was objected, and the answers."""
        return objections_of(self.minutes.id)

    @cached_property
    def signatures(self) -> Mapping[str, SignatureRow]:
        """Who signed, by party."""
        return signatures_of(self.minutes.id)

    @cached_property
    def tasks(self) -> list[TaskRow]:
        """What the parties were charged with."""
        return tasks_of([self.hall.meeting.id])

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Which parties sign."""
        return parties_to_sign(self.hall.roll.seats)

    @property
    def signer(self) -> tuple[Seating, Term, bool] | None:
        """The seat and term by which the reader signs, and whether they were there."""
        return signer(self.hall.roll, self.hall.refs)

    @property
    def unanswered(self) -> int:
        """How many objections wait for their answer."""
        return sum(one.answered_at is None for one in self.objections)

    def sign_refusal(self, now: datetime) -> Refusal | None:
        """Why the reader does not sign now."""
        found = self.signer
        party = found[0].party if found else ""
        return sign_refusal(
            self.minutes.standing,
            now,
            party,
            self.signatures,
            self.unanswered,
            was_present=bool(found and found[2]),
            party_came=somebody_came(self.hall.roll, party, now.astimezone(ZoneInfo(self.hall.community.zone)).date()),
        )


def minutes_view(community: CommunityValue, number: int, refs: Collection[Ref]) -> MinutesView:
    """The minutes of the meeting of a number. Raises NotFound."""
    hall = meeting_view(community, number, refs)
    return MinutesView(hall, get_minutes(hall.meeting.id))
