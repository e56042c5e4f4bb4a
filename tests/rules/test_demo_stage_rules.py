"""The story's days: in order whatever the holidays do, and none after today."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from app.core import clock
from app.core.workdays import Workdays
from app.demo.buying import Plan, plan
from app.demo.stage import ZONE, Stage, Thread, scattered, weave
from app.demo.year import CLASSES, MEALS, PHONES

NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)


def test_no_thread_goes_back_in_time_when_a_holiday_moved_one_of_its_steps() -> None:
    took: list[tuple[str, datetime]] = []

    def thread(name: str, *days_ago: int) -> Thread:
        for ago in days_ago:
            yield NOON - timedelta(days=ago)
            took.append((name, clock.now()))

    list(weave([thread("tender", 20, 10, 15, 5), thread("vote", 12)], NOON))
    assert [(name, (NOON - at).days) for name, at in took] == [
        ("tender", 20), ("vote", 12), ("tender", 10), ("tender", 10), ("tender", 5),
    ]  # fmt: skip


def test_what_would_lie_after_today_is_done_now() -> None:
    took: list[datetime] = []

    def thread() -> Thread:
        yield NOON + timedelta(days=3)
        took.append(clock.now())

    list(weave([thread()], NOON))
    assert took == [NOON]


@pytest.mark.parametrize(
    ("today", "ago", "day"),
    [
        (NOON, 285, date(2026, 2, 14)),  # a Saturday on which offices make up for the Spring Festival
        (NOON, 284, date(2026, 2, 24)),  # the first working day after it
        (NOON, 0, date(2026, 11, 26)),
    ],
)
def test_offices_work_on_working_days(today: datetime, ago: int, day: date) -> None:
    at = Stage(1, "wutongli", today).working_at(ago, 10)
    assert at.astimezone(UTC).date() == day


@pytest.mark.parametrize(
    ("workdays", "day"),
    [(1, date(2026, 2, 14)), (2, date(2026, 2, 24)), (-1, date(2026, 2, 12)), (-6, date(2026, 2, 5))],
)
def test_working_days_are_counted_forth_and_back(workdays: int, day: date) -> None:
    friday = datetime(2026, 2, 13, 2, tzinfo=UTC)
    assert Stage(1, "wutongli", NOON).later(friday, workdays, 9).astimezone(ZONE).date() == day


TEN_YEARS = [NOON + timedelta(days=count) for count in range(3653)]


def days_of(steps: Plan) -> tuple[datetime, ...]:
    return (steps.published, steps.asked, steps.answered, steps.bids, steps.deadline)


def test_a_purchase_takes_its_steps_in_order_whatever_day_it_is_told_on() -> None:
    wrong = []
    for now in TEN_YEARS:
        stage = Stage(1, "wutongli", now)
        steps = plan(stage, MEALS)
        in_order = all(one < other for one, other in pairwise(days_of(steps)))
        # The challenge period is eight working days and ends on one, the second milestone is accepted 149 days later.
        signed = Workdays().after_workdays(stage.later(steps.deadline, 3, 10).date(), 9).last
        done = now.astimezone(ZONE).date() - signed > timedelta(days=149 + 14)
        if not in_order or steps.deadline - steps.published < timedelta(days=20) or not done:
            wrong.append(now.date())
    assert not wrong


def test_the_tender_of_today_is_out_before_it_is_asked_about_and_open_after_today() -> None:
    wrong = []
    for now in TEN_YEARS:
        stage = Stage(1, "wutongli", now)
        steps = plan(stage, CLASSES)
        if not steps.published < stage.at(3, 11, 20) < stage.at(2, 14, 21) < now < steps.deadline - timedelta(days=8):
            wrong.append(now.date())
    assert not wrong


def test_bids_are_opened_on_the_last_working_day_under_a_resolution_that_is_signed_by_then() -> None:
    wrong = []
    for now in TEN_YEARS:
        stage = Stage(1, "wutongli", now)
        steps = plan(stage, PHONES)
        in_order = all(one < other for one, other in pairwise(days_of(steps)))
        lasts = steps.deadline - steps.published >= timedelta(days=20)
        ended = steps.deadline + timedelta(hours=9) < stage.at(0, 0)
        if not (in_order and lasts and ended and stage.at(92 - 4, 0) < steps.published):
            wrong.append(now.date())
    assert not wrong


def test_what_is_scattered_is_all_there_and_alike_at_every_telling() -> None:
    first, again = scattered(range(40)), scattered(range(40))
    assert first == again
    assert sorted(first) == list(range(40)) != first
