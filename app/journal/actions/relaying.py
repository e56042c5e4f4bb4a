"""Telling the readers: each entry to each of them, after the commit, at least once."""

from datetime import timedelta

from sqlalchemy import select

from app.core import clock, jobs
from app.core.db import db, transactional
from app.core.house import house
from app.core.logs import log_fault
from app.journal import queries
from app.journal.actions.sealing import seal
from app.journal.models import Outbox

BATCH = 200
LEASE = timedelta(minutes=1)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)
ROUNDS = 10_000


def relay() -> int:
    """Whatever is due goes into the queue of jobs; answers how much. What the queue loses is sent again."""
    if not queries.overdue_readings():
        return 0
    due = _take()
    for outbox_id in due:
        jobs.send("journal.tell", outbox_id)
    return len(due)


@transactional
def _take(limit: int = BATCH) -> list[int]:
    wanted = select(Outbox).where(Outbox.due_at <= clock.now()).order_by(Outbox.id).limit(limit)
    rows = db.session.scalars(wanted.with_for_update(skip_locked=True)).all()
    for row in rows:
        row.due_at = clock.now() + LEASE
        row.attempts += 1
    return [row.id for row in rows]


@jobs.job("journal.tell")
def tell_patiently(outbox_id: int) -> None:
    """One reader is told of one entry; where that fails, it is tried again later and noted."""
    try:
        tell(outbox_id)
    except Exception as error:  # noqa: BLE001  a fault in one reader must not keep the others waiting
        log_fault("journal.tell", error)
        _postpone(outbox_id, type(error).__name__)


@transactional
def tell(outbox_id: int) -> None:
    """One reader is told of one entry, and what it does about it is kept together with the fact that it was told."""
    wanted = select(Outbox).filter_by(id=outbox_id).execution_options(populate_existing=True)
    row = db.session.scalar(wanted.with_for_update(skip_locked=True))
    if row is None:
        return
    told = queries.told_to_reader(row)
    for name, read in house().readers.get(str(told["event"]), []):
        if name == row.reader:
            read(told)
    db.session.delete(row)


@transactional
def _postpone(outbox_id: int, fault: str) -> None:
    row = db.session.get(Outbox, outbox_id)
    if row is not None:
        row.due_at = clock.now() + min(FIRST_PAUSE * 2 ** min(row.attempts, 16), LONGEST_PAUSE)
        row.fault = fault[:120]


def settle() -> None:
    """Everything recorded is sealed and told now, here, without a running consumer (commands, the demo, tests).

    What a reader raises comes out, its reading stays in the outbox.
    """
    for _ in range(ROUNDS):
        due = _take()
        if not due:
            break
        for outbox_id in due:
            tell(outbox_id)
    seal()
