"""Ballot papers: which units share a sheet, what a scanned code says, until when sheets are made."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.law.rows import law_row
from app.voting.rules import council_terms, owners_terms, residents_terms
from app.voting.rules.papers import (
    MOST_LINES,
    PER_OWNER,
    PER_UNIT,
    PaperLine,
    code_refusal,
    print_refusal,
    reading_order,
    reissue_refusal,
    sheets,
    typed_code,
)
from app.voting.rules.refusals import COUNTING, DECLARED, OPEN, PLANNED

TODAY = date(2026, 3, 2)
OWNERS = owners_terms(5, TODAY, law_row)


def line(number: int, head: str, building: str = "1号楼") -> PaperLine:
    return PaperLine(number, f"1-{number}", f"{building}{number}", building, head)


def test_each_unit_gets_a_sheet_of_its_own() -> None:
    assert sheets([line(1, "a"), line(2, "a")], PER_UNIT) == [(line(1, "a"),), (line(2, "a"),)]


def test_an_owner_of_several_units_gets_one_sheet_for_all() -> None:
    made = sheets([line(3, "b"), line(2, "a"), line(1, "a")], PER_OWNER)
    assert [[one.entry_id for one in sheet] for sheet in made] == [[1, 2], [3]]


@pytest.mark.parametrize(("units", "made"), [(MOST_LINES, 1), (MOST_LINES + 1, 2), (3 * MOST_LINES, 3)])
def test_who_owns_more_than_a_sheet_holds_gets_several(units: int, made: int) -> None:
    assert len(sheets([line(number, "developer") for number in range(units)], PER_OWNER)) == made


def test_sheets_lie_in_the_order_of_the_houses_so_that_they_can_be_handed_out() -> None:
    towers = [line(1, "a", "10号楼"), line(2, "b", "2号楼"), line(10, "c", "2号楼")]
    assert [sheet[0].building for sheet in sheets(towers, PER_UNIT)] == ["2号楼", "2号楼", "10号楼"]
    assert reading_order("2-1-901") < reading_order("2-1-1001")


@given(
    st.lists(st.tuples(st.integers(1, 400), st.sampled_from("abcd")), unique_by=lambda pair: pair[0]),
    st.sampled_from([PER_UNIT, PER_OWNER]),
)
def test_every_line_stands_on_exactly_one_sheet_and_owners_never_share_one(
    lines: list[tuple[int, str]], per: str
) -> None:
    made = sheets([line(number, head) for number, head in lines], per)
    assert sorted(one.entry_id for sheet in made for one in sheet) == sorted(number for number, _ in lines)
    assert all(1 <= len(sheet) <= MOST_LINES and len({one.head for one in sheet}) == 1 for sheet in made)


@pytest.mark.parametrize(
    "text", ["7K4M29QXAAAA", "https://example.org/c/wutongli/polls/7/code#7K4M29QXAAAA", "a#b#7K4M29QXAAAA"]
)
def test_of_a_scanned_address_only_the_code_is_read(text: str) -> None:
    assert typed_code(text) == "7K4M29QXAAAA"


def test_sheets_are_made_from_the_frozen_roll_until_the_vote_ends() -> None:
    assert print_refusal(OWNERS, OPEN, frozen=True) is None
    assert print_refusal(OWNERS, PLANNED, frozen=True) is None
    assert "前一分钟" in print_refusal(OWNERS, PLANNED, frozen=False).sentence
    for state in (COUNTING, DECLARED):
        assert "截止" in print_refusal(OWNERS, state, frozen=True).sentence


def test_the_council_votes_at_its_table_and_a_poll_without_paper_or_screen_prints_nothing() -> None:
    assert print_refusal(council_terms(TODAY, law_row), OPEN, frozen=True) is not None
    assert print_refusal(residents_terms(TODAY, law_row), OPEN, frozen=True) is None
    assert print_refusal(replace(OWNERS, channels=("phone",)), OPEN, frozen=True) is not None


def test_a_wrong_code_and_a_void_one_get_different_sentences() -> None:
    assert code_refusal(found=True, void=False) is None
    assert "没有" in code_refusal(found=False, void=False).sentence
    assert "作废" in code_refusal(found=True, void=True).sentence


def test_only_a_sheet_that_was_made_is_replaced_and_only_while_the_vote_runs() -> None:
    assert reissue_refusal(OWNERS, OPEN, issued=True) is None
    assert reissue_refusal(OWNERS, OPEN, issued=False) is not None
    assert reissue_refusal(OWNERS, COUNTING, issued=True) is not None
