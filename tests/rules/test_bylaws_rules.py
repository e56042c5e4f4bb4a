"""A community may tighten a row of law, never loosen it."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bylaws.rules import override_refusal, tighter
from app.core.law import LawRow, law_row

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
