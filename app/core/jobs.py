"""Work that is done after the answer: a queue of jobs, and loops that run again and again.

A job may run twice and must be harmless then; what must not be lost is a row that a loop sends again until it is done.
"""

import atexit
import importlib
import json
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from flask import Flask, current_app

from app.core.config import INSTANCE
from app.core.db import db
from app.core.lean import without
from app.core.logs import log, log_fault

with without("redis"):
    from huey import Huey, storage
    from huey.consumer import Consumer
    from huey.registry import Message
    from huey.serializer import Serializer

Job = TypeVar("Job", bound=Callable[..., object])
PATIENCE = 20.0
SLOWEST = 30.0
_jobs: dict[str, Callable[..., object]] = {}


def job(name: str) -> Callable[[Job], Job]:
    """Give a function a name in the queue. It takes numbers and texts, runs at least once, and is harmless twice."""

    def take(act: Job) -> Job:
        if name in _jobs and _jobs[name].__qualname__ != act.__qualname__:
            raise ValueError(f"two jobs are called {name}")
        _jobs[name] = act
        return act

    return take


def send(name: str, *values: int | str) -> None:
    """Put a job into the queue. Raises KeyError for one that nobody does."""
    _jobs[name]
    queue().enqueue(queue().run_job.s(name, *values))


def ping() -> None:
    """Ask whether the queue is there."""
    queue().pending_count()


def close(app: Flask) -> None:
    """Give the queue's connection back; whoever uses it again opens another."""
    if "queue" in app.extensions:
        app.extensions["queue"].storage.close()


class Plain(Serializer):
    """Jobs travel as JSON: whoever can write into the queue still cannot make the house run his code."""

    def _serialize(self, data: Any) -> bytes:
        if not isinstance(data, Message):
            raise TypeError("only jobs travel in the queue")
        return json.dumps([data.id, data.name, data.retries, data.priority, data.args]).encode()

    def _deserialize(self, data: bytes) -> Message:
        number, name, retries, priority, values = json.loads(bytes(data))
        return Message(
            id=number, name=name, retries=retries, retry_delay=0, priority=priority, args=tuple(values), kwargs={}
        )


def queue() -> Any:
    """The queue of the application under way: Redis where there is one, else beside the database."""
    found = current_app.extensions.get("queue")
    if found is None:
        found = current_app.extensions["queue"] = _open_queue(current_app._get_current_object())  # type: ignore[attr-defined]  # the application behind the proxy
    return found


def _redis_storage() -> Any:
    """The queue in Redis, by a library that a server without one never loads."""
    if storage.ConnectionPool is None:
        importlib.reload(storage)
    return storage.RedisStorage


def _open_queue(app: Flask) -> Any:
    url = db.engine.url
    settings: dict[str, Any]
    if app.config.get("REDIS_URL"):
        settings = {"storage_class": _redis_storage(), "url": app.config["REDIS_URL"], "read_timeout": 1}
    elif url.get_backend_name() == "postgresql":
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        settings = {"storage_class": storage.PostgresStorage, "dsn": dsn, "blocking": False}
    else:
        file = Path(url.database) if url.database and url.database != ":memory:" else INSTANCE / "memory"
        file.parent.mkdir(parents=True, exist_ok=True)
        settings = {"storage_class": storage.SqliteStorage, "filename": f"{file}-queue", "fsync": True}
    huey = Huey("sifang", results=False, serializer=Plain(), **settings)

    def run_job(name: str, *values: int | str) -> None:
        """Do one job within the application; an error is noted, and its row stays for the next time."""
        with app.app_context():
            try:
                _jobs[name](*values)
            except Exception as error:  # noqa: BLE001  a job must not end its worker
                log_fault(name, error)

    huey.run_job = huey.task(name="run_job")(run_job)
    return huey


class Embedded(Consumer):
    """A consumer beside the web server: signals belong to the server."""

    def _set_signal_handlers(self) -> None:
        return


class Loop(threading.Thread):
    """One function, again and again; after an error it waits longer, up to half a minute."""

    def __init__(self, app: Flask, name: str, seconds: float, act: Callable[[], object], stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.app, self.seconds, self.act, self.stop = app, seconds, act, stop

    def run(self) -> None:
        """Until told to stop; a round that is under way is finished."""
        pause = self.seconds
        while not self.stop.wait(pause):
            try:
                with self.app.app_context():
                    self.act()
                pause = self.seconds
            except Exception as error:  # noqa: BLE001  the next round may fare better
                log_fault(self.name, error)
                pause = min(max(pause * 2, 1.0), SLOWEST)


class Runner:
    """The workers of one process: a consumer of the queue, and one thread a loop."""

    def __init__(self, app: Flask, workers: int = 1) -> None:
        self.app = app
        self._stop = threading.Event()
        with app.app_context():
            self._consumer = Embedded(
                queue(), workers=workers, periodic=False, max_delay=0.5, check_worker_health=False
            )
        self._loops = [Loop(app, name, seconds, act, self._stop) for name, seconds, act in app.extensions["house"].jobs]

    def start(self) -> None:
        """Begin; comes back at once."""
        self._consumer.start()
        for loop in self._loops:
            loop.start()
        log.info("jobs started", loops=[loop.name for loop in self._loops])

    def stop(self) -> bool:
        """Finish what is under way and begin nothing new; whether all came to rest in time."""
        self._stop.set()
        self._consumer.stop()
        until = time.monotonic() + PATIENCE
        threads = [*self._loops, *(thread for _, thread in self._consumer.worker_threads), self._consumer.scheduler]
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        still = [thread.name for thread in threads if thread.is_alive()]
        if not still:
            close(self.app)
        log.info("jobs stopped", unfinished=still)
        return not still


def embed(app: Flask) -> Runner:
    """Run the jobs within this process, and let them finish when it ends."""
    runner = Runner(app)
    runner.start()
    atexit.register(runner.stop)
    return runner


@click.command("run")
@click.option("--workers", default=2, show_default=True, help="So many jobs at once.")
def run_command(workers: int) -> None:
    """Do the jobs as a process of its own, until it is told to end."""
    if not run_forever(current_app._get_current_object(), workers):  # type: ignore[attr-defined]  # behind the proxy
        raise SystemExit(1)


def run_forever(app: Flask, workers: int = 2) -> bool:
    """Run the jobs as a process of their own, until it is told to end; whether all came to rest in time."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    runner = Runner(app, workers)
    runner.start()
    ended.wait()
    return runner.stop()
