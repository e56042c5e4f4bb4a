"""Spending a budget: greedily, by equal shares, and by equal shares that are raised."""

from fractions import Fraction

import pytest

from app.voting.rules.methods import (
    Project,
    Spending,
    Support,
    approvals,
    by_text,
    equal_shares,
    equal_shares_add1,
    greedy,
)
from app.voting.rules.methods.counting import borda
from tests.shares_by_hand import add1_by_hand

ORDER = ("a", "b", "c", "d")


def town(budget: int, costs: dict[str, int], ballots: dict[str, int], step: int = 1) -> Spending:
    """`{"ab": 3}`: three voters approve of a and b."""
    projects = tuple(Project(key, cost) for key, cost in costs.items())
    return Spending(projects, budget, approvals(projects, {tuple(keys): many for keys, many in ballots.items()}), step)


def test_greedy_goes_by_approvals_and_skips_what_no_longer_fits() -> None:
    found = greedy(town(100, {"a": 60, "b": 50, "c": 40}, {"a": 5, "b": 4, "c": 3}), ORDER)
    assert (found.funded, found.cost, found.ties) == (("a", "c"), 100, ())


def test_greedy_may_leave_a_minority_with_nothing_where_equal_shares_do_not() -> None:
    spending = town(100, {"a": 50, "b": 50, "c": 40}, {"ab": 6, "c": 4})
    assert greedy(spending, ORDER).funded == ("a", "b")
    assert equal_shares(spending, ORDER).funded == ("a", "c")


def test_a_supporter_without_enough_gives_all_and_the_others_pay_the_rest() -> None:
    ballots = {"ab": 1, "a": 1, "b": 2}
    assert equal_shares(town(40, {"a": 20, "b": 6}, ballots), ORDER).funded == ("b",)
    assert equal_shares(town(44, {"a": 20, "b": 6}, ballots), ORDER).funded == ("b", "a")


def test_raising_ends_where_all_that_is_wanted_is_funded() -> None:
    found = equal_shares_add1(town(40, {"a": 20, "b": 6, "c": 5}, {"ab": 1, "a": 1, "b": 2}), ORDER)
    assert (found.funding.funded, found.next_cost) == (("b", "a"), None)
    assert found.share == Fraction(10) + found.raised == 11


def test_the_budget_that_is_left_over_stays_unspent_without_raising() -> None:
    spending = town(100, {"a": 40, "b": 60}, {"a": 5, "b": 5})
    assert equal_shares(spending, ORDER).funded == ("a",)
    assert equal_shares_add1(spending, ORDER).funding.funded == ("a", "b")


def test_raising_ends_before_the_step_that_overspends_and_says_what_it_would_cost() -> None:
    spending = town(100, {"a": 40, "b": 70}, {"a": 5, "b": 5})
    found = equal_shares_add1(spending, ORDER)
    assert (found.funding.funded, found.next_cost) == (("a",), 110)
    assert found.raised == 3
    assert found.share == 13


def test_a_step_of_a_hundred_fen_raises_by_a_yuan() -> None:
    spending = town(10_000, {"a": 4_000, "b": 7_000}, {"a": 5, "b": 5}, step=100)
    assert equal_shares_add1(spending, ORDER).raised == 3


def test_jumping_costs_no_more_when_the_same_money_is_counted_in_smaller_coins() -> None:
    coarse = town(100, {"a": 40, "b": 30, "c": 45}, {"ab": 3, "bc": 2, "c": 2})
    fine = town(100 * 10**9, {"a": 40 * 10**9, "b": 30 * 10**9, "c": 45 * 10**9}, {"ab": 3, "bc": 2, "c": 2})
    found = equal_shares_add1(fine, ORDER)
    assert found.funding.funded == equal_shares_add1(coarse, ORDER).funding.funded
    assert found.raised > 10**9


def test_points_count_as_they_were_given() -> None:
    projects = (Project("a", 10), Project("b", 10))
    supports = (Support(2, {"a": 1, "b": 3}), Support(1, {"a": 2}))
    assert greedy(Spending(projects, 10, supports), ORDER).funded == ("b",)
    assert equal_shares(Spending(projects, 15, supports), ORDER).funded == ("b",)


