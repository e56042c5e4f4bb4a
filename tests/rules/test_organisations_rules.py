"""Which codes are codes, and who may provide services."""

import pytest

from app.organisations.rules import (
    BARRED,
    KINDS,
    credit_code_refusal,
    kind_refusal,
    member_refusal,
    normal_code,
    provider_refusal,
    registration_refusal,
)

GOOD = "91310115MA1K3ABCDM"


def test_a_right_code_is_taken_as_people_type_it() -> None:
    assert credit_code_refusal(GOOD) is None
    typed = "９１３１０１１５ ma1k-3abcdm\u200b"
    assert normal_code(typed) == GOOD


@pytest.mark.parametrize("place", range(18))
def test_one_wrong_sign_anywhere_is_found(place: int) -> None:
    other = "2" if GOOD[place] != "2" else "3"
    assert credit_code_refusal(GOOD[:place] + other + GOOD[place + 1 :]) is not None


@pytest.mark.parametrize("code", ["", GOOD[:-1], GOOD + "1"])
def test_eighteen_signs_no_more_and_no_less(code: str) -> None:
    refusal = credit_code_refusal(code)
    assert refusal is not None
    assert refusal.values == {"length": len(code)}


def test_letters_that_no_code_has_are_named() -> None:
    refusal = credit_code_refusal("91310115IA1K3ABCDM")
    assert refusal is not None
    assert "I、O、S、V、Z" in refusal.sentence


def test_two_neighbours_that_changed_places_are_found() -> None:
    assert credit_code_refusal("91130115MA1K3ABCDM") is not None


def test_the_kind_is_what_the_code_says() -> None:
    assert kind_refusal("enterprise", GOOD) is None
    refusal = kind_refusal("service", GOOD)
    assert refusal is not None
    assert refusal.values == {"prefix": "91"}
    assert kind_refusal("grassroots", GOOD) is None


def test_state_funded_institutions_and_staffed_organisations_provide_nothing() -> None:
    assert {kind for kind in KINDS if provider_refusal(kind)} == BARRED
    refusal = provider_refusal("public_first")
    assert refusal is not None
    assert refusal.article == "102号令 8"


def test_an_organisation_registers_once() -> None:
    assert registration_refusal("enterprise", GOOD, known=False) is None
    assert registration_refusal("enterprise", GOOD, known=True) is not None
    assert registration_refusal("enterprise", GOOD[:-1] + "N", known=False) is not None


def test_only_its_own_people_act_for_an_organisation() -> None:
    assert member_refusal(True) is None
    assert member_refusal(False) is not None
