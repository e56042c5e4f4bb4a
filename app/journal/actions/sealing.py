"""Sealing the record: entries get their place in the tree, and the new head is signed."""

import secrets

from sqlalchemy import select, update

from app.core import clock
from app.core.db import db, transactional
from app.core.logs import log_fault
from app.journal import queries
from app.journal.models import JournalCheckpoint, JournalEntry, JournalLog, JournalTile
from app.journal.rules import Checkpoint, grow, leaf_hash, overlay, root, tree

BATCH = 2000


def seal() -> int:
    """Every entry whose time has come gets its place in the log of its community; answers how many.

    A community whose log cannot be sealed now does not keep the others waiting.
    """
    total = 0
    for community_id in queries.unsealed_communities():
        try:
            while sealed := seal_log(community_id):
                total += sealed
        except Exception as error:  # noqa: BLE001  the next round tries again
            log_fault("journal.seal", error)
    return total


@transactional
def open_log(community_id: int) -> None:
    """A community gets its log with a key of its own; nothing happens where it has one."""
    if queries.find_log(community_id) is None:
        db.session.add(JournalLog(community_id=community_id, key_label=secrets.token_hex(16)))
        db.session.flush()


@transactional
def seal_log(community_id: int, limit: int = BATCH) -> int:
    """One batch of a community's entries is added to its tree and the head signed; answers how many.

    One sealer at a time: who finds the head locked leaves it to the other. Places are given here, in this order for
    ever, since an entry with a lower number may be committed later.
    """
    open_log(community_id)
    head = select(JournalLog).filter_by(community_id=community_id).execution_options(populate_existing=True)
    log = db.session.scalar(head.with_for_update(key_share=True, skip_locked=True))
    if log is None:
        return 0
    waiting = select(JournalEntry.id, JournalEntry.text).where(
        JournalEntry.community_id == community_id,
        JournalEntry.log_index.is_(None),
        JournalEntry.public_from <= clock.now(),
    )
    rows = db.session.execute(waiting.order_by(JournalEntry.id).limit(limit)).all()
    if not rows:
        return 0
    read = queries.tiles(community_id)
    changed = grow(log.size, [leaf_hash(text.encode()) for _, text in rows], read)
    places = [{"id": entry_id, "log_index": log.size + nth} for nth, (entry_id, _) in enumerate(rows)]
    db.session.execute(update(JournalEntry), places)
    for (level, index), hashes in changed.items():
        db.session.merge(JournalTile(community_id=community_id, level=level, index=index, hashes=hashes))
    log.size += len(rows)
    log.root = root(log.size, tree(overlay(changed, read)))
    note = Checkpoint(queries.key(log).name, log.size, log.root).sign(queries.seed(log))
    db.session.add(
        JournalCheckpoint(community_id=community_id, size=log.size, root=log.root, note=note, at=clock.now())
    )
    return len(rows)
