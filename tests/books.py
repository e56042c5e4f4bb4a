"""A committee's spreadsheets, made for tests."""

import io
from datetime import date

import openpyxl

from app.register.rules import Headings, Reading, find_headings, read_register

HEAD = ["楼栋", "单元", "房号", "建筑面积", "用途", "业主姓名", "份额", "手机", "居住人", "居住关系", "入住日期"]
TODAY = date(2026, 3, 2)
Row = list[object]

COUPLE: list[Row] = [
    ["1栋", 1, "101", 89.5, "住宅", "郭晓东", "1/2", "19907000007", "郭晓东", "业主本人", "2015.1.19"],
    ["", "", "", "", "", "李凤霞", "1/2", "19907000008", "李凤霞", "业主本人", "2015.1.19"],
]
LANDLORD: list[Row] = [
    ["1栋", 1, "102", 62.38, "住宅", "高志强", "1/1", "19907000009", "宋美玲", "租户", "2020-01-01"],
    ["1栋", 1, "201", 62.38, "住宅", "高志强", "1/1", "19907000009", "", "", ""],
]
UNSOLD: list[Row] = [
    ["2栋", 1, "101", 104.16, "商业", "安居置业有限公司（开发商，未售）", "1/1", "", "", "", ""],
    ["2栋", 1, "102", 104.16, "商业", "安居置业有限公司（开发商，未售）", "1/1", "", "", "", ""],
]
SMALL: list[Row] = [*COUPLE, *LANDLORD, *UNSOLD]
"""Five dwellings, three heads: a couple, one owner of two, the developer."""


def read(rows: list[Row], today: date = TODAY) -> Reading:
    """The rows as the register reads them."""
    table: list[Row] = [list(HEAD), *rows]
    headings = find_headings(table)
    assert isinstance(headings, Headings)
    return read_register(table, headings, today)


def book(rows: list[Row], head: list[str] | None = None) -> bytes:
    """The rows as an .xlsx file."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for row in [head or HEAD, *rows]:
        sheet.append(row)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()
