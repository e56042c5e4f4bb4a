"""From the opening to the last milestone."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from flask import Flask

from app.core.errors import Forbidden, NotFound, Refused
from app.organisations.actions import add_member
from app.procurement import actions, queries, rules
from app.procurement.models import AWARDED, COMPLETED, FAILED, RANKED, RESULT, SIGNED
from tests.conftest import Clock
from tests.stories import story
from tests.tendering import ZONE, Tendering
from tests.world import World


@story()
def tendering(world: World, clock: Clock) -> Tendering:
    """A tender with three bids, opened, all qualified."""
    return Tendering(world, clock).published().bids().opened()


def seats(tendering: Tendering, *kinds: str) -> list[rules.PanelSeat]:
    tendering.panel(declared=False)
    return [
        rules.PanelSeat(actor.account_id or 0, kind, at == 0)
        for at, (actor, kind) in enumerate(zip(tendering.experts, kinds, strict=False))
    ]


def test_an_unqualified_bidder_is_told_why_and_is_not_scored(app: Flask, world: World, clock: Clock) -> None:
    tendering = Tendering(world, clock).published().bids()
    tendering.bid(3, 28_100_000)
    tendering.after_deadline()
    actions.open_bids(tendering.secretary, tendering.tender_id)
    with pytest.raises(Refused, match="理由"):
        actions.qualify_bid(tendering.secretary, tendering.tender_id, 1, False)
    actions.qualify_bid(tendering.secretary, tendering.tender_id, 1, False, "没有食品经营许可")
    for position in (2, 3, 4):
        actions.qualify_bid(tendering.secretary, tendering.tender_id, position, True)
    tendering.panel()
    with pytest.raises(NotFound):
        tendering.score(tendering.experts[0], 1, 1, 1)


def test_with_fewer_than_three_qualified_the_tender_fails(tendering: Tendering) -> None:
    actions.qualify_bid(tendering.secretary, tendering.tender_id, 2, False, "没有许可")
    assert queries.get_by_id(tendering.tender_id).stage == FAILED


@pytest.mark.parametrize("kinds", [("expert",) * 4, ("expert",) * 3 + ("buyer",) * 2, ("buyer",) + ("expert",) * 4])
def test_a_panel_that_the_method_does_not_allow_is_refused(tendering: Tendering, kinds: tuple[str, ...]) -> None:
    with pytest.raises(Refused):
        actions.appoint_panel(tendering.secretary, tendering.tender_id, seats(tendering, *kinds))


def test_a_member_of_a_bidder_is_not_appointed(tendering: Tendering) -> None:
    chosen = seats(tendering, *["expert"] * 5)
    owner, organisation_id = tendering.supplier(0)
    add_member(owner, organisation_id, chosen[4].account_id)
    with pytest.raises(Refused, match="回避"):
        actions.appoint_panel(tendering.secretary, tendering.tender_id, chosen)


def test_before_the_opening_no_panel_is_appointed(app: Flask, world: World, clock: Clock) -> None:
    with pytest.raises(Refused):
        Tendering(world, clock).published().bids().panel()


def test_nobody_scores_before_declaring(tendering: Tendering) -> None:
    tendering.panel(declared=False)
    with pytest.raises(Refused, match="先申报"):
        tendering.score(tendering.experts[0], 1, 1, 1)


def test_who_declares_a_conflict_is_replaced_and_the_others_keep_what_they_declared(tendering: Tendering) -> None:
    tendering.panel()
    actions.declare_conflict(tendering.experts[4], tendering.tender_id, True)
    with pytest.raises(Refused, match="已经回避"):
        tendering.score(tendering.experts[4], 1, 1, 1)
    with pytest.raises(Refused, match="换人"):
        actions.rank_bids(tendering.secretary, tendering.tender_id)
    chosen = seats_of(tendering, tendering.world.accounts["evaluator"])
    actions.appoint_panel(tendering.secretary, tendering.tender_id, chosen)
    declared = {seat.account_id: seat.conflicted for seat in queries.panel(tendering.tender_id)}
    assert list(declared.values()).count(False) == 4
    assert declared[tendering.world.accounts["evaluator"]] is None


def test_after_scores_were_handed_in_only_who_declared_a_conflict_is_replaced(tendering: Tendering) -> None:
    tendering.panel()
    for position in (1, 2, 3):
        tendering.score(tendering.experts[0], position, 5000, 2000)
    actions.submit_scores(tendering.experts[0], tendering.tender_id)
    actions.declare_conflict(tendering.experts[4], tendering.tender_id, True)
    chosen = seats_of(tendering, tendering.world.accounts["evaluator"])
    others = [*chosen[1:], rules.PanelSeat(tendering.world.accounts["secretary"], rules.EXPERT)]
    with pytest.raises(Refused, match="其他人要留下"):
        actions.appoint_panel(tendering.secretary, tendering.tender_id, others)
    actions.appoint_panel(tendering.secretary, tendering.tender_id, chosen)
    kept = queries.find_seat(tendering.tender_id, tendering.experts[0].account_id)
    assert kept is not None
    assert kept.submitted_at is not None
    assert not any(seat.conflicted for seat in queries.panel(tendering.tender_id))


def seats_of(tendering: Tendering, last: int) -> list[rules.PanelSeat]:
    ids = [actor.account_id or 0 for actor in tendering.experts[:4]] + [last]
    return [rules.PanelSeat(account_id, rules.EXPERT, at == 0) for at, account_id in enumerate(ids)]


def test_a_stranger_to_the_panel_finds_no_page_to_score(tendering: Tendering) -> None:
    tendering.panel()
    with pytest.raises(NotFound):
        tendering.score(tendering.world.actor("evaluator"), 1, 1, 1)
    with pytest.raises(Forbidden):
        actions.rank_bids(tendering.world.actor("evaluator"), tendering.tender_id)


def test_points_outside_of_a_factor_are_refused(tendering: Tendering) -> None:
    tendering.panel()
    with pytest.raises(Refused, match="之间"):
        tendering.score(tendering.experts[0], 1, 6001, 0)
    price = queries.criteria(tendering.tender_id)[2]
    with pytest.raises(Refused, match="公式"):
        actions.score_bid(tendering.experts[0], tendering.tender_id, 1, {price.id: 1})
    with pytest.raises(NotFound):
        actions.score_bid(tendering.experts[0], tendering.tender_id, 1, {price.id + 999: 1})


def test_scores_are_handed_in_whole_and_then_stay(tendering: Tendering) -> None:
    tendering.panel()
    expert = tendering.experts[0]
    tendering.score(expert, 1, 5000, 2000)
    with pytest.raises(Refused, match="没有打分"):
        actions.submit_scores(expert, tendering.tender_id)
    tendering.score(expert, 2, 5000, 2000)
    tendering.score(expert, 3, 5000, 2000)
    actions.submit_scores(expert, tendering.tender_id)
    with pytest.raises(Refused, match="四种情况"):
        tendering.score(expert, 1, 5001, 2000)
    tendering.score(expert, 1, 5001, 2000, reason="arithmetic")
    tendering.score(expert, 1, 5001, 2000)
    with pytest.raises(Refused, match="不能再换"):
        actions.appoint_panel(tendering.secretary, tendering.tender_id, seats(tendering, *["expert"] * 5))


def test_members_must_agree_about_an_objective_factor(tendering: Tendering) -> None:
    tendering.panel().scored()
    tendering.score(tendering.experts[1], 2, 5000, 1900, reason="clearly_abnormal")
    with pytest.raises(Refused, match="客观分"):
        tendering.ranked()
    tendering.score(tendering.experts[1], 2, 5000, 2000, reason="objective_differs")
    tendering.ranked()


def test_there_is_no_ranking_before_all_have_handed_in(tendering: Tendering) -> None:
    tendering.panel()
    with pytest.raises(Refused, match="没有提交评分"):
        tendering.ranked()


def test_the_ranking_is_exact(tendering: Tendering) -> None:
    tendering.panel().scored().ranked()
    ranks = queries.ranks(tendering.tender_id)
    assert [row.rank for row in ranks] == [1, 2, 3]
    assert ranks[0].total == 56 + 20 + Fraction(26, 26) * 15
    assert ranks[1].total == 50 + 20 + Fraction(26, 28) * 15
    assert ranks[1].factors == (Fraction(50), Fraction(20), Fraction(195, 14))
    row = queries.get_by_id(tendering.tender_id)
    assert (row.stage, row.decide_by) == (RANKED, date(2026, 4, 9))


def test_the_buyer_decides_for_the_first_rank_only(tendering: Tendering) -> None:
    tendering.panel().scored().ranked()
    second = queries.ranks(tendering.tender_id)[1].bid.position
    with pytest.raises(Refused, match="按排名顺序"):
        actions.decide_award(tendering.secretary, tendering.tender_id, second)
    tendering.awarded()
    assert queries.get_by_id(tendering.tender_id).stage == RESULT
    with pytest.raises(Refused):
        actions.publish_award(tendering.secretary, tendering.tender_id)


def test_equal_first_ranks_wait_for_the_buyers_reason(app: Flask, world: World, clock: Clock) -> None:
    tendering = Tendering(world, clock).published().bids(26_000_000, 26_000_000, 27_000_000).opened().panel()
    for expert in tendering.experts:
        for position in (1, 2, 3):
            tendering.score(expert, position, 5000, 2000)
        actions.submit_scores(expert, tendering.tender_id)
    tendering.ranked()
    assert [row.rank for row in queries.ranks(tendering.tender_id)] == [1, 1, 3]
    tendering.clock.forward(days=30)
    assert actions.decide_by_silence() == 0
    with pytest.raises(Refused, match="并列第一"):
        actions.decide_award(tendering.secretary, tendering.tender_id, 2)
    actions.decide_award(tendering.secretary, tendering.tender_id, 2, "公开抽签")
    award = queries.find_award(tendering.tender_id)
    assert award is not None
    assert award.reason == "公开抽签"


def test_silence_for_five_working_days_decides_for_the_first(tendering: Tendering) -> None:
    tendering.panel().scored().ranked()
    tendering.clock.set(datetime.combine(date(2026, 4, 9), time(23, 59), ZONE))
    assert actions.decide_by_silence() == 0
    tendering.clock.set(datetime.combine(date(2026, 4, 10), time(0, 1), ZONE))
    assert actions.decide_by_silence() == 1
    assert actions.decide_by_silence() == 0
    assert queries.get_by_id(tendering.tender_id).stage == AWARDED


def test_the_contract_waits_for_the_last_day_for_challenges(tendering: Tendering) -> None:
    tendering.panel().scored().ranked().awarded()
    award = queries.find_award(tendering.tender_id)
    assert award is not None
    assert award.challenge_until is not None
    tendering.clock.set(datetime.combine(award.challenge_until, time(12), ZONE))
    with pytest.raises(Refused, match="质疑期"):
        tendering.signed()
    tendering.clock.forward(days=1)
    tendering.signed()
    contract = queries.find_contract(tendering.tender_id)
    assert contract is not None
    assert contract.amount == 26_000_000
    assert sum(step.amount for step in queries.milestones(contract.id)) == contract.amount


@pytest.mark.parametrize(
    ("starts", "ends", "amounts", "words"),
    [
        (date(2026, 5, 1), date(2027, 5, 2), (26_000_000,), "最晚"),
        (date(2026, 5, 1), date(2026, 5, 1), (26_000_000,), "晚于"),
        (date(2026, 5, 1), date(2027, 5, 1), (25_999_999,), "中标价"),
        (date(2026, 5, 1), date(2027, 5, 1), (), "中标价"),
    ],
)
def test_a_contract_that_does_not_fit_is_refused(
    tendering: Tendering, starts: date, ends: date, amounts: tuple[int, ...], words: str
) -> None:
    tendering.panel().scored().ranked().awarded().after_challenges()
    steps = [rules.Milestone("全部", date(2027, 1, 1), amount) for amount in amounts]
    with pytest.raises(Refused, match=words):
        actions.sign_contract(tendering.secretary, tendering.tender_id, starts, ends, steps)


def test_the_last_milestone_completes_the_contract(tendering: Tendering) -> None:
    tendering.panel().scored().ranked().awarded().after_challenges().signed()
    assert queries.get_by_id(tendering.tender_id).stage == SIGNED
    actions.complete_milestone(tendering.secretary, tendering.tender_id, 2, "满意")
    with pytest.raises(Refused, match="验收过"):
        actions.complete_milestone(tendering.secretary, tendering.tender_id, 2)
    assert queries.get_by_id(tendering.tender_id).stage == SIGNED
    actions.complete_milestone(tendering.secretary, tendering.tender_id, 1, "满意")
    assert queries.get_by_id(tendering.tender_id).stage == COMPLETED
    contract = queries.find_contract(tendering.tender_id)
    assert contract is not None
    assert contract.completed_at == tendering.clock.now


def test_a_contract_after_thirty_days_is_signed_and_its_lateness_on_record(tendering: Tendering) -> None:
    tendering.panel().scored().ranked().awarded()
    award = queries.find_award(tendering.tender_id)
    assert award is not None
    assert award.sign_by is not None
    tendering.clock.set(datetime.combine(award.sign_by + timedelta(days=1), time(9), ZONE))
    tendering.signed()
    assert queries.get_by_id(tendering.tender_id).stage == SIGNED
