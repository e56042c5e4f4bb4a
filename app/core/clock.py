"""The one clock: rules take `now`, actions ask here, nothing else reads the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DAY_ZONE = "Asia/Shanghai"
"""In which roles and terms of office begin and end with the day."""
_set_to: datetime | None = None
_arrival: ContextVar[datetime | None] = ContextVar("arrival", default=None)


def now() -> datetime:
    """The moment in UTC; within a request the moment it arrived, the same on every retry."""
    return _arrival.get() or tick()


def tick() -> datetime:
    """The moment in UTC as it runs, even within a request."""
    return _set_to or datetime.now(UTC)


def today(zone: str) -> date:
    """The day that the wall calendar of a community shows."""
    return now().astimezone(ZoneInfo(zone)).date()


def arrive() -> Token[datetime | None]:
    """A request has arrived: `now` stays at this moment until `leave`."""
    return _arrival.set(tick())


def leave(token: Token[datetime | None]) -> None:
    """The request has left."""
    _arrival.reset(token)


def set_to(moment: datetime | None) -> None:
    """Set the clock for everybody (demo and tests), or let it run again with None."""
    global _set_to
    if moment is not None and moment.tzinfo is None:
        raise ValueError("the clock wants a time zone")
    _set_to = None if moment is None else moment.astimezone(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Tell a part of a story at a set moment."""
    before = _set_to
    set_to(moment)
    try:
        yield
    finally:
        set_to(before)
