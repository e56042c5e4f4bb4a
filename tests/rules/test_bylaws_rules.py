"""A community may tighten a row of law, never loosen it."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bylaws.rules import (
    Run,
    days_refusal,
    days_withdrawal_refusal,
    fixed_refusal,
    override_refusal,
    runs,
    tighter,
)
from app.core.law import LawRow, law_row
from app.core.workdays import Workdays

TODAY = date(2026, 3, 2)
TOMORROW = date(2026, 3, 3)
ROW = law_row("owners.participation", TODAY)


def test_exactly_the_laws_own_figure_may_be_published_and_a_hair_less_may_not() -> None:
    assert override_refusal(ROW, Fraction(2, 3), TOMORROW, TODAY) is None
    refused = override_refusal(ROW, Fraction(2, 3) - Fraction(1, 10**9), TOMORROW, TODAY)
    assert refused is not None
    assert refused.article == "民法典 278"


def test_a_rule_begins_tomorrow_at_the_earliest() -> None:
    refused = override_refusal(ROW, Fraction(3, 4), TODAY, TODAY)
    assert refused is not None
    assert refused.values["day"] == TOMORROW


def test_a_share_never_exceeds_one() -> None:
    assert override_refusal(ROW, Fraction(1), TOMORROW, TODAY) is None
    assert override_refusal(ROW, Fraction(101, 100), TOMORROW, TODAY) is not None


def test_a_default_to_be_confirmed_may_be_set_either_way() -> None:
    row = replace(ROW, confidence="M")
    assert override_refusal(row, Fraction(1, 2), TOMORROW, TODAY) is None


def test_what_the_law_says_exactly_no_community_may_say_anew() -> None:
    row = law_row("owners.challenge.years", TODAY)
    for value in (Fraction(0), Fraction(1), Fraction(2)):
        refused = override_refusal(row, value, TOMORROW, TODAY)
        assert refused == fixed_refusal(row)
        assert refused is not None
    assert fixed_refusal(replace(row, confidence="M")) is None
    assert fixed_refusal(ROW) is None


def test_what_the_law_limits_from_above_is_tightened_downwards() -> None:
    row = LawRow("bond", Fraction(1, 50), "", "条例 33", date(2015, 3, 1), relation="<=")
    assert override_refusal(row, Fraction(1, 100), TOMORROW, TODAY) is None
    assert override_refusal(row, Fraction(1, 49), TOMORROW, TODAY) is not None


def test_no_figure_is_negative() -> None:
    assert override_refusal(replace(ROW, confidence="M"), Fraction(-1), TOMORROW, TODAY) is not None


@given(st.fractions(0, 1), st.fractions(0, 1), st.sampled_from([">=", ">", "<=", "<", "="]))
def test_of_two_different_figures_one_at_most_is_tighter_than_the_other(a: Fraction, b: Fraction, sign: str) -> None:
    row_a, row_b = replace(ROW, value=a, relation=sign), replace(ROW, value=b, relation=sign)
    assert not (tighter(row_a, b) and tighter(row_b, a)) or a == b


@pytest.mark.parametrize("relation", [">=", ">", "<=", "<", "="])
def test_the_figure_itself_is_always_as_strict_as_itself(relation: str) -> None:
    assert tighter(replace(ROW, relation=relation), ROW.value)


def test_of_several_ways_only_one_that_the_row_names_may_be_published() -> None:
    row = law_row("council.way", TODAY)
    assert row.choices
    assert len(row.choices) == len(row.choices_en)
    for value in (Fraction(0), Fraction(1)):
        assert override_refusal(row, value, TOMORROW, TODAY) is None
    for value in (Fraction(2), Fraction(1, 2)):
        assert override_refusal(row, value, TOMORROW, TODAY) is not None


COUNTRY = Workdays()
FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)


def test_days_of_ones_own_begin_tomorrow_at_the_earliest_and_end_within_sight() -> None:
    assert days_refusal(TOMORROW, TOMORROW, False, TODAY, COUNTRY) is None
    for first, last, about in (
        (TODAY, TOMORROW, "先公布，后生效"),
        (date(2025, 5, 1), date(2025, 5, 1), "先公布，后生效"),
        (FRIDAY, TOMORROW, "不能早于第一天"),
        (date(2049, 10, 1), date(2049, 10, 1), "太远了"),
        (date(2026, 4, 1), date(2026, 5, 2), "一次最多"),
    ):
        refused = days_refusal(first, last, False, TODAY, COUNTRY)
        assert refused is not None
        assert about in refused.sentence
    assert days_refusal(date(2026, 4, 1), date(2026, 5, 1), False, TODAY, COUNTRY) is None
    assert days_refusal(date(2028, 12, 29), date(2028, 12, 29), False, TODAY, COUNTRY) is None


@pytest.mark.parametrize(("day", "works"), [(FRIDAY, True), (SATURDAY, False)])
def test_what_is_so_already_is_not_published(day: date, works: bool) -> None:
    assert days_refusal(day, day, works, TODAY, COUNTRY) is not None
    assert days_refusal(day, day, not works, TODAY, COUNTRY) is None
    assert days_refusal(FRIDAY, SATURDAY, works, TODAY, COUNTRY) is None


def test_the_plan_of_a_year_is_complete_once_and_in_days_of_that_year() -> None:
    assert days_refusal(date(2027, 2, 5), date(2027, 2, 11), False, TODAY, COUNTRY, True) is None
    for first, last, calendar in (
        (date(2026, 12, 31), date(2027, 1, 2), COUNTRY),
        (FRIDAY, FRIDAY, COUNTRY),
        (date(2027, 2, 5), date(2027, 2, 5), Workdays({}, frozenset({2027}))),
    ):
        assert days_refusal(first, last, False, TODAY, calendar, True) is not None


def test_days_are_withdrawn_once_and_before_they_begin() -> None:
    assert days_withdrawal_refusal(TOMORROW, False, TODAY) is None
    assert days_withdrawal_refusal(TODAY, False, TODAY) is not None
    assert days_withdrawal_refusal(TOMORROW, True, TODAY) is not None


def test_a_holiday_is_told_as_one_run_over_its_weekend_and_a_made_up_saturday_by_itself() -> None:
    found = runs(COUNTRY, date(2026, 9, 15), date(2026, 10, 31))
    assert found == [
        Run(date(2026, 9, 20), date(2026, 9, 20), True, False),
        Run(date(2026, 9, 25), date(2026, 9, 25), False, False),
        Run(date(2026, 10, 1), date(2026, 10, 7), False, False),
        Run(date(2026, 10, 10), date(2026, 10, 10), True, False),
    ]


@given(st.dictionaries(st.dates(date(2026, 3, 1), date(2026, 4, 30)), st.booleans(), max_size=12))
def test_the_runs_tell_every_day_that_differs_and_no_other(own: dict[date, bool]) -> None:
    first, last = date(2026, 3, 1), date(2026, 4, 30)
    calendar = Workdays(own)
    told = {
        day: one.works
        for one in runs(calendar, first, last)
        for day in (one.first + timedelta(days=n) for n in range((one.last - one.first).days + 1))
    }
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    differing = {day for day in every if calendar.is_workday(day) != (day.weekday() < 5)}
    assert differing <= told.keys()
    assert all(calendar.is_workday(day) == works for day, works in told.items())
