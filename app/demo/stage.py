"""The stage of the story: the community, its people, and the days counted back from today."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core import clock
from app.core.house import speaks_for
from app.core.values import Actor, the_house
from app.core.workdays import Workdays
from app.identity.queries import grants_of

PASSWORD = "wutongli-2026"  # noqa: S105 - printed on purpose; the demo is no secret
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class Stage:
    """One telling: `today` is the day on which the year ends."""

    community_id: int
    slug: str
    now: datetime
    people: dict[str, int] = field(default_factory=dict)
    logins: dict[str, tuple[str, str]] = field(default_factory=dict)
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
        return datetime.combine(self.workdays.moved(self.day(ago)), time(hour, minute), ZONE).astimezone(UTC)

    @contextmanager
    def on(self, ago: int, hour: int, minute: int = 0) -> Iterator[datetime]:
        """Tell a part of the story at a moment, never later than now."""
        with self.when(self.at(ago, hour, minute)) as moment:
            yield moment

    @contextmanager
    def when(self, moment: datetime) -> Iterator[datetime]:
        """Tell a part of the story at a given moment, never later than now."""
        with clock.at(min(moment, self.now)):
            yield min(moment, self.now)


class Progress:
    """What a person at the terminal sees while the story is told."""

    def __init__(self, chapters: int) -> None:
        self.chapters, self.done = chapters, 0

    def chapter(self, words: str) -> None:
        """The next chapter begins."""
        self.done += 1
        bar = "█" * self.done + "·" * (self.chapters - self.done)
        sys.stderr.write(f"\r\033[K{bar} {self.done}/{self.chapters} {words}")
        sys.stderr.flush()

    def end(self) -> None:
        """The story is told."""
        sys.stderr.write("\n")
