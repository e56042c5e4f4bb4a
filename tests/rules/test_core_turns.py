"""A process works at a few requests at a time, and lets nobody wait for ever."""

import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app.core.turns import InTurn


class Desk:
    """An application that says how many it serves at once, and serves each until it is told to go on."""

    def __init__(self) -> None:
        self.lock, self.go_on = threading.Lock(), threading.Event()
        self.inside = self.most = self.served = 0

    def __call__(self, _environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        with self.lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.go_on.wait(20)
        with self.lock:
            self.inside -= 1
            self.served += 1
        return [b"served"]


def _come(application: InTurn, pool: ThreadPoolExecutor, many: int) -> list[Any]:
    return [pool.submit(application, {}, None) for _ in range(many)]


def test_no_more_than_a_few_are_served_at_once_and_all_are_served() -> None:
    desk = Desk()
    with ThreadPoolExecutor(20) as pool:
        asked = _come(InTurn(desk, at_once=3, patience=20), pool, 20)
        while desk.inside < 3:
            time.sleep(0.01)
        desk.go_on.set()
        assert [one.result(20) for one in asked] == [[b"served"]] * 20
    assert (desk.most, desk.served, desk.inside) == (3, 20, 0)


def test_whoever_waited_long_enough_goes_ahead_of_what_takes_long() -> None:
    desk = Desk()
    application = InTurn(desk, at_once=2, patience=0.05)
    with ThreadPoolExecutor(5) as pool:
        asked = _come(application, pool, 5)
        while desk.inside < 5:
            time.sleep(0.01)
        desk.go_on.set()
        assert all(one.result(20) for one in asked)
    assert desk.most == 5
    assert application.turns._value == 2, "every turn was given back, and only those that were taken"  # type: ignore[attr-defined]  # what is left of it


def test_a_turn_is_given_back_when_the_application_fails() -> None:
    def fails(_environ: dict[str, Any], _start: Any) -> Iterable[bytes]:
        raise ValueError("no answer")

    application = InTurn(fails, at_once=1, patience=0.01)
    for _ in range(3):
        with pytest.raises(ValueError, match="no answer"):
            application({}, None)
    assert application.turns.acquire(timeout=0)
