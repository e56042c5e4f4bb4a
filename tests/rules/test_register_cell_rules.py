"""What each column of a register may hold, at its edges."""

from datetime import date, datetime, time
from fractions import Fraction

import pytest

from app.core.values import Refusal
from app.register.rules.cells import (
    read_area,
    read_basis,
    read_building,
    read_day,
    read_phone,
    read_relation,
    read_room,
    read_share,
    read_unit,
    read_use,
)
from app.register.rules.text import cell_text, clean

TODAY = date(2026, 11, 23)


def why(value: object) -> str:
    assert isinstance(value, Refusal), value
    return value.sentence % value.values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (89.5, "89.5"),
        (89.55, "89.55"),
        (0.1 + 0.2, "0.3"),
        (19907000007.0, "19907000007"),
        (1.0, "1"),
        (42023.0, "42023"),
        (101, "101"),
        ("  ８９．５５ ", "89.55"),
        ("王\u200b芳\x00", "王芳"),
        ("\u202e王芳\u202c", "王芳"),
        ("王\u3000芳", "王 芳"),
        ("王芳\r\n李强", "王芳\n李强"),
        (date(2015, 1, 2), "2015-01-02"),
        (datetime(2015, 1, 2), "2015-01-02"),
        (datetime(2015, 1, 2, 3, 4), "2015-01-02 03:04:00"),
        (time(1, 2), "01:02:00"),
        (True, "TRUE"),
        (None, ""),
    ],
)
def test_a_cell_becomes_the_text_that_its_reader_sees(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_cleaning_twice_changes_nothing_more() -> None:
    assert clean(clean("\ufeff１栋\t\t（南）\u3164")) == clean("\ufeff１栋\t\t（南）\u3164") == "1栋 (南)"


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("89.5", 8950),
        ("89.55", 8955),
        ("89.50㎡", 8950),
        ("８９．５５", 8955),
        ("104.16 平方米", 10416),
        ("104.16m²", 10416),
        ("104.16M2", 10416),
        ("90平", 9000),
        ("1,234.5", 123450),
        ("89.5000", 8950),
        ("0.01", 1),
        ("10000000", 10**9),
    ],
)
def test_an_area_is_read_exactly_in_hundredths(text: str, area: int) -> None:
    assert read_area(text) == area


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "没有写建筑面积"),
        ("九十平", "“九十平”不是数字"),
        ("-89.5", "负数"),
        ("89.555", "小数超过两位"),
        ("0", "大于0"),
        ("0.00", "大于0"),
        ("10000000.01", "太大"),
        ("89.5.5", "不是数字"),
        ("8.95e1", "不是数字"),
        ("12,34", "不是数字"),
        ("٣٤", "不是数字"),
        ("约90", "不是数字"),
    ],
)
def test_an_area_that_is_none_is_refused_with_what_to_write(text: str, said: str) -> None:
    assert said in why(read_area(text))


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("1/2", Fraction(1, 2)),
        ("１／２", Fraction(1, 2)),
        ("½", Fraction(1, 2)),
        ("50%", Fraction(1, 2)),
        ("0.5", Fraction(1, 2)),
        ("33.33%", Fraction(3333, 10000)),
        ("100%", Fraction(1)),
        ("1", Fraction(1)),
        ("1/1000000", Fraction(1, 10**6)),
    ],
)
def test_a_share_is_an_integer_fraction(text: str, share: Fraction) -> None:
    assert read_share(text) == share


@pytest.mark.parametrize("text", ["0", "0/1", "1/0", "3/2", "101%", "半", "-1/2", "1/1000001", "1:1"])
def test_a_share_outside_of_the_whole_is_refused(text: str) -> None:
    assert "份额" in why(read_share(text))


