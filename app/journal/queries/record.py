"""What anyone may read of the record; nothing that is held back."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, tuple_

from app.communities.queries import get_community
from app.core import clock
from app.core.db import ask, db
from app.core.errors import NotFound
from app.core.values import Ref
from app.core.words import N_
from app.journal.models import JournalEntry, JournalReceipt
from app.journal.queries.log import Proof, latest_checkpoint, prove

PAGE = 40


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as pages tell it; `index` is its place in the log, None while it waits to be sealed."""

    index: int | None
    event: str
    matter: Ref | None
    at: datetime
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt code leads to; without a proof while the entry waits to be sealed (`held_until`: not before)."""

    log: str
    code: str
    line: Line
    held_until: datetime | None = None
    proof: Proof | None = None
    checkpoint: str = ""
    size: int = 0


def line(entry: JournalEntry) -> Line:
    """One entry, taken apart."""
    try:
        told = json.loads(entry.text)
    except ValueError:
        told = {}
    return Line(entry.log_index, entry.event, entry.matter, entry.at, told)


def get_receipt(community_id: int, code: str) -> Receipt:
    """What a receipt code leads to. Raises NotFound for a code that was never handed out."""
    receipt = db.session.get(JournalReceipt, (community_id, code[:9]))
    if receipt is None or receipt.code != code:
        raise NotFound(N_("没有这个回执码。请对照手里的回执再输一次：一组四个，共两组。"))
    entry = db.session.get_one(JournalEntry, receipt.entry_id)
    origin = get_community(community_id).log_origin
    if entry.public_from > clock.now():
        return Receipt(origin, code, line(entry), held_until=entry.public_from)
    checkpoint = latest_checkpoint(community_id)
    proof = prove(entry.id, checkpoint) if checkpoint else None
    if checkpoint is None or proof is None:
        return Receipt(origin, code, line(entry))
    return Receipt(origin, code, line(entry), None, proof, checkpoint.note, checkpoint.size)


def codes_of(entry_ids: list[int]) -> dict[int, str]:
    """The receipt codes of entries, where they have one."""
    wanted = select(JournalReceipt.entry_id, JournalReceipt.code).where(JournalReceipt.entry_id.in_(entry_ids))
    return {row.entry_id: row.code for row in db.session.execute(wanted)}


def sealed_lines(community_id: int, before: int | None = None, limit: int = PAGE) -> list[Line]:
    """The record, newest first, from before a place in the log on."""
    wanted = select(JournalEntry).where(JournalEntry.community_id == community_id, JournalEntry.log_index.is_not(None))
    if before is not None:
        wanted = wanted.where(JournalEntry.log_index < before)
    return [line(row) for row in db.session.scalars(wanted.order_by(JournalEntry.log_index.desc()).limit(limit))]


def waiting_lines(community_id: int, limit: int = PAGE) -> list[Line]:
    """What anyone may see and the sealer has still to seal, newest first."""
    wanted = select(JournalEntry).where(
        JournalEntry.community_id == community_id,
        JournalEntry.log_index.is_(None),
        JournalEntry.public_from <= clock.now(),
    )
    return [line(row) for row in db.session.scalars(wanted.order_by(JournalEntry.id.desc()).limit(limit))]


def history(community_id: int, matter: Ref, limit: int = 200, events: Collection[str] | None = None) -> list[Line]:
    """What the public record says of one matter, newest first; with `events` only of these, however many others there are."""
    values = {"here": community_id, "kind": matter.kind, "number": matter.id, "now": clock.now(), "most": limit}
    if events is None:
        rows = ask(_history, **values)
    else:
        rows = ask(_milestones, **values, events=list(events))
    return [line(row) for row in rows.scalars()]


def _history(here: Any, kind: Any, number: Any, now: Any, most: Any) -> Select[JournalEntry]:
    wanted = select(JournalEntry).where(
        JournalEntry.community_id == here,
        JournalEntry.matter_kind == kind,
        JournalEntry.matter_id == number,
        JournalEntry.public_from <= now,
    )
    return wanted.order_by(JournalEntry.at.desc(), JournalEntry.id.desc()).limit(most)


def _milestones(here: Any, kind: Any, number: Any, now: Any, most: Any, events: Any) -> Select[JournalEntry]:
    return _history(here, kind, number, now, most).where(JournalEntry.event.in_(events))


def told(community_id: int, matters: Collection[Ref], events: Collection[str]) -> list[Line]:
    """What the public record says of several matters under some events, oldest first; one statement."""
    if not matters:
        return []
    wanted = select(JournalEntry).where(
        JournalEntry.community_id == community_id,
        tuple_(JournalEntry.matter_kind, JournalEntry.matter_id).in_([(ref.kind, ref.id) for ref in matters]),
        JournalEntry.event.in_(events),
        JournalEntry.public_from <= clock.now(),
    )
    return [line(row) for row in db.session.scalars(wanted.order_by(JournalEntry.at, JournalEntry.id))]
