"""Who may evaluate: numbers, experts, the chair, and who stays away."""

from datetime import date

import pytest

from app.procurement.rules import (
    BUYER,
    CONSULTATION,
    EXPERT,
    OPEN,
    Basis,
    PanelSeat,
    member_refusal,
    panel_refusal,
    scoring_refusal,
)

BASIS = Basis(date(2026, 12, 8))
SMALL, TEN_MILLION = 28_600_000, 1_000_000_000


def panel(experts: int, buyers: int = 0) -> list[PanelSeat]:
    seats = [PanelSeat(n, EXPERT, chairs=n == 0) for n in range(experts)]
    return [*seats, *(PanelSeat(100 + n, BUYER) for n in range(buyers))]


def article(method: str, budget: int, seats: list[PanelSeat], demanding: bool = False) -> str | None:
    refusal = panel_refusal(method, budget, seats, BASIS, demanding)
    return refusal.article if refusal else None


def test_an_open_tender_wants_five() -> None:
    assert article(OPEN, SMALL, panel(5)) is None
    assert article(OPEN, SMALL, panel(4)) == "87号令 47"
    assert article(OPEN, SMALL, panel(3)) == "87号令 47"


def test_a_consultation_wants_three() -> None:
    assert article(CONSULTATION, SMALL, panel(3)) is None
    assert article(CONSULTATION, SMALL, panel(2)) == "214号 14"


def test_an_even_panel_is_refused() -> None:
    assert article(OPEN, SMALL, panel(6)) == "87号令 47"
    assert article(CONSULTATION, SMALL, panel(4)) == "214号 14"


@pytest.mark.parametrize(("budget", "five"), [(TEN_MILLION - 1, True), (TEN_MILLION, False), (TEN_MILLION + 1, False)])
def test_seven_sit_from_ten_million_yuan_on(budget: int, five: bool) -> None:
    assert (panel_refusal(OPEN, budget, panel(5), BASIS) is None) is five
    assert panel_refusal(OPEN, budget, panel(7), BASIS) is None


def test_seven_sit_over_what_is_complex_or_touches_many() -> None:
    assert article(OPEN, SMALL, panel(5), demanding=True) == "87号令 47"
    assert article(OPEN, SMALL, panel(7), demanding=True) is None


@pytest.mark.parametrize(
    ("experts", "buyers", "enough"), [(4, 1, True), (3, 2, False), (5, 2, True), (4, 3, False), (6, 3, True)]
)
def test_two_thirds_are_experts(experts: int, buyers: int, enough: bool) -> None:
    assert (panel_refusal(OPEN, SMALL, panel(experts, buyers), BASIS) is None) is enough


def test_two_experts_of_three_are_exactly_enough() -> None:
    assert article(CONSULTATION, SMALL, panel(2, 1)) is None


def test_the_buyer_does_not_chair_and_somebody_does() -> None:
    seats = [PanelSeat(n, EXPERT) for n in range(4)]
    assert article(OPEN, SMALL, [*seats, PanelSeat(9, BUYER, chairs=True)]) == "87号令 45、47"
    assert article(OPEN, SMALL, [*seats, PanelSeat(9, BUYER)]) == "87号令 45、47"
    two = [PanelSeat(n, EXPERT, chairs=n < 2) for n in range(5)]
    assert panel_refusal(OPEN, SMALL, two, BASIS) is not None


def test_nobody_sits_twice() -> None:
    seats = [PanelSeat(1, EXPERT, chairs=n == 0) for n in range(5)]
    assert panel_refusal(OPEN, SMALL, seats, BASIS) is not None


def test_nobody_evaluates_an_organisation_to_which_they_belong() -> None:
    assert member_refusal(frozenset({1, 2}), frozenset({3})) is None
    assert member_refusal(frozenset({1, 3}), frozenset({3})) is not None


def test_a_member_scores_after_declaring_and_not_with_a_conflict() -> None:
    seats = [PanelSeat(1, EXPERT), PanelSeat(2, EXPERT, conflicted=True), PanelSeat(3, EXPERT, conflicted=False)]
    assert scoring_refusal(seats, 1) is not None
    assert scoring_refusal(seats, 2) is not None
    assert scoring_refusal(seats, 3) is None
    assert scoring_refusal(seats, 4) is not None
