"""What was just read is remembered for a moment, so that a page that many open at once asks the database once.

Only while pages are read, never inside an action. Every commit of this process forgets everything; whoever has written
carries a cookie for a few seconds and reads afresh, whichever process answers. Another process may thus show for two
seconds what was true a moment ago; nothing is ever decided by it.
"""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, has_app_context, has_request_context, request
from sqlalchemy import event

from app.core import clock
from app.core.db import db, in_transaction
from app.core.security import SAFE_METHODS, cookie_name, set_cookie

T = TypeVar("T")
TERM = timedelta(seconds=2)
MANY = 20_000
WROTE, AFRESH = "sf_wrote", 5


class Memory:
    """What one application remembers; `age` tells whether something was written while a value was being read."""

    def __init__(self) -> None:
        self.kept: dict[Hashable, tuple[datetime, Any]] = {}
        self.age = 0

    def forget(self) -> None:
        """Somebody wrote something."""
        self.age += 1
        self.kept.clear()


def remember(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` answers, read at most once in two seconds. The answer is shared: nobody may change it.

    `key` names the question with everything on which the answer depends: the thing, the reader, the language.
    """
    memory: Memory | None = current_app.extensions.get("memory")
    if memory is None or not _reading():
        return make()
    now, age = clock.tick(), memory.age
    found = memory.kept.get(key)
    if found is not None and found[0] <= now < found[0] + TERM:
        return cast(T, found[1])
    value = make()
    if memory.age == age:
        if len(memory.kept) >= MANY:
            memory.kept.clear()
        memory.kept[key] = (now, value)
    return value


def _reading() -> bool:
    """Whether a page is being read by somebody who has not just written."""
    if in_transaction() or not has_request_context() or request.method not in SAFE_METHODS:
        return False
    return cookie_name(WROTE) not in request.cookies


def _forget(_session: object) -> None:
    if has_app_context() and "memory" in current_app.extensions:
        current_app.extensions["memory"].forget()


event.listen(db.session, "after_commit", _forget)


def install(app: Flask) -> None:
    """Give an application its memory."""
    app.extensions["memory"] = Memory()

    @app.after_request
    def wrote(response: Response) -> Response:
        if request.method not in SAFE_METHODS:
            set_cookie(response, cookie_name(WROTE), "1", max_age=AFRESH)
        return response
