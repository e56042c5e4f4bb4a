"""The ways in which a meeting decides: by parties, by seats, consensus first; the owners' committee; party members."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.law.rows import LawGap, LawRow, law_row
from app.core.values import PARTIES, Entry
from app.voting.rules import (
    ADOPTED,
    NOT_QUORATE,
    REJECTED,
    council_terms,
    count,
    explanations,
    first_missing,
    meeting_terms,
    preset_terms,
    sum_roll,
)
from app.voting.rules.terms import Terms

TODAY = date(2026, 3, 2)
BY_SEATS = {"council.way": 1}


def law(**own: int | Fraction) -> object:
    """The house's rows with figures of the community's own."""

    def row(key: str, on: date) -> LawRow:
        found = law_row(key, on)
        return replace(found, value=Fraction(own[key])) if key in own else found

    return row


def roll(each: int = 3, absent: Mapping[str, int] | None = None) -> list[Entry]:
    return [
        Entry(f"{party}-{number}", "", group=party, present=number > (absent or {}).get(party, 0))
        for party in PARTIES
        for number in range(1, each + 1)
    ]


def outcome(terms: Terms, lines: list[Entry], yes: int, no: int = 0) -> str:
    """The outcome when the first so many of those present say yes and the next say no."""
    there = [line for line in lines if line.present]
    choices = {line.key: "yes" for line in there[:yes]} | {line.key: "no" for line in there[yes : yes + no]}
    return count(terms, sum_roll(terms, lines, choices)).outcome


def test_by_default_a_meeting_counts_parties_and_looks_for_consensus_first() -> None:
    terms = meeting_terms(TODAY, law_row)
    assert [mark.name for mark in terms.thresholds] == [
        "quorum-seats",
        "quorum-parties",
        "party",
        "parties",
        "consensus",
    ]
    assert terms.thresholds[:4] == council_terms(TODAY, law_row).thresholds


def test_a_missed_consensus_is_shown_and_the_votes_decide() -> None:
    terms = meeting_terms(TODAY, law_row)
    lines = roll()
    choices = {line.key: "no" if line.group == "property" else "yes" for line in lines}
    found = count(terms, sum_roll(terms, lines, choices))
    assert found.outcome == ADOPTED
    consensus = next(one for one in explanations(terms, found) if one.name == "consensus")
    assert (consensus.holds, consensus.have, consensus.whole, consensus.short) == (False, 9, 12, 3)
    assert first_missing(explanations(terms, found)) is None


def test_where_all_who_came_agree_the_consensus_holds() -> None:
    terms = meeting_terms(TODAY, law_row)
    lines = roll(absent={"owners": 1})
    found = count(terms, sum_roll(terms, lines, {line.key: "yes" for line in lines if line.present}))
    assert next(one for one in found.inequalities if one.name == "consensus").holds


def test_a_community_may_go_straight_to_the_votes() -> None:
    assert meeting_terms(TODAY, law(**{"council.consensus": 0})).thresholds == council_terms(TODAY, law_row).thresholds


def test_a_community_may_want_all_four_parties() -> None:
    terms = meeting_terms(TODAY, law(**{"council.parties": 1}))
    lines = roll()
    assert outcome(terms, lines, 12) == ADOPTED
    assert outcome(terms, lines, 9, 3) == REJECTED


@pytest.mark.parametrize(("yes", "what"), [(6, REJECTED), (7, ADOPTED)])
def test_by_seats_more_than_half_of_those_present_decide(yes: int, what: str) -> None:
    terms = meeting_terms(TODAY, law(**BY_SEATS))
    assert outcome(terms, roll(), yes, 12 - yes) == what


def test_by_seats_the_same_quorum_is_needed() -> None:
    terms = meeting_terms(TODAY, law(**BY_SEATS))
    assert outcome(terms, roll(absent={"property": 3}), 9) == NOT_QUORATE


@pytest.mark.parametrize(
    ("members", "present", "yes", "what"),
    [(7, 3, 3, NOT_QUORATE), (7, 4, 3, REJECTED), (7, 4, 4, ADOPTED), (8, 5, 4, REJECTED), (8, 5, 5, ADOPTED)],
)
def test_the_owners_committee_decides_by_more_than_half_of_all_its_members(
    members: int, present: int, yes: int, what: str
) -> None:
    terms = preset_terms("owners-committee", TODAY, law_row)
    lines = [Entry(f"m{number}", "", present=number < present) for number in range(members)]
    assert outcome(terms, lines, yes, present - yes) == what
    assert terms.proxy_limit == 0


@pytest.mark.parametrize(
    ("due", "present", "yes", "what"), [(30, 19, 19, NOT_QUORATE), (30, 20, 14, REJECTED), (30, 20, 15, ADOPTED)]
)
def test_party_members_review_with_two_thirds_present_and_half_of_those_due(
    due: int, present: int, yes: int, what: str
) -> None:
    terms = preset_terms("party-members", TODAY, law_row)
    lines = [Entry(f"m{number}", "", present=number < present) for number in range(due)]
    assert outcome(terms, lines, yes) == what


def test_before_the_rule_was_in_force_there_is_no_such_poll() -> None:
    with pytest.raises(LawGap):
        preset_terms("owners-committee", date(2022, 2, 28), law_row)


@given(st.integers(0, 12), st.sampled_from([{}, BY_SEATS, {"council.parties": 1}]), st.booleans())
def test_one_more_yes_never_loses_a_vote_of_the_council(yes: int, own: dict[str, int], straight: bool) -> None:
    terms = meeting_terms(TODAY, law(**own, **({"council.consensus": 0} if straight else {})))
    ranks = [NOT_QUORATE, REJECTED, ADOPTED]
    before, after = (ranks.index(outcome(terms, roll(), many, 12 - many)) for many in (yes, min(yes + 1, 12)))
    assert before <= after
