"""Working days of China, with the weekends that are made up for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.workdays import WRITTEN, Term, Workdays, days_before, library_plan, year_plan
from tests.year_plans import YEARS, text

COUNTRY = Workdays()


@pytest.mark.parametrize("day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_a_made_up_weekend_is_a_working_day(day: str) -> None:
    made_up = date.fromisoformat(day)
    assert made_up.weekday() >= 5
    assert COUNTRY.is_workday(made_up)


@pytest.mark.parametrize("day", ["2026-01-02", "2026-02-16", "2026-02-23", "2026-04-06", "2026-05-05", "2026-10-07"])
def test_a_weekday_of_a_holiday_is_none(day: str) -> None:
    off = date.fromisoformat(day)
    assert off.weekday() < 5
    assert not COUNTRY.is_workday(off)


def test_an_ordinary_week_has_five_working_days() -> None:
    monday = date(2026, 11, 16)
    assert [COUNTRY.is_workday(monday + timedelta(days=n)) for n in range(7)] == [True] * 5 + [False] * 2


def test_a_term_counts_from_the_day_after() -> None:
    assert COUNTRY.after_workdays(date(2026, 11, 11), 5) == Term(date(2026, 11, 18))
    assert COUNTRY.after_days(date(2026, 11, 11), 20) == Term(date(2026, 12, 1))


def test_a_term_over_the_national_day_waits_for_it_and_counts_the_made_up_saturday() -> None:
    # 30 September, then 8, 9 and the made-up Saturday 10 October.
    assert COUNTRY.after_workdays(date(2026, 9, 29), 4).last == date(2026, 10, 10)


def test_a_last_day_on_a_weekend_moves_to_monday() -> None:
    assert COUNTRY.after_days(date(2026, 11, 1), 20).last == date(2026, 11, 23)


def test_a_last_day_on_a_made_up_saturday_stays() -> None:
    assert COUNTRY.after_days(date(2026, 9, 20), 20).last == date(2026, 10, 10)


def test_at_least_so_many_days_before_is_counted_back_and_not_moved() -> None:
    sunday = days_before(date(2026, 12, 7), 15)
    assert sunday == date(2026, 11, 22)
    assert not COUNTRY.is_workday(sunday)


def test_a_year_without_notice_is_provisional_and_says_so() -> None:
    assert not COUNTRY.after_workdays(date(2026, 12, 20), 5).provisional
    assert COUNTRY.after_workdays(date(2026, 12, 29), 5).provisional
    assert COUNTRY.after_days(date(2049, 10, 1), 3).provisional


def test_a_community_that_published_the_plan_of_a_year_is_no_longer_provisional() -> None:
    own = Workdays({date(2027, 1, 4): False}, frozenset({2027}))
    term = own.after_workdays(date(2026, 12, 31), 1)
    assert term == Term(date(2027, 1, 5))


def test_an_own_override_beats_the_country_both_ways() -> None:
    own = Workdays({date(2026, 11, 18): False, date(2026, 11, 21): True})
    assert own.after_workdays(date(2026, 11, 17), 3).last == date(2026, 11, 21)
    assert COUNTRY.after_workdays(date(2026, 11, 17), 3).last == date(2026, 11, 20)


def test_a_saturday_worked_here_alone_shortens_no_term() -> None:
    own = Workdays({date(2026, 11, 21): True})
    assert own.is_workday(date(2026, 11, 21))
    assert own.after_workdays(date(2026, 11, 17), 4) == COUNTRY.after_workdays(date(2026, 11, 17), 4)
    assert own.after_days(date(2026, 11, 1), 20).last == date(2026, 11, 23)
    # Who rests on Friday and works on Saturday instead has no day more and no day less.
    swapped = Workdays({date(2026, 11, 20): False, date(2026, 11, 21): True})
    assert swapped.after_workdays(date(2026, 11, 17), 3).last == date(2026, 11, 21)
    assert swapped.after_workdays(date(2026, 11, 17), 4).last == date(2026, 11, 23)


def test_a_made_up_saturday_of_a_year_that_only_the_community_has_told_is_the_countrys() -> None:
    saturday = date(2027, 2, 20)
    assert not year_plan(2027).official
    assert not COUNTRY.is_workday(saturday)
    assert Workdays({saturday: True}).after_workdays(date(2027, 2, 19), 1).last == date(2027, 2, 22)
    told = Workdays({saturday: True}, frozenset({2027}))
    assert told.after_workdays(date(2027, 2, 19), 1) == Term(saturday)
    # A year that the country has told is the country's, whatever the community says of it.
    known = Workdays({date(2026, 11, 21): True}, frozenset({2026}))
    assert known.after_workdays(date(2026, 11, 20), 1).last == date(2026, 11, 23)


OWN = st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.booleans(), max_size=60)
STARTS, COUNTS = st.dates(date(2026, 1, 1), date(2026, 11, 1)), st.integers(1, 30)


@given(OWN, STARTS, COUNTS)
def test_no_term_ends_earlier_than_by_the_countrys_calendar(own: dict[date, bool], start: date, count: int) -> None:
    here, off = Workdays(own), Workdays({day: works for day, works in own.items() if not works})
    for reckon in (Workdays.after_workdays, Workdays.after_days):
        last = reckon(here, start, count).last
        assert last >= reckon(COUNTRY, start, count).last
        # Days off alone are followed as they are: they lengthen, and what is worked besides takes nothing of that away
        # but the days that it makes up for.
        assert last <= reckon(off, start, count).last


@given(OWN, STARTS, st.lists(COUNTS, min_size=2, max_size=4))
def test_nor_does_a_chain_of_terms(own: dict[date, bool], start: date, counts: list[int]) -> None:
    ours = theirs = start
    for count in counts:
        ours = Workdays(own).after_workdays(ours, count).last
        theirs = COUNTRY.after_workdays(theirs, count).last
        assert ours >= theirs


@given(OWN, STARTS, COUNTS)
def test_a_term_holds_as_many_days_worked_here_as_it_says(own: dict[date, bool], start: date, count: int) -> None:
    here = Workdays(own)
    assert here.workdays_between(start, here.after_workdays(start, count).last) >= count


def test_working_days_between_two_days_leave_the_first_out() -> None:
    assert COUNTRY.workdays_between(date(2026, 11, 11), date(2026, 11, 18)) == 5
    assert COUNTRY.workdays_between(date(2026, 11, 11), date(2026, 11, 11)) == 0


def test_a_term_of_no_days_is_no_term() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        COUNTRY.after_workdays(date(2026, 11, 11), 0)
    with pytest.raises(ValueError, match="at least one day"):
        COUNTRY.after_days(date(2026, 11, 11), 0)


def test_what_is_written_down_of_the_years_is_what_the_library_knows() -> None:
    assert WRITTEN.read_text("utf-8") == text(), "write it anew: .venv/bin/python -m tests.year_plans"
    assert [year_plan(year) for year in YEARS] == [library_plan(year) for year in YEARS]


def test_other_years_are_asked_of_the_library() -> None:
    assert year_plan(2008) == library_plan(2008)
    assert year_plan(2008).official
    assert not year_plan(2049).official