def test_a_share_that_the_spreadsheet_turned_into_a_day_says_so() -> None:
    assert "改成了日期" in why(read_share(cell_text(date(2026, 1, 2))))


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("19907000007", "19907000007"),
        ("+86 199 0700 0007", "19907000007"),
        ("0086-199-0700-0007", "19907000007"),
        ("8619907000007", "19907000007"),
        ("１９９０７００００７７", "19907000077"),
        ("0571-88123456", "057188123456"),
        ("(0571)8812345", "05718812345"),
        ("4008123456", "4008123456"),
        ("88123456", "88123456"),
        ("无", ""),
        ("", ""),
    ],
)
def test_a_phone_is_its_digits(text: str, phone: str) -> None:
    assert read_phone(text) == phone


@pytest.mark.parametrize(
    "text", ["12345", "1990700000", "199070000070", "12907000007", "19907000007/19907000008", "一九九", "1.99E+10"]
)
def test_what_is_no_phone_is_refused(text: str) -> None:
    assert "不是电话号码" in why(read_phone(text))


@pytest.mark.parametrize(
    "text",
    [
        "2015-07-13",
        "2015.7.13",
        "2015/7/13",
        "2015年7月13日",
        "２０１５年０７月１３号",
        "20150713",
        "42198",
        "2015-07-13 00:00:00",
        "2015 年 7 月 13 日",
    ],
)
def test_a_day_is_read_in_every_style_that_committees_use(text: str) -> None:
    assert read_day(text, TODAY) == date(2015, 7, 13)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-02-30", "没有“2026-02-30”这一天"),
        ("2015-13-01", "没有"),
        ("2015年7月", "写到哪年哪月哪日"),
        ("去年", "看不懂"),
        ("2049-01-01", "太远"),
        ("1899-12-31", "太远"),
    ],
)
def test_a_day_that_is_none_is_refused(text: str, said: str) -> None:
    assert said in why(read_day(text, TODAY))


def test_the_furthest_days_that_a_register_may_hold_are_taken() -> None:
    assert read_day("1900-01-01", TODAY) == date(1900, 1, 1)
    assert read_day("2029-12-31", TODAY) == date(2029, 12, 31)
    assert isinstance(read_day("2030-01-01", TODAY), Refusal)
    assert read_day("—", TODAY) is None


@pytest.mark.parametrize("text", ["1栋", "1", "１号楼", "第1幢", "一栋", "01#", "1#楼", "1座", " 1 栋"])
def test_a_building_is_recognised_in_every_way_of_writing_it(text: str) -> None:
    assert read_building(text) == "1"


def test_buildings_may_have_letters_names_and_two_digits() -> None:
    assert [read_building(text) for text in ("a座", "12栋", "十二栋", "东区3栋", "三江苑1栋")] == [
        "A",
        "12",
        "12",
        "东区3",
        "三江苑1",
    ]


def test_an_empty_unit_is_fine_and_an_empty_building_is_not() -> None:
    assert read_unit("") == read_unit("-") == ""
    assert read_unit("二单元") == "2"
    assert "没有写楼栋" in why(read_building(""))


@pytest.mark.parametrize(("text", "room"), [("101室", "101"), ("0101", "0101"), ("s-2", "S-2"), ("101号房", "101")])
def test_a_room_is_what_its_door_shows(text: str, room: str) -> None:
    assert read_room(text) == room


@pytest.mark.parametrize("text", ["😀", "101;drop", "x" * 21, "<b>"])
def test_a_room_with_strange_characters_is_refused(text: str) -> None:
    assert "认不出的字符" in why(read_room(text))


def test_uses_bases_and_relations_are_known_by_their_words() -> None:
    assert [read_use(text) for text in ("住宅", "", "公寓", "商业", "底商", "地下车位", "物业用房")] == [
        "residential",
        "residential",
        "residential",
        "business",
        "business",
        "parking",
        "other",
    ]
    assert [read_basis(text) for text in ("不动产登记", "测绘报告", "购房合同", "")] == [
        "registered",
        "surveyed",
        "contracted",
        "stated",
    ]
    assert [read_relation(text) for text in ("业主本人", "亲属", "业主子女", "租户", "承租人", "借住")] == [
        "self",
        "relative",
        "relative",
        "tenant",
        "tenant",
        "other",
    ]
    assert "看不懂" in why(read_relation("房东"))
    assert "没有写居住关系" in why(read_relation(""))
