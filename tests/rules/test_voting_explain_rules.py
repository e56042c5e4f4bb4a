"""Every condition is explained with its numbers: what is needed, what is there, what is missing."""

from datetime import date

import pytest

from app.core.law.rows import law_row
from app.core.values import Area, Refusal
from app.voting.rules import (
    Inequality,
    PartyTally,
    Sums,
    Tally,
    Threshold,
    council_terms,
    count,
    explain,
    explanations,
    first_missing,
    least_needed,
    owners_terms,
    residents_terms,
)

TODAY = date(2026, 3, 2)
OWNERS = owners_terms(5, TODAY, law_row)
COUNCIL = council_terms(TODAY, law_row)


def mark(numerator: int, denominator: int, relation: str) -> Threshold:
    return Threshold("x", "agreement", "heads", numerator, denominator, relation, "a")


@pytest.mark.parametrize(
    ("threshold", "whole", "needed"),
    [
        (mark(2, 3, ">="), 249, 166),
        (mark(2, 3, ">="), 250, 167),
        (mark(2, 3, ">="), 0, 0),
        (mark(1, 2, ">"), 100, 51),
        (mark(1, 2, ">"), 101, 51),
        (mark(1, 2, ">"), 0, 1),
        (mark(3, 4, ">="), 4, 3),
        (mark(3, 4, ">="), 5, 4),
        (mark(1, 1, ">="), 4, 4),
    ],
)
def test_the_least_that_satisfies_a_mark(threshold: Threshold, whole: int, needed: int) -> None:
    assert least_needed(threshold, whole) == needed
    sides = [(threshold.denominator * have, threshold.numerator * whole) for have in (needed, needed - 1)]
    assert [Inequality("x", *side, threshold.relation, "a").holds for side in sides] == [True, False]


def test_what_is_missing_is_said_in_people_and_in_square_metres() -> None:
    counted = count(OWNERS, Sums(Tally(249, 129, 0), Tally(2_281_640, 1_307_038, 0)))
    area, heads = explanations(OWNERS, counted)[:2]
    assert (heads.needed, heads.have, heads.short, heads.unit) == (166, 129, 37, "人")
    assert heads.sentence.values["short"] == Refusal("%(number)s人", {"number": "37"})
    assert (area.needed, area.short, area.unit) == (1_521_094, 214_056, "m²")
    assert area.sentence.values["short"] == Area(214_056)
    assert "还差" in area.sentence.sentence
    assert area.sentence.article == "民法典 278"
    assert first_missing(explanations(OWNERS, counted)) == area


def test_a_mark_that_is_reached_says_so_and_nothing_is_missing() -> None:
    counted = count(OWNERS, Sums(Tally(3, 2, 2), Tally(300, 200, 200)))
    explained = explanations(OWNERS, counted)
    assert [item.short for item in explained] == [0, 0, 0, 0]
    assert all("达到了" in item.sentence.sentence for item in explained)
    assert first_missing(explained) is None


def test_the_numbers_explained_are_the_numbers_counted() -> None:
    sums = Sums(Tally(12, 9, 5), Tally(1200, 901, 503))
    explained = {item.name: item for item in explanations(OWNERS, count(OWNERS, sums))}
    assert (explained["agreement-heads"].have, explained["agreement-heads"].whole) == (5, 9)
    assert (explained["agreement-area"].have, explained["agreement-area"].whole) == (503, 901)
    assert (explained["participation-area"].have, explained["participation-area"].whole) == (901, 1200)


def test_each_party_is_explained_by_its_name_and_in_seats() -> None:
    parties = (PartyTally("branch", 2, 2, 1), PartyTally("property", 1, 1, 1))
    explained = explanations(COUNCIL, count(COUNCIL, Sums(Tally(3, 3, 2), parties=parties)))
    assert [item.name for item in explained] == [
        "quorum-seats",
        "quorum-parties",
        "party-branch",
        "party-property",
        "parties",
    ]
    branch = explained[2]
    assert (branch.party, branch.unit, branch.have, branch.needed, branch.short) == ("branch", "席", 1, 2, 1)
    assert branch.label.values["party"] == Refusal("党支部")
    assert [item.unit for item in explained] == ["席", "方", "席", "席", "方"]


def test_a_party_against_is_not_what_is_missing() -> None:
    parties = tuple(
        PartyTally(party, 1, 1, int(party != "property")) for party in ("branch", "residents", "owners", "property")
    )
    counted = count(COUNCIL, Sums(Tally(4, 4, 3), parties=parties))
    assert counted.outcome == "adopted"
    assert first_missing(explanations(COUNCIL, counted)) is None


def test_a_condition_that_the_terms_do_not_have_is_not_explained() -> None:
    with pytest.raises(LookupError):
        explain(OWNERS, Inequality("party-moon", 1, 1, ">", "a"))
    with pytest.raises(LookupError):
        explain(COUNCIL, Inequality("party-moon", 1, 1, ">", "a"))


def test_a_poll_without_marks_is_counted_and_decides_nothing() -> None:
    terms = residents_terms(TODAY, law_row)
    counted = count(terms, Sums(Tally(10, 8, 8)))
    assert (counted.outcome, counted.inequalities, counted.area) == ("counted", (), None)
