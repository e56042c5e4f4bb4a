"""What may be marked on a ballot, and how it is written down."""

import json
from dataclasses import replace
from datetime import date

import pytest

from app.core.law.rows import LawGap, law_row
from app.voting.rules import (
    Budget,
    Marks,
    Option,
    choice_refusal,
    chosen_options,
    given_points,
    owners_terms,
    residents_terms,
    terms_as_json,
    terms_from_json,
    written_choice,
)
from app.voting.rules.presets import METHODS
from app.voting.rules.terms import Terms

TODAY = date(2026, 3, 2)
OPTIONS = (Option("a", "健身角", 80_000_00), Option("b", "充电棚", 60_000_00), Option("c", "滑梯", 30_000_00))


def by(method: str) -> Terms:
    return residents_terms(TODAY, law_row, OPTIONS, method, Budget(100_000_00))


@pytest.mark.parametrize(
    ("method", "marks", "written"),
    [
        ("approval", ["c", "a"], '["a","c"]'),
        ("budget", ("c",), '["c"]'),
        ("irv", ["c", "a"], '["c","a"]'),
        ("schulze", ["b"], '["b"]'),
        ("score", {"c": 5, "a": 0}, '{"a":0,"c":5}'),
    ],
)
def test_a_choice_is_written_in_one_way_and_read_back(method: str, marks: Marks, written: str) -> None:
    assert choice_refusal(by(method), marks) is None
    assert written_choice(by(method), marks) == written
    assert set(chosen_options(by(method), written)) == set(marks)


def test_a_ranking_keeps_its_order_and_points_their_numbers() -> None:
    assert chosen_options(by("irv"), '["c","a"]') == ("c", "a")
    assert given_points('{"a":0,"c":5}') == {"a": 0, "c": 5}


def test_an_invalid_ballot_names_nothing_and_gives_nothing() -> None:
    assert chosen_options(by("approval"), "invalid") == ()
    assert given_points("invalid") == {}
    assert chosen_options(owners_terms(1, TODAY, law_row), "invalid") == ("invalid",)


@pytest.mark.parametrize(
    ("method", "marks", "said"),
    [
        ("irv", [], "还没有选择"),
        ("irv", ["a", "a"], "没有这个选项"),
        ("irv", ["z"], "没有这个选项"),
        ("score", {}, "还没有打分"),
        ("score", ["a"], "还没有打分"),
        ("score", {"a": 6}, "0到"),
        ("score", {"a": -1}, "0到"),
        ("score", {"z": 1}, "没有这个选项"),
    ],
)
def test_what_cannot_be_counted_is_refused(method: str, marks: Marks, said: str) -> None:
    refusal = choice_refusal(by(method), marks)
    assert refusal is not None
    assert said in refusal.sentence


def test_one_option_as_a_bare_word_is_a_choice_too() -> None:
    terms = owners_terms(1, TODAY, law_row)
    assert choice_refusal(terms, "yes") is None
    assert written_choice(terms, "yes") == "yes"
    assert choice_refusal(terms, ["yes", "no"]) is not None


@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_offered_to_residents_and_only_advises(method: str) -> None:
    terms = residents_terms(TODAY, law_row, () if method == "opinion" else OPTIONS, method)
    assert terms.advisory
    assert not terms.live
    assert terms.thresholds == ()
    assert terms_from_json(terms_as_json(terms)) == terms


def test_a_method_that_nobody_offers_is_a_gap() -> None:
    with pytest.raises(LawGap):
        residents_terms(TODAY, law_row, OPTIONS, "dice")


def test_a_budget_comes_back_with_its_currency() -> None:
    terms = by("budget")
    assert terms.budget == Budget(100_000_00, "CNY", 100)
    foreign = replace(terms, budget=Budget(100_000, "EUR", 1))
    assert terms_from_json(terms_as_json(foreign)) == foreign


def test_terms_of_an_older_day_are_read_without_what_came_later() -> None:
    terms = residents_terms(TODAY, law_row, OPTIONS)
    older = json.loads(terms_as_json(terms))
    for name in ("method", "highest", "budget"):
        del older[name]
    assert terms_from_json(json.dumps(older)) == terms
    del older["electorate"]
    with pytest.raises(ValueError, match="terms"):
        terms_from_json(json.dumps(older))
