"""A file is judged by its content before a cell of it is believed."""

import io
import zipfile

import openpyxl
import pytest
from openpyxl.styles.protection import Protection

from app.core.values import Refusal
from app.register.forms import LARGEST_FILE, Sheet, open_workbook

HEAD = ["楼栋", "单元", "房号", "建筑面积", "用途", "业主姓名", "份额", "手机"]
LINE = ["1栋", 1, "101", 89.5, "住宅", "郭晓东", "1/1", "19907000007"]


def book(**sheets: list[list[object]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def why(content: bytes) -> str:
    refusal = open_workbook(content)
    assert isinstance(refusal, Refusal), refusal
    return told(refusal)


def told(refusal: Refusal) -> str:
    values = {name: told(value) if isinstance(value, Refusal) else value for name, value in refusal.values.items()}
    return refusal.sentence % values if values else refusal.sentence


def test_a_spreadsheet_is_opened_at_the_sheet_with_the_headings() -> None:
    sheet = open_workbook(book(说明=[["请先读这一页"]], 名册=[["某小区"], list(HEAD), list(LINE)]))
    assert isinstance(sheet, Sheet)
    assert (sheet.name, sheet.headings.row) == ("名册", 2)
    assert [told(note) for note in sheet.notes] == ["没有读这些工作表：说明。"]


def test_rows_are_numbered_as_the_spreadsheet_shows_them_even_below_blank_ones() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    for column, (title, value) in enumerate(zip(HEAD, LINE, strict=True), start=3):
        sheet.cell(7, column, title)
        sheet.cell(9, column, value)
    read = open_workbook(saved(workbook))
    assert isinstance(read, Sheet)
    assert (read.headings.row, read.headings.columns["building"]) == (7, 2)
    assert read.rows[8][2] == "1栋"


def test_merged_cells_arrive_filled() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(HEAD)
    sheet.append(LINE)
    sheet.append([None, None, "102", 90])
    for column in "ABEFGH":
        sheet.merge_cells(f"{column}2:{column}3")
    read = open_workbook(saved(workbook))
    assert isinstance(read, Sheet)
    assert list(read.rows[2]) == ["1栋", 1.0, "102", 90.0, "住宅", "郭晓东", "1/1", "19907000007"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"%PDF-1.7 ...", "PDF文件"),
        (b"\x89PNG\r\n\x1a\n...", "图片"),
        (b"\xff\xd8\xff\xe0...", "图片"),
        (b"MZ\x90\x00", "程序"),
        (b"\xef\xbb\xbf<html>", "网页"),
        ("楼栋,单元,房号\n1,1,101\n".encode(), "文本文件"),
        ("楼栋,单元,房号\n1,1,101\n".encode("gb18030"), "文本文件"),
        (b"\x00\x01\x02\x03", "别的文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, ".xls"),
        (b"PK\x03\x04 and nothing more", "损坏"),
        (packed(word__document_xml=b"<w/>"), "文字文档"),
        (packed(content_xml=b"<office/>"), "别的格式的表格"),
        (packed(photo=b"x"), "压缩包"),
        (packed(xl__workbook_xml=b"no such thing"), "损坏"),
    ],
)
def test_a_file_of_another_kind_is_told_what_it_is(content: bytes, said: str) -> None:
    assert said in why(content)


def test_a_file_with_a_password_says_how_to_take_it_off() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "去掉密码" in why(ole)


def test_protected_cells_are_no_password() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(HEAD)
    sheet.append(LINE)
    sheet["A1"].protection = Protection(locked=True)
    sheet.protection.sheet = True
    assert isinstance(open_workbook(saved(workbook)), Sheet)


def test_a_hundred_megabytes_are_refused_with_their_size() -> None:
    assert "有11 MB，超过10 MB" in why(b"PK\x03\x04".ljust(LARGEST_FILE + 1, b"\0"))
    assert "损坏" in why(b"PK\x03\x04".ljust(LARGEST_FILE, b"\0"))


def test_a_zip_bomb_is_never_unpacked() -> None:
    bomb = packed(xl__workbook_xml=b"<x/>", xl__worksheets__sheet1_xml=b"\0" * (101 * 1024 * 1024))
    assert len(bomb) < LARGEST_FILE
    assert "解开后超过100 MB" in why(bomb)


def test_a_zip_that_lies_about_its_size_is_damaged() -> None:
    lying = bytearray(packed(xl__workbook_xml=b"<x/>" + b" " * 5000))
    entry = lying.rindex(b"PK\x01\x02")
    lying[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    assert "损坏" in why(bytes(lying))


@pytest.mark.parametrize("cell", ["A100001", "XFD1", "IW2"])
def test_a_cell_far_away_does_not_fill_the_memory(cell: str) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(HEAD)
    workbook.worksheets[0][cell] = 1
    assert "新建一个表格" in why(saved(workbook))


def test_the_last_cell_that_is_near_enough_is_read() -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(HEAD)
    workbook.worksheets[0].append(LINE)
    workbook.worksheets[0]["IV3"] = "备注"
    assert isinstance(open_workbook(saved(workbook)), Sheet)


def test_an_empty_workbook_and_one_without_headings_say_so() -> None:
    assert "一个字也没有" in why(book(Sheet1=[]))
    said = why(book(Sheet1=[["姓名", "年龄"], ["王芳", 40]]))
    assert "工作表“Sheet1”" in said
    assert "没有找到表头" in said


def test_missing_headings_are_named() -> None:
    assert "第1行的表头缺少：建筑面积" in why(
        book(Sheet1=[[title for title in HEAD if title != "建筑面积"], list(LINE)])
    )


def test_several_registers_in_one_workbook_are_named_and_refused() -> None:
    said = why(book(一期=[list(HEAD), list(LINE)], 二期=[list(HEAD), list(LINE)]))
    assert "有2张工作表都像名册：一期、二期" in said


def test_a_hidden_sheet_is_left_alone() -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(HEAD)
    workbook.worksheets[0].append(LINE)
    hidden = workbook.create_sheet("旧名册")
    hidden.append(HEAD)
    hidden.append(LINE)
    hidden.sheet_state = "hidden"
    assert isinstance(open_workbook(saved(workbook)), Sheet)
