"""Ceilings, bonds, terms, low prices and milestones, one fen to either side."""

from dataclasses import replace
from datetime import date

import pytest

from app.core.values import Fen
from app.procurement.rules import (
    Basis,
    Milestone,
    TenderTerms,
    addition_refusal,
    contract_refusal,
    low_price_findings,
    months_after,
)
from app.procurement.rules.duration import term_findings
from app.procurement.rules.money import money_findings
from app.procurement.rules.review import review

BASIS = Basis(date(2026, 11, 11))
BUDGET = 28_600_000
TERMS = TenderTerms("助餐", BUDGET, BUDGET)


def rules_of(terms: TenderTerms) -> list[str]:
    return [found.rule for found in (*money_findings(terms, BASIS), *term_findings(terms, BASIS))]


def test_the_ceiling_may_equal_the_mandate_and_be_no_fen_more() -> None:
    assert rules_of(TERMS) == []
    assert rules_of(replace(TERMS, ceiling=BUDGET + 1)) == ["ceiling-over-budget"]


def test_a_minimum_price_is_never_allowed() -> None:
    assert rules_of(replace(TERMS, minimum_price=1)) == ["minimum-price"]
    assert rules_of(replace(TERMS, minimum_price=0)) == ["minimum-price"]


def test_a_bid_bond_of_two_percent_is_allowed_and_one_fen_more_is_not() -> None:
    assert rules_of(replace(TERMS, bid_bond=572_000)) == []
    assert rules_of(replace(TERMS, bid_bond=572_001)) == ["bid-bond-too-high"]


def test_a_performance_bond_of_ten_percent_is_allowed_and_a_hundredth_more_is_not() -> None:
    assert rules_of(replace(TERMS, performance_bond=1000)) == []
    assert rules_of(replace(TERMS, performance_bond=1001)) == ["performance-bond-too-high"]


def test_a_service_lasts_a_year_and_no_day_longer() -> None:
    first = date(2026, 3, 11)
    assert rules_of(replace(TERMS, term_from=first, term_to=date(2027, 3, 11))) == []
    assert rules_of(replace(TERMS, term_from=first, term_to=date(2027, 3, 12))) == ["term-over-one-year"]
    assert rules_of(replace(TERMS, term_months=12)) == []
    assert rules_of(replace(TERMS, term_months=13)) == ["term-over-one-year"]


def test_three_years_want_all_three_grounds() -> None:
    grounds = frozenset({"fixed", "stable", "budgeted"})
    assert rules_of(replace(TERMS, term_months=36, long_grounds=grounds)) == []
    [found] = term_findings(replace(TERMS, term_months=36, long_grounds=grounds - {"stable"}), BASIS)
    assert found.rule == "term-over-one-year"
    assert found.refusal.values == {"count": 1}


def test_more_than_three_years_are_refused_whatever_the_grounds() -> None:
    grounds = frozenset({"fixed", "stable", "budgeted"})
    assert rules_of(replace(TERMS, term_months=37, long_grounds=grounds)) == ["term-over-three-years"]


def test_a_year_after_the_last_of_february_ends_on_the_last_of_february() -> None:
    assert months_after(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert months_after(date(2026, 12, 31), 2) == date(2027, 2, 28)


@pytest.mark.parametrize(("price", "rules"), [(49, ["low-price-mean"]), (50, [])])
def test_a_price_below_half_of_the_mean_is_to_be_explained(price: int, rules: list[str]) -> None:
    others = [98, 150 - price]
    prices = [price, *others, 300 - price - sum(others) + 100]
    assert sum(prices) == 400
    found = [one for one in low_price_findings(prices, price, 100, BASIS) if one.rule == "low-price-mean"]
    assert [one.rule for one in found] == rules


def test_a_price_below_half_of_the_next_is_to_be_explained() -> None:
    assert [one.rule for one in low_price_findings([50, 100], 50, 100, BASIS)] == []
    assert "low-price-next" in [one.rule for one in low_price_findings([49, 100], 49, 100, BASIS)]
    assert low_price_findings([50, 100], 100, 100, BASIS) == []


def test_a_price_below_forty_five_percent_of_the_ceiling_is_to_be_explained() -> None:
    assert low_price_findings([450], 450, 1000, BASIS) == []
    [found] = low_price_findings([449], 449, 1000, BASIS)
    assert (found.rule, found.binding) == ("low-price-ceiling", False)


def test_before_its_day_there_was_no_review_of_low_prices() -> None:
    assert low_price_findings([1, 1000], 1, 1000, Basis(date(2025, 12, 31))) == []


def milestones(*amounts: int) -> list[Milestone]:
    return [Milestone(f"第{n}期", date(2027, n, 1), amount) for n, amount in enumerate(amounts, start=1)]


def test_milestones_add_up_to_the_price() -> None:
    assert contract_refusal(1000, 1000, milestones(300, 700)) is None
    refusal = contract_refusal(1000, 1000, milestones(300, 699))
    assert refusal is not None
    assert refusal.values["gap"] == Fen(1)
    assert contract_refusal(1000, 1000, milestones(300, 701)) is not None


def test_a_contract_is_signed_at_the_price_of_the_winning_bid() -> None:
    assert contract_refusal(999, 1000, milestones(999)) is not None
    assert contract_refusal(1000, 1000, []) is not None
    assert contract_refusal(1000, 1000, milestones(1100, -100)) is not None


def test_additions_stop_at_ten_percent() -> None:
    assert addition_refusal(1000, 100, BASIS) is None
    assert addition_refusal(1000, 101, BASIS) is not None


def test_a_budget_by_persons_is_pointed_out() -> None:
    found = review(replace(TERMS, price_basis="163000 CNY/person/year x 15 persons"), BASIS)
    assert ("priced-by-persons", False) in [(one.rule, one.binding) for one in found]
