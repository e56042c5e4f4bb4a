"""Four deliberations and two publications: their order, the figures of a meeting, the term between decision and result."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.law.rows import law_row
from app.foursteps.rules import (
    CONSULT,
    DECIDE,
    FAILED,
    PASSED,
    PROPOSE,
    REVIEW,
    STEPS,
    TELL_DECISION,
    TELL_RESULT,
    Done,
    Figures,
    figures_refusal,
    held_refusal,
    meeting_count,
    meeting_outcome,
    meeting_terms,
    next_step,
    step_refusal,
    text_refusal,
    title_refusal,
)

TODAY = date(2026, 3, 2)


def taken(count: int, until: date | None = None) -> list[Done]:
    return [Done(step, PASSED, until if step == TELL_DECISION else None) for step in STEPS[:count]]


@pytest.mark.parametrize("count", range(1, 6))
def test_only_the_step_that_comes_next_is_taken(count: int) -> None:
    done = taken(count)
    for step in STEPS:
        assert (step_refusal(done, step, TODAY) is None) is (step == STEPS[count])
    assert next_step(done) == STEPS[count]


def test_a_step_that_failed_ends_the_chain() -> None:
    done = [*taken(2), Done(REVIEW, FAILED)]
    assert next_step(done) is None
    assert all(step_refusal(done, step, TODAY) is not None for step in STEPS)


def test_after_six_steps_there_is_no_seventh() -> None:
    assert next_step(taken(6)) is None
    assert step_refusal(taken(6), TELL_RESULT, TODAY) is not None


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, False), (1, True)])
def test_the_result_waits_until_the_decision_has_hung_for_its_term(days: int, allowed: bool) -> None:
    done = taken(5, until=TODAY)
    assert (step_refusal(done, TELL_RESULT, TODAY + timedelta(days=days)) is None) is allowed


@pytest.mark.parametrize(
    ("figures", "outcome"),
    [
        ((30, 20, 15), PASSED),  # exactly two thirds present, exactly half of those due agree
        ((30, 19, 19), FAILED),
        ((30, 20, 14), FAILED),
        ((30, 30, 15), PASSED),
        ((1, 1, 1), PASSED),
        ((31, 21, 16), PASSED),
        ((31, 21, 15), FAILED),
    ],
)
def test_party_members_review_with_two_thirds_present_and_half_of_those_due(
    figures: tuple[int, int, int], outcome: str
) -> None:
    terms = meeting_terms(REVIEW, TODAY, law_row)
    assert meeting_outcome(meeting_count(terms, Figures(*figures))) == outcome


@pytest.mark.parametrize(
    ("figures", "outcome"),
    [((100, 51, 26), PASSED), ((100, 50, 50), FAILED), ((100, 51, 25), FAILED), ((100, 52, 26), FAILED)],
)
def test_residents_decide_with_more_than_half_present_and_more_than_half_of_them(
    figures: tuple[int, int, int], outcome: str
) -> None:
    terms = meeting_terms(DECIDE, TODAY, law_row)
    assert meeting_outcome(meeting_count(terms, Figures(*figures))) == outcome


@pytest.mark.parametrize(
    ("figures", "fits"),
    [
        ((1, 0, 0), True),
        ((0, 0, 0), False),
        ((5, 6, 0), False),
        ((5, 3, 4), False),
        ((5, -1, 0), False),
        ((10**7, 1, 1), False),
    ],
)
def test_no_more_come_than_are_due_and_no_more_agree_than_came(figures: tuple[int, int, int], fits: bool) -> None:
    assert (figures_refusal(Figures(*figures)) is None) is fits


def test_a_meeting_is_entered_on_its_day_or_after() -> None:
    assert held_refusal(TODAY, TODAY) is None
    assert held_refusal(TODAY + timedelta(days=1), TODAY) is not None


@pytest.mark.parametrize(("length", "fits"), [(4, False), (5, True), (2000, True), (2001, False)])
def test_what_is_written_can_be_understood_and_read(length: int, fits: bool) -> None:
    assert (text_refusal("字" * length) is None) is fits


@pytest.mark.parametrize(("length", "fits"), [(1, False), (2, True), (60, True), (61, False)])
def test_a_title_fits_one_line(length: int, fits: bool) -> None:
    assert (title_refusal("字" * length) is None) is fits


@given(st.integers(1, 400).flatmap(lambda due: st.tuples(st.just(due), st.integers(0, due), st.integers(0, due))))
def test_one_more_in_agreement_never_fails_what_had_passed(figures: tuple[int, int, int]) -> None:
    due, present, agreed = figures[0], figures[1], min(figures[1:])
    for step in (REVIEW, DECIDE):
        terms = meeting_terms(step, TODAY, law_row)
        before = meeting_outcome(meeting_count(terms, Figures(due, present, agreed)))
        after = meeting_outcome(meeting_count(terms, Figures(due, present, min(agreed + 1, present))))
        assert (before, after) != (PASSED, FAILED)


def test_the_chain_begins_with_the_party_branch_and_goes_on_with_the_committees() -> None:
    assert STEPS[:2] == (PROPOSE, CONSULT)
    assert step_refusal([], CONSULT, TODAY) is not None
