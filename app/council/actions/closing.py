"""Closing a meeting, and drafting its minutes from what was recorded."""

import hashlib
from datetime import datetime

from sqlalchemy import update

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.numbers import next_number
from app.core.values import Actor
from app.council import queries
from app.council.actions.agenda import settle_item
from app.council.actions.hall import Hall, enter
from app.council.actions.meetings import recorder_name
from app.council.events import MeetingClosed, MinutesDrafted
from app.council.models import Meeting, Minutes, MinutesVersion
from app.council.permissions import PRESIDE
from app.council.queries import ClaimRow, ItemRow, MotionRow
from app.council.rules.drafting import (
    Block,
    MeetingFacts,
    MotionFacts,
    StoodBack,
    TaskFacts,
    draft,
)
from app.council.rules.meetings import close_refusal
from app.council.rules.minutes import terms_of_minutes
from app.council.rules.papers import MINUTES, paper_number
from app.council.rules.seats import ALTERNATE, PARTY_NAMES, Term
from app.journal.actions import record
from app.journal.events import Digest


@transactional
def close_meeting(actor: Actor, meeting_id: int) -> None:
    """The chair closes the meeting; what was not decided waits for the next, and the minutes are drafted at once.

    Raises NotFound, Forbidden, Refused.
    """
    hall = enter(meeting_id, actor, PRESIDE)
    meeting, now = hall.meeting, clock.now()
    motions = queries.motions_of([meeting_id])
    check(close_refusal(hall.sitting, sum(motion.hangs for motion in motions)))
    recorder = recorder_name(actor, meeting.community_id) or meeting.recorder
    db.session.execute(update(Meeting).where(Meeting.id == meeting_id).values(closed_at=now, recorder=recorder))
    record(MeetingClosed(meeting.community_id, meeting.id, meeting.number), actor, meeting.ref)
    items = queries.items_of([meeting_id])
    _settle_items(actor, items, motions)
    _draft(hall, actor, items, motions, recorder, now)


def _settle_items(actor: Actor, items: list[ItemRow], motions: list[MotionRow]) -> None:
    """A matter that was voted down is settled; one on which nothing was decided waits for the next meeting."""
    for item in items:
        if item.result:
            continue
        decided = [motion for motion in motions if motion.item_id == item.id and motion.outcome]
        result, motion_id = (decided[-1].outcome, decided[-1].id) if decided else ("postponed", None)
        settle_item(actor, item.id, item.community_id, result, motion_id)


def _draft(
    hall: Hall, actor: Actor, items: list[ItemRow], motions: list[MotionRow], recorder: str, now: datetime
) -> None:
    meeting = hall.meeting
    year = hall.local(now).year
    number = next_number(meeting.community_id, "minutes", year)
    hours = [hall.law(f"council.minutes.{key}").whole for key in ("objection", "signing")]
    standing = terms_of_minutes(now, *hours)
    blocks = draft(_facts(hall, items, motions, recorder, now))
    row = Minutes(
        community_id=meeting.community_id,
        meeting_id=meeting.id,
        year=year,
        number=number,
        label=paper_number(hall.community_name, MINUTES, year, number),
        version=1,
        drafted_at=now,
        objections_until=standing.objections_until,
        sign_by=standing.sign_by,
    )
    db.session.add(row)
    db.session.flush()
    digest = keep_version(meeting.community_id, row.id, 1, blocks)
    event = MinutesDrafted(meeting.community_id, row.id, number, 1, digest, standing.objections_until)
    record(event, actor, meeting.ref)


def keep_version(community_id: int, minutes_id: int, version: int, blocks: tuple[Block, ...]) -> Digest:
    """A text of the minutes is kept beside the earlier ones; answers its hash."""
    text = queries.blocks_as_text(blocks)
    digest = hashlib.sha256(text.encode()).hexdigest()
    row = MinutesVersion(
        community_id=community_id,
        minutes_id=minutes_id,
        version=version,
        text=text,
        digest=digest,
        made_at=clock.now(),
    )
    db.session.add(row)
    return Digest(digest)


