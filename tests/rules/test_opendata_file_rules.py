"""Files: every digit kept, every cell harmless, any length in the memory of one row."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from python_calamine import load_workbook

from app.core.values import Fen, Refusal
from app.opendata.queries import ROWS
from app.opendata.rules import TABLES, Column, Table, harmless, worded
from app.opendata.rules.tables import KINDS
from app.opendata.serializers import csv_file, json_file, json_pieces, json_text, portions, xlsx_file

ZONE = ZoneInfo("Asia/Shanghai")
TABLE = Table(
    "demo",
    "表",
    "说明",
    tuple(Column(name, "text", name) for name in ("n", "text", "money", "day", "at", "flag", "none")),
)
ROW = (7, "=1+1", Fen(48_620_050), date(2026, 3, 30), datetime(2026, 3, 30, 2, 0, 5, tzinfo=UTC), True, None)
WORDS = [["column", "中文"], ["n", "数"]]


def cells(*texts: str) -> list[str]:
    """Texts as they stand in a CSV file."""
    table = Table("t", "t", "t", tuple(Column(str(place), "text", "x") for place in range(len(texts))))
    data = b"".join(csv_file(table, [texts], ZONE)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data, newline="")))[1]


def workbook(rows: list[tuple[Any, ...]], most: int = 1_048_576) -> bytes:
    return b"".join(xlsx_file(TABLE, iter(rows), ZONE, WORDS, most))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_begins_like_a_formula_is_made_harmless(sign: str) -> None:
    assert harmless(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"
    assert cells(f"{sign}1+1", f"x{sign}") == [f"'{sign}1+1", f"x{sign}"]


@pytest.mark.parametrize("text", ["", "2026", "提案", "a=b", "'quoted", " = with a space"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_a_csv_file_begins_with_its_mark_and_reads_back() -> None:
    data = b"".join(csv_file(TABLE, [ROW], ZONE))
    assert data.startswith(b"\xef\xbb\xbfn,text,money")
    head, row = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert head == ["n", "text", "money", "day", "at", "flag", "none"]
    assert row == ["7", "'=1+1", "486200.50", "2026-03-30", "2026-03-30T10:00:05+08:00", "true", ""]


def test_quotes_commas_and_lines_survive_a_csv_file() -> None:
    texts = ('他说"好"', "一,二", "两\n行", "两\r\n行")
    assert cells(*texts) == list(texts)


def test_a_json_table_holds_rows_as_objects_with_exact_amounts() -> None:
    data = b"".join(json_file(TABLE, [ROW], ZONE, "wutongli")).decode()
    assert '"money":486200.50' in data
    found = json.loads(data, parse_float=Decimal)
    assert found == {
        "table": "demo",
        "community": "wutongli",
        "rows": [
            {
                "n": 7, "text": "=1+1", "money": Decimal("486200.50"), "day": "2026-03-30", "at": "2026-03-30T10:00:05+08:00",
                "flag": True, "none": None,
            }
        ],
    }  # fmt: skip


def test_a_table_without_rows_is_a_file_all_the_same() -> None:
    assert json.loads(b"".join(json_file(TABLE, [], ZONE, "x")))["rows"] == []
    assert b"".join(csv_file(TABLE, [], ZONE)).count(b"\r\n") == 1
    assert openpyxl.load_workbook(io.BytesIO(workbook([]))).sheetnames == ["demo", "columns"]


def test_a_row_of_another_length_than_its_table_is_a_fault() -> None:
    with pytest.raises(ValueError, match="argument"):
        b"".join(json_file(TABLE, [ROW[:-1]], ZONE, "x"))


def test_two_readers_of_workbooks_read_the_same_typed_values() -> None:
    data = workbook([ROW])
    first = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    expected = [7, "=1+1", 486200.5, datetime(2026, 3, 30), datetime(2026, 3, 30, 10, 0, 5), True, None]
    assert [cell.value for cell in first[2]] == expected
    assert first["B2"].data_type == "s"
    assert first["B2"].style_id != first["A2"].style_id
    assert first["B2"].quotePrefix
    assert first["C2"].number_format == "#,##0.00"
    second = load_workbook(io.BytesIO(data)).get_sheet_by_name("demo").to_python()
    assert second[1] == [7, "=1+1", 486200.5, date(2026, 3, 30), datetime(2026, 3, 30, 10, 0, 5), True, ""]


def test_rows_beyond_the_end_of_a_sheet_go_on_the_next_one() -> None:
    found = openpyxl.load_workbook(io.BytesIO(workbook([(place,) for place in range(7)], most=4)))
    assert found.sheetnames == ["demo", "demo-2", "demo-3", "columns"]
    numbers = [row[0].value for sheet in found.worksheets[:3] for row in sheet.iter_rows(min_row=2)]
    assert numbers == list(range(7))
    large = b"".join(xlsx_file(TABLE, iter([(place,) for place in range(7)]), ZONE, WORDS, largest=1))
    assert len(openpyxl.load_workbook(io.BytesIO(large)).sheetnames) == 8
    exact = openpyxl.load_workbook(io.BytesIO(workbook([(place,) for place in range(3)], most=4)))
    assert exact.sheetnames == ["demo", "columns"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<b>&amp;\"'", "<b>&amp;\"'"), ("a\x00b\x07c", "abc"), ("\ud800x", "x"), ("𠮷\u200b", "𠮷\u200b"), ("两\n行", "两\n行"),
        (" 前后 ", " 前后 "), ("_x0041_", "_x0041_"), ("x" * 40_000, "x" * 32_767),
    ],
)  # fmt: skip
def test_no_text_breaks_a_workbook(text: str, kept: str) -> None:
    found = load_workbook(io.BytesIO(workbook([(1, text)]))).get_sheet_by_name("demo").to_python()
    assert found[1][1] == kept


def test_a_long_table_is_never_whole_in_memory() -> None:
    """Portions come while rows are still being read."""
    read = 0

    def rows() -> Any:
        nonlocal read
        for place in range(20_000):
            read += 1
            yield (place, f"第{place}行的文字", Fen(place), None, None, None, None)

    for pieces in (csv_file(TABLE, rows(), ZONE), json_file(TABLE, rows(), ZONE, "x")):
        read = 0
        assert len(next(pieces)) < 100_000
        assert read < 1_000
    read = 0
    pieces = xlsx_file(TABLE, rows(), ZONE, WORDS)
    next(pieces)
    assert read < 20_000
    assert max(map(len, pieces)) < 200_000


def test_a_workbook_is_a_zip_that_a_stranger_opens() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook([ROW]))) as folder:
        assert folder.testzip() is None
        assert "xl/worksheets/sheet2.xml" in folder.namelist()


def test_json_keeps_chinese_and_every_digit_and_refuses_what_is_no_json() -> None:
    assert (
        json_text({"金额": Decimal("0.10"), "行": ["a\n", True, None, 7]}) == '{"金额":0.10,"行":["a\\n",true,null,7]}'
    )
    assert json_text(Decimal(10**20).scaleb(-2)) == "1000000000000000000.00"
    with pytest.raises(TypeError, match="float"):
        json_text({"amount": 0.5})


def test_json_pieces_make_one_object() -> None:
    text = "".join(json_pieces({"a": 1}, "rows", iter([{"b": 2}, {"b": 3}])))
    assert json.loads(text) == {"a": 1, "rows": [{"b": 2}, {"b": 3}]}


def test_portions_leave_nothing_out_and_send_nothing_empty() -> None:
    found = list(portions(["ab", "", "c", "de"], size=3))
    assert found == [b"abc", b"de"]
    assert list(portions([])) == []


def test_a_finding_reads_the_same_for_ever() -> None:
    told = Refusal(
        "到%(day)s为止，最多%(most)s，现在是“%(stage)s”。",
        {"day": date(2026, 3, 30), "most": Fen(500_000), "stage": Refusal("草稿")},
    )
    assert worded(told) == "到2026-03-30为止，最多5,000元，现在是“草稿”。"
    assert worded(Refusal("100%的事")) == "100%的事"


def test_every_table_is_described_and_has_rows() -> None:
    assert set(ROWS) == set(TABLES)
    for table in TABLES.values():
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names)), table.name
        assert {column.kind for column in table.columns} <= set(KINDS)
        assert all(column.words for column in table.columns)
