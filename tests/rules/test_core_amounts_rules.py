"""How amounts are written, at the edges where the words change."""

import pytest
from markupsafe import Markup

from app.core import formats

NB = "\u00a0"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "0元"),
        (1, "0.01元"),
        (99, "0.99元"),
        (100, "1元"),
        (12_600_000, "126,000元"),
        (12_600_050, "126,000.50元"),
        (-126_050, "−1,260.50元"),
        (-100, "−1元"),
    ],
)
def test_an_amount_in_prose_shows_fen_only_where_there_are_some(fen: int, words: str) -> None:
    assert formats.plain_money(fen) == words
    assert formats.money(fen) == Markup(f'<span class="money">{words}</span>')


def test_an_amount_in_a_column_always_has_two_decimals() -> None:
    assert formats.plain_money2(48_620_000) == "486,200.00元"
    assert formats.plain_money2(-5) == "−0.05元"
    assert str(formats.money2(0)) == '<span class="money">0.00元</span>'


def test_an_amount_in_english_names_the_currency_and_stays_on_one_line() -> None:
    assert formats.plain_money(12_600_000, "en") == f"126,000{NB}yuan"
    assert formats.plain_money2(-5, "en") == f"−0.05{NB}yuan"


@pytest.mark.parametrize(
    ("fen", "chinese", "english"),
    [
        (48_620_000, "约48.6万元", "about 486,000 yuan"),
        (28_600_000, "28.6万元", "286,000 yuan"),
        (20_000_000, "20万元", "200,000 yuan"),
        (999_999, "9,999.99元", "9,999.99 yuan"),
        (1_000_000, "1万元", "10,000 yuan"),
        (1_000_001, "约1万元", "about 10,000 yuan"),
        (1_049_999, "约1万元", "about 10,000 yuan"),
        (1_050_000, "约1.1万元", "about 11,000 yuan"),
        (9_999_999_999, "约1亿元", "about 100 million yuan"),
        (10_000_000_000, "1亿元", "100 million yuan"),
        (123_456_789_012, "约12.3亿元", "about 1,234.6 million yuan"),
        (-48_620_000, "约−48.6万元", "about −486,000 yuan"),
    ],
)
def test_an_amount_as_one_says_it_owns_up_to_rounding(fen: int, chinese: str, english: str) -> None:
    assert formats.money_approx(fen) == chinese
    assert formats.money_approx(fen, "en").replace(NB, " ") == english


@pytest.mark.parametrize(
    ("hundredths", "words"), [(0, "0.00"), (1, "0.01"), (134_055, "1,340.55"), (2_281_640, "22,816.40"), (-50, "−0.50")]
)
def test_a_floor_area_keeps_its_unit_beside_it(hundredths: int, words: str) -> None:
    assert formats.area(hundredths) == formats.area(hundredths, "en") == f"{words}{NB}m²"
    assert formats.plain_area(hundredths) == words


def test_counts_carry_their_measure_word() -> None:
    assert formats.count(1234, "人") == "1,234人"
    assert formats.count(1, "人", "en") == f"1{NB}person"
    assert formats.count(0, "席", "en") == f"0{NB}seats"
    assert formats.count(-2, "户", "en") == f"−2{NB}dwellings"
    assert formats.count(3, "盏", "en") == f"3{NB}盏"


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (0, 0, "0.0%"),
        (0, 5, "0.0%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (152, 249, "61.0%"),
        (5, 5, "100.0%"),
        (1, 2000, "0.1%"),
    ],
)
def test_a_share_is_told_with_one_decimal(part: int, whole: int, words: str) -> None:
    assert formats.percent(part, whole) == words


@pytest.mark.parametrize(
    ("octets", "words"),
    [
        (0, "1 KB"),
        (1000, "1 KB"),
        (1001, "2 KB"),
        (410_000, "410 KB"),
        (999_999, "1,000 KB"),
        (1_000_000, "1 MB"),
        (6_449_999, "6.4 MB"),
    ],
)
def test_a_file_size_is_rounded_as_people_say_it(octets: int, words: str) -> None:
    assert formats.file_size(octets).replace(NB, " ") == words


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王**"),
        ("王", "王**"),
        ("欧阳修", "欧阳**"),
        ("欧阳", "欧**"),
        (" \u200b李四\u200e", "李**"),
        ("John Smith", "J**"),
        ("", ""),
        ("\u200b ", ""),
    ],
)
def test_a_masked_name_tells_the_family_and_not_the_length(name: str, shown: str) -> None:
    assert formats.masked(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138****5678"),
        ("+86 138-1234-5678", "86138****5678"),
        ("55550100", "****00"),
        ("110", "****"),
        ("", ""),
    ],
)
def test_a_masked_telephone_number_hides_its_middle(phone: str, shown: str) -> None:
    assert formats.masked_phone(phone) == shown


def test_a_code_is_read_out_in_groups_of_four_however_it_is_stored() -> None:
    assert formats.code_groups("7K4M29QX") == formats.code_groups("7K4M-29QX") == "7K4M 29QX"
    assert formats.code_groups("") == ""
