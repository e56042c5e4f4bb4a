"""Why a poll may not be opened, voted in, closed, declared or looked into: the sentence, and the edge of each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.law.rows import law_row
from app.core.values import Entry, Ref, Refusal
from app.voting.rules import (
    AHEAD,
    GRACE,
    Option,
    Terms,
    announce_refusal,
    ballot_refusal,
    choice_refusal,
    choices_refusal,
    close_refusal,
    council_terms,
    declare_refusal,
    freeze_refusal,
    open_refusal,
    owners_terms,
    residents_terms,
    results_refusal,
    roll_refusal,
    state,
)

OPENS = datetime(2026, 3, 2, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(hours=2)
TICK = timedelta(microseconds=1)
TODAY = date(2026, 3, 2)
COUNCIL = replace(council_terms(TODAY, law_row), opens_at=OPENS, closes_at=CLOSES)
OWNERS = replace(owners_terms(5, TODAY, law_row), opens_at=OPENS, closes_at=CLOSES)
IDEAS = tuple(Option(str(number), f"第{number}项") for number in range(1, 5))
APPROVAL = replace(residents_terms(TODAY, law_row, IDEAS), least=2, most=3, opens_at=OPENS, closes_at=CLOSES)
SEAT = Entry("b-1", "党支部一席", group="branch", voters=(Ref("seat", 1), Ref("seat", 9)))
UNIT = Entry("1-101", "1号楼101", area=8950, voters=(Ref("person", 1),))
MINE = frozenset({Ref("seat", 1), Ref("person", 1)})


def words(refusal: Refusal | None) -> str:
    assert refusal is not None
    return refusal.sentence


def test_the_state_of_a_poll_follows_the_clock_until_it_is_declared() -> None:
    moments = [OPENS - TICK, OPENS, CLOSES, CLOSES + TICK]
    assert [state(OWNERS, at, declared=False) for at in moments] == ["planned", "open", "open", "counting"]
    assert state(OWNERS, OPENS, declared=True) == "declared"


def test_a_poll_with_a_window_options_and_a_roll_may_open() -> None:
    assert open_refusal(COUNCIL, [SEAT]) is None
    assert open_refusal(OWNERS, [UNIT]) is None
    assert open_refusal(APPROVAL, [UNIT]) is None


def test_a_poll_is_announced_before_anybody_stands_on_its_roll() -> None:
    assert announce_refusal(OWNERS) is None
    assert "截止" in words(announce_refusal(replace(OWNERS, closes_at=OPENS)))


def test_the_roll_is_frozen_from_one_minute_before_the_opening_until_the_end() -> None:
    assert "开始时才确定" in words(freeze_refusal(OWNERS, OPENS - AHEAD - TICK))
    assert freeze_refusal(OWNERS, OPENS - AHEAD) is None
    assert freeze_refusal(OWNERS, CLOSES) is None
    assert "没有开始过" in words(freeze_refusal(OWNERS, CLOSES + TICK))
    assert freeze_refusal(replace(OWNERS, opens_at=None), OPENS) is not None


def test_without_a_frozen_roll_there_is_no_ballot_whatever_the_hour() -> None:
    for now in (OPENS - TICK, OPENS, CLOSES):
        refusal = ballot_refusal(OWNERS, UNIT, MINE, now, frozen=False)
        assert (words(refusal), refusal and refusal.values) == (
            "投票还没有开始，%(opens_at)s开始。",
            {"opens_at": OPENS},
        )


def test_a_poll_ends_after_it_begins() -> None:
    for closes in (OPENS, OPENS - TICK, None):
        assert "截止" in words(open_refusal(replace(OWNERS, closes_at=closes), [UNIT]))
    assert open_refusal(replace(OWNERS, closes_at=OPENS + TICK), [UNIT]) is None


def test_a_ballot_has_two_different_options() -> None:
    for options in ((), IDEAS[:1], (IDEAS[0], IDEAS[0])):
        assert "选项" in words(open_refusal(replace(APPROVAL, options=options), [UNIT]))


def test_nobody_stands_on_a_roll_twice() -> None:
    refusal = open_refusal(OWNERS, [UNIT, replace(UNIT, label="又是101")])
    assert refusal is not None
    assert refusal.values == {"label": "又是101"}
    assert "空" in words(open_refusal(OWNERS, []))


def test_a_unit_without_area_cannot_be_counted_by_area() -> None:
    refusal = open_refusal(OWNERS, [replace(UNIT, area=0)])
    assert refusal is not None
    assert refusal.article == "民法典 278"
    assert open_refusal(APPROVAL, [replace(UNIT, area=0)]) is None


def test_a_seat_of_the_council_belongs_to_one_of_four_parties() -> None:
    assert "四方" in words(open_refusal(COUNCIL, [replace(SEAT, group="street")]))


def test_where_everybody_is_recused_nothing_is_put_to_the_vote() -> None:
    assert "回避" in words(open_refusal(COUNCIL, [replace(SEAT, recused=True)]))
    assert open_refusal(COUNCIL, [replace(SEAT, recused=True), replace(SEAT, key="b-2")]) is None


def test_whoever_stands_on_the_roll_may_vote_within_the_window_both_ends_included() -> None:
    for now in (OPENS, OPENS + GRACE, CLOSES):
        assert ballot_refusal(COUNCIL, SEAT, MINE, now) is None
        assert ballot_refusal(OWNERS, UNIT, MINE, now) is None
    assert "还没有开始" in words(ballot_refusal(OWNERS, UNIT, MINE, OPENS - TICK))
    late = ballot_refusal(OWNERS, UNIT, MINE, CLOSES + TICK)
    assert late is not None
    assert late.values == {"closes_at": CLOSES}


def test_a_stranger_to_the_roll_is_told_whose_vote_it_is() -> None:
    for terms, entry in ((COUNCIL, SEAT), (OWNERS, UNIT), (APPROVAL, UNIT)):
        assert "名册" in words(ballot_refusal(terms, None, MINE, OPENS))
        assert "名册" in words(ballot_refusal(terms, entry, frozenset(), OPENS))
        assert "名册" in words(ballot_refusal(terms, entry, {Ref("unit", 1), Ref("seat", 2)}, OPENS))
    assert "名册" in words(ballot_refusal(OWNERS, replace(UNIT, voters=()), MINE, OPENS))


def test_any_of_a_lines_voters_may_cast_its_ballot() -> None:
    assert ballot_refusal(COUNCIL, SEAT, [Ref("seat", 9)], OPENS) is None


def test_a_recused_seat_and_an_absent_seat_do_not_vote() -> None:
    recused = ballot_refusal(COUNCIL, replace(SEAT, recused=True, present=False), MINE, OPENS)
    assert "回避" in words(recused)
    assert "不在场" in words(ballot_refusal(COUNCIL, replace(SEAT, present=False), MINE, OPENS))


def test_a_vote_of_the_council_stands_and_an_owners_may_be_changed() -> None:
    assert "不能更改" in words(ballot_refusal(COUNCIL, SEAT, MINE, OPENS, voted=True))
    assert ballot_refusal(OWNERS, UNIT, MINE, CLOSES, voted=True) is None


def test_after_the_outcome_is_frozen_no_ballot_is_taken_however_early_it_was_sent() -> None:
    assert "结果" in words(ballot_refusal(COUNCIL, SEAT, MINE, OPENS, declared=True))


def test_a_choice_is_one_of_the_ballots_options() -> None:
    assert choice_refusal(OWNERS, ["yes"]) is None
    assert "没有这个选项" in words(choice_refusal(OWNERS, ["invalid"]))
    assert "没有这个选项" in words(choice_refusal(OWNERS, ["yes", "yes"]))
    assert "只能选一项" in words(choice_refusal(OWNERS, ["yes", "no"]))
    assert "还没有选择" in words(choice_refusal(OWNERS, []))


@pytest.mark.parametrize(
    ("chosen", "said"), [("1", "至少"), ("12", ""), ("123", ""), ("1234", "最多"), ("15", "没有"), ("11", "没有")]
)
def test_an_approval_ballot_names_as_many_as_the_terms_allow(chosen: str, said: str) -> None:
    refusal = choice_refusal(APPROVAL, list(chosen))
    assert (refusal.sentence[:2] if refusal else "") == (said if said != "没有" else "选票")
    assert choice_refusal(replace(APPROVAL, most=0), ["1", "2", "3", "4"]) is None


def test_only_a_vote_of_the_meeting_is_closed_by_hand_and_only_while_it_is_open() -> None:
    assert close_refusal(COUNCIL, OPENS, closed=False) is None
    assert "还没有开始" in words(close_refusal(COUNCIL, OPENS - TICK, closed=False))
    assert "已经截止" in words(close_refusal(COUNCIL, OPENS, closed=True))
    assert "已经截止" in words(close_refusal(COUNCIL, CLOSES + TICK, closed=False))
    assert "不能提前" in words(close_refusal(OWNERS, OPENS, closed=False))


def test_an_outcome_waits_thirty_seconds_for_ballots_that_are_under_way() -> None:
    def at(now: datetime) -> Refusal | None:
        return declare_refusal(OWNERS, now, outstanding=True, closed_by_chair=False)

    assert "还没有截止" in words(at(CLOSES))
    assert "刚刚截止" in words(at(CLOSES + TICK))
    assert "刚刚截止" in words(at(CLOSES + GRACE - TICK))
    assert at(CLOSES + GRACE) is None


def test_a_complete_vote_that_the_chair_closed_is_declared_at_once() -> None:
    closed = replace(COUNCIL, closes_at=OPENS + TICK)
    now = OPENS + TICK
    assert declare_refusal(closed, now, outstanding=False, closed_by_chair=True) is None
    assert "刚刚截止" in words(declare_refusal(closed, now, outstanding=True, closed_by_chair=True))
    changeable = replace(closed, changes=True)
    assert "刚刚截止" in words(declare_refusal(changeable, now, outstanding=False, closed_by_chair=True))


def test_results_of_a_running_vote_are_shown_to_nobody_unless_it_was_declared_live() -> None:
    assert results_refusal(OWNERS, declared=False) is not None
    assert results_refusal(OWNERS, declared=True) is None
    assert results_refusal(COUNCIL, declared=False) is None


def test_how_each_one_voted_is_seen_only_by_those_whom_the_terms_name() -> None:
    assert choices_refusal(COUNCIL, declared=False, elector=False) is None
    assert choices_refusal(OWNERS, declared=True, elector=True) is None
    assert "登录" in words(choices_refusal(OWNERS, declared=True, elector=False))
    assert "谁也看不到" in words(choices_refusal(OWNERS, declared=False, elector=True))
    assert "只公布票数" in words(choices_refusal(APPROVAL, declared=True, elector=True))


def test_who_took_part_is_public_after_the_close_but_never_the_names_of_residents() -> None:
    assert roll_refusal(OWNERS, declared=True) is None
    assert "截止以后" in words(roll_refusal(OWNERS, declared=False))
    assert roll_refusal(COUNCIL, declared=False) is None
    assert "不公布谁" in words(roll_refusal(APPROVAL, declared=True))


def test_terms_without_a_window_open_nothing() -> None:
    bare: Terms = owners_terms(5, TODAY, law_row)
    assert state(bare, OPENS, declared=False) == "planned"
    assert words(ballot_refusal(bare, UNIT, MINE, OPENS)) == "投票还没有开始。"
