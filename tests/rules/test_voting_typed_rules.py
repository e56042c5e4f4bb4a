"""What two hands type for what is marked: one number, several, a ranking, points; half of it is never taken for a ballot."""

from datetime import date

import pytest

from app.core.law.rows import law_row
from app.voting.forms import typed_marks
from app.voting.rules import Budget, Marks, Option, alike, owners_terms, residents_terms

DAY = date(2026, 3, 2)
THREE = tuple(Option(key, key, 10_00) for key in "abc")
MANY = tuple(Option(f"o{number}", f"第{number}项") for number in range(1, 13))
TERMS = {
    "one": owners_terms(5, DAY, law_row),
    "many": residents_terms(DAY, law_row, MANY, "irv"),
    **{
        method: residents_terms(DAY, law_row, THREE, method, Budget(100_00))
        for method in ("approval", "irv", "schulze", "score", "budget")
    },
}


@pytest.mark.parametrize(
    ("kind", "typed", "marks"),
    [
        ("one", "２", "no"),
        ("one", "0", "invalid"),
        ("approval", "31", ["c", "a"]),
        ("budget", "1、3", ["a", "c"]),
        ("irv", "213", ["b", "a", "c"]),
        ("schulze", "３ 1", ["c", "a"]),
        ("irv", "2.1", ["b", "a"]),
        ("irv", "0", "invalid"),
        ("many", "12 1", ["o12", "o1"]),
        ("many", "12", ["o12"]),
        ("score", "1=5 3=2", {"a": 5, "c": 2}),
        ("score", "１＝５，３：２", {"a": 5, "c": 2}),
        ("score", "1 = 5; 2=0", {"a": 5, "b": 0}),
        ("score", "0", "invalid"),
    ],
)
def test_what_is_typed_is_what_is_marked(kind: str, typed: str, marks: Marks) -> None:
    assert typed_marks(TERMS[kind], typed) == marks


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("one", "1=2"),
        ("irv", "2 2"),
        ("irv", "4"),
        ("irv", "1=2"),
        ("irv", "第二"),
        ("approval", "11"),
        ("many", "1313"),
        ("score", "1=5 3"),
        ("score", "1=5 1=3"),
        ("score", "1=5=3"),
        ("score", "5"),
        ("score", "4=1"),
        ("score", "=5"),
        ("score", "1=5, 7=1"),
        ("score", "1=-5"),
    ],
)
def test_what_is_no_mark_is_none_and_never_part_of_one(kind: str, typed: str) -> None:
    assert typed_marks(TERMS[kind], typed) is None


def test_no_points_are_no_points_written_or_left_out() -> None:
    assert alike(TERMS["score"], '{"a":5}', '{"a":5,"b":0}')
    assert not alike(TERMS["score"], '{"a":5}', '{"a":4}')
    assert not alike(TERMS["score"], "invalid", '{"a":0}')
    assert not alike(TERMS["irv"], '["a","b"]', '["b","a"]')
