"""Motions: in order, one at a time, and nothing changes once the vote is open."""

from datetime import UTC, datetime

import pytest

from app.council.rules.meetings import Sitting
from app.council.rules.motions import (
    MOST_MONEY,
    NINE_MATTERS,
    Course,
    dissent_refusal,
    end_vote_refusal,
    interests_refusal,
    move_refusal,
    put_to_vote_refusal,
    second_refusal,
    text_refusal,
    withdraw_refusal,
)
from app.council.rules.quorum import Quorum

AT = datetime(2026, 12, 1, 11, 0, tzinfo=UTC)
IN_SESSION = Sitting(1, AT, AT)
STAGES = {
    "convened": Sitting(1, AT),
    "closed": Sitting(1, AT, AT, AT),
    "cancelled": Sitting(1, AT, cancelled_at=AT),
}
ENOUGH = Quorum(5, 8, 5, (), (), True)
TOO_FEW = Quorum(4, 8, 5, (), (), False)
MOVED = Course(9, 1)
SECONDED = Course(9, 1, 2)
READY = Course(9, 1, 2, AT)
VOTING = Course(9, 1, 2, AT, AT)
DECIDED = Course(9, 1, 2, AT, AT, AT)
WITHDRAWN = Course(9, 1, withdrawn_at=AT)
MAY_MOVE = {"on_notice": True, "seat_present": True, "hanging": False, "decided": False}


def test_a_motion_goes_through_its_stages_in_order() -> None:
    stages = [course.stage for course in (MOVED, SECONDED, READY, VOTING, DECIDED, WITHDRAWN)]
    assert stages == ["moved", "seconded", "ready", "voting", "decided", "withdrawn"]
    assert [course.hangs for course in (MOVED, SECONDED, READY, VOTING)] == [True] * 4
    assert not DECIDED.hangs
    assert not WITHDRAWN.hangs


def test_a_present_member_moves_on_a_matter_of_the_notice() -> None:
    assert move_refusal(IN_SESSION, **MAY_MOVE) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"on_notice": False}, "没有写在会议通知上"),
        ({"seat_present": False}, "先签到"),
        ({"hanging": True}, "一次只议一件事"),
        ({"decided": True}, "已经有决议"),
    ],
)
def test_a_motion_out_of_order_is_refused(change: dict[str, bool], words: str) -> None:
    refusal = move_refusal(IN_SESSION, **{**MAY_MOVE, **change})
    assert refusal is not None
    assert words in refusal.sentence


@pytest.mark.parametrize("stage", list(STAGES))
def test_nothing_is_moved_outside_of_the_session(stage: str) -> None:
    sitting = STAGES[stage]
    assert move_refusal(sitting, **MAY_MOVE) is not None
    assert second_refusal(sitting, MOVED, 2, seat_present=True) is not None
    assert withdraw_refusal(sitting, MOVED, frozenset({1}), presides=True) is not None
    assert interests_refusal(sitting, SECONDED) is not None
    assert put_to_vote_refusal(sitting, READY, ENOUGH, 0) is not None


def test_a_motion_wants_words_and_a_mandate_wants_a_purpose() -> None:
    assert text_refusal("换感应灯", None, "") is None
    assert text_refusal("换灯泡", None, "") is not None
    assert text_refusal("长" * 2000, None, "") is None
    assert text_refusal("长" * 2001, None, "") is not None
    assert text_refusal("换感应灯", 1, "灯具") is None
    assert text_refusal("换感应灯", 1, "灯") is not None


@pytest.mark.parametrize(("ceiling", "good"), [(0, False), (-1, False), (1, True), (MOST_MONEY, True)])
def test_a_ceiling_is_more_than_nothing(ceiling: int, good: bool) -> None:
    assert (text_refusal("换感应灯", ceiling, "灯具") is None) is good


def test_a_ceiling_beyond_all_bounds_is_refused() -> None:
    assert text_refusal("换感应灯", MOST_MONEY + 1, "灯具") is not None


