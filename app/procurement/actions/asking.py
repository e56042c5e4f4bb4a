"""Questions before the deadline, answered to all."""

from datetime import datetime

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, transactional
from app.core.errors import check
from app.core.permissions import authorize
from app.core.values import Actor
from app.journal.actions import hold_longer, record
from app.procurement import queries, rules
from app.procurement.events import QuestionAnswered, QuestionAsked
from app.procurement.models import Tender, TenderQuestion
from app.procurement.permissions import ANSWER_QUESTION, ASK_QUESTION


@transactional
def ask_question(actor: Actor, tender_id: int, organisation_id: int, text: str) -> int:
    """An organisation asks about a tender; everybody reads the question, nobody reads who asked.

    It is answered within three working days (条例 52). Answers with its number. Raises Forbidden, NotFound, Refused.
    """
    tender = queries.locked_tender(tender_id)
    authorize(actor, ASK_QUESTION, tender.community_id)
    check(rules.speaker_refusal(actor.acts_as, organisation_id))
    check(rules.question_refusal(clock.now(), tender.published_at, tender.deadline))
    today = clock.today(queries.zone_of(tender.community_id).key)
    last = db.session.scalar(select(func.max(TenderQuestion.number)).filter_by(tender_id=tender_id)) or 0
    row = TenderQuestion(
        community_id=tender.community_id,
        tender_id=tender_id,
        number=last + 1,
        organisation_id=organisation_id,
        account_id=actor.account_id,
        text=text,
        asked_at=clock.now(),
        due_on=rules.answer_by(today, queries.basis(tender.community_id, today)).last,
    )
    db.session.add(row)
    record(QuestionAsked(tender.community_id, tender.id, row.number, row.due_on), Actor(), tender.matter)
    return row.number


@transactional
def answer_question(actor: Actor, tender_id: int, number: int, text: str, *, affects_bids: bool) -> datetime | None:
    """A question is answered to all; an answer that affects the bids and comes late moves the deadline (87号令 27).

    Answers with the new deadline when it moved. Raises Forbidden, NotFound, Refused.
    """
    tender = queries.locked_tender(tender_id)
    question = queries.get_question(tender_id, number)
    authorize(actor, ANSWER_QUESTION, tender.community_id)
    check(rules.answer_refusal(clock.now(), tender.deadline, question.answered_at is not None))
    question.answer, question.answered_at = text, clock.now()
    if affects_bids:
        question.moved_to = _move_deadline(tender)
    record(QuestionAnswered(tender.community_id, tender.id, number, question.moved_to), actor, tender.matter)
    return question.moved_to


def _move_deadline(tender: Tender) -> datetime | None:
    """The full term for a clarification remains: the deadline moves to the same hour of a later day, or stays."""
    zone = queries.zone_of(tender.community_id)
    today = clock.today(zone.key)
    basis = queries.basis(tender.community_id, today)
    before = tender.deadline.astimezone(zone)
    moved = rules.deadline_after_clarification(tender.method, before.date(), today, basis)
    if moved.last == before.date():
        return None
    tender.deadline = datetime.combine(moved.last, before.timetz())
    queries.expect(tender, basis, moved.last)
    hold_longer(queries.held_entries(tender.id), tender.deadline)
    return tender.deadline
