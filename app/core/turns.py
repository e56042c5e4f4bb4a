"""A process works at a few requests at a time, and at the others in turn.

More at once would only take the interpreter from each other, and each a connection of its own, which has learnt none of
the statements yet. Whoever waited long enough goes ahead: a register that is taken in, or an upload by a slow line, does not
keep the others out. What is sent piece by piece is sent after its turn.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

AT_ONCE, PATIENCE = 4, 0.5
Answer = Callable[[dict[str, Any], Any], Iterable[bytes]]


class InTurn:
    """An application that works at `at_once` requests at a time; nobody waits longer than `patience` seconds."""

    def __init__(self, application: Answer, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self.application = application
        self.patience = patience
        self.turns = threading.BoundedSemaphore(at_once)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The application's answer."""
        taken = self.turns.acquire(timeout=self.patience)
        try:
            return self.application(environ, start_response)
        finally:
            if taken:
                self.turns.release()


def install(app: Flask) -> None:
    """Let an application's requests take turns."""
    app.wsgi_app = InTurn(app.wsgi_app)  # type: ignore[method-assign]  # as Flask says to
