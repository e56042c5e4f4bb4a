"""An amount of money is read as people write it, to the fen, or refused: nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.formats import plain_money2, read_fen


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("126000", 12_600_000),
        ("126,000.50元", 12_600_050),
        ("１２６，０００．５", 12_600_050),
        ("￥286 000.00", 28_600_000),
        (" 286000 元 ", 28_600_000),
        ("１２．６万", 12_600_000),
        ("26.8543万元", 26_854_300),
        ("0.000001万", 1),
        ("0.01", 1),
        ("0", 0),
        ("999999999999", 99_999_999_999_900),
    ],
)
def test_an_amount_is_read_as_it_is_written(typed: str, fen: int) -> None:
    assert read_fen(typed) == fen


@pytest.mark.parametrize(
    "typed",
    [
        "", "元", "万", "1e3", "1E3", "１ｅ３", "1e-2", "0x10", "1_000", "+5", "-5", "－5", "−5", "NaN", "Infinity", "∞",
        "0.001", "0.0000001万", "1.", ".5", "1..5", "1,5", "2,5万", "12,34", "1,2345", ",500", "1000,", "1 5", "1/2",
        "5%", "一千", "1千", "1000亿", "٣٤٥", "५००", "5²", "①", "½", "Ⅻ", "9999999999999", "999,999,999,999,999", "5元5", "约5000",
    ],
)  # fmt: skip
def test_what_may_mean_something_else_is_no_amount(typed: str) -> None:
    assert read_fen(typed) is None


@given(st.integers(0, 10**14 - 1))
def test_what_the_house_writes_it_reads(fen: int) -> None:
    assert read_fen(plain_money2(fen)) == fen
    assert read_fen(f"{fen // 100}.{fen % 100:02d}") == fen


@given(st.text(max_size=20))
def test_whatever_is_typed_is_whole_fen_or_nothing(typed: str) -> None:
    read = read_fen(typed)
    assert read is None or 0 <= read < 10**18
