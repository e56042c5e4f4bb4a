"""Entering whom a posting reached, and taking back what was entered wrongly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from sqlalchemy import select, update

from app.communities.queries import get_community
from app.core import clock
from app.core.bulk import insert_many
from app.core.db import db, transactional
from app.core.errors import Refused, check
from app.core.permissions import authorize
from app.core.secrets import salt
from app.core.values import Actor, Refusal
from app.core.words import N_
from app.journal.actions import record
from app.journal.events import Digest
from app.journal.rules import commitment
from app.journal.rules.canonical import Json
from app.publication import queries, rules
from app.publication.events import ServiceRecorded, ServiceUndone
from app.publication.models import DeliveryLine, ServiceAct, ServiceMark
from app.publication.permissions import RECORD_SERVICE
from app.publication.queries import Line, PostingRow

Way = Literal["handed", "witnessed", "online", "letter", "notice", "refused", "absent"]


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of an entry: its number (None where everything was on record before), how many are new, how many known."""

    act_id: int | None
    added: int
    known: int
    first: str


@transactional
def record_service(
    actor: Actor,
    posting_id: int,
    way: str,
    on: date,
    *,
    keys: Sequence[str] = (),
    building: str = "",
    note: str = "",
    witnesses: Sequence[str] = (),
    attachment: str | None = None,
) -> Entered:
    """Staff enter how households were reached and on which day: those of some doors, or a whole building at once.

    What is on record already in the same way is not entered twice. Nothing is entered where one door is not on the list.
    `attachment` is the SHA-256 of a paper. Raises Forbidden, NotFound, Refused.
    """
    posting = queries.lock_posting(posting_id)
    authorize(actor, RECORD_SERVICE, posting.community_id)
    today = clock.today(get_community(posting.community_id).zone)
    check(rules.service_refusal(posting.span, way, on, today, witnesses))
    lines = _lines(posting_id, keys, building)
    bit = rules.mask((way,))
    fresh = [line for line in lines if not line.ways & bit]
    if not fresh:
        return Entered(None, 0, len(lines), lines[0].label)
    names = [name.strip() for name in witnesses if name.strip()]
    act = _act(actor, posting, way, on, fresh, building, note, (*names, "", "")[:2], attachment)
    insert_many(ServiceMark, [_mark(posting, act.id, line.id, bit) for line in fresh])
    _set_ways(select(ServiceMark.line_id).where(ServiceMark.act_id == act.id), bit)
    event = ServiceRecorded(
        posting.community_id,
        posting_id,
        posting.number,
        act.id,
        cast(Way, way),
        on,
        len(fresh),
        Digest(act.digest),
    )
    record(event, actor, posting.matter)
    return Entered(act.id, len(fresh), len(lines) - len(fresh), fresh[0].label)


def _lines(posting_id: int, keys: Sequence[str], building: str) -> list[Line]:
    if building:
        found = queries.lines_of_building(posting_id, building)
        check(rules.unknown_refusal([] if found else [building]))
        return found
    if not keys:
        raise Refused(Refusal(N_("请写送到了哪一户，例如1-2-301。")))
    found = queries.lines_named(posting_id, keys)
    known = {line.key for line in found}
    check(rules.unknown_refusal([key for key in keys if key not in known]))
    return found


def _act(
    actor: Actor, posting: PostingRow, way: str, on: date, lines: Sequence[Line], building: str, note: str,
    witnesses: Sequence[str], attachment: str | None, undoes: int | None = None,
) -> ServiceAct:  # fmt: skip
    if note not in rules.NOTE_WORDS:
        raise ValueError(f"no such note: {note!r}")
    secret = salt()
    told: Json = {
        "posting": posting.number,
        "way": way,
        "on": on.isoformat(),
        "keys": [line.key for line in lines],
        "note": note,
        "witnesses": list(witnesses),
        "attachment": attachment,
    }
    act = ServiceAct(
        community_id=posting.community_id,
        posting_id=posting.id,
        way=way,
        on_day=on,
        lines=len(lines),
        building=building,
        note=note,
        first_witness=witnesses[0],
        second_witness=witnesses[1],
        attachment=attachment,
        undoes_id=undoes,
        salt=secret,
        digest=commitment(bytes.fromhex(secret), told),
        entered_by=actor.account_id,
        entered_at=clock.now(),
    )
    db.session.add(act)
    db.session.flush()
    return act


def _mark(posting: PostingRow, act_id: int, line_id: int, bit: int) -> dict[str, int]:
    return {
        "act_id": act_id,
        "line_id": line_id,
        "community_id": posting.community_id,
        "posting_id": posting.id,
        "bit": bit,
    }


def _set_ways(lines: object, change: int) -> None:
    """Add a bit that the households do not have, or take away one that they have."""
    changed = update(DeliveryLine).where(DeliveryLine.id.in_(lines))  # type: ignore[arg-type]  # a select or a list
    db.session.execute(
        changed.values(ways=DeliveryLine.ways + change), execution_options={"synchronize_session": False}
    )


@transactional
def undo_service(actor: Actor, act_id: int, key: str = "") -> int:
    """Staff take back what was entered wrongly, for all of its households or for one; both entries stay readable.

    Answers for how many. Raises Forbidden, NotFound, Refused.
    """
    act = queries.get_act(act_id)
    posting = queries.lock_posting(act.posting_id)
    authorize(actor, RECORD_SERVICE, posting.community_id)
    line = queries.get_line(posting.id, key) if key else None
    left = queries.standing_marks(act_id, [line.id] if line else None)
    check(rules.undo_refusal(act.way, len(left)))
    today = clock.today(get_community(posting.community_id).zone)
    undoing = _act(actor, posting, rules.UNDONE, today, [line] if line else [], "", "", ("", ""), None, act_id)
    undoing.lines = len(left)
    bit = rules.mask((act.way,))
    standing = ServiceMark.undone_by.is_(None) & (ServiceMark.act_id == act_id)
    if line:
        standing &= ServiceMark.line_id == line.id
    db.session.execute(
        update(ServiceMark).where(standing).values(undone_by=undoing.id),
        execution_options={"synchronize_session": False},
    )
    taken = (ServiceMark.act_id == act_id) & (ServiceMark.undone_by == undoing.id)
    _set_ways(select(ServiceMark.line_id).where(taken), -bit)
    event = ServiceUndone(posting.community_id, posting.id, posting.number, undoing.id, act_id, len(left))
    record(event, actor, posting.matter)
    return len(left)
