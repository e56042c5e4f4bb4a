"""Versions, budgets and states, for any input."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.core.values import Refusal
from app.proposals import rules
from app.proposals.queries import words_of
from app.proposals.rules import Facts

TEXT = st.text(alphabet="灯路3号楼东侧建 a1.\n", max_size=40)
MOMENTS = st.none() | st.just(datetime(2026, 3, 2, tzinfo=UTC))


@given(TEXT, TEXT)
def test_differences_lead_from_one_version_to_the_other_and_back(before: str, after: str) -> None:
    pieces = rules.differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == after


@given(TEXT)
def test_a_version_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.kind == "" for piece in rules.differences(text, text))


@given(st.text(max_size=30))
def test_whatever_is_typed_as_a_budget_is_whole_fen_above_nothing_or_refused(typed: str) -> None:
    read = rules.read_budget(typed)
    assert read is None or isinstance(read, Refusal) or 0 < read <= 10**13


@given(st.integers(1, 10**13))
def test_an_amount_written_out_is_read_back(fen: int) -> None:
    assert rules.read_budget(f"{fen // 100:,}.{fen % 100:02d}元") == fen


@given(MOMENTS, MOMENTS, MOMENTS, MOMENTS, MOMENTS, st.sampled_from(["adopted", "rejected"]), st.booleans())
def test_what_is_over_allows_nothing(
    reached: datetime | None, returned: datetime | None, admitted: datetime | None, withdrawn: datetime | None,
    settled: datetime | None, outcome: str, mine: bool,
) -> None:  # fmt: skip
    where = rules.state(Facts(reached, returned, admitted, withdrawn, settled, outcome))
    assert where in rules.STATE_WORDS
    if withdrawn or settled:
        assert rules.support_refusal(where, mine)
        assert rules.return_refusal(where)
        assert rules.revision_refusal(where, mine)
        assert rules.withdrawal_refusal(where, mine)
        assert rules.admission_refusal(where, 100, 10)
        assert rules.settlement_refusal(where, "adopted")


@given(st.text(max_size=300))
def test_every_word_for_finding_is_short_and_stands_once(text: str) -> None:
    words = words_of(text)
    assert len(words) == len(set(words)) <= 200
    assert all(0 < len(word) <= 40 and word[0].isalnum() for word in words)
