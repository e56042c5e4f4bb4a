"""Objecting to minutes, answering, signing; and what the meeting charged the parties with."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import cast

from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import NotFound, check
from app.core.permissions import authorize
from app.core.values import Actor
from app.core.words import N_
from app.council import queries
from app.council.actions.closing import keep_version
from app.council.actions.hall import enter
from app.council.events import (
    ActionItemAssigned,
    ActionItemFinished,
    MinutesObjected,
    MinutesObjectionAnswered,
    MinutesPublished,
    MinutesSigned,
    Party,
)
from app.council.models import ActionItem, Minutes, MinutesObjection, MinutesSignature
from app.council.permissions import ANSWER_OBJECTION, ASSIGN_TASK, FINISH_TASK, OBJECT_TO_MINUTES, SIGN_MINUTES
from app.council.queries import MinutesRow
from app.council.rules.drafting import TASK, Block, TaskFacts, task_sentence
from app.council.rules.minutes import answer_refusal, object_refusal, parties_to_sign, sign_refusal
from app.council.rules.quorum import SEAT_TERM
from app.council.rules.seats import Seating, Term
from app.council.rules.tasks import assign_refusal, finish_refusal
from app.journal.actions import record
from app.journal.events import Digest


@transactional
def object_to_minutes(actor: Actor, meeting_id: int, block: int, reason: str) -> None:
    """A member who was due says within the term what a paragraph gets wrong. Raises NotFound, Forbidden, Refused."""
    hall = enter(meeting_id, actor, OBJECT_TO_MINUTES)
    minutes, now = queries.get_minutes(meeting_id), clock.now()
    if not 0 <= block < len(minutes.blocks):
        raise NotFound(N_("纪要没有这一段。"))
    due = queries.my_term(hall.roll.seats, actor.acts_as)
    check(object_refusal(minutes.standing, now, minutes.blocks[block].kind, reason, was_due=due is not None))
    assert due is not None, "the rule refuses who was not due"
    seat, term = due
    row = MinutesObjection(
        community_id=minutes.community_id,
        minutes_id=minutes.id,
        block=block,
        on_version=minutes.version,
        seat_id=seat.seat_id,
        term_id=term.id,
        reason=reason,
        at=now,
    )
    db.session.add(row)
    db.session.flush()
    record(MinutesObjected(minutes.community_id, minutes.id, minutes.number, row.id), actor, hall.meeting.ref)


@transactional
def answer_objection(
    actor: Actor, meeting_id: int, objection_id: int, accepted: bool, text: str = "", reason: str = ""
) -> None:
    """The secretary accepts an objection, giving the paragraph its new `text`, or refuses it with a `reason`.

    Earlier versions are kept. Of a task only the words change, not the party nor the day.
    Raises NotFound, Forbidden, Refused.
    """
    hall = enter(meeting_id, actor, ANSWER_OBJECTION)
    minutes = queries.get_minutes(meeting_id)
    row = queries.get_objection(minutes.id, objection_id)
    answered = row.answered_at is not None
    check(answer_refusal(minutes.standing, answered=answered, accepted=accepted, text=text, reason=reason))
    version, digest = minutes.version, Digest(minutes.digest)
    if accepted:
        version += 1
        digest = _revise(minutes, version, row.block, text)
        row.new_version = version
    row.answered_at, row.accepted, row.answer = clock.now(), accepted, reason
    event = MinutesObjectionAnswered(
        minutes.community_id, minutes.id, minutes.number, objection_id, accepted, version, digest
    )
    record(event, actor, hall.meeting.ref)


def _revise(minutes: MinutesRow, version: int, place: int, text: str) -> Digest:
    before = minutes.blocks[place]
    after = replace(before, text=text if before.kind != TASK else _reworded(minutes.community_id, before, text))
    blocks = (*minutes.blocks[:place], after, *minutes.blocks[place + 1 :])
    db.session.get_one(Minutes, minutes.id).version = version
    return keep_version(minutes.community_id, minutes.id, version, blocks)


def _reworded(community_id: int, block: Block, words: str) -> str:
    task = queries.get_task(community_id, block.ref)
    task.text = words[:200]
    return task_sentence(TaskFacts(task.id, task.party, task.due_day, task.text))


@transactional
def sign_minutes(actor: Actor, meeting_id: int) -> bool:
    """One person signs for their party that the minutes are true; with the last party they are public.

    Signing is not approving what was resolved. Answers whether the minutes are public now.
    Raises NotFound, Forbidden, Refused.
    """
    hall = enter(meeting_id, actor, SIGN_MINUTES)
    minutes, now = queries.get_minutes(meeting_id), clock.now()
    found = queries.signer(hall.roll, actor.acts_as)
    seat, term, present = found or (None, None, False)
    party = seat.party if seat else ""
    signed = queries.signatures_of(minutes.id)
    unanswered = sum(one.answered_at is None for one in queries.objections_of(minutes.id))
    check(
        sign_refusal(
            minutes.standing,
            now,
            party,
            signed,
            unanswered,
            was_present=present,
            party_came=queries.somebody_came(hall.roll, party, hall.local(now).date()),
        )
    )
    assert seat is not None, "the rule refuses who has no seat"
    assert term is not None, "the rule refuses who has no seat"
    db.session.add(
        MinutesSignature(
            community_id=minutes.community_id,
            minutes_id=minutes.id,
            party=party,
            seat_id=seat.seat_id,
            term_id=term.id,
            version=minutes.version,
            digest=minutes.digest,
            at=now,
        )
    )
    digest, number, meeting = Digest(minutes.digest), minutes.number, hall.meeting
    event = MinutesSigned(minutes.community_id, minutes.id, number, cast(Party, party), minutes.version, digest)
    record(event, actor, meeting.ref)
    if {*signed, party} < set(parties_to_sign(hall.roll.seats)):
        return False
    db.session.get_one(Minutes, minutes.id).published_at = now
    record(MinutesPublished(minutes.community_id, minutes.id, number, meeting.id, digest), actor, meeting.ref)
    return True


@transactional
def assign_task(actor: Actor, meeting_id: int, party: str, due_day: date, text: str, item_id: int | None = None) -> int:
    """The meeting charges a party with a task, until a day. Answers its number. Raises NotFound, Forbidden, Refused."""
    hall = enter(meeting_id, actor, ASSIGN_TASK)
    community_id = hall.meeting.community_id
    check(assign_refusal(hall.sitting, party, due_day, text, hall.local(clock.now()).date()))
    item = queries.get_item(community_id, item_id) if item_id is not None else None
    if item is not None and item.meeting_id != meeting_id:
        raise NotFound(N_("议程上没有这件事。"))
    row = ActionItem(
        community_id=community_id,
        meeting_id=meeting_id,
        item_id=item_id,
        party=party,
        text=text,
        due_day=due_day,
        assigned_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    event = ActionItemAssigned(community_id, row.id, cast(Party, party), due_day)
    record(event, actor, item.matter if item is not None else hall.meeting.ref)
    return row.id


@transactional
def finish_task(actor: Actor, community_id: int, task_id: int, note: str) -> None:
    """Somebody of the party that owes a task reports how it was done. Raises NotFound, Forbidden, Refused."""
    authorize(actor, FINISH_TASK, community_id)
    row = queries.get_task(community_id, task_id)
    minutes = queries.find_minutes(row.meeting_id)
    today = clock.today(get_community(community_id).zone)
    mine = _term_of_party(queries.council(community_id, today), actor, row.party)
    check(
        finish_refusal(
            done=row.done_at is not None,
            published=minutes is not None and minutes.published_at is not None,
            of_party=mine is not None,
            note=note,
        )
    )
    assert mine is not None, "the rule refuses another party"
    row.done_at, row.done_note, row.done_term_id = clock.now(), note, mine.id
    item = queries.get_item(community_id, row.item_id) if row.item_id is not None else None
    meeting = queries.meetings_of([row.meeting_id])[row.meeting_id]
    event = ActionItemFinished(community_id, task_id, cast(Party, row.party))
    record(event, actor, item.matter if item is not None else meeting.ref)


def _term_of_party(seats: Iterable[Seating], actor: Actor, party: str) -> Term | None:
    mine = {ref.id for ref in actor.acts_as if ref.kind == SEAT_TERM}
    terms = (term for seat in seats if seat.party == party for term in (seat.holder, seat.alternate))
    return next((term for term in terms if term is not None and term.id in mine), None)
