"""Bids come in time, stay shut until the deadline, and are opened only where there are enough."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.procurement.rules import (
    CONSULTATION,
    GOODS,
    GRACE,
    NEGOTIATION,
    OPEN,
    SERVICES,
    Basis,
    answer_refusal,
    bidders_refusal,
    bidding_refusal,
    opening_refusal,
    price_refusal,
    qualified_refusal,
    question_refusal,
)

BASIS = Basis(date(2026, 11, 11))
PUBLISHED = datetime(2026, 11, 11, 1, tzinfo=UTC)
DEADLINE = datetime(2026, 12, 8, 2, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def test_a_bid_comes_between_the_notice_and_the_deadline() -> None:
    assert bidding_refusal(PUBLISHED, PUBLISHED, DEADLINE, False) is None
    assert bidding_refusal(DEADLINE - INSTANT, PUBLISHED, DEADLINE, False) is None


@pytest.mark.parametrize("now", [DEADLINE, DEADLINE + INSTANT, datetime(2049, 1, 1, tzinfo=UTC)])
def test_at_the_deadline_the_door_is_shut(now: datetime) -> None:
    refusal = bidding_refusal(now, PUBLISHED, DEADLINE, False)
    assert refusal is not None
    assert refusal.values == {"deadline": DEADLINE}


def test_no_bid_comes_before_the_notice_after_the_opening_or_once_the_tender_ended() -> None:
    assert bidding_refusal(PUBLISHED - INSTANT, PUBLISHED, DEADLINE, False) is not None
    assert bidding_refusal(PUBLISHED, None, DEADLINE, False) is not None
    assert bidding_refusal(PUBLISHED, PUBLISHED, DEADLINE, True) is not None
    assert bidding_refusal(PUBLISHED, PUBLISHED, DEADLINE, False, ended="failed") is not None


def test_an_offer_lies_above_nothing_and_not_above_the_ceiling() -> None:
    assert price_refusal(1, 100) is None
    assert price_refusal(100, 100) is None
    assert price_refusal(101, 100) is not None
    assert price_refusal(0, 100) is not None
    assert price_refusal(-5, 100) is not None


def test_nothing_is_opened_before_the_deadline() -> None:
    refusal = opening_refusal(DEADLINE - INSTANT, DEADLINE)
    assert refusal is not None
    assert refusal.article == "87号令 39"


def test_what_arrived_in_time_is_waited_for_before_the_opening() -> None:
    refusal = opening_refusal(DEADLINE, DEADLINE)
    assert refusal is not None
    assert refusal.values == {"seconds": 30}
    assert opening_refusal(DEADLINE + GRACE - INSTANT, DEADLINE) is not None
    assert opening_refusal(DEADLINE + GRACE, DEADLINE) is None


def test_bids_are_opened_once() -> None:
    assert opening_refusal(DEADLINE + GRACE, DEADLINE, opened=True) is not None


@pytest.mark.parametrize(
    ("method", "category", "enough"),
    [
        (OPEN, SERVICES, 3),
        (OPEN, GOODS, 3),
        (CONSULTATION, GOODS, 3),
        (CONSULTATION, SERVICES, 2),
        (NEGOTIATION, SERVICES, 3),
    ],
)
def test_a_tender_with_too_few_bidders_is_not_opened(method: str, category: str, enough: int) -> None:
    assert bidders_refusal(enough, method, category, BASIS) is None
    refusal = bidders_refusal(enough - 1, method, category, BASIS)
    assert refusal is not None
    assert refusal.values == {"bidders": enough - 1, "least": enough}
    assert qualified_refusal(enough, method, category, BASIS) is None
    assert qualified_refusal(enough - 1, method, category, BASIS) is not None


def test_a_consultation_for_services_goes_on_with_two_by_its_own_article() -> None:
    refusal = bidders_refusal(1, CONSULTATION, SERVICES, BASIS)
    assert refusal is not None
    assert refusal.article == "财库〔2015〕124号"


def test_questions_are_asked_while_bids_may_come() -> None:
    assert question_refusal(PUBLISHED, PUBLISHED, DEADLINE) is None
    assert question_refusal(DEADLINE - INSTANT, PUBLISHED, DEADLINE) is None
    assert question_refusal(DEADLINE, PUBLISHED, DEADLINE) is not None
    assert question_refusal(PUBLISHED, None, DEADLINE) is not None


def test_a_question_is_answered_once_and_before_the_bids_are_due() -> None:
    assert answer_refusal(DEADLINE - INSTANT, DEADLINE, False) is None
    assert answer_refusal(DEADLINE - INSTANT, DEADLINE, True) is not None
    assert answer_refusal(DEADLINE, DEADLINE, False) is not None
