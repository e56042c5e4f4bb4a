"""The stage of the story: the community, its people, and the days counted back from today."""

import sys
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.house import speaks_for
from app.core.values import Actor, the_house
from app.core.workdays import Workdays
from app.identity.queries import grants_of

PASSWORD = "wutongli-2026"  # noqa: S105 - printed on purpose; the demo is no secret
ZONE = ZoneInfo("Asia/Shanghai")
T = TypeVar("T")
Thread = Generator[datetime, None, Any]


@dataclass(slots=True)
class Stage:
    """One telling: `today` is the day on which the year ends."""

    community_id: int
    slug: str
    now: datetime
    people: dict[str, int] = field(default_factory=dict)
    logins: dict[str, tuple[str, str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    workdays: Workdays = field(default_factory=Workdays)

    @property
    def today(self) -> date:
        """The last day of the year that is told."""
        return self.now.astimezone(ZONE).date()

    @property
    def house(self) -> Actor:
        """The house itself."""
        return the_house(self.community_id)

    def actor(self, who: str) -> Actor:
        """Somebody of the story, with what they may do and speak for at this moment of it."""
        account_id = self.people[who]
        return Actor(account_id, grants_of(account_id), speaks_for(account_id))

    def day(self, ago: int) -> date:
        """So many days ago; negative for days to come."""
        return self.today - timedelta(days=ago)

    def at(self, ago: int, hour: int, minute: int = 0) -> datetime:
        """A moment of the wall clock, so many days ago."""
        return datetime.combine(self.day(ago), time(hour, minute), ZONE).astimezone(UTC)

    def working_at(self, ago: int, hour: int, minute: int = 0) -> datetime:
        """The same on the first working day from then on."""
        return self.working_from(self.day(ago), hour, minute)

    def working_from(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment of the wall clock on a day, or on the first working day after it."""
        return datetime.combine(self.workdays.moved(day), time(hour, minute), ZONE).astimezone(UTC)

    def later(self, moment: datetime, workdays: int, hour: int, minute: int = 0) -> datetime:
        """A moment of the wall clock so many working days after another; before it where they are negative."""
        day, step = moment.astimezone(ZONE).date(), timedelta(days=1 if workdays > 0 else -1)
        for _ in range(abs(workdays)):
            day += step
            while not self.workdays.is_workday(day):
                day += step
        return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


def scattered(many: Sequence[T]) -> list[T]:
    """The same in an order that follows no staircase, and is the same at every telling."""
    left = list(many)
    Random(len(left)).shuffle(left)
    return left


def weave(threads: Iterable[Thread], now: datetime) -> Iterator[datetime]:
    """Tell several threads of a story as one, each step at its moment and none after `now`; answers with the moments.

    A thread is a generator that yields the moment of its next step and takes the step when it is resumed. Where holidays
    moved a step behind the next one of its thread, the next one follows at once: no thread goes back in time.
    """
    waiting: list[tuple[datetime, int, Thread]] = []
    for place, thread in enumerate(threads):
        _wait(waiting, place, thread)
    while waiting:
        moment, place, thread = heappop(waiting)
        with clock.at(min(moment, now)):
            _wait(waiting, place, thread, moment)
        yield moment


def _wait(
    waiting: list[tuple[datetime, int, Thread]], place: int, thread: Thread, last: datetime | None = None
) -> None:
    moment = next(thread, None)
    if moment is not None:
        heappush(waiting, (moment if last is None else max(moment, last), place, thread))


class Progress:
    """What a person at the terminal sees while the story is told: how far the year has come."""

    def __init__(self, name: str, first: datetime, last: datetime) -> None:
        self.name, self.first, self.last, self.shown = name, first, last, -1

    def come_to(self, moment: datetime) -> None:
        """The story has come to a moment."""
        moment = min(moment, self.last)
        done = (moment - self.first) * 40 // (self.last - self.first)
        if done != self.shown:
            self.shown = done
            day = f"{moment.astimezone(ZONE):%Y-%m-%d}"
            sys.stderr.write(f"\r\033[K{self.name} {'█' * done}{'·' * (40 - done)} {day}")
            sys.stderr.flush()

    def end(self) -> None:
        """The story is told."""
        sys.stderr.write("\n")
