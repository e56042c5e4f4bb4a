"""Where a proposal stands, who may do what with it, and what its parts must look like."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.values import Refusal
from app.core.workdays import Workdays
from app.proposals import rules
from app.proposals.rules import Facts

T = datetime(2026, 3, 2, 1, tzinfo=UTC)
OPEN = (rules.GATHERING, rules.READY)
OVER = (rules.ADMITTED, rules.ADOPTED, rules.REJECTED, rules.WITHDRAWN)
EVERY = (*OPEN, rules.RETURNED, *OVER)


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        (Facts(), rules.GATHERING),
        (Facts(reached_at=T), rules.READY),
        (Facts(returned_at=T), rules.RETURNED),
        (Facts(reached_at=T, returned_at=T), rules.RETURNED),
        (Facts(reached_at=T, admitted_at=T), rules.ADMITTED),
        (Facts(reached_at=T, admitted_at=T, settled_at=T, outcome="adopted"), rules.ADOPTED),
        (Facts(reached_at=T, admitted_at=T, settled_at=T, outcome="rejected"), rules.REJECTED),
        (Facts(reached_at=T, withdrawn_at=T), rules.WITHDRAWN),
        (Facts(returned_at=T, withdrawn_at=T), rules.WITHDRAWN),
    ],
)
def test_the_state_follows_from_what_happened(facts: Facts, where: str) -> None:
    assert rules.state(facts) == where


def test_every_state_has_its_words_and_its_colour() -> None:
    assert set(rules.STATE_WORDS) == set(EVERY)
    assert {colour for _, colour, _ in rules.STATE_WORDS.values()} <= {"open", "wait", "good", "bad", "plain"}


@pytest.mark.parametrize("where", EVERY)
def test_support_is_given_only_before_the_agenda_and_never_by_the_author(where: str) -> None:
    assert (rules.support_refusal(where, False) is None) == (where in OPEN)
    assert rules.support_refusal(where, True) is not None


@pytest.mark.parametrize("where", EVERY)
def test_only_what_reached_its_supporters_is_admitted(where: str) -> None:
    assert (rules.admission_refusal(where, 9, 10) is None) == (where == rules.READY)


def test_a_refused_admission_says_how_many_are_missing() -> None:
    refused = rules.admission_refusal(rules.GATHERING, 9, 10)
    assert refused is not None
    assert refused.values == {"missing": 1, "least": 10}
    assert refused.article


@pytest.mark.parametrize(("supports", "missing"), [(0, 10), (9, 1), (10, 0), (11, 0)])
def test_missing_supporters_are_counted_to_the_last(supports: int, missing: int) -> None:
    assert rules.missing_supporters(supports, 10) == missing


@pytest.mark.parametrize("where", EVERY)
def test_a_proposal_is_returned_only_while_the_desk_has_it(where: str) -> None:
    assert (rules.return_refusal(where) is None) == (where in OPEN)


@pytest.mark.parametrize("where", EVERY)
def test_the_author_revises_and_withdraws_until_the_agenda_and_nobody_else_does(where: str) -> None:
    free = where in (*OPEN, rules.RETURNED)
    assert (rules.revision_refusal(where, True) is None) == free
    assert (rules.withdrawal_refusal(where, True) is None) == free
    assert rules.revision_refusal(where, False) is not None
    assert rules.withdrawal_refusal(where, False) is not None


@pytest.mark.parametrize("where", EVERY)
def test_only_what_is_on_the_agenda_is_settled_for_or_against(where: str) -> None:
    assert (rules.settlement_refusal(where, "adopted") is None) == (where == rules.ADMITTED)
    assert rules.settlement_refusal(where, "not-quorate") is not None


def test_the_desk_has_five_working_days_until_six_in_the_evening() -> None:
    due = rules.admission_due(date(2026, 3, 2), 5, "Asia/Shanghai", Workdays())
    assert due == datetime(2026, 3, 9, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert rules.admission_due(date(2026, 3, 6), 5, "Asia/Shanghai", Workdays()) == due + timedelta(days=4)


def test_three_of_the_nine_matters_want_three_quarters() -> None:
    assert [number for number in rules.NINE_MATTERS if rules.special_majority(number)] == [6, 7, 8]


@pytest.mark.parametrize(
    ("title", "good"),
    [
        ("换楼道灯", True),
        ("换灯吧", False),
        ("灯" * 40, True),
        ("灯" * 41, False),
        ("1234", False),
        ("换灯\n换灯", False),
    ],
)
def test_a_title_has_4_to_40_signs_on_one_line(title: str, good: bool) -> None:
    assert (rules.title_refusal(title) is None) == good


@pytest.mark.parametrize(
    ("body", "good"),
    [
        ("一二三四五六七八九十", True),
        ("一二三四五六七八九", False),
        ("。" * 50, False),
        ("长" * 3000, True),
        ("长" * 3001, False),
    ],
)
def test_a_text_has_10_to_3000_signs(body: str, good: bool) -> None:
    assert (rules.body_refusal(body) is None) == good


@pytest.mark.parametrize(
    ("reason", "good"), [("写清预算", True), ("……", False), ("长" * 500, True), ("长" * 501, False)]
)
def test_a_reason_is_in_words(reason: str, good: bool) -> None:
    assert (rules.reason_refusal(reason) is None) == good


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("126,000.50元", 12_600_050),
        ("１２．６万", 12_600_000),
        ("0.01", 1),
        ("100000000000", 10**13),
        ("100000000000.01", None),
        ("0", None),
        ("-5", None),
        ("1e3", None),
        ("一千", None),
    ],
)
def test_a_budget_is_read_as_people_write_it_or_refused(typed: str, fen: int | None) -> None:
    read = rules.read_budget(typed)
    assert isinstance(read, Refusal) if fen is None else read == fen


def test_no_budget_is_none() -> None:
    assert rules.read_budget("  ") is None
