"""What a reader finds on the page of a meeting and of a motion, gathered in a handful of statements."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.core.context import CommunityValue
from app.core.db import db
from app.core.errors import NotFound
from app.core.values import Ref, Refusal
from app.core.words import N_
from app.council.models import AgendaItem, Meeting, Minutes, MinutesVersion, Motion, Resolution
from app.council.queries.law import terms_on
from app.council.queries.meetings import (
    ItemRow,
    MeetingRow,
    Roll,
    get_meeting,
    item_row,
    meeting_row,
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
    minutes_row,
    objections_of,
    signatures_of,
    tasks_of,
)
from app.council.queries.motions import ClaimRow, MotionRow, ResolutionRow, claims_of, motion_row, resolution_row
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
    def _agenda(self) -> tuple[list[ItemRow], list[MotionRow]]:
        """Its matters, and what was moved on them; one statement."""
        wanted = (
            select(AgendaItem, Motion)
            .outerjoin(Motion, (Motion.item_id == AgendaItem.id) & (Motion.meeting_id == AgendaItem.meeting_id))
            .where(AgendaItem.meeting_id == self.meeting.id)
            .order_by(AgendaItem.place, Motion.number)
        )
        items: dict[int, ItemRow] = {}
        motions: list[MotionRow] = []
        for item, motion in db.session.execute(wanted):
            items[item.id] = item_row(item)
            if motion is not None:
                motions.append(motion_row(motion))
        return list(items.values()), sorted(motions, key=lambda motion: motion.number)

    @property
    def items(self) -> list[ItemRow]:
        """Its matters in their order."""
        return self._agenda[0]

    @property
    def motions(self) -> list[MotionRow]:
        """What was moved, in its order."""
        return self._agenda[1]

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
    resolution: ResolutionRow | None

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
    wanted = (
        select(Meeting, Motion, AgendaItem, Resolution)
        .join(Motion, Motion.meeting_id == Meeting.id)
        .join(AgendaItem, AgendaItem.id == Motion.item_id)
        .outerjoin(Resolution, Resolution.motion_id == Motion.id)
        .where(Meeting.community_id == community.id, Meeting.number == meeting, Motion.number == motion)
    )
    row: Any = db.session.execute(wanted).one_or_none()
    if row is None:
        raise NotFound(N_("没有这项动议。"))
    found, moved, item, resolved = row
    return MotionView(
        MeetingView(community, meeting_row(found), refs),
        motion_row(moved),
        item_row(item),
        resolution_row(resolved) if resolved is not None else None,
    )


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
    wanted = (
        select(Meeting, Minutes, MinutesVersion.text, MinutesVersion.digest)
        .join(Minutes, Minutes.meeting_id == Meeting.id)
        .join(
            MinutesVersion,
            (MinutesVersion.minutes_id == Minutes.id) & (MinutesVersion.version == Minutes.version),
        )
        .where(Meeting.community_id == community.id, Meeting.number == number)
    )
    row = db.session.execute(wanted).one_or_none()
    if row is None:
        get_minutes(get_meeting(community.id, number).id)
        raise NotFound(N_("没有这次会议。可能是网址写错了。"))
    meeting, minutes, text, digest = row
    return MinutesView(MeetingView(community, meeting_row(meeting), refs), minutes_row(minutes, text, digest))
