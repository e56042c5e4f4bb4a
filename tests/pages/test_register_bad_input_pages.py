"""The register's spreadsheet against what committees really hand in: each cell is named with what to do, or read as meant."""

import io
from datetime import date

import openpyxl
import pytest
from sqlalchemy import select

from app.core.db import db
from app.register.models import Dwelling, Residence
from tests.books import COUPLE, HEAD, LANDLORD, SMALL, Row, book
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.pages.test_register_pages import fill, upload
from tests.world import PASSWORD, World
from tests.wrong import rows

GOOD: Row = ["3栋", 1, "301", 89.5, "住宅", "胡海燕", "1/1", "19900000001", "胡海燕", "业主本人", "2015-01-19"]


@pytest.fixture
def desk(client: PageClient, world: World, clock: Clock) -> PageClient:
    """The browser of a clerk."""
    client.sign_in(world.login("clerk"), PASSWORD)
    return client


def changed(column: str, cell: object) -> Row:
    """A good row with something else in one column."""
    row = list(GOOD)
    row[HEAD.index(column)] = cell
    return row


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("建筑面积", "八十九平", "面积"),
        ("建筑面积", -89.5, "面积"),
        ("建筑面积", 0, "面积"),
        ("建筑面积", "89.555", "面积"),
        ("建筑面积", 9e12, "面积"),
        ("建筑面积", "#N/A", "面积"),
        ("份额", "1/3", "份额"),
        ("份额", "0/1", "份额"),
        ("份额", "-1/2", "份额"),
        ("份额", "1/0", "份额"),
        ("份额", "一半", "份额"),
        ("手机", "12345", "手机"),
        ("手机", "199000000011", "手机"),
        ("入住日期", "2015-02-30", "日期"),
        ("入住日期", "明年", "日期"),
        ("入住日期", "2049-01-01", "日期"),
        ("居住关系", "路过", "关系"),
        ("业主姓名", "胡海燕😀", "姓名"),
        ("业主姓名", "\u200b\u202e", "业主"),
        ("房号", "\u200b", "房号"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_what_to_do(
    desk: PageClient, world: World, column: str, cell: object, words: str
) -> None:
    before = rows()
    preview = desk.follow(upload(desk, world, book([*COUPLE, changed(column, cell)])))
    assert "一户也没有导入" in preview.h1
    told = [[node.text(strip=True) for node in row.css("th, td")] for row in preview.css("tbody tr")]
    assert {row[0] for row in told} == {"4"}
    assert any(words in "".join(row) for row in told), told
    assert not preview.css("main form")
    assert {**rows(), "register_upload": 0} == before


@pytest.mark.parametrize(
    ("added", "words"),
    [
        ([GOOD, GOOD], "同一户"),
        ([GOOD, changed("房号", "３０１")], "同一户"),
        ([GOOD, changed("房号", "\u200e301")], "同一户"),
        ([changed("份额", "1/2"), ["", "", "", "", "", "李四", "1/3", "19900000002", "", "", ""]], "份额"),
        ([changed("份额", "2/3"), ["", "", "", "", "", "李四", "2/3", "19900000002", "", "", ""]], "份额"),
    ],
    ids=["twice", "twice in full width", "twice with a mark that nobody sees", "too little", "too much"],
)
def test_rows_that_contradict_each_other_are_named(
    desk: PageClient, world: World, added: list[Row], words: str
) -> None:
    preview = desk.follow(upload(desk, world, book(added)))
    assert "一户也没有导入" in preview.h1
    assert any(words in row.text() for row in preview.css("tbody tr"))
    assert rows()["dwelling"] == 0


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("建筑面积", "８９．５０㎡"),
        ("建筑面积", " 89.5 平方米 "),
        ("入住日期", "2015.1.19"),
        ("入住日期", "2015年1月19日"),
        ("入住日期", "2015/01/19"),
        ("入住日期", "２０１５－０１－１９"),
        ("入住日期", date(2015, 1, 19)),
        ("手机", "199 0000 0001"),
        ("手机", 19900000001),
        ("业主姓名", "胡\u200b海\u202e燕"),
    ],
)
def test_what_is_meant_is_read_however_it_is_written(desk: PageClient, world: World, column: str, cell: object) -> None:
    row = changed(column, cell)
    if column == "业主姓名":
        row[HEAD.index("居住人")] = cell
    desk.follow(desk.submit(desk.follow(upload(desk, world, book([row])))))
    assert db.session.scalars(select(Dwelling.area)).one() == 8950
    assert db.session.scalars(select(Residence.since)).one() == date(2015, 1, 19)


def test_merged_cells_stand_for_every_row_that_they_cover(desk: PageClient, world: World) -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(book([GOOD, changed("房号", "302"), changed("房号", "303")])))
    sheet = workbook.worksheets[0]
    for column in ("A", "B", "F", "H"):
        sheet.merge_cells(f"{column}2:{column}4")
    buffer = io.BytesIO()
    workbook.save(buffer)
    preview = desk.follow(upload(desk, world, buffer.getvalue()))
    desk.follow(desk.submit(preview))
    assert sorted(db.session.scalars(select(Dwelling.code))) == ["3-1-301", "3-1-302", "3-1-303"]


def test_two_tabs_confirm_one_after_the_other_and_the_second_sees_what_changed(desk: PageClient, world: World) -> None:
    one = desk.follow(upload(desk, world, book(SMALL)))
    other = desk.follow(upload(desk, world, book([*COUPLE, *LANDLORD])))
    desk.follow(desk.submit(one))
    before = rows()
    late = desk.submit(other, status=409)
    assert late.says("这张表里没有")
    assert rows() == before


def test_a_register_filled_meanwhile_is_compared_again_before_anything_is_written(
    desk: PageClient, world: World
) -> None:
    preview = desk.follow(upload(desk, world, book([*COUPLE, *LANDLORD])))
    fill(world)
    before = rows()
    assert desk.submit(preview, status=409).says("这张表里没有")
    assert rows() == before


def test_a_session_that_ended_before_confirming_goes_on_after_signing_in(desk: PageClient, world: World) -> None:
    preview = desk.follow(upload(desk, world, book(SMALL)))
    desk.browser.delete_cookie("sf_session")
    away = desk.submit(preview)
    assert away.location.startswith("/sign-in")
    signed = desk.submit(desk.get(away.location), "main form", login=world.login("clerk"), password=PASSWORD)
    back = desk.follow(signed)
    assert rows()["dwelling"] == 0
    desk.submit(back)
    assert rows()["dwelling"] == 5


def test_a_session_that_ended_before_the_file_was_sent_leads_back_to_the_form(desk: PageClient, world: World) -> None:
    form = f"/c/{world.slug}/dwellings/import"
    token = desk.csrf_token()
    desk.browser.delete_cookie("sf_session")
    data = {"file": (io.BytesIO(book(SMALL)), "名册.xlsx"), "csrf_token": token}
    answer = desk._outside(lambda: desk.browser.post(form, data=data, content_type="multipart/form-data"))
    assert answer.status_code == 303
    signed = desk.submit(desk.get(answer.location), "main form", login=world.login("clerk"), password=PASSWORD)
    assert desk.follow(signed).css("input[type=file]")
    assert rows()["register_upload"] == 0
