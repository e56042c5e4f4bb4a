"""At what the database stands: a mark that changes with every write of anybody, and with nothing else that is seen.

Whatever was read under one mark may be shown again under the same mark: nobody has written since. Only the clock goes on:
what a page says of time is right to the span of ten seconds, and where a full minute begins, as terms and deadlines do, at
once.
"""

import sqlite3
import threading
from collections.abc import Hashable
from datetime import datetime

from flask import Flask, current_app, g

from app.core.context import kept_by_request
from app.core.db import db

SPAN = 10
SNAPSHOT = "SELECT CAST(pg_current_snapshot() AS text)"


class _Watcher:
    """A connection to a SQLite file that never writes: SQLite tells it of every change made through another."""

    def __init__(self, file: str) -> None:
        self.lock = threading.Lock()
        self.connection = sqlite3.connect(file, check_same_thread=False, isolation_level=None)

    def mark(self) -> int:
        """Changes with every commit of any connection of any process."""
        with self.lock:
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Nobody looks any longer."""
        self.connection.close()


def span(at: datetime) -> int:
    """The span of ten seconds in which a moment lies; six begin with each minute."""
    return int(at.timestamp()) // SPAN


def mark() -> Hashable | None:
    """The mark as the request under way began to read; None where none can be had."""
    kept = kept_by_request()
    if "standing" not in kept:
        kept["standing"] = _mark()
    return kept["standing"]  # type: ignore[no-any-return]  # what `_mark` answered


def _mark() -> Hashable | None:
    if db.engine.dialect.name == "postgresql":
        # Two snapshots that are written alike see the same transactions.
        return str(db.session.connection().exec_driver_sql(SNAPSHOT).scalar())
    watcher = _watcher()
    return watcher.mark() if watcher else None


def _watcher() -> _Watcher | None:
    watchers: dict[str, _Watcher] = current_app.extensions["standing"]
    file = db.engine.url.database
    if not file or file == ":memory:":
        return None
    if file not in watchers:
        watchers[file] = _Watcher(file)
    return watchers[file]


def close(app: Flask) -> None:
    """Give the connections back."""
    watchers: dict[str, _Watcher] = app.extensions["standing"]
    for watcher in watchers.values():
        watcher.close()
    watchers.clear()


def install(app: Flask) -> None:
    """Each request looks once, before it reads anything; between processes nothing is shared."""
    app.extensions["standing"] = {}

    @app.teardown_request
    def look_again(_error: BaseException | None) -> None:
        g.pop("standing", None)
