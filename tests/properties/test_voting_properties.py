"""What holds of every roll, every set of ballots and every case, however odd."""

import json
import random
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.core.law.rows import LawGap, law_row
from app.core.values import PARTIES, Entry
from app.voting.rules import (
    ADOPTED,
    Ballot,
    Count,
    Malformed,
    Sums,
    Tally,
    council_terms,
    count,
    counted,
    decide,
    decision,
    explanations,
    following_majority,
    owners_terms,
    read_case,
    sum_roll,
    terms_as_json,
    terms_from_json,
)
from app.voting.rules.terms import BY_BALLOT, BY_PRESENCE, CHANNELS, CHOICES, LEFT_OUT, PRECEDENCES, TAKES_PART

TODAY = date(2026, 3, 2)
matters = st.integers(1, 9)
areas = st.one_of(st.integers(1, 20), st.integers(1, 10**9))


@st.composite
def rolls(draw: st.DrawFn) -> list[Entry]:
    """Up to twelve units in up to eight heads."""
    many = draw(st.integers(1, 12))
    return [Entry(f"u{place}", "", head=f"h{draw(st.integers(0, 7))}", area=draw(areas)) for place in range(many)]


@st.composite
def votes(draw: st.DrawFn) -> tuple[list[Entry], dict[str, str]]:
    roll = draw(rolls())
    cast = draw(st.lists(st.sampled_from([entry.key for entry in roll]), unique=True))
    return roll, {key: draw(st.sampled_from(CHOICES)) for key in cast}


def nothing_lost(before: Count, after: Count) -> bool:
    """Every condition that held holds, and what was adopted is adopted."""
    kept = all(new.holds or not old.holds for old, new in zip(before.inequalities, after.inequalities, strict=True))
    return kept and (before.outcome != ADOPTED or after.outcome == ADOPTED)


@given(matters, votes())
def test_one_more_yes_never_loses(matter: int, vote: tuple[list[Entry], dict[str, str]]) -> None:
    roll, choices = vote
    terms = owners_terms(matter, TODAY, law_row)
    before = decision(terms, sum_roll(terms, roll, choices)).strict
    for entry in roll:
        after = decision(terms, sum_roll(terms, roll, {**choices, entry.key: "yes"})).strict
        assert nothing_lost(before, after)


@given(matters, votes())
def test_the_sums_are_those_of_a_recount_by_hand(matter: int, vote: tuple[list[Entry], dict[str, str]]) -> None:
    roll, choices = vote
    sums = sum_roll(owners_terms(matter, TODAY, law_row), roll, choices)
    heads = {entry.head: [choices.get(other.key) for other in roll if other.head == entry.head] for entry in roll}
    cast = {head: [choice for choice in marks if choice] for head, marks in heads.items()}
    assert sums.heads == Tally(
        len(heads),
        sum(bool(marks) for marks in cast.values()),
        sum(bool(marks) and set(marks) == {"yes"} for marks in cast.values()),
    )
    assert sums.area == Tally(
        sum(entry.area for entry in roll),
        sum(entry.area for entry in roll if entry.key in choices),
        sum(entry.area for entry in roll if choices.get(entry.key) == "yes"),
    )


left_out = st.sampled_from((TAKES_PART, LEFT_OUT))


@given(votes(), left_out, left_out, st.sampled_from((BY_BALLOT, BY_PRESENCE)), st.data())
def test_following_the_majority_is_the_count_in_which_the_silent_had_cast_it(
    vote: tuple[list[Entry], dict[str, str]], abstention: str, invalid: str, participates: str, data: st.DataObject
) -> None:
    roll, choices = vote
    if participates == BY_PRESENCE:
        roll = [replace(entry, present=entry.key in choices or data.draw(st.booleans())) for entry in roll]
    terms = replace(owners_terms(6, TODAY, law_row), abstention=abstention, invalid=invalid, participates=participates)
    sums = sum_roll(terms, roll, choices)
    area = {word: sum(entry.area for entry in roll if choices.get(entry.key) == word) for word in ("yes", "no")}
    lead = max(area, key=lambda word: area[word])
    joined = {entry.key: lead for entry in roll} | choices if area["yes"] != area["no"] else choices
    by_hand, follow = sum_roll(terms, roll, joined), following_majority(sums)
    assert (follow.heads, follow.area) == (by_hand.heads, by_hand.area)


@given(votes())
def test_following_the_majority_never_lowers_participation(vote: tuple[list[Entry], dict[str, str]]) -> None:
    roll, choices = vote
    terms = replace(owners_terms(1, TODAY, law_row), follow_majority=True)
    outcome = decision(terms, sum_roll(terms, roll, choices))
    assert outcome.follow_majority is not None
    assert outcome.follow_majority.heads.participating >= outcome.strict.heads.participating
    for strict, follow in zip(outcome.strict.inequalities[:2], outcome.follow_majority.inequalities[:2], strict=True):
        assert follow.left >= strict.left
        assert follow.right == strict.right


@given(matters, st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**12))
@example(5, 3, 2, 1)
@example(5, 6, 4, 2)
@example(6, 6, 4, 3)
@example(9, 6, 3, 3)
def test_an_inequality_is_the_fraction_of_the_law(matter: int, total: int, part: int, agree: int) -> None:
    terms = owners_terms(matter, TODAY, law_row)
    agree, part, total = sorted((agree, part, total))
    tally = Tally(total, part, agree)
    counted_ = count(terms, Sums(tally, tally))
    assert counted_.inequalities[0].holds == (part >= Fraction(2, 3) * total)
    wanted = agree >= Fraction(3, 4) * part if matter in (6, 7, 8) else agree > Fraction(1, 2) * part
    assert counted_.inequalities[3].holds == wanted
    for item, explained in zip(counted_.inequalities, explanations(terms, counted_), strict=True):
        assert explained.holds == item.holds == (explained.have >= explained.needed)
        assert (explained.short == 0) == item.holds


