"""Points, sums and ranks, exact to the last fraction."""

from fractions import Fraction

import pytest

from app.procurement.rules import (
    JUDGED,
    OBJECTIVE,
    PRICE,
    REASONS,
    Criterion,
    Offer,
    Scored,
    award_refusal,
    change_refusal,
    differences_refusal,
    objective_differences,
    price_points,
    ranking,
    score,
    score_refusal,
    sheet_refusal,
)

PLAN, TEAM, COST = Criterion("方案", 6500, JUDGED), Criterion("团队", 2000, OBJECTIVE), Criterion("价格", 1500, PRICE)
CRITERIA = (PLAN, TEAM, COST)
A, B, C = Offer("a", 28_000_000), Offer("b", 26_000_000), Offer("c", 28_000_000)


def test_the_lowest_price_gets_all_points_and_others_their_share() -> None:
    assert price_points(26_000_000, 26_000_000, 1500) == 15
    assert price_points(28_000_000, 26_000_000, 1500) == Fraction(13, 14) * 15
    assert price_points(3, 1, 1000) == Fraction(10, 3)


def test_a_price_below_the_lowest_is_an_error_of_ours() -> None:
    with pytest.raises(ValueError, match="lowest"):
        price_points(1, 2, 1500)
    with pytest.raises(ValueError, match="lowest"):
        price_points(0, 0, 1500)


def test_the_total_is_the_sum_of_the_means_and_the_price() -> None:
    sheets = [{("a", 0): 6000, ("a", 1): 2000}, {("a", 0): 5000, ("a", 1): 2000}, {("a", 0): 5001, ("a", 1): 2000}]
    [one] = score(CRITERIA, [A], sheets)
    assert one.factors == (Fraction(16001, 300), Fraction(20), Fraction(15))
    assert one.total == Fraction(16001, 300) + 35


def test_without_offers_there_is_nothing_to_score() -> None:
    assert score(CRITERIA, [], [{}]) == []


@pytest.mark.parametrize(("given", "ok"), [(-1, False), (0, True), (6500, True), (6501, False)])
def test_points_lie_between_nothing_and_the_weight(given: int, ok: bool) -> None:
    assert (score_refusal(PLAN, given) is None) is ok


def test_nobody_scores_a_price() -> None:
    assert score_refusal(COST, 0) is not None


def test_a_sheet_is_handed_in_whole() -> None:
    full = {("a", 0): 1, ("a", 1): 2, ("b", 0): 3, ("b", 1): 4}
    assert sheet_refusal(CRITERIA, ["a", "b"], full) is None
    short = {place: given for place, given in full.items() if place != ("b", 1)}
    refusal = sheet_refusal(CRITERIA, ["a", "b"], short)
    assert refusal is not None
    assert refusal.values == {"missing": 1}
    assert sheet_refusal(CRITERIA, ["a", "b"], {**full, ("b", 1): 2001}) is not None


def test_submitted_scores_change_only_for_the_four_reasons() -> None:
    assert list(REASONS) == ["arithmetic", "out_of_range", "objective_differs", "clearly_abnormal"]
    assert all(change_refusal(True, reason) is None for reason in REASONS)
    refusal = change_refusal(True, "想再看看")
    assert refusal is not None
    assert refusal.article == "87号令 64"
    assert change_refusal(True, "") is not None
    assert change_refusal(False, "") is None


def test_an_objective_factor_has_one_answer_for_all() -> None:
    same = [{("a", 0): 10, ("a", 1): 20}, {("a", 0): 99, ("a", 1): 20}]
    differ = [{("a", 0): 10, ("a", 1): 20}, {("a", 0): 10, ("a", 1): 21}]
    assert objective_differences(CRITERIA, ["a"], same) == []
    assert objective_differences(CRITERIA, ["a"], differ) == [("a", 1)]
    assert differences_refusal(CRITERIA, ["a"], same) is None
    refusal = differences_refusal(CRITERIA, ["a"], differ)
    assert refusal is not None
    assert refusal.values == {"names": "团队"}


def scored(offer: Offer, total: Fraction | int) -> Scored:
    return Scored(offer, (Fraction(total),))


def test_the_higher_score_ranks_first_by_the_smallest_fraction() -> None:
    ranks = ranking([scored(A, 80), scored(B, Fraction(80) + Fraction(1, 10**9))])
    assert [(one.rank, one.bid) for one in ranks] == [(1, "b"), (2, "a")]


def test_equal_scores_rank_by_the_lower_price() -> None:
    assert [(one.rank, one.bid) for one in ranking([scored(A, 80), scored(B, 80)])] == [(1, "b"), (2, "a")]


def test_equal_scores_at_equal_prices_rank_equal_and_the_next_rank_is_skipped() -> None:
    ranks = ranking([scored(B, 70), scored(C, 80), scored(A, 80)])
    assert [(one.rank, one.bid) for one in ranks] == [(1, "a"), (1, "c"), (3, "b")]


def test_the_award_follows_the_ranking_and_chooses_among_equals_only() -> None:
    ranks = ranking([scored(B, 70), scored(C, 80), scored(A, 80)])
    assert award_refusal(ranks, "a") is None
    assert award_refusal(ranks, "c") is None
    refusal = award_refusal(ranks, "b")
    assert refusal is not None
    assert refusal.values == {"rank": 3}
    assert award_refusal(ranks, "unknown") is not None