def _facts(hall: Hall, items: list[ItemRow], motions: list[MotionRow], recorder: str, now: datetime) -> MeetingFacts:
    meeting, roll = hall.meeting, hall.roll
    came = {line.seat_id: roll.terms[line.term_id] for line in roll.lines}
    numbers = [motion.id for motion in motions]
    teller = _Teller(hall, numbers)
    told = {motion.id: teller.tell(motion) for motion in motions}
    assert meeting.opened_at is not None, "only a meeting in session is closed"
    return MeetingFacts(
        opened_at=hall.local(meeting.opened_at),
        closed_at=hall.local(now),
        place=meeting.place,
        total=len(roll.seats),
        present=len(came),
        absent=tuple(
            f"{PARTY_NAMES[seat.party]}{seat.name or seat.title + '（空缺）'}"
            for seat in roll.seats
            if seat.seat_id not in came
        ),
        stand_ins=tuple(
            f"{PARTY_NAMES[seat.party]}{came[seat.seat_id].name}"
            + (f"（代{seat.holder.name}）" if seat.holder is not None else "")
            for seat in roll.seats
            if seat.seat_id in came and came[seat.seat_id].kind == ALTERNATE
        ),
        chair=meeting.chair,
        recorder=recorder,
        items=tuple(
            (item.title, tuple(told[motion.id] for motion in motions if motion.item_id == item.id)) for item in items
        ),
        tasks=tuple(TaskFacts(task.id, task.party, task.due_day, task.text) for task in queries.tasks_of([meeting.id])),
    )


class _Teller:
    """Tells each motion of a meeting, from a handful of statements for all of them."""

    def __init__(self, hall: Hall, motion_ids: list[int]) -> None:
        self.hall = hall
        self.claims = queries.claims_of(motion_ids)
        self.dissents = queries.dissents_of(motion_ids)
        self.labels = {found.motion_id: found.label for found in queries.resolutions_of([hall.meeting.id])}
        self.parties = {seat.seat_id: seat.party for seat in hall.roll.seats}

    def who(self, term: Term) -> str:
        """Somebody as the minutes name them: their party and their name."""
        party = self.parties.get(term.seat_id)
        return f"{PARTY_NAMES[party]}{term.name}" if party else term.name

    def tell(self, motion: MotionRow) -> MotionFacts:
        """One motion with everything that was said, stepped back from, voted and dissented."""
        terms = self.hall.roll.terms
        claims = [found for found in self.claims if found.motion_id == motion.id]
        return MotionFacts(
            id=motion.id,
            mover=self.who(terms[motion.mover_term_id]),
            seconder=self.who(terms[motion.seconder_term_id]) if motion.seconder_term_id else "",
            text=motion.text,
            outcome=motion.outcome,
            label=self.labels.get(motion.id, ""),
            ceiling=motion.ceiling,
            purpose=motion.purpose,
            owners_matter=motion.owners_matter,
            stood_back=tuple(self._stood_back(found) for found in claims if found.claim.holds),
            disputed=tuple(self._disputed(found) for found in claims if found.claim.decided_at is not None),
            votes=motion.votes,
            by_seats=motion.by_seats,
            dissents=tuple(
                (self.who(terms[one.term_id]), one.text) for one in self.dissents if one.motion_id == motion.id
            ),
        )

    def _stood_back(self, found: ClaimRow) -> StoodBack:
        seats = [seat for seat in self.hall.roll.seats if found.claim.concerns(seat)]
        name = seats[0].name if found.claim.seat_id is not None and seats else ""
        return StoodBack(found.claim.party, len(seats), found.reason, name)

    def _disputed(self, found: ClaimRow) -> str:
        objector = self.hall.roll.terms.get(found.contested_term_id or 0)
        seats = [seat for seat in self.hall.roll.seats if found.claim.concerns(seat)]
        one = f"{seats[0].name}" if found.claim.seat_id is not None and seats else ""
        what = "没有列入回避" if not found.claim.proposed else "回避"
        result = "应当回避" if found.claim.upheld else "不用回避"
        return (
            f"{self.who(objector) if objector else ''}对{PARTY_NAMES[found.claim.party]}{one}{what}提出异议。"
            f"其他委员表态：应当回避{found.step_back}席，不用回避{found.take_part}席，决定{result}。"
        )
