"""Why a ballot can never count, in its order; the desk has no say; a mistake is undone in time and by the right person."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from app.core.law.rows import law_row
from app.core.values import Entry, Refusal
from app.voting.rules import (
    REFUSED_WORDS,
    came_late,
    intake_refusal,
    owners_terms,
    proxy_refusal,
    refuse_refusal,
    same_refusal,
    undo_refusal,
    why_refused,
)
from app.voting.rules.papers import is_code
from app.voting.rules.terms import FIRST

OPENS = datetime(2026, 3, 2, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=10)
TICK = timedelta(microseconds=1)
TERMS = replace(owners_terms(5, date(2026, 3, 2), law_row), opens_at=OPENS, closes_at=CLOSES)
STANDING = replace(TERMS, changes=False, precedence=FIRST)
UNIT = Entry("1-101", "1号楼101", area=8950)
AWAY = replace(UNIT, recused=True)


def words(refusal: Refusal | None) -> str:
    assert refusal is not None
    return refusal.sentence


def test_the_first_reason_that_applies_is_the_reason() -> None:
    late = CLOSES + TICK
    assert why_refused(TERMS, None, "paper", late, code=True) == "unknown-code"
    assert why_refused(TERMS, None, "paper", CLOSES) == "unknown-unit"
    assert why_refused(TERMS, UNIT, "paper", late, replaced=True) == "after-closing"
    assert why_refused(TERMS, AWAY, "paper", CLOSES, replaced=True) == "replaced"
    assert why_refused(STANDING, AWAY, "paper", CLOSES, voted=True) == "not-voting"
    assert why_refused(STANDING, UNIT, "proxy", CLOSES, voted=True) == "already-voted"
    assert why_refused(TERMS, UNIT, "proxy", CLOSES, voted=True, by_owner=True) == "no-mandate"
    assert why_refused(TERMS, UNIT, "proxy", CLOSES, voted=True, mandate=True, by_owner=True) == "owner-voted"


def test_what_can_be_received_or_comes_too_early_has_no_reason() -> None:
    assert why_refused(TERMS, UNIT, "paper", CLOSES, voted=True) is None
    assert why_refused(TERMS, UNIT, "proxy", CLOSES, mandate=True) is None
    assert why_refused(TERMS, None, "paper", OPENS - TICK) is None
    assert why_refused(TERMS, UNIT, "paper", OPENS, frozen=False) is None
    assert why_refused(TERMS, None, "fax", CLOSES + TICK) is None
    assert why_refused(replace(TERMS, proxy_limit=0), UNIT, "proxy", CLOSES + TICK) is None
    assert why_refused(TERMS, UNIT, "paper", OPENS, declared=True) == "after-closing"


def test_a_ballot_is_received_or_refused_or_it_is_too_early_and_never_two_of_them() -> None:
    kinds = product((TERMS, STANDING), (UNIT, AWAY, None), ("paper", "proxy"))
    times = (OPENS - TICK, OPENS, CLOSES, CLOSES + TICK)
    for (terms, entry, channel), at, facts in product(kinds, times, product((False, True), repeat=4)):
        voted, replaced, mandate, by_owner = facts
        why = why_refused(terms, entry, channel, at, voted=voted, replaced=replaced, mandate=mandate, by_owner=by_owner)
        taken = intake_refusal(terms, entry, channel, at, voted=voted, replaced=replaced) is None
        if channel == "proxy":
            taken = taken and mandate and proxy_refusal(terms, by_owner=by_owner) is None
        assert (why is None) == (taken or at < OPENS)
        assert why is None or why in REFUSED_WORDS


def test_the_desk_refuses_only_what_the_terms_refuse_and_once() -> None:
    assert refuse_refusal("replaced") is None
    assert "照常收下" in words(refuse_refusal(None))
    assert "拒收第%(number)s号" in words(refuse_refusal("replaced", known=3))
    assert "不是这一次的" in words(refuse_refusal("unknown-code", elsewhere=2))


@pytest.mark.parametrize(
    ("refused_at", "now", "changes", "says"),
    [
        (OPENS, CLOSES, {"mine": True}, ""),
        (CLOSES, CLOSES + TICK, {}, ""),
        (CLOSES, CLOSES + TICK, {"mine": True}, "另一个人"),
        (CLOSES + TICK, CLOSES + TICK, {"received": True}, "迟到的票不能再收"),
        (CLOSES + TICK, CLOSES + TICK, {"received": True, "declared": True}, "迟到的票不能再收"),
        (CLOSES + TICK, CLOSES + TICK, {}, ""),
        (CLOSES + TICK, CLOSES + TICK, {"declared": True}, ""),
        (CLOSES + TICK, CLOSES + TICK, {"declared": True, "mine": True}, "另一个人"),
        (CLOSES, CLOSES + TICK, {"received": True}, ""),
        (OPENS, CLOSES, {"undone": True}, "已经更正过"),
        (OPENS, CLOSES + TICK, {"declared": True}, "结果已经公布"),
        (OPENS, CLOSES, {"reason": " "}, "请写明"),
    ],
)
def test_a_mistake_is_undone_in_time_with_a_reason_and_after_the_close_by_another(
    refused_at: datetime, now: datetime, changes: dict[str, object], says: str
) -> None:
    asked = {"undone": False, "mine": False, "declared": False, "reason": "看错了", **changes}
    refusal = undo_refusal(TERMS, refused_at, now, **asked)  # type: ignore[arg-type]  # bools and one text
    assert says in words(refusal) if says else refusal is None


def test_what_is_put_right_names_other_units() -> None:
    assert same_refusal(["1-101", "1-102"], ["1-102"]) is None
    assert same_refusal([], ["1-102"]) is None
    for same in (["1-101", "1-102"], []):
        assert "原来记的一样" in words(same_refusal(same, same[::-1]))


def test_the_last_moment_of_the_vote_is_in_time_and_the_next_is_late() -> None:
    assert not came_late(TERMS, CLOSES)
    assert came_late(TERMS, CLOSES + TICK)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ABCD-EFGH-2345", True),
        ("abcd efgh 2345", True),
        ("https://x.example/c/heping/polls/1/code#ABCD-EFGH-2345", True),
        ("/code#ABCD", True),
        ("1-2-301", False),
        ("1号楼101", False),
        ("梧桐里东区八号楼二单元三零一", False),
        ("", False),
    ],
)
def test_a_code_is_told_from_a_door(typed: str, code: bool) -> None:
    assert is_code(typed) is code
