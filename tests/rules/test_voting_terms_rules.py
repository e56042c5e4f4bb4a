"""Terms, presets, the roll's hash: what is frozen when a poll opens."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from app.core.law.rows import LawGap, law_row
from app.core.values import Entry, Ref
from app.voting.rules import (
    PRESETS,
    Option,
    Tally,
    council_terms,
    decision,
    owners_terms,
    preset_terms,
    residents_terms,
    roll_sha256,
    roll_text,
    sum_roll,
    terms_as_json,
    terms_from_json,
    with_fraction,
)

TODAY = date(2026, 3, 2)


def test_terms_come_back_from_their_text_as_they_were() -> None:
    opens = datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=8)))
    for terms in (
        owners_terms(7, TODAY, law_row),
        council_terms(TODAY, law_row, (2, 3)),
        residents_terms(TODAY, law_row, (Option("1", "健身角", 7200), Option("2", "充电棚"))),
        replace(council_terms(TODAY, law_row), opens_at=opens, closes_at=opens.astimezone(UTC) + timedelta(hours=1)),
    ):
        again = terms_from_json(terms_as_json(terms))
        assert again == terms
        assert terms_as_json(again) == terms_as_json(terms)


@pytest.mark.parametrize("text", ["{}", "[]", "nonsense", '{"kind":"council"}'])
def test_what_are_no_terms_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        terms_from_json(text)


def test_terms_with_a_foreign_field_are_refused() -> None:
    text = terms_as_json(council_terms(TODAY, law_row))
    with pytest.raises(ValueError, match="terms"):
        terms_from_json(text.replace('"advisory":', '"haste":1,"advisory":'))
    with pytest.raises(ValueError, match="unexpected"):
        terms_from_json(text.replace('"numerator":', '"upper":'))


def test_the_owners_three_special_matters_want_three_quarters() -> None:
    figures = {matter: owners_terms(matter, TODAY, law_row).thresholds[2] for matter in range(1, 10)}
    assert {matter for matter, mark in figures.items() if mark.denominator == 4} == {6, 7, 8}
    assert (figures[5].numerator, figures[5].denominator, figures[5].relation) == (1, 2, ">")
    assert (figures[6].numerator, figures[6].denominator, figures[6].relation) == (3, 4, ">=")
    assert {owners_terms(1, TODAY, law_row).thresholds[0].version} == {"owners.participation@2021-01-01/CN"}


@pytest.mark.parametrize("matter", [0, 10, -1])
def test_the_owners_decide_nine_matters(matter: int) -> None:
    with pytest.raises(ValueError, match="nine"):
        owners_terms(matter, TODAY, law_row)


def test_no_kind_of_poll_is_offered_before_its_first_day() -> None:
    with pytest.raises(LawGap):
        owners_terms(1, date(2020, 12, 31), law_row)
    with pytest.raises(LawGap):
        preset_terms("lottery", TODAY, law_row)


def test_every_preset_takes_its_figures_from_rows_of_law() -> None:
    assert len({preset.name for preset in PRESETS}) == len(PRESETS)
    for preset in PRESETS:
        terms = preset_terms(preset.name, TODAY, law_row)
        assert len(terms.thresholds) == len(preset.marks)
        for threshold, mark in zip(terms.thresholds, preset.marks, strict=True):
            row = law_row(mark.row, TODAY)
            assert (threshold.numerator, threshold.denominator) == row.value.as_integer_ratio()
            assert (threshold.relation, threshold.article, threshold.version) == (
                row.relation,
                row.article,
                row.version,
            )


def test_an_override_of_the_compound_reaches_the_terms() -> None:
    own = replace(law_row("owners.participation", TODAY), value=law_row("council.parties", TODAY).value)
    terms = owners_terms(1, TODAY, lambda key, on: law_row(key, on, (own,)))
    assert (terms.thresholds[0].numerator, terms.thresholds[0].denominator) == (3, 4)


def test_a_vote_of_the_council_is_open_live_final_and_closed_by_the_chair() -> None:
    terms = council_terms(TODAY, law_row)
    assert (terms.live, terms.changes, terms.closing, terms.choices_visible) == (True, False, "chair", "public")
    assert with_fraction(terms, "parties", 4, 4).thresholds[-1].numerator == 4


def test_an_owners_vote_is_sealed_until_its_end_and_may_be_changed_until_then() -> None:
    terms = owners_terms(5, TODAY, law_row)
    assert (terms.live, terms.changes, terms.closing, terms.choices_visible) == (False, True, "time", "electorate")


def test_the_residents_are_asked_and_bind_nobody() -> None:
    opinion, approval = (
        residents_terms(TODAY, law_row),
        residents_terms(TODAY, law_row, (Option("1", "一"), Option("2", "二"))),
    )
    assert opinion.advisory
    assert approval.advisory
    assert (opinion.selection, approval.selection, approval.most) == ("one", "approval", 0)
    assert opinion.thresholds == approval.thresholds == ()


ROLL = [
    Entry("1-1-101", "1号楼101", "1号楼", "[1]", area=8950, voters=(Ref("person", 1),)),
    Entry("1-1-102", "1号楼102", "1号楼", "[1]", area=7000),
    Entry("2-1-101", "2号楼101", "2号楼", "[2,3]", area=9000),
]


def test_the_roll_is_hashed_under_numbers_in_place_of_names() -> None:
    terms = owners_terms(1, TODAY, law_row)
    text = roll_text(terms, ROLL)
    assert text == ("unit,head,area,eligible_from,building\nu1,h1,8950,,1号楼\nu2,h1,7000,,1号楼\nu3,h2,9000,,2号楼\n")
    assert roll_sha256(terms, ROLL) == hashlib.sha256(text.encode()).hexdigest()
    assert "101" not in text


def test_the_hash_of_a_council_roll_knows_presence_and_recusal() -> None:
    terms = council_terms(TODAY, law_row)
    seats = [Entry("b-1", "党支部", group="branch"), Entry("o-1", "业委会", group="owners")]
    assert roll_text(terms, seats) == "unit,party,present,recused\nb-1,branch,true,false\no-1,owners,true,false\n"
    hashes = {
        roll_sha256(terms, [seats[0], replace(seats[1], **change)])
        for change in ({}, {"present": False}, {"recused": True})
    }
    assert len(hashes) == 3


def test_who_abstained_has_spoken_and_joins_nobody_even_where_abstentions_are_left_out() -> None:
    terms = replace(owners_terms(5, TODAY, law_row), follow_majority=True, abstention="left-out")
    roll = [Entry(key, "", head=f"h{key}", area=100) for key in "abcd"]
    outcome = decision(terms, sum_roll(terms, roll, {"a": "yes", "b": "abstain"}))
    follow = outcome.follow_majority
    assert follow is not None
    assert (follow.heads, follow.area) == (Tally(4, 3, 3), Tally(400, 300, 300))
    assert outcome.strict.heads == Tally(4, 1, 1)
