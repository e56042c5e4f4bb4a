"""Many at once: real threads, each with its own connection, started by one gun."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from flask import Flask

from app.core.db import db

T = TypeVar("T")


def together(app: Flask, act: Callable[[int], T], people: int) -> list[T]:
    """Let `people` do `act(0…n-1)` at the same moment, each in an application context of its own; answers in order."""
    gun = threading.Barrier(people, timeout=30)

    def one(number: int) -> T:
        with app.app_context():
            gun.wait()
            try:
                return act(number)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(people) as crowd:
        return [done.result(timeout=120) for done in [crowd.submit(one, number) for number in range(people)]]
