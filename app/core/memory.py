"""What was just read is remembered for a moment, so that a page that many open at once asks the database once.

Only while pages are read, never inside an action, and only until anybody writes anything, in whichever process
(`standing`): what is remembered is what would be read again. Within a span of ten seconds, for what is said of time;
for fifteen seconds who reads and where.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from flask import Flask, current_app, has_request_context, request
from sqlalchemy import Row

from app.core import clock, standing
from app.core.db import Asked, columns, in_transaction
from app.core.security import SAFE_METHODS

T = TypeVar("T")
LONG_TERM = timedelta(seconds=15)
"""For what no clock changes but the day and the end of a session: where one is, who reads, for whom they speak."""
MANY = 20_000
Kept = dict[Hashable, tuple[datetime, Any]]


class Memory:
    """What one application remembers, all of it read under one mark: what holds for a span, and what holds longer."""

    def __init__(self) -> None:
        self.mark: Hashable = None
        self.span = 0
        self.brief: Kept = {}
        self.long: Kept = {}

    def within(self, mark: Hashable, span: int, *, long: bool) -> Kept:
        """What is remembered under a mark. A new mark or span begins with nothing; who still reads under another keeps theirs."""
        brief, kept = self.brief, self.long
        if mark != self.mark or len(kept) >= MANY:
            self.long = kept = {}
        if mark != self.mark or span != self.span or len(brief) >= MANY:
            self.brief = brief = {}
        self.mark, self.span = mark, span
        return kept if long else brief


def remember(key: Hashable, make: Callable[[], T], term: timedelta | None = None) -> T:
    """What `make` answers, read at most once in a span, or in a term. The answer is shared: nobody may change it.

    `key` names the question with everything on which the answer depends: the thing, the reader, the language.
    """
    memory: Memory | None = current_app.extensions.get("memory")
    mark = standing.mark() if memory is not None and _reading() else None
    if memory is None or mark is None:
        return make()
    now, slot = clock.tick(), (mark, key)
    kept = memory.within(mark, standing.span(now), long=term is not None)
    found = kept.get(slot)
    if found is not None and _holds(found[0], now, term):
        return cast(T, found[1])
    value = make()
    kept[slot] = (now, value)
    return value


def lately(key: Hashable) -> Any:
    """When a form is sent: what a page remembered for a term, for what may be as it was some seconds ago; else None."""
    memory: Memory | None = current_app.extensions.get("memory") if has_request_context() and not _reading() else None
    found = memory.long.get((memory.mark, key)) if memory is not None else None
    return found[1] if found is not None and _holds(found[0], clock.tick(), LONG_TERM) else None


def rows(asks: Asked, **values: Any) -> Sequence[Row[*tuple[Any, ...]]]:
    """The rows of a selection of columns that is built once, read at most once in a span."""
    given = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in values.items())
    return remember(("rows", asks, given), lambda: columns(asks, values))


def _holds(since: datetime, now: datetime, term: timedelta | None) -> bool:
    return standing.span(since) == standing.span(now) if term is None else since <= now < since + term


def _reading() -> bool:
    """Whether a page is being read."""
    return not in_transaction() and has_request_context() and request.method in SAFE_METHODS


def install(app: Flask) -> None:
    """Give an application its memory."""
    app.extensions["memory"] = Memory()
