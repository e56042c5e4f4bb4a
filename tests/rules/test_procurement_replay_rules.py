"""Reading tenders that others published, and what in them breaks which article."""

from datetime import date
from typing import Any

import pytest

from app.procurement.rules import CONSULTATION, OPEN, Basis
from app.procurement.rules.replayed import read_tender, replay_findings
from app.procurement.rules.scales import Unreadable

BASIS = Basis(date(2026, 11, 23))
RAW: dict[str, Any] = {
    "id": "T-1",
    "title": "助餐服务",
    "method": "public_tender",
    "budget_cny": "286000.00",
    "term": {"years": 1},
    "weights": {"price": 15, "technical": 85},
    "criteria": [
        {"part": "technical", "name": "方案", "weight": 85, "kind": "objective", "scale": {"有": 100, "无": 0}}
    ],
}


def changed(**values: Any) -> dict[str, Any]:
    return {**RAW, **values}


def rules_of(raw: dict[str, Any]) -> list[str]:
    return [found.rule for found in replay_findings(read_tender(raw), BASIS)]


def criterion(**values: Any) -> dict[str, Any]:
    return changed(criteria=[{"part": "technical", "name": "方案", "weight": 85, **values}])


def test_a_plain_tender_is_read_to_the_fen_and_has_no_findings() -> None:
    tender = read_tender(RAW)
    assert (tender.source, tender.terms.method) == ("T-1", OPEN)
    assert (tender.terms.budget, tender.terms.ceiling) == (28_600_000, 28_600_000)
    assert [factor.points for factor in tender.terms.criteria] == [1500, 8500]
    assert replay_findings(tender, BASIS) == []


def test_a_yearly_budget_says_so() -> None:
    raw = {key: value for key, value in RAW.items() if key != "budget_cny"}
    assert read_tender({**raw, "budget_cny_per_year": 100}).yearly
    assert not read_tender(RAW).yearly


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"id": ""}, "id"),
        ({"title": None}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"method": "lottery"}, "method"),
        ({"category": "works"}, "category"),
        ({"budget_cny": -1}, "budget_cny"),
        ({"budget_cny": 0}, "budget_cny"),
        ({"budget_cny": "NaN"}, "budget_cny"),
        ({"budget_cny": "1e999"}, "budget_cny"),
        ({"budget_cny": "1e3"}, "budget_cny"),
        ({"budget_cny": "0.001"}, "budget_cny"),
        ({"budget_cny": True}, "budget_cny"),
        ({"budget_cny": "很多"}, "budget_cny"),
        ({"weights": {}}, "weights"),
        ({"weights": {"price": -1}}, "weights.price"),
        ({"weights": {"price": 15}}, "criteria[0] 方案"),
        ({"criteria": "方案"}, "criteria"),
        ({"criteria": [{"weight": 1}]}, "criteria[0]"),
        ({"criteria": [{"name": "方案", "weight": "x"}]}, "criteria[0].weight"),
        ({"term": {"from": "2026-13-01", "to": "2027-01-01"}}, "term"),
        ({"term": {"from": "2026-03-01", "to": "2026-03-01"}}, "term"),
        ({"term": {"years": -1}}, "term.years"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(values: dict[str, Any], where: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_tender(changed(**values))
    assert caught.value.where == where


def test_something_that_is_no_tender_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_tender(["a list"])


@pytest.mark.parametrize(
    "scale",
    [
        {"scale": {"5A": 100, "4A": 80}},
        {"per_item": 34, "cap": 100},
        {"per_item": {"优": 34, "良": 17}, "cap": 100},
        {"items": {"a": 40, "b": 60}},
        {"checklist": [20, 100]},
        {"checklist_each": 10, "checklist_cap": 60, "graded": {"写明路线": 40}},
        {"all_or_nothing": True},
    ],
)
def test_every_way_of_giving_points_is_read(scale: dict[str, Any]) -> None:
    assert rules_of(criterion(kind="objective", **scale)) == []


def test_a_scale_finer_than_a_hundredth_of_a_point_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_tender(changed(criteria=[{"part": "technical", "name": "x", "weight": "0.01", "items": {"a": 50}}]))


def test_a_part_without_factors_is_one_factor_that_is_not_quantified() -> None:
    [found] = replay_findings(read_tender(changed(criteria=[])), BASIS)
    assert (found.rule, found.where, found.binding) == ("not-quantified", "weights.technical", True)


def test_the_same_in_a_consultation_is_to_be_confirmed_locally() -> None:
    raw = changed(criteria=[], method="competitive_consultation", candidates=2)
    found = replay_findings(read_tender(raw), BASIS)
    assert [(one.rule, one.binding) for one in found] == [("not-quantified", False), ("too-few-candidates", False)]


def test_a_part_whose_factors_do_not_sum_is_found() -> None:
    raw = changed(criteria=[{**RAW["criteria"][0], "weight": 80}])
    assert rules_of(raw) == ["weights-not-100", "part-does-not-add-up"]


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ({"local_stricter_rules": {"contract_sign_days": 30}}, []),
        ({"local_stricter_rules": {"contract_sign_days": 31}}, ["looser-than-law"]),
        ({"local_stricter_rules": {"response_days_min": 20}}, []),
        ({"local_stricter_rules": {"response_days_min": 19}}, ["looser-than-law"]),
        ({"local_stricter_rules": {"clarification_days_before": 14}}, ["looser-than-law"]),
        ({"min_effective_suppliers": 3}, []),
        ({"min_effective_suppliers": 2}, ["looser-than-law"]),
        ({"bid_bond": "5720.00"}, []),
        ({"bid_bond": "5720.01"}, ["bid-bond-too-high"]),
        ({"performance_bond_pct": 10}, []),
        ({"performance_bond_pct": "10.01"}, ["performance-bond-too-high"]),
        ({"ceiling_cny": "286000.01"}, ["ceiling-over-budget"]),
        ({"minimum_price_cny": 1}, ["minimum-price"]),
        ({"term": {"from": "2026-03-11", "to": "2027-03-11"}}, []),
        ({"term": {"years": 3}}, ["term-over-one-year"]),
        ({"qualifications": ["注册资本100万元"]}, ["registered-capital"]),
        ({"weights": {"price": 9, "technical": 91}, "criteria": []}, ["price-weight-too-low", "not-quantified"]),
    ],
)
def test_what_breaks_an_article_is_found(values: dict[str, Any], rules: list[str]) -> None:
    assert rules_of(changed(**values)) == rules


def test_rules_of_a_consultation_are_its_own() -> None:
    local = {"notice_days_min_working": 3, "clarification_days_before": 5, "response_days_min": 10}
    raw = changed(method="competitive_consultation", local_stricter_rules=local)
    assert read_tender(raw).terms.method == CONSULTATION
    assert rules_of(raw) == []
