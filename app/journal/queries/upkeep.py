"""What the sealer, the relay and the auditor ask."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from app.core import clock
from app.core.db import db, in_one_view
from app.journal.events import utc
from app.journal.models import JournalCheckpoint, JournalEntry, JournalLog, JournalTile, Outbox
from app.journal.queries.log import key
from app.journal.queries.record import line
from app.journal.rules import Signed, Verdict, Written, audit

PORTION = 1000


def unsealed_communities() -> list[int]:
    """The communities in which an entry waits to be sealed whose time has come."""
    wanted = select(JournalEntry.community_id).where(
        JournalEntry.log_index.is_(None), JournalEntry.public_from <= clock.now()
    )
    return sorted(db.session.scalars(wanted.distinct()))


def unsealed_entries() -> int:
    """How many entries wait to be sealed whose time has come; held ones do not count."""
    wanted = select(func.count()).where(JournalEntry.log_index.is_(None), JournalEntry.public_from <= clock.now())
    return db.session.scalar(wanted) or 0


def overdue_readings() -> int:
    """How many readings are due and not yet done; those of held entries are not due."""
    return db.session.scalar(select(func.count()).where(Outbox.due_at <= clock.now())) or 0


def failing_readings() -> int:
    """How many readings failed and will be tried again."""
    return db.session.scalar(select(func.count()).where(Outbox.fault != "")) or 0


def told_to_reader(outbox: Outbox) -> dict[str, Any]:
    """What a reader is told of an entry: the published record of it, and `entry_id`."""
    entry = db.session.get_one(JournalEntry, outbox.entry_id)
    return {**line(entry).told, "entry_id": entry.id}


def audited_communities() -> list[int]:
    """The communities that have a log or an entry."""
    logs = set(db.session.scalars(select(JournalLog.community_id)))
    return sorted(logs | set(db.session.scalars(select(JournalEntry.community_id).distinct())))


def audit_log(community_id: int) -> Verdict:
    """Recompute the tree of a community from the exact text of its entries, and hold everything stored against it."""
    log = db.session.get(JournalLog, community_id)
    return audit(
        _written(community_id),
        checkpoints=[
            Signed(row.size, row.root, row.note)
            for row in db.session.scalars(select(JournalCheckpoint).filter_by(community_id=community_id))
        ],
        tiles={
            (level, index): hashes
            for level, index, hashes in db.session.execute(
                select(JournalTile.level, JournalTile.index, JournalTile.hashes).filter_by(community_id=community_id)
            )
        },
        head=None if log is None else (log.size, log.root),
        key=None if log is None else key(log),
    )


def _written(community_id: int) -> Iterator[Written]:
    wanted = select(
        JournalEntry.log_index,
        JournalEntry.text,
        JournalEntry.leaf,
        JournalEntry.event,
        JournalEntry.matter_kind,
        JournalEntry.matter_id,
        JournalEntry.at,
    ).filter_by(community_id=community_id)
    ordered = wanted.order_by(JournalEntry.log_index.is_(None), JournalEntry.log_index, JournalEntry.id)
    with in_one_view():
        rows = db.session.execute(ordered.execution_options(yield_per=PORTION))
        for index, text, leaf, event, kind, number, at in rows:
            matter = None if kind is None and number is None else f"{kind}:{number}"
            yield Written(
                index, text, leaf, {"event": event, "matter": matter, "at": utc(at), "community_id": community_id}
            )
