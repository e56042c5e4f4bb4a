"""What may be received, read, settled and made void at the desk, and at which edge it may no longer."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.core.law.rows import law_row
from app.core.values import Entry, Refusal
from app.voting.rules import (
    DISPUTED,
    HALF_READ,
    READ,
    UNREAD,
    VOID,
    Intake,
    Option,
    chosen_options,
    declare_refusal,
    instruction_refusal,
    intake_refusal,
    mandate_refusal,
    marks,
    open_refusal,
    owners_terms,
    proxy_refusal,
    reading_refusal,
    residents_terms,
    revoke_refusal,
    settle_refusal,
    void_refusal,
    withdraw_refusal,
)
from app.voting.rules.terms import FIRST

TODAY = date(2026, 3, 2)
OPENS = datetime(2026, 3, 2, 1, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=10)
TICK = timedelta(microseconds=1)
TERMS = replace(owners_terms(5, TODAY, law_row), opens_at=OPENS, closes_at=CLOSES)
IDEAS = replace(
    residents_terms(TODAY, law_row, (Option("1", "健身角"), Option("2", "充电棚"))), opens_at=OPENS, closes_at=CLOSES
)
UNIT = Entry("1-101", "1号楼101", area=8950)
FRESH, HALF, BOTH = Intake(), Intake(1), Intake(2)


def words(refusal: Refusal | None) -> str:
    assert refusal is not None
    return refusal.sentence


def test_an_arrival_is_unread_read_by_one_disputed_read_or_void() -> None:
    found = [one.state for one in (FRESH, HALF, BOTH, Intake(2, made=True), Intake(3, made=True), Intake(1, void=True))]
    assert found == [UNREAD, HALF_READ, DISPUTED, READ, READ, VOID]


def test_the_time_of_a_paper_is_its_receipt_and_a_late_one_is_refused() -> None:
    for at in (OPENS, CLOSES):
        assert intake_refusal(TERMS, UNIT, "paper", at) is None
    assert "还没有开始" in words(intake_refusal(TERMS, UNIT, "paper", OPENS - TICK))
    assert "还没有开始" in words(intake_refusal(TERMS, None, "paper", OPENS, frozen=False))
    late = intake_refusal(TERMS, UNIT, "letter", CLOSES + TICK)
    assert "迟到的票不能算" in words(late)
    assert late is not None
    assert late.values == {"closes_at": CLOSES}
    assert "迟到" in words(intake_refusal(TERMS, UNIT, "paper", OPENS, declared=True))


@pytest.mark.parametrize("channel", ["online", "fax", ""])
def test_only_ways_that_the_terms_announced_and_that_reach_a_desk_are_received(channel: str) -> None:
    assert "没有公布这种投票方式" in words(intake_refusal(TERMS, UNIT, channel, OPENS))
    for known in ("paper", "stall", "phone", "letter", "proxy"):
        assert intake_refusal(TERMS, UNIT, known, OPENS) is None
    assert "没有公布" in words(intake_refusal(replace(TERMS, channels=("online", "stall")), UNIT, "paper", OPENS))
    assert "不接受委托" in words(intake_refusal(replace(TERMS, proxy_limit=0), UNIT, "proxy", OPENS))


def test_a_ballot_is_received_for_a_line_that_may_vote() -> None:
    assert "没有这一户" in words(intake_refusal(TERMS, None, "paper", OPENS))
    for entry in (replace(UNIT, recused=True), replace(UNIT, present=False)):
        assert "不参加" in words(intake_refusal(TERMS, entry, "paper", OPENS))


def test_the_same_paper_is_not_received_twice_while_the_first_stands() -> None:
    twice = intake_refusal(TERMS, UNIT, "paper", OPENS, waiting=12)
    assert "已经收过" in words(twice)
    assert twice is not None
    assert twice.values == {"label": "1号楼101", "number": 12}


def test_a_paper_in_whose_place_another_was_issued_is_not_received() -> None:
    assert "换发了新的" in words(intake_refusal(TERMS, UNIT, "paper", OPENS, replaced=True))


def test_where_votes_may_be_changed_a_paper_is_received_beside_a_vote_and_where_they_stand_it_is_not() -> None:
    assert intake_refusal(TERMS, UNIT, "paper", OPENS, voted=True) is None
    stand = replace(TERMS, changes=False, precedence=FIRST)
    assert intake_refusal(stand, UNIT, "paper", OPENS) is None
    assert "不能更改" in words(intake_refusal(stand, UNIT, "paper", OPENS, voted=True))


def test_votes_that_stand_come_in_several_ways_only_where_the_first_counts() -> None:
    assert "最先收到的为准" in words(open_refusal(replace(TERMS, changes=False), [UNIT]))
    assert open_refusal(replace(TERMS, changes=False, precedence=FIRST), [UNIT]) is None
    assert open_refusal(replace(TERMS, changes=False, channels=("online",)), [UNIT]) is None


def test_two_people_read_a_ballot_and_neither_of_them_twice() -> None:
    assert reading_refusal(TERMS, FRESH, ["yes"], mine=False, declared=False) is None
    assert reading_refusal(TERMS, HALF, ["no"], mine=False, declared=False) is None
    assert "另一个人" in words(reading_refusal(TERMS, HALF, ["yes"], mine=True, declared=False))
    assert "已经有两个人" in words(reading_refusal(TERMS, BOTH, ["yes"], mine=False, declared=False))


def test_what_is_void_or_in_the_books_or_decided_is_not_read_any_more() -> None:
    assert "作废" in words(reading_refusal(TERMS, Intake(1, void=True), ["yes"], mine=False, declared=False))
    assert "入账" in words(reading_refusal(TERMS, Intake(2, made=True), ["yes"], mine=False, declared=False))
    assert "结果已经公布" in words(reading_refusal(TERMS, FRESH, ["yes"], mine=False, declared=True))


def test_an_invalid_paper_is_read_as_invalid_and_never_beside_an_option() -> None:
    assert reading_refusal(TERMS, FRESH, ["invalid"], mine=False, declared=False) is None
    assert "没有这个选项" in words(reading_refusal(TERMS, FRESH, ["invalid", "yes"], mine=False, declared=False))
    assert "还没有选择" in words(reading_refusal(TERMS, FRESH, [], mine=False, declared=False))
    assert "没有这个选项" in words(reading_refusal(TERMS, FRESH, ["perhaps"], mine=False, declared=False))


def test_what_was_read_is_stored_as_a_ballot_stores_it() -> None:
    assert (marks(TERMS, ["yes"]), marks(TERMS, ["invalid"])) == ("yes", "invalid")
    assert (marks(IDEAS, ["2", "1"]), marks(IDEAS, ["invalid"])) == ('["1","2"]', "invalid")
    assert chosen_options(IDEAS, marks(IDEAS, ["invalid"])) == ()


def test_a_proxy_votes_as_the_mandate_says() -> None:
    for chosen, told, taken in (
        ("yes", "yes", True),
        ("no", "yes", False),
        ("invalid", "yes", False),
        ("no", None, True),
    ):
        assert reading_refusal(TERMS, FRESH, [chosen], mine=False, declared=False) is None
        refusal = instruction_refusal(TERMS, [chosen], told)
        assert (refusal is None) is taken
        assert refusal is None or refusal.article == "指导规则 26"


def test_a_third_settles_what_two_read_differently_with_a_reason() -> None:
    def ask(intake: Intake = BOTH, reason: str = "勾在两格之间，偏左", *, mine: bool = False) -> Refusal | None:
        return settle_refusal(TERMS, intake, ["yes"], reason, mine=mine, declared=False)

    assert ask() is None
    assert "第三个人" in words(ask(mine=True))
    assert "理由" in words(ask(reason="  "))
    for intake in (FRESH, HALF):
        assert "没有不一致" in words(ask(intake))
    assert "入账" in words(ask(Intake(2, made=True)))
    assert "结果已经公布" in words(settle_refusal(TERMS, BOTH, ["yes"], "看了", mine=False, declared=True))


def test_what_one_mistyped_is_taken_back_before_another_reads_it() -> None:
    assert withdraw_refusal(HALF, mine=True, declared=False) is None
    assert "不是您录入" in words(withdraw_refusal(HALF, mine=False, declared=False))
    assert "第三个人裁定" in words(withdraw_refusal(BOTH, mine=True, declared=False))


def test_an_arrival_is_made_void_with_a_reason_before_the_outcome() -> None:
    for intake in (FRESH, HALF, BOTH, Intake(2, made=True)):
        assert void_refusal(intake, "扫错了楼", declared=False) is None
        assert "为什么" in words(void_refusal(intake, " ", declared=False))
        assert "结果已经公布" in words(void_refusal(intake, "扫错了楼", declared=True))
    assert "已经作废" in words(void_refusal(Intake(void=True), "扫错了楼", declared=False))


def test_one_proxy_holds_as_many_mandates_as_the_terms_allow() -> None:
    def ask(limit: int | None, held: int, *, standing: bool = False, at: datetime = OPENS) -> Refusal | None:
        terms = replace(TERMS, proxy_limit=limit)
        return mandate_refusal(terms, UNIT, at, held=held, standing=standing, declared=False)

    assert (ask(3, 2), ask(None, 99), ask(1, 0, at=OPENS - TICK), ask(1, 0, at=CLOSES)) == (None, None, None, None)
    assert "最多接受" in words(ask(3, 3))
    assert "不接受委托" in words(ask(0, 0))
    assert "已经登记过" in words(ask(3, 0, standing=True))
    assert "已经截止" in words(ask(3, 0, at=CLOSES + TICK))
    assert "没有这一户" in words(mandate_refusal(TERMS, None, OPENS, held=0, standing=False, declared=False))


def test_a_mandate_is_taken_back_by_its_owner_or_at_the_desk() -> None:
    assert revoke_refusal(revoked=False, owner=True, desk=False, declared=False) is None
    assert revoke_refusal(revoked=False, owner=False, desk=True, declared=False) is None
    assert "本人" in words(revoke_refusal(revoked=False, owner=False, desk=False, declared=False))
    assert "已经撤销" in words(revoke_refusal(revoked=True, owner=True, desk=False, declared=False))
    assert "用完" in words(revoke_refusal(revoked=False, owner=True, desk=False, declared=True))


def test_a_proxy_votes_online_where_the_terms_take_proxies() -> None:
    assert proxy_refusal(TERMS) is None
    for terms in (replace(TERMS, proxy_limit=0), replace(TERMS, channels=("online",))):
        assert "不接受委托" in words(proxy_refusal(terms))
    assert "业主自己已经投票" in words(proxy_refusal(TERMS, by_owner=True))


@pytest.mark.parametrize(
    ("unread", "disputed", "says"),
    [(0, 0, None), (12, 0, "还没有录入完。"), (0, 3, "等第三个人裁定"), (1, 1, "还没有录入完，")],
)
def test_no_outcome_is_declared_while_a_ballot_at_the_desk_is_unread_or_disputed(
    unread: int, disputed: int, says: str | None
) -> None:
    long_after = CLOSES + timedelta(days=3)
    refusal = declare_refusal(
        TERMS, long_after, outstanding=True, closed_by_chair=False, unread=unread, disputed=disputed
    )
    assert (refusal is None) if says is None else (says in words(refusal))
    still_open = declare_refusal(
        TERMS, OPENS, outstanding=True, closed_by_chair=False, unread=unread, disputed=disputed
    )
    assert "还没有截止" in words(still_open)


def test_a_chair_who_closes_a_vote_waits_for_the_desk_too() -> None:
    stand = replace(TERMS, changes=False)
    assert declare_refusal(stand, CLOSES, outstanding=False, closed_by_chair=True) is None
    assert "录入完" in words(declare_refusal(stand, CLOSES, outstanding=False, closed_by_chair=True, unread=1))
