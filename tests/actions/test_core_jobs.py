"""Work after the answer: at least once, harmless twice, and nothing ends the worker."""

import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, current_app

from app.core import jobs
from app.core.db import db, transactional
from app.core.house import house
from app.core.logs import log_fault
from app.core.values import ANYONE
from app.journal import queries
from app.journal.actions import record
from tests.world import World

PATIENCE = 30.0
done: list[tuple[object, ...]] = []


@dataclass(frozen=True, slots=True)
class DoorOpened:
    """Something happened."""

    community_id: int


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    done.clear()


@jobs.job("test.note")
def note(*values: int | str) -> None:
    """Notes what it was given, within the application."""
    done.append((current_app.name, *values))


@jobs.job("test.fail")
def fail() -> None:
    """Fails with words that nobody may read in a log."""
    raise OSError("王芳 13800000000")


@jobs.job("test.slow")
def slow() -> None:
    """Takes a moment."""
    time.sleep(0.4)
    done.append(("slow",))


def until(holds: Callable[[], bool]) -> bool:
    """Wait until something holds, with patience."""
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


def test_a_job_that_was_sent_is_done_after_a_restart_too(app: Flask) -> None:
    jobs.send("test.note", 7, "seven")
    jobs.close(app)
    app.extensions.pop("queue")
    runner = jobs.Runner(app)
    runner.start()
    try:
        assert until(lambda: bool(done))
    finally:
        assert runner.stop()
    assert done == [("app", 7, "seven")]


def test_a_job_that_fails_ends_neither_the_worker_nor_the_secret(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    runner = jobs.Runner(app)
    runner.start()
    try:
        with caplog.at_level(logging.INFO):
            jobs.send("test.fail")
            jobs.send("test.note", 1)
            assert until(lambda: bool(done))
    finally:
        assert runner.stop()
    assert "test.fail" in caplog.text
    assert "OSError" in caplog.text
    assert "王芳" not in caplog.text
    assert "13800000000" not in caplog.text


def test_nobody_can_send_a_job_that_nobody_does(app: Flask) -> None:
    with pytest.raises(KeyError):
        jobs.send("test.unknown", 1)


def test_two_jobs_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match=r"test\.note"):

        @jobs.job("test.note")
        def another() -> None:
            """Would take the name of the first."""


def test_jobs_travel_as_plain_json_and_nothing_else_travels() -> None:
    from huey.registry import Message

    plain = jobs.Plain()
    sent = Message(id="1", name="n", retries=0, priority=None, args=(1, "a"), kwargs={})
    packed = plain.serialize(sent)
    assert json.loads(packed) == ["1", "n", 0, None, [1, "a"]]
    assert plain.deserialize(packed).args == (1, "a")
    with pytest.raises(TypeError):
        plain.serialize({"an": "object"})


def test_stopping_lets_what_is_under_way_finish(app: Flask) -> None:
    runner = jobs.Runner(app)
    runner.start()
    jobs.send("test.slow")
    assert until(lambda: jobs.queue().pending_count() == 0)
    assert runner.stop()
    assert done == [("slow",)]


def test_a_loop_that_fails_goes_on(app: Flask) -> None:
    rounds: list[int] = []

    def act() -> None:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise OSError

    house().jobs.clear()
    house().every(0.01, "test loop", act)
    runner = jobs.Runner(app)
    runner.start()
    assert until(lambda: len(rounds) > 2)
    assert runner.stop()
    count = len(rounds)
    time.sleep(0.05)
    assert len(rounds) == count


def test_the_database_forgets_the_session_of_each_round(app: Flask) -> None:
    seen: list[bool] = []
    house().jobs.clear()
    house().every(0.01, "test loop", lambda: seen.append(db.session.registry.has()))
    runner = jobs.Runner(app)
    runner.start()
    assert until(lambda: len(seen) > 3)
    assert runner.stop()
    assert not any(seen)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@transactional
def open_door(community_id: int) -> None:
    """The action of the last test."""
    record(DoorOpened(community_id), ANYONE, None)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except OSError:
        return False


def test_the_embedded_jobs_seal_beside_the_server_and_end_with_it(world: World, database: str, tmp_path: Path) -> None:
    port = free_port()
    env = {
        **os.environ,
        "DATABASE_URL": database,
        "STORAGE_URL": f"file://{tmp_path}",
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "EMBEDDED_JOBS": "1",
        "LOG_LEVEL": "INFO",
    }
    words = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    told: list[str] = []
    with subprocess.Popen(
        [*words, "--threads", "4", "--log-level", "warning", "--no-control-socket"],
        cwd=Path(__file__).parents[2], env=env, stderr=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        assert server.stderr is not None
        reading = threading.Thread(target=lambda: told.extend(server.stderr or ()))
        reading.start()
        try:
            assert until(lambda: answers(f"http://127.0.0.1:{port}/readyz"))
            open_door(world.community_id)

            def sealed() -> bool:
                db.session.rollback()
                return queries.unsealed_entries() == 0

            assert until(sealed)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(PATIENCE)
            reading.join(PATIENCE)
    assert server.returncode == 0
    lines = [json.loads(line) for line in told if line.startswith("{")]
    assert [line["event"] for line in lines if line["event"].startswith("jobs ")] == ["jobs started", "jobs stopped"]
    assert [line["unfinished"] for line in lines if line["event"] == "jobs stopped"] == [[]]
    assert queries.audit_log(world.community_id).ok


def test_the_jobs_run_as_a_process_of_their_own_until_told_to_end(world: World, database: str) -> None:
    env = {**os.environ, "DATABASE_URL": database, "PUBLIC_URL": "http://127.0.0.1:8000", "LOG_LEVEL": "INFO"}
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run", "--workers", "1"]
    with subprocess.Popen(
        words, cwd=Path(__file__).parents[2], env=env, stderr=subprocess.PIPE, text=True
    ) as process:  # fmt: skip
        assert process.stderr is not None
        try:
            assert json.loads(process.stderr.readline())["event"] == "jobs started"
            open_door(world.community_id)

            def sealed() -> bool:
                db.session.rollback()
                return queries.unsealed_entries() == 0

            assert until(sealed)
        finally:
            process.send_signal(signal.SIGTERM)
            rest = process.stderr.read()
            process.wait(PATIENCE)
    assert process.returncode == 0
    assert json.loads(rest.splitlines()[-1])["unfinished"] == []


def test_a_fault_is_noted_by_kind_and_place_alone(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("13800000000")
    except ValueError as error:
        log_fault("test", error)
    assert "ValueError" in caplog.text
    assert "test_core_jobs.py" in caplog.text
    assert "13800000000" not in caplog.text
