"""The story's days: in order whatever the holidays do, and none after today."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.core import clock
from app.demo.stage import Stage, Thread, weave

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
