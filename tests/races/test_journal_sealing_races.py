"""Many write, several seal, one of them dies: one valid log is left."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from app.core.db import db, transactional
from app.core.values import ANYONE, Ref
from app.journal import queries
from app.journal.actions import record, seal
from tests.world import World

WRITERS = 20
EACH = 15
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class WindowOpened:
    """Something happened."""

    community_id: int
    window: int


@transactional
def open_window(community_id: int, window: int) -> None:
    """The action of these tests; a little slow, so that writers overlap and commit in another order than they began."""
    record(WindowOpened(community_id, window), ANYONE, Ref("house", window % 3 + 1))
    time.sleep((window * 7 % 5) / 1000)


def in_threads(app: Flask, *acts: Callable[[], object]) -> list[threading.Thread]:
    """Each act in a thread with a connection of its own."""

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            act()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    return threads


def windows(community_id: int) -> list[int]:
    lines = [*queries.waiting_lines(community_id, 10_000), *queries.sealed_lines(community_id, limit=10_000)]
    return sorted(line.told["window"] for line in lines if line.event == "WindowOpened")


def test_twenty_concurrent_writers_and_three_sealers_leave_one_valid_log(app: Flask, world: World) -> None:
    writing = threading.Event()

    def write(first: int) -> None:
        for window in range(first, first + EACH):
            open_window(world.community_id, window)

    def keep_sealing() -> None:
        while not writing.is_set():
            seal()

    sealers = in_threads(app, *[keep_sealing] * 3)
    writers = in_threads(app, *[lambda first=n * EACH: write(first) for n in range(WRITERS)])  # type: ignore[misc]  # the default binds the number
    for thread in writers:
        thread.join(PATIENCE)
    writing.set()
    for thread in sealers:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in (*writers, *sealers))
    db.session.rollback()
    seal()
    verdict = queries.audit_log(world.community_id)
    assert verdict.faults == []
    assert windows(world.community_id) == list(range(WRITERS * EACH))
    places = db.session.scalars(
        text("SELECT log_index FROM journal_entry WHERE community_id = :c ORDER BY log_index"),
        {"c": world.community_id},
    ).all()
    assert list(places) == list(range(verdict.size))
    assert queries.unsealed_entries() == 0


def test_two_sealers_open_one_log(app: Flask, world: World) -> None:
    @transactional
    def first(number: int) -> None:
        record(WindowOpened(world.other_id, number), ANYONE, None)

    first(1)
    for thread in in_threads(app, *[seal] * 4):
        thread.join(PATIENCE)
    db.session.rollback()
    seal()
    assert queries.audit_log(world.other_id).ok
    head = queries.latest_checkpoint(world.other_id)
    assert head is not None
    assert head.size == 1


def test_an_entry_that_commits_late_takes_a_later_place(app: Flask, world: World) -> None:
    begun, may_commit = threading.Event(), threading.Event()

    @transactional
    def slow() -> int:
        number = record(WindowOpened(world.community_id, 1), ANYONE, None)
        begun.set()
        assert may_commit.wait(PATIENCE)
        return number

    if db.engine.dialect.name == "sqlite":
        may_commit.set()  # one writer at a time: the other would wait for it
    (thread,) = in_threads(app, slow)
    assert begun.wait(PATIENCE)
    open_window(world.community_id, 2)
    seal()
    may_commit.set()
    thread.join(PATIENCE)
    db.session.rollback()
    seal()
    assert queries.audit_log(world.community_id).ok
    assert windows(world.community_id) == [1, 2]


SEALER = """
import sys
from tests.databases import make_app
from app.journal.actions import sealing
app = make_app(sys.argv[1])
sealing.BATCH = 40
with app.app_context():
    print("ready", flush=True)
    while True:
        for community_id in sealing.queries.unsealed_communities():
            sealing.seal_log(community_id, 40)
"""


def test_a_sealer_that_is_killed_in_the_middle_leaves_a_valid_log(app: Flask, world: World, database: str) -> None:
    killed, number = 0, 0
    for round_ in range(4):
        process = subprocess.Popen(
            [sys.executable, "-c", SEALER, database], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        until = time.monotonic() + 0.25 + round_ / 10
        while time.monotonic() < until:
            open_window(world.community_id, number)
            number += 1
        os.kill(process.pid, signal.SIGKILL)
        killed += process.wait(PATIENCE) == -signal.SIGKILL
        process.stdout.close()
        assert queries.audit_log(world.community_id).faults == []
        db.session.rollback()
    assert killed == 4
    seal()
    verdict = queries.audit_log(world.community_id)
    assert verdict.faults == []
    assert windows(world.community_id) == list(range(number))
    assert number > 20


def test_what_is_recorded_is_sealed_within_seconds_by_the_embedded_jobs(app: Flask, world: World) -> None:
    from app.core.jobs import Runner

    seal()
    runner = Runner(app)
    runner.start()
    try:
        open_window(world.community_id, 1)
        began = time.monotonic()
        while queries.unsealed_entries() and time.monotonic() < began + PATIENCE:
            time.sleep(0.02)
            db.session.rollback()
        took = time.monotonic() - began
    finally:
        assert runner.stop()
    assert queries.unsealed_entries() == 0
    assert took < PATIENCE
    assert queries.audit_log(world.community_id).ok
