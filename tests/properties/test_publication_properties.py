"""Terms and service, for any input."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.core.law.rows import LawRow
from app.core.workdays import Workdays
from app.publication import rules
from app.publication.rules.service import BITS, EVERY, REACHED

KINDS = st.sampled_from(list(rules.KINDS))
MASKS = st.integers(0, EVERY - 1)
DAYS = st.dates(date(2026, 1, 1), date(2026, 11, 1))
UNITS = st.sampled_from(["days from the day after", "working days from the day after"])


def law(days: int, unit: str) -> LawRow:
    return LawRow("publication.general", Fraction(days), unit, "公示规则", date(2020, 1, 1))


@given(DAYS, st.integers(1, 40), UNITS)
def test_a_term_is_never_shorter_than_the_law_and_ends_on_a_working_day(begins: date, days: int, unit: str) -> None:
    calendar = Workdays()
    last = rules.term_end(begins, law(days, unit), calendar).last
    assert last >= begins + timedelta(days=days)
    assert calendar.is_workday(last)
    if unit.startswith("working"):
        assert calendar.workdays_between(begins, last) == days


@given(DAYS, st.integers(1, 40), UNITS)
def test_a_longer_term_never_ends_earlier(begins: date, days: int, unit: str) -> None:
    calendar = Workdays()
    assert (
        rules.term_end(begins, law(days, unit), calendar).last
        <= rules.term_end(begins, law(days + 1, unit), calendar).last
    )


@given(KINDS, MASKS, st.sampled_from(list(BITS)))
def test_more_evidence_never_makes_a_household_unreached(kind: str, ways: int, more: str) -> None:
    if rules.served(kind, ways):
        assert rules.served(kind, ways | BITS[more])


@given(KINDS, MASKS)
def test_what_counts_for_a_vote_counts_for_everything(kind: str, ways: int) -> None:
    if rules.served(rules.OWNERS_NOTICE, ways):
        assert rules.served(kind, ways)


@given(KINDS, MASKS)
def test_the_numbers_that_a_database_looks_for_are_exactly_the_unreached(kind: str, ways: int) -> None:
    assert (ways in rules.unserved_masks(kind)) is not rules.served(kind, ways)


@given(st.sets(st.sampled_from(list(BITS))))
def test_ways_are_read_back_from_their_number(ways: set[str]) -> None:
    number = rules.mask(ways)
    assert set(rules.ways_of(number)) == ways
    assert (rules.best_way(number) in REACHED) is bool(ways & REACHED)


@given(KINDS, st.dictionaries(MASKS, st.integers(0, 500), max_size=40))
def test_reached_and_missing_add_up_to_the_list(kind: str, counts: dict[int, int]) -> None:
    reached = sum(many for ways, many in counts.items() if rules.served(kind, ways))
    assert reached + rules.lines_missing(kind, counts) == sum(counts.values())


@given(st.text(max_size=200))
def test_whatever_is_typed_gives_short_doors_each_once(typed: str) -> None:
    keys = rules.read_keys(typed)
    assert len(keys) == len(set(keys))
    assert all(0 < len(key) <= 120 and not any(char.isspace() for char in key) for key in keys)


@given(st.lists(st.from_regex(r"[1-9]-[1-6]-[1-9]0[1-4]", fullmatch=True), unique=True, max_size=20))
def test_doors_written_down_are_read_back_in_their_order(keys: list[str]) -> None:
    assert rules.read_keys("、".join(keys)) == keys


@given(st.text(max_size=60), st.text(max_size=200))
def test_another_text_has_another_hash(title: str, body: str) -> None:
    assert rules.text_digest(title, body) != rules.text_digest(title, body + "字")
    assert len(rules.text_digest(title, body)) == 64
