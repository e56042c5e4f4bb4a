"""Seats and terms: who sits where, from when, to when."""

from datetime import date

import pytest

from app.council.rules.seats import (
    ALTERNATE,
    HOLDER,
    Seating,
    Term,
    appoint_refusal,
    end_refusal,
    of_party,
    seat_refusal,
    seatings,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def term(kind: str = HOLDER, from_day: date = FIRST, to_day: date | None = LAST, **rest: object) -> Term:
    values: dict[str, object] = {"id": 1, "seat_id": 7, "name": "李敏", **rest}
    return Term(kind=kind, from_day=from_day, to_day=to_day, **values)  # type: ignore[arg-type]  # values of one term


def test_both_days_of_a_term_are_in_it() -> None:
    assert term().in_force(FIRST)
    assert term().in_force(LAST)
    assert not term().in_force(date(2025, 12, 31))
    assert not term().in_force(date(2027, 1, 1))
    assert term(to_day=None).in_force(date(2049, 1, 1))


def test_the_next_term_begins_on_the_day_after_the_last_and_not_on_it() -> None:
    next_day = appoint_refusal(term(from_day=date(2027, 1, 1), to_day=None, name="何芳"), [term()], [])
    same_day = appoint_refusal(term(from_day=LAST, to_day=None, name="何芳"), [term()], [])
    assert next_day is None
    assert same_day is not None
    assert same_day.values == {"name": "李敏", "day": LAST}


def test_a_term_that_runs_on_must_be_given_an_end_first() -> None:
    refusal = appoint_refusal(term(from_day=date(2030, 1, 1), to_day=None, name="何芳"), [term(to_day=None)], [])
    assert refusal is not None
    assert "没有写任期终止日" in refusal.sentence


def test_a_term_ends_before_the_one_that_was_given_for_later() -> None:
    later = term(from_day=date(2027, 1, 1), to_day=None, name="何芳")
    refusal = appoint_refusal(term(from_day=date(2026, 6, 1), to_day=None, name="吴建"), [later], [])
    assert refusal is not None
    assert "要在这之前结束" in refusal.sentence
    assert appoint_refusal(term(from_day=date(2026, 6, 1), to_day=LAST, name="吴建"), [later], []) is None


def test_a_holder_and_an_alternate_share_a_seat_and_are_two_people() -> None:
    assert appoint_refusal(term(ALTERNATE, name="何芳"), [term()], []) is None
    refusal = appoint_refusal(term(ALTERNATE), [term()], [])
    assert refusal is not None
    assert "同一个人" in refusal.sentence
    namesake = appoint_refusal(term(ALTERNATE, account_id=2), [term(account_id=1)], [])
    assert namesake is None


def test_nobody_sits_in_two_seats_at_a_time() -> None:
    elsewhere = term(seat_id=8, account_id=5)
    refusal = appoint_refusal(term(account_id=5), [], [elsewhere])
    assert refusal is not None
    assert "一人只能占一席" in refusal.sentence
    assert appoint_refusal(term(account_id=5, from_day=date(2027, 1, 1), to_day=None), [], [elsewhere]) is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (term(name="李"), "姓名"),
        (term(name="长" * 21), "姓名"),
        (term(from_day=LAST, to_day=FIRST), "不能早于第一天"),
    ],
)
def test_a_term_has_a_name_and_its_days_in_order(wrong: Term, words: str) -> None:
    refusal = appoint_refusal(wrong, [], [])
    assert refusal is not None
    assert words in refusal.sentence


def test_a_term_of_one_day_is_a_term() -> None:
    assert appoint_refusal(term(from_day=FIRST, to_day=FIRST), [], []) is None


def test_a_term_is_ended_today_or_later_never_backwards() -> None:
    today = date(2026, 6, 1)
    assert end_refusal(term(), today, today) is None
    backwards = end_refusal(term(), date(2026, 5, 31), today)
    assert backwards is not None
    assert "倒填" in backwards.sentence


def test_a_term_is_not_ended_on_the_day_on_which_it_ends_anyway() -> None:
    today = date(2026, 6, 1)
    assert end_refusal(term(), date(2026, 12, 30), today) is None
    for day in (LAST, date(2027, 1, 1)):
        assert end_refusal(term(), day, today) is not None


def test_a_term_does_not_end_before_it_begins() -> None:
    later = term(from_day=date(2026, 9, 1))
    assert end_refusal(later, date(2026, 8, 31), date(2026, 6, 1)) is not None
    assert end_refusal(later, date(2026, 9, 1), date(2026, 6, 1)) is None


@pytest.mark.parametrize("code", ["b1", "owners-2", "12345678"])
def test_a_seat_has_a_short_code(code: str) -> None:
    assert seat_refusal(code, "branch", "书记", []) is None


@pytest.mark.parametrize("code", ["", "B1", "书记", "123456789", "a b", "a--b", "b1\n"])
def test_a_code_that_cannot_be_read_out_is_refused(code: str) -> None:
    assert seat_refusal(code, "branch", "书记", []) is not None


def test_a_seat_belongs_to_one_of_the_four_and_its_code_is_its_own() -> None:
    taken = seat_refusal("b1", "branch", "书记", ["b1"])
    stranger = seat_refusal("s1", "street", "街道", [])
    nameless = seat_refusal("b2", "branch", "记", [])
    assert taken is not None
    assert taken.values == {"code": "b1"}
    assert stranger is not None
    assert nameless is not None


def test_seats_stand_in_the_order_of_the_four_parties_with_who_sits_there_on_the_day() -> None:
    bare = [
        Seating(3, "p1", "property", "经理"),
        Seating(7, "b1", "branch", "书记"),
        Seating(8, "b2", "branch", "委员"),
    ]
    terms = [term(), term(ALTERNATE, id=2, name="何芳"), term(id=3, seat_id=8, from_day=date(2027, 1, 1))]
    found = seatings(bare, terms, date(2026, 6, 1))
    assert [seat.code for seat in found] == ["b1", "b2", "p1"]
    assert found[0].name == "李敏"
    assert found[0].alternate == terms[1]
    assert found[1].vacant
    assert found[1].name == ""
    assert [seat.code for seat in of_party(found, "branch")] == ["b1", "b2"]