@st.composite
def received(draw: st.DrawFn) -> list[Ballot]:
    many = draw(st.integers(0, 10))
    return [
        Ballot(
            f"b{place}",
            draw(st.sampled_from("abc")),
            draw(st.sampled_from(CHOICES)),
            draw(st.sampled_from(CHANNELS)),
            draw(st.integers(0, 6)),
        )
        for place in range(many)
    ]


@given(received(), st.sampled_from(PRECEDENCES), st.randoms(use_true_random=False))
def test_the_order_of_ballots_does_not_matter_unless_they_share_unit_and_instant(
    ballots: list[Ballot], precedence: str, chance: random.Random
) -> None:
    assume(len({(ballot.key, ballot.instant) for ballot in ballots}) == len(ballots))
    shuffled = list(ballots)
    chance.shuffle(shuffled)
    assert counted(ballots, precedence) == counted(shuffled, precedence)


@given(received(), st.sampled_from(PRECEDENCES), st.sampled_from(CHOICES))
def test_which_ballot_counts_never_depends_on_how_it_is_marked(
    ballots: list[Ballot], precedence: str, choice: str
) -> None:
    alike = [replace(ballot, choice=choice) for ballot in ballots]
    ids = {key: ballot.id for key, ballot in counted(ballots, precedence).items()}
    assert ids == {key: ballot.id for key, ballot in counted(alike, precedence).items()}
    assert set(ids) == {ballot.key for ballot in ballots}


@st.composite
def councils(draw: st.DrawFn) -> tuple[list[Entry], dict[str, str]]:
    many = draw(st.integers(1, 12))
    roll = [
        Entry(
            f"s{place}",
            "",
            group=draw(st.sampled_from(PARTIES)),
            present=draw(st.booleans()),
            recused=draw(st.booleans()),
        )
        for place in range(many)
    ]
    may = [entry.key for entry in roll if entry.present and not entry.recused]
    cast = draw(st.lists(st.sampled_from(may), unique=True)) if may else []
    return roll, {key: draw(st.sampled_from(("yes", "no", "abstain"))) for key in cast}


@given(councils(), st.integers(1, 6), st.integers(1, 6))
def test_one_more_seat_in_favour_never_loses(vote: tuple[list[Entry], dict[str, str]], one: int, other: int) -> None:
    roll, choices = vote
    terms = council_terms(TODAY, law_row, (min(one, other), max(one, other)))
    before = decision(terms, sum_roll(terms, roll, choices)).strict
    for entry in roll:
        if entry.present and not entry.recused:
            after = decision(terms, sum_roll(terms, roll, {**choices, entry.key: "yes"})).strict
            assert nothing_lost(before, after)


@given(councils())
def test_recused_seats_might_as_well_not_be_there(vote: tuple[list[Entry], dict[str, str]]) -> None:
    roll, choices = vote
    terms = council_terms(TODAY, law_row)
    rest = [entry for entry in roll if not entry.recused]
    assert sum_roll(terms, roll, choices) == sum_roll(terms, rest, choices)


@given(councils())
def test_seats_add_up_to_their_parties(vote: tuple[list[Entry], dict[str, str]]) -> None:
    roll, choices = vote
    sums = sum_roll(council_terms(TODAY, law_row), roll, choices)
    assert sums.heads == Tally(
        sum(party.total for party in sums.parties),
        sum(party.participating for party in sums.parties),
        sum(party.agreeing for party in sums.parties),
    )
    assert [party.party for party in sums.parties] == [
        party for party in PARTIES if party in {p.party for p in sums.parties}
    ]


@given(matters, st.sampled_from(PRECEDENCES), st.booleans())
def test_terms_survive_their_text(matter: int, precedence: str, follow: bool) -> None:
    terms = replace(owners_terms(matter, TODAY, law_row), precedence=precedence, follow_majority=follow)
    assert terms_from_json(terms_as_json(terms)) == terms


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
FORM = {
    "kind": "owners",
    "matter": 5,
    "on": "2026-11-23",
    "units": [{"unit": "a", "area": 1, "owners": ["p"], "developer": False}],
    "ballots": [{"ballot": "b", "unit": "a", "choice": "yes", "channel": "online", "time": "2026-11-01T10:00:00Z"}],
    "opens_at": "2026-11-01T09:00:00Z",
    "closes_at": "2026-11-21T18:00:00Z",
    "precedence": "last",
    "follow_majority": True,
}


@given(st.sampled_from(sorted(FORM)), values)
def test_a_broken_case_is_always_malformed_or_decided_and_never_a_crash(name: str, value: object) -> None:
    path, outcome = tried(json.dumps({**FORM, name: value}).encode())
    assert outcome or path.startswith((name, "$"))


def tried(data: bytes) -> tuple[str, str]:
    """The path of a case's fault, or its outcome."""
    try:
        return "", decide(read_case(data), law_row).strict.outcome
    except LawGap:
        return "on", ""
    except Malformed as fault:
        return fault.path, ""


@given(st.binary(max_size=40))
def test_forty_bytes_hold_no_case(data: bytes) -> None:
    assert tried(data)[0] in ("$", "kind")
