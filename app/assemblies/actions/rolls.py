"""What is said against the roll before it is frozen, against roll or vote after, and the answers that are owed."""

import hashlib
from datetime import datetime, time
from typing import Literal, cast
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.assemblies import queries
from app.assemblies.events import CorrectionAnswered, CorrectionAsked, ObjectionAnswered, ObjectionRaised
from app.assemblies.models import Objection, RollCorrection
from app.assemblies.permissions import ANSWER_CORRECTION, ANSWER_OBJECTION, ASK_CORRECTION, OBJECT_TO_VOTE
from app.assemblies.queries import AssemblyRow
from app.assemblies.rules import answer_refusal, asking_refusal, objection_refusal, words_refusal
from app.bylaws.queries import law, workdays
from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import NotFound, Refused, check
from app.core.permissions import authorize
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.journal.actions import record
from app.journal.events import Digest

Kind = Literal["area", "mine", "not-mine", "other"]


@transactional
def ask_correction(
    actor: Actor, community_id: int, number: int, key: str, kind: str, reason: str, area: int | None = None
) -> int:
    """An owner asks to have a line of the roll corrected before it is frozen, and says why; `area` in 0.01 m².

    A resident asks for themselves: `key` is the home in which they live, or lived.

    Answers with the number of the correction. Raises Forbidden, NotFound, Refused.
    """
    authorize(actor, ASK_CORRECTION, community_id)
    assembly = queries.hold_assembly(community_id, number)
    person = queries.person_of(actor, community_id)
    day = (assembly.opens_at or clock.now()).astimezone(ZoneInfo(get_community(community_id).zone)).date()
    roll = queries.roll_on(assembly.id, community_id, assembly.electorate, day)
    homes = queries.homes_of(community_id, assembly.electorate)
    check(asking_refusal(roll, key, kind, area, person, frozen=queries.is_frozen(assembly.id), homes=homes))
    check(words_refusal(reason))
    assert person is not None, "the rule refuses who is nobody"
    row = RollCorrection(
        community_id=community_id,
        assembly_id=assembly.id,
        number=_next(RollCorrection, assembly.id),
        key=key,
        kind=kind,
        area=area if kind == "area" else None,
        reason=reason.strip(),
        person_id=person.id,
        account_id=actor.account_id,
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    event = CorrectionAsked(community_id, assembly.id, number, row.number, cast(Kind, kind), _digest(row.reason))
    record(event, actor, assembly.ref)
    return row.number


@transactional
def answer_correction(
    actor: Actor, community_id: int, number: int, correction: int, accepted: bool, answer: str
) -> None:
    """The desk accepts a correction, which then applies to the roll (the register itself is mended beside it), or says why not.

    Raises Forbidden, NotFound, Refused.
    """
    authorize(actor, ANSWER_CORRECTION, community_id)
    assembly = queries.hold_assembly(community_id, number)
    row = db.session.scalar(select(RollCorrection).filter_by(assembly_id=assembly.id, number=correction))
    if row is None:
        raise NotFound(N_("没有这项更正申请。"))
    check(answer_refusal(answered=row.accepted is not None, frozen=queries.is_frozen(assembly.id)))
    check(words_refusal(answer))
    row.accepted, row.answer = accepted, answer.strip()
    row.answered_by, row.answered_at = actor.account_id, clock.now()
    event = CorrectionAnswered(community_id, assembly.id, number, correction, accepted, _digest(row.answer))
    record(event, actor, assembly.ref)


@transactional
def raise_objection(actor: Actor, community_id: int, number: int, key: str, reason: str) -> int:
    """After the freeze an owner objects to a line of the roll, or to the vote; an answer is owed by a day.

    Answers with the number of the objection. Raises Forbidden, NotFound, Refused.
    """
    authorize(actor, OBJECT_TO_VOTE, community_id)
    assembly = queries.hold_assembly(community_id, number)
    person = queries.person_of(actor, community_id)
    keys, on_roll = queries.frozen_keys(assembly.id, person)
    check(objection_refusal(keys, key, person, frozen=queries.is_frozen(assembly.id), on_roll=on_roll))
    check(words_refusal(reason))
    assert person is not None, "the rule refuses who is nobody"
    row = Objection(
        community_id=community_id,
        assembly_id=assembly.id,
        number=_next(Objection, assembly.id),
        key=key,
        reason=reason.strip(),
        person_id=person.id,
        account_id=actor.account_id,
        at=clock.now(),
        due_at=_due(assembly),
    )
    db.session.add(row)
    db.session.flush()
    event = ObjectionRaised(community_id, assembly.id, number, row.number, _digest(row.reason), row.due_at)
    record(event, actor, assembly.ref)
    return row.number


@transactional
def answer_objection(actor: Actor, community_id: int, number: int, objection: int, upheld: bool, answer: str) -> None:
    """The answer that an objection is owed, for everybody to read. Raises Forbidden, NotFound, Refused."""
    authorize(actor, ANSWER_OBJECTION, community_id)
    assembly = queries.hold_assembly(community_id, number)
    row = db.session.scalar(select(Objection).filter_by(assembly_id=assembly.id, number=objection))
    if row is None:
        raise NotFound(N_("没有这项异议。"))
    if row.upheld is not None:
        raise Refused(Refusal(N_("已经答复过了。")))
    check(words_refusal(answer))
    row.upheld, row.answer = upheld, answer.strip()
    row.answered_by, row.answered_at = actor.account_id, clock.now()
    event = ObjectionAnswered(community_id, assembly.id, number, objection, upheld, _digest(row.answer))
    record(event, actor, assembly.ref)


def _due(assembly: AssemblyRow) -> datetime:
    zone = ZoneInfo(get_community(assembly.community_id).zone)
    today = clock.today(zone.key)
    days = law(assembly.community_id, "owners.objection.workdays", today).whole
    return datetime.combine(workdays(assembly.community_id).after_workdays(today, days).last, time(18), zone)


def _next(kind: type[RollCorrection] | type[Objection], assembly_id: int) -> int:
    """Numbers run within one assembly, which is held while one is taken."""
    return (db.session.scalar(select(func.max(kind.number)).where(kind.assembly_id == assembly_id)) or 0) + 1


def _digest(text: str) -> Digest:
    return Digest(hashlib.sha256(text.encode()).hexdigest())
