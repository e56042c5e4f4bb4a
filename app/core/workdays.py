"""China's working days, with the days made up for at weekends, and the terms that are counted in them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

DAY = timedelta(days=1)
WRITTEN = Path(__file__).with_name("year_plans.json")


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The days off and the made-up weekends of one year; official once the State Council's notice is known."""

    days_off: frozenset[date]
    made_up: frozenset[date]
    official: bool


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of a term. It is provisional while a year that it touches has no official notice yet."""

    last: date
    provisional: bool = False


@cache
def year_plan(year: int) -> YearPlan:
    """The plan of one year as the `holidays` library knows it; what it knows of the years around ours is written down.

    The library follows the notices of the State Council's General Office from 2001 on and guesses later years.
    """
    written = _written().get(str(year))
    if written is None:
        return library_plan(year)
    days_off, made_up = (
        frozenset(date.fromisoformat(f"{year}-{day}") for day in written[of]) for of in ("off", "made_up")
    )
    return YearPlan(days_off, made_up, bool(written["official"]))


@cache
def _written() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(WRITTEN.read_text("utf-8"))
    return found


def library_plan(year: int) -> YearPlan:
    """The plan of one year by the library itself: it brings 300 modules and 19 MB, so it is asked for odd years only."""
    calendar: Any = import_module("holidays.countries.china").China(years=[year])
    return YearPlan(
        frozenset(day for day in calendar if day.year == year),
        frozenset(day for day in calendar.weekend_workdays if day.year == year),
        bool(calendar.special_public_holidays.get(year)),
    )


@dataclass(frozen=True)
class Workdays:
    """The working days of one community: the country's, then its own published overrides (day → is it a working day).

    `announced` names the years whose plan the community published itself before the library knew it. No term ends earlier than
    by the country's own days: a day off of the community's lengthens it, a day worked here alone does not shorten it.
    """

    overrides: Mapping[date, bool] = field(default_factory=lambda: MappingProxyType({}))
    announced: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.overrides:
            return self.overrides[day]
        plan = year_plan(day.year)
        if day in plan.made_up:
            return True
        return day.weekday() < 5 and day not in plan.days_off

    def provisional(self, first: date, last: date) -> bool:
        """Whether a span of days touches a year whose holidays have not been announced."""
        return any(
            year not in self.announced and not year_plan(year).official for year in range(first.year, last.year + 1)
        )

    def moved(self, day: date) -> date:
        """The day itself, or the next working day where it is none."""
        while not self.is_workday(day):
            day += DAY
        return day

    def after_workdays(self, start: date, count: int) -> Term:
        """The last day of a term of working days, counted from the day after `start`. Raises ValueError below one."""
        if count < 1:
            raise ValueError("a term has at least one day")
        last = max(calendar._counted(start, count) for calendar in self._held)
        return Term(last, self.provisional(start, last))

    def after_days(self, start: date, count: int) -> Term:
        """The last day of a term of calendar days, counted from the day after `start`.

        A last day that is not a working day moves to the next working day. Raises ValueError below one.
        """
        if count < 1:
            raise ValueError("a term has at least one day")
        last = max(calendar.moved(start + count * DAY) for calendar in self._held)
        return Term(last, self.provisional(start, last))

    def _counted(self, start: date, count: int) -> date:
        day = start
        for _ in range(count):
            day = self.moved(day + DAY)
        return day

    @property
    def _held(self) -> tuple["Workdays", ...]:
        """The calendars of which the later date holds: the community's, and the country's where the community works more.

        In a year whose plan only the community has told, that plan stands for the country's.
        """
        if not any(self.overrides.values()):
            return (self,)
        told = {
            day: works
            for day, works in self.overrides.items()
            if day.year in self.announced and not year_plan(day.year).official
        }
        return self, Workdays(told, self.announced)

    def workdays_between(self, first: date, last: date) -> int:
        """How many working days lie after `first`, up to and with `last`."""
        return sum(self.is_workday(first + count * DAY) for count in range(1, (last - first).days + 1))


def days_before(end: date, count: int) -> date:
    """The last day on which "at least `count` days before" `end` still holds: counted back, never moved."""
    return end - count * DAY
