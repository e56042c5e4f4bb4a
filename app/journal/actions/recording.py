"""Writing the record, as part of the action that it is about."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, bindparam, insert, select, update

from app.core import clock
from app.core.db import db, in_transaction, straight
from app.core.house import house
from app.core.secrets import paper_code
from app.core.values import Actor, Ref
from app.journal.actions.writing import write_entry
from app.journal.events import Event, UnfitEvent, spelled
from app.journal.models import JournalEntry, JournalReceipt, Outbox
from app.journal.rules import canonical, leaf_hash
from app.journal.rules.tiles import ENTRY_BYTES


def record(
    event: Event, actor: Actor, matter: Ref | None, *, hold_until: datetime | None = None, receipt: str = ""
) -> int:
    """What was done goes into the record, in the same transaction; what has legal effect elsewhere happens with it.

    `event` is a frozen dataclass with `community_id: int`, of numbers, moments, hashes and closed words (see `events`);
    `matter` is what it belongs to, from need to rating, or None for what belongs to no matter.
    Crossings that wiring hung up for this event run now: whatever they raise undoes everything. Readers are told from
    the outbox after the commit. With `hold_until` nobody sees the entry before that moment: not the page of the record,
    not the log, not the readers (sealed bids). `receipt` is a code that leads to the entry, where the event holds one; else
    `attach` gives it to the entry's number, which is the answer and for nobody outside the house. Raises UnfitEvent, and
    RuntimeError outside of an action.
    """
    if not in_transaction():
        raise RuntimeError("what is recorded must be part of an action")
    now = clock.now()
    public_from = max(now, hold_until or now)
    told = spelled(event, matter, now)
    text = canonical(told)
    if len(text) > ENTRY_BYTES:
        raise UnfitEvent(f"{told['event']} is longer than {ENTRY_BYTES} bytes")
    entry = {
        "community_id": event.community_id,
        "event": str(told["event"]),
        "matter_kind": matter.kind if matter else None,
        "matter_id": matter.id if matter else None,
        "at": now,
        "public_from": public_from,
        "text": text,
        "leaf": leaf_hash(text.encode()),
        "account_id": actor.account_id,
    }
    readers = [reader for reader, _ in house().readers.get(str(told["event"]), [])]
    entry_id = write_entry(entry, readers, public_from, receipt)
    for cross in house().crossings.get(type(event), []):
        cross(event, actor, matter)
    return entry_id


_ATTACH = insert(db.metadata.tables[JournalReceipt.__tablename__]).from_select(
    ["community_id", "code", "entry_id"],
    select(JournalEntry.community_id, bindparam("given", type_=String), JournalEntry.id).where(
        JournalEntry.id == bindparam("entry")
    ),
)


def attach(entry_id: int, code: str = "") -> str:
    """Whoever gave a ballot, a bid or a request takes home a short code that leads to its entry in the record.

    The code is made here, or is one that the event itself holds (`paper_code` of core). Part of the action that recorded
    the entry. A code that is taken undoes the action, which is then tried again with another.
    """
    given = code or paper_code()
    straight(_ATTACH, {"given": given, "entry": entry_id})
    return given


def hold_longer(entry_ids: Sequence[int], until: datetime) -> None:
    """What was held back waits longer: a deadline moved, and nobody may count what came in before the first one.

    Part of an action. What is public by now stays so.
    """
    if not in_transaction():
        raise RuntimeError("what is recorded must be part of an action")
    held = (JournalEntry.id.in_(entry_ids), JournalEntry.log_index.is_(None), JournalEntry.public_from > clock.now())
    moved = update(JournalEntry).where(*held).values(public_from=until).returning(JournalEntry.id)
    ids = list(db.session.scalars(moved))
    db.session.execute(update(Outbox).where(Outbox.entry_id.in_(ids)).values(due_at=until))
