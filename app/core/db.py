"""The database: one place that begins, commits, retries and undoes."""

import functools
import inspect
import random
import select
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import (
    BigInteger,
    CompoundSelect,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    Integer,
    MetaData,
    Result,
    Row,
    Select,
    bindparam,
    event,
)
from sqlalchemy.exc import DBAPIError, DisconnectionError, IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from app.core.errors import Conflict
from app.core.words import N_

P = ParamSpec("P")
T = TypeVar("T")

Asked = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
ATTEMPTS = 6
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table of the house."""

    metadata = MetaData(naming_convention=NAMING)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both databases; naive moments are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment wants a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer, "sqlite")
"""A key that may grow past 2^31, and still counts by itself on SQLite."""

_inside: ContextVar[bool] = ContextVar("inside", default=False)
_one_view: ContextVar[bool] = ContextVar("one view", default=False)
_after: ContextVar[list[Callable[[], None]] | None] = ContextVar("after", default=None)
_sqlite_turn = threading.Lock()
READS: Mapping[str, Mapping[str, Any]] = {"sqlite": {"reads": True}, "postgresql": {"isolation_level": "AUTOCOMMIT"}}


class HouseSession(Session):
    """Pages read without a transaction, each statement what is committed; only actions begin one."""

    def get_bind(self, *_: Any, **__: Any) -> Engine:
        """The engine for actions, or the same connections for reading."""
        engine = self._db.engine
        if _inside.get() or _one_view.get():
            return engine
        reading: Engine | None = getattr(engine, "reading", None)
        if reading is None:
            reading = engine.reading = engine.execution_options(**READS[engine.dialect.name])  # type: ignore[attr-defined]  # kept with what it shares its connections with
        return reading


db = SQLAlchemy(model_class=Base, session_options={"class_": HouseSession, "expire_on_commit": False})


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers never wait for the writer, and what was acknowledged is on disk."""
    if not type(connection).__module__.startswith("sqlite3"):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=30000")
    cursor.execute("PRAGMA cache_size=-2000")
    cursor.execute("PRAGMA temp_store=MEMORY")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Any) -> None:
    """A writer asks for the lock at once: upgrading a read transaction would fail at once."""
    if connection.dialect.name == "sqlite" and "reads" not in connection.get_execution_options():
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _inside.get() else "BEGIN DEFERRED")


@event.listens_for(Engine, "checkout")
def _look_alive(connection: Any, _record: object, _proxy: object) -> None:
    """A server that hung up has something to say on an idle connection: then another is opened. Costs no question."""
    if type(connection).__module__.startswith("psycopg"):
        heard = select.poll()
        heard.register(connection.fileno(), select.POLLIN)
        if heard.poll(0):
            raise DisconnectionError("the database hung up")


@functools.cache
def built(build: Callable[..., Any]) -> Any:
    """What `build` selects, with a parameter in place of each value; the same each time."""
    return build(**{name: bindparam(name) for name in inspect.signature(build).parameters})


def ask(build: Callable[..., Any], **values: Any) -> Result[*tuple[Any, ...]]:
    """Ask what `build` selects; it is called once, with a parameter in place of each value.

    Making a statement anew takes longer than asking it: for what stands on a page that many open.
    """
    return db.session.execute(built(build), values)


def straight(statement: Executable, values: Mapping[str, Any]) -> CursorResult[*tuple[Any, ...]]:
    """What names columns and no entities goes past the session, which has nothing to add; what waits in it goes first."""
    session = db.session()
    session.flush()
    return session.connection().execute(statement, values)


def columns(asks: Asked, values: Mapping[str, Any]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows of a selection of columns (of no entities), built once."""
    return straight(asks, values).all()


def on_commit(act: Callable[[], None]) -> None:
    """Do something once the outermost transaction is on disk; dropped when it is undone."""
    waiting = _after.get()
    if waiting is None:
        raise RuntimeError("on_commit wants a transaction")
    waiting.append(act)


def in_transaction() -> bool:
    """Whether an action is under way."""
    return _inside.get()


@contextmanager
def in_one_view() -> Iterator[None]:
    """For what is too long to be read at once: a transaction that only reads."""
    if _inside.get():
        yield
        return
    db.session.rollback()
    token = _one_view.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        _one_view.reset(token)


def transactional(action: Callable[P, T]) -> Callable[P, T]:
    """One verb, one transaction: the outermost commits, inner ones join, an exception undoes all.

    A lost race is tried again and then raises Conflict.
    """

    @functools.wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        if _inside.get():
            return action(*args, **kwargs)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _once(lambda: action(*args, **kwargs))
            except DBAPIError as error:
                if not _lost_race(error):
                    raise
                if attempt == ATTEMPTS:
                    raise Conflict(N_("同时有别人在改这件事。请再试一次，您写的都还在。")) from error
                time.sleep(random.uniform(0.005, 0.02) * attempt)
        raise AssertionError("unreachable")

    return run


def _once(act: Callable[[], T]) -> T:
    db.session.rollback()
    waiting: list[Callable[[], None]] = []
    inside, after = _inside.set(True), _after.set(waiting)
    sqlite = db.engine.dialect.name == "sqlite"
    # One process writes to SQLite in turn: its own lock is polled and unfair under load.
    if sqlite:
        _sqlite_turn.acquire()
    try:
        result = act()
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        if sqlite:
            _sqlite_turn.release()
        _inside.reset(inside)
        _after.reset(after)
    for done in waiting:
        done()
    return result


def _lost_race(error: DBAPIError) -> bool:
    if isinstance(error, IntegrityError):
        return True
    state = getattr(error.orig, "sqlstate", None)
    if state in {"40001", "40P01", "55P03"}:
        return True
    return isinstance(error, OperationalError) and "locked" in str(error.orig)