def test_equals_that_do_not_all_fit_are_a_tie_and_the_order_decides() -> None:
    spending = town(50, {"a": 40, "b": 40}, {"a": 2, "b": 2})
    assert greedy(spending, ("a", "b")).funded == ("a",)
    assert greedy(spending, ("b", "a")).funded == ("b",)
    assert greedy(spending, ("a", "b")).ties == (("a", "b"),)
    assert greedy(town(80, {"a": 40, "b": 40}, {"a": 2, "b": 2}), ORDER).ties == ()
    assert greedy(town(30, {"a": 40, "b": 40}, {"a": 2, "b": 2}), ORDER).ties == ()


def test_equals_of_equal_shares_are_a_tie_only_where_one_takes_from_the_other() -> None:
    apart = town(80, {"a": 40, "b": 40}, {"a": 2, "b": 2})
    assert equal_shares(apart, ORDER).ties == ()
    together = town(40, {"a": 30, "b": 30}, {"ab": 2})
    assert equal_shares(together, ("b", "a")).funded == ("b",)
    assert equal_shares(together, ORDER).ties == (("a", "b"),)
    rich = town(80, {"a": 30, "b": 30}, {"ab": 2})
    assert (equal_shares(rich, ORDER).funded, equal_shares(rich, ORDER).ties) == (("a", "b"), ())


def test_what_costs_nothing_is_taken_greedily_and_gives_equal_shares_nothing() -> None:
    spending = town(10, {"a": 0, "b": 10}, {"ab": 1})
    assert greedy(spending, ORDER).funded == ("b", "a")
    assert equal_shares(spending, ORDER).funded == ("b",)
    gift = Spending((Project("a", 0), Project("b", 10)), 10, (Support(1, {"a": 1, "b": 1}),))
    assert greedy(gift, ORDER).funded == ("a", "b")
    assert equal_shares(gift, ORDER).funded == ("a", "b")


@pytest.mark.parametrize("ballots", [{}, {"": 3}])
def test_where_nobody_wants_anything_equal_shares_buy_nothing(ballots: dict[str, int]) -> None:
    spending = town(100, {"a": 40, "b": 50}, ballots)
    assert equal_shares(spending, ORDER).funded == ()
    assert equal_shares_add1(spending, ORDER).funding.funded == ()


def test_a_voter_without_a_wish_has_a_share_all_the_same() -> None:
    assert equal_shares(town(100, {"a": 60}, {"a": 1, "": 1}), ORDER).funded == ()
    assert equal_shares(town(100, {"a": 50}, {"a": 1, "": 1}), ORDER).funded == ("a",)


def test_borda_gives_as_many_points_as_there_are_places_below() -> None:
    assert [borda(places) for places in (0, 1, 3)] == [(), (0,), (2, 1, 0)]


def test_steps_taken_one_by_one_end_at_the_same_projects() -> None:
    spending = town(200, {"a": 70, "b": 50, "c": 90, "d": 33}, {"ab": 4, "bc": 3, "cd": 2, "d": 1, "ac": 2})
    found = equal_shares_add1(spending, ORDER).funding
    assert found.funded == add1_by_hand(spending, ORDER, 500)
    assert found.cost <= 200


def test_text_puts_10_before_2() -> None:
    assert by_text(["2", "10", "1"]) == ("1", "10", "2")


def test_a_tie_at_a_single_raise_is_a_tie() -> None:
    """At 8 and at no other raise a and e cost the same; the lot decides whether e is bought there."""
    kinds = [({"e": 3, "a": 2}, 3), ({}, 8), ({"d": 2, "c": 1, "e": 1}, 2), ({"c": 1, "e": 3, "d": 2, "a": 4}, 2)]
    supports = tuple(Support(many, wish) for wish, many in kinds)
    prices = {"a": 24, "b": 17, "c": 16, "d": 29, "e": 34}
    projects = tuple(Project(key, cost) for key, cost in prices.items())
    found = equal_shares_add1(Spending(projects, 60, supports), tuple("cadeb"))
    assert (found.funding.funded, found.funding.ties) == (("a", "e"), (("a", "e"),))
