"""What has happened before a test begins: told once a process, then copied with the database in which it was told."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import pytest

from app.core import clock as house_clock
from tests.clock import Clock

F = TypeVar("F", bound=Callable[..., Any])
LONG_AGO = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday 9:00 in Shanghai
Left = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """One part of what happened, told at a moment to what the part before it left; `base` is that part's fixture."""

    name: str
    tell: Callable[..., Any]
    base: str | None
    moment: datetime

    @property
    def key(self) -> str:
        """Two files may give their stories the same name."""
        return f"{self.tell.__module__}.{self.name}"

    def told(self, left: Left) -> dict[str, Any]:
        """Tell it: what each part left, by its fixture, and when this one ended."""
        with house_clock.at(self.moment):
            asked = inspect.signature(self.tell).parameters
            given = {name: Clock() if name == "clock" else left[name] for name in asked}
            return {**left, self.name: self.tell(**given), "": house_clock.tick()}


STORIES: dict[Callable[..., Any], Story] = {}
"""By the function that pytest calls for the fixture."""


def story(at: datetime = MORNING) -> Callable[[F], Any]:
    """A fixture that tells a part of a story: `council`, say, goes on from `world`, its first argument.

    It may ask for `world`, for another story and for the clock, and answers with what tests want to know: numbers,
    names, small dataclasses. Each test gets its own copy, in a database of its own, with the clock where the part ended.
    """

    def fixture(tell: F) -> Any:
        name = tell.__name__
        base = next((asked for asked in inspect.signature(tell).parameters if asked != "clock"), None)

        def begun(left_by_story: Left) -> Any:
            return left_by_story[name]

        def goes_on(left_by_story: Left, clock: Clock) -> Any:
            clock.set(max(left_by_story[""], clock.now))
            return left_by_story[name]

        called = goes_on if base else begun
        called.__doc__ = tell.__doc__
        STORIES[called] = Story(name, tell, base, at)
        return pytest.fixture(name=name)(called)

    return fixture


def stories_of(request: pytest.FixtureRequest) -> list[Story]:
    """The parts that a test asks for, the first one first; a test stands in one story only."""
    asked = [found for name in request.fixturenames if (found := _story(request, name)) is not None]
    longest = max((list(_chain(request, last)) for last in asked), key=len, default=[])
    apart = [last.name for last in asked if last not in longest]
    assert not apart, f"{apart} and {longest[0].name} are two stories; one test cannot stand in both"
    return longest[::-1]


def _chain(request: pytest.FixtureRequest, last: Story) -> Iterator[Story]:
    yield last
    before = _story(request, last.base) if last.base else None
    if before is not None:
        yield from _chain(request, before)


def _story(request: pytest.FixtureRequest, name: str) -> Story | None:
    """What stands behind a fixture's name for this test, if it is a story."""
    known = request._fixturemanager.getfixturedefs(name, request.node)
    return STORIES.get(known[-1].func) if known else None
