"""Annulling a vote and holding it again; how long a court may be asked."""

from datetime import date

import pytest

from app.core.law.rows import law_row
from app.voting.rules import annul_refusal, annulled_refusal, challenge_until, owners_terms, succession_refusal

TERMS = owners_terms(5, date(2026, 3, 2), law_row)


@pytest.mark.parametrize(("length", "allowed"), [(9, False), (10, True), (1000, True), (1001, False)])
def test_the_reason_says_something_and_fits_a_page(length: int, allowed: bool) -> None:
    assert (annul_refusal(TERMS, False, "字" * length) is None) is allowed


def test_spaces_are_no_reason() -> None:
    assert annul_refusal(TERMS, False, " " * 20) is not None


def test_a_vote_is_annulled_once() -> None:
    assert annul_refusal(TERMS, True, "程序不合规定，送达不全。") is not None
    assert annulled_refusal(False) is None
    assert annulled_refusal(True) is not None


def test_only_an_annulled_vote_is_held_again_and_once() -> None:
    assert succession_refusal(annulled=True, succeeded=False) is None
    assert succession_refusal(annulled=False, succeeded=False) is not None
    assert succession_refusal(annulled=True, succeeded=True) is not None


@pytest.mark.parametrize(
    ("told", "until"),
    [
        (date(2026, 11, 26), date(2027, 11, 26)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_the_year_for_asking_a_court_ends_on_the_same_day(told: date, until: date) -> None:
    assert challenge_until(told, 1) == until
