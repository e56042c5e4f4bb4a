"""Which ways count as having reached a household, and what may be entered."""

from datetime import date, timedelta

import pytest

from app.publication import rules
from app.publication.rules import (
    ABSENT,
    GENERAL,
    HANDED,
    LETTER,
    NOTICE,
    ONLINE,
    OWNERS_NOTICE,
    REFUSED,
    UNDONE,
    WITNESSED,
    Span,
)

BEGINS, LAST = date(2026, 3, 2), date(2026, 3, 17)
SPAN = Span(BEGINS, LAST)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("ways", "for_a_vote", "otherwise"),
    [
        ((), False, False),
        ((HANDED,), True, True),
        ((WITNESSED,), True, True),
        ((ONLINE,), True, True),
        ((LETTER,), True, True),
        ((NOTICE,), False, True),
        ((REFUSED,), False, False),
        ((ABSENT,), False, False),
        ((REFUSED, ABSENT), False, False),
        ((NOTICE, ABSENT), True, True),
        ((NOTICE, REFUSED), True, True),
        ((ABSENT, HANDED), True, True),
    ],
)
def test_a_call_to_vote_is_brought_to_the_door_before_a_notice_is_enough(
    ways: tuple[str, ...], for_a_vote: bool, otherwise: bool
) -> None:
    assert rules.served(OWNERS_NOTICE, rules.mask(ways)) is for_a_vote
    assert rules.served(GENERAL, rules.mask(ways)) is otherwise


def test_the_best_evidence_is_named_first() -> None:
    ways = rules.mask((NOTICE, ABSENT, HANDED))
    assert rules.ways_of(ways) == (HANDED, NOTICE, ABSENT)
    assert rules.best_way(ways) == HANDED
    assert rules.best_way(0) == ""


def test_who_is_missing_is_counted_from_how_many_there_are_of_each() -> None:
    counts = {0: 7, rules.mask((HANDED,)): 20, rules.mask((NOTICE,)): 3, rules.mask((NOTICE, ABSENT)): 2}
    assert rules.lines_missing(OWNERS_NOTICE, counts) == 10
    assert rules.lines_missing(GENERAL, counts) == 7
    assert rules.lines_missing(GENERAL, {}) == 0


@pytest.mark.parametrize(
    ("on", "today", "refused"),
    [
        (BEGINS, BEGINS, False),
        (BEGINS - DAY, BEGINS, True),
        (BEGINS, BEGINS - DAY, True),
        (BEGINS + DAY, BEGINS, True),
        (LAST, LAST, False),
        (LAST, LAST + 30 * DAY, False),
        (LAST + DAY, LAST + DAY, True),
    ],
)
def test_what_was_done_from_the_first_to_the_last_day_counts(on: date, today: date, refused: bool) -> None:
    assert (rules.service_refusal(SPAN, HANDED, on, today) is not None) is refused


def test_nothing_is_entered_for_what_was_taken_down() -> None:
    assert rules.service_refusal(Span(BEGINS, LAST, withdrawn=True), HANDED, BEGINS, BEGINS) is not None


@pytest.mark.parametrize("way", [UNDONE, "", "shouted"])
def test_the_ways_are_a_closed_list(way: str) -> None:
    refusal = rules.service_refusal(SPAN, way, BEGINS, BEGINS)
    assert refusal is not None
    assert refusal.sentence == "请选怎么送的。"


@pytest.mark.parametrize(
    ("way", "witnesses", "refused"),
    [
        (WITNESSED, ("王强", "赵敏"), False),
        (WITNESSED, (), True),
        (WITNESSED, ("王强",), True),
        (WITNESSED, ("王强", "王强"), True),
        (WITNESSED, ("王强", "  "), True),
        (WITNESSED, ("王强", " 王强 "), True),
        (WITNESSED, ("王", "赵敏"), True),
        (WITNESSED, ("王" * 31, "赵敏"), True),
        (WITNESSED, ("王强", "赵敏", "孙静"), True),
        (HANDED, ("王强", "赵敏"), True),
        (HANDED, (" ", ""), False),
    ],
)
def test_who_refuses_to_sign_needs_two_different_witnesses(way: str, witnesses: tuple[str, ...], refused: bool) -> None:
    assert (rules.service_refusal(SPAN, way, BEGINS, BEGINS, witnesses) is not None) is refused


def test_unknown_doors_are_named_the_first_five_of_them() -> None:
    assert rules.unknown_refusal([]) is None
    one, many = rules.unknown_refusal(["9-9-999"]), rules.unknown_refusal([str(number) for number in range(7)])
    assert one is not None
    assert one.values == {"named": "9-9-999"}
    assert many is not None
    assert many.values == {"named": "0、1、2、3、4", "many": 7}


def test_an_entry_is_taken_back_once() -> None:
    assert rules.undo_refusal(HANDED, 1) is None
    assert rules.undo_refusal(HANDED, 0) is not None
    assert rules.undo_refusal(UNDONE, 1) is not None


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("1-2-301", ["1-2-301"]),
        (" １－２－３０１\t", ["1-2-301"]),
        ("1号楼2单元301室", ["1-2-301"]),
        ("1栋2单元301", ["1-2-301"]),
        ("1—2–301", ["1-2-301"]),
        ("https://example.org/c/wutongli/dwellings/1-2-301", ["1-2-301"]),
        ("1-2-301，1-2-302、1-2-303\n1-2-301", ["1-2-301", "1-2-302", "1-2-303"]),
        ("", []),
        (" - , /", []),
    ],
)
def test_a_door_is_read_however_it_is_written(typed: str, keys: list[str]) -> None:
    assert rules.read_keys(typed) == keys