def test_another_member_seconds_and_nobody_seconds_themselves() -> None:
    assert second_refusal(IN_SESSION, MOVED, 2, seat_present=True) is None
    own = second_refusal(IN_SESSION, MOVED, 1, seat_present=True)
    assert own is not None
    assert "另一位" in own.sentence
    assert second_refusal(IN_SESSION, MOVED, 2, seat_present=False) is not None
    assert second_refusal(IN_SESSION, SECONDED, 3, seat_present=True) is not None


def test_interests_are_stated_once_after_the_second() -> None:
    assert interests_refusal(IN_SESSION, SECONDED) is None
    too_early = interests_refusal(IN_SESSION, MOVED)
    twice = interests_refusal(IN_SESSION, READY)
    assert too_early is not None
    assert "附议" in too_early.sentence
    assert twice is not None


def test_the_vote_opens_after_the_second_the_interests_and_the_objections() -> None:
    assert put_to_vote_refusal(IN_SESSION, READY, ENOUGH, 0) is None
    sentences = [
        refusal.sentence
        for refusal in (
            put_to_vote_refusal(IN_SESSION, MOVED, ENOUGH, 0),
            put_to_vote_refusal(IN_SESSION, SECONDED, ENOUGH, 0),
            put_to_vote_refusal(IN_SESSION, READY, ENOUGH, 1),
            put_to_vote_refusal(IN_SESSION, READY, TOO_FEW, 0),
        )
        if refusal is not None
    ]
    assert len(set(sentences)) == 4


@pytest.mark.parametrize("course", [VOTING, DECIDED, WITHDRAWN])
def test_once_the_vote_is_open_nothing_before_it_is_done_again(course: Course) -> None:
    assert second_refusal(IN_SESSION, course, 3, seat_present=True) is not None
    assert withdraw_refusal(IN_SESSION, course, frozenset({1}), presides=True) is not None
    assert interests_refusal(IN_SESSION, course) is not None
    assert put_to_vote_refusal(IN_SESSION, course, ENOUGH, 0) is not None


def test_the_mover_or_whoever_presides_takes_a_motion_back() -> None:
    assert withdraw_refusal(IN_SESSION, READY, frozenset({1}), presides=False) is None
    assert withdraw_refusal(IN_SESSION, READY, frozenset(), presides=True) is None
    assert withdraw_refusal(IN_SESSION, READY, frozenset({2}), presides=False) is not None


def test_only_an_open_vote_is_closed() -> None:
    assert end_vote_refusal(VOTING) is None
    for course in (MOVED, SECONDED, READY, DECIDED, WITHDRAWN):
        assert end_vote_refusal(course) is not None


@pytest.mark.parametrize(
    ("outcome", "choice", "good"),
    [
        ("adopted", "no", True),
        ("adopted", "abstain", True),
        ("adopted", "yes", False),
        ("rejected", "yes", True),
        ("rejected", "abstain", True),
        ("rejected", "no", False),
        ("adopted", None, False),
    ],
)
def test_dissent_is_for_whoever_voted_against_the_outcome(outcome: str, choice: str | None, good: bool) -> None:
    refusal = dissent_refusal(IN_SESSION, DECIDED, outcome=outcome, choice=choice, recorded=False)
    assert (refusal is None) is good


def test_dissent_is_recorded_once_between_the_result_and_the_end_of_the_meeting() -> None:
    how = {"outcome": "adopted", "choice": "no"}
    assert dissent_refusal(IN_SESSION, DECIDED, **how, recorded=True) is not None  # type: ignore[arg-type]  # texts
    assert dissent_refusal(IN_SESSION, VOTING, **how, recorded=False) is not None  # type: ignore[arg-type]  # texts
    closed = dissent_refusal(STAGES["closed"], DECIDED, **how, recorded=False)  # type: ignore[arg-type]  # texts
    assert closed is not None
    assert "异议期" in closed.sentence


def test_the_owners_matters_are_nine() -> None:
    assert sorted(NINE_MATTERS) == list(range(1, 10))
