"""Heads and area: whatever the register, they add up, and the order of units changes nothing."""

from collections.abc import Sequence
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.core.law.rows import law_row
from app.core.values import Entry
from app.register.rules import DEVELOPER_HEAD, head_key
from app.voting.rules import Terms, sum_roll
from app.voting.rules.presets import owners_terms

TERMS: Terms = owners_terms(5, date(2026, 3, 2), law_row)
PEOPLE = st.frozensets(st.integers(1, 6), max_size=3)
UNITS = st.lists(st.tuples(PEOPLE, st.booleans(), st.integers(1, 20_000)), min_size=1, max_size=25)


def entries(units: Sequence[tuple[frozenset[int], bool, int]]) -> list[Entry]:
    """The units as the register puts them on a roll."""
    return [
        Entry(f"u{place}", f"{place}", "1", head_key((f"p{one}" for one in owners), developer) or f"nobody-u{place}", area=area)
        for place, (owners, developer, area) in enumerate(units)
    ]  # fmt: skip


@given(UNITS, st.randoms())
def test_heads_and_area_are_those_of_the_law_in_any_order(
    units: list[tuple[frozenset[int], bool, int]], random: Random
) -> None:
    roll = entries(units)
    added = sum_roll(TERMS, roll, {})
    sets = {owners for owners, developer, _ in units if owners and not developer}
    nobody = sum(not owners and not developer for owners, developer, _ in units)
    assert added.heads.total == len(sets) + nobody + any(developer for _, developer, _ in units)
    assert added.area.total == sum(area for _, _, area in units)
    random.shuffle(roll)
    assert sum_roll(TERMS, roll, {}) == added


@given(st.integers(1, 9), st.integers(1, 20))
def test_one_buyer_of_many_units_is_one_head(buyer: int, many: int) -> None:
    assert {entry.head for entry in entries([(frozenset({buyer}), False, 100)] * many)} == {f"p{buyer}"}


@given(st.lists(PEOPLE, min_size=1, max_size=9))
def test_all_units_of_the_developer_are_one_head_whoever_stands_beside(owners: list[frozenset[int]]) -> None:
    assert {entry.head for entry in entries([(one, True, 100) for one in owners])} == {DEVELOPER_HEAD}


@given(PEOPLE, PEOPLE)
def test_co_owners_are_one_head_and_another_set_is_another(one: frozenset[int], other: frozenset[int]) -> None:
    heads = [entry.head for entry in entries([(one, False, 100), (other, False, 100)])]
    assert (heads[0] == heads[1]) is (one == other and bool(one))
