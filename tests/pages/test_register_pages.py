"""The register's pages: the desk's list, the upload with its preview, one's own entry."""

import io
import zipfile
from typing import Any

import pytest
from sqlalchemy import event, func, select

from app.core.db import db
from app.core.jobs import queue
from app.core.values import the_house
from app.identity.actions import accept_invitation
from app.register import actions
from app.register.forms import LARGEST_FILE
from app.register.models import Dwelling, Person, RegisterImport, RegisterUpload
from app.register.routes.importing import MANY_ROWS, import_upload
from tests.books import COUPLE, HEAD, LANDLORD, SMALL, TODAY, Row, book, read
from tests.conftest import Clock
from tests.page_client import Page, PageClient
from tests.world import PASSWORD, World

BAD: list[Row] = [
    *COUPLE,
    ["1栋", 1, "101", "九十平", "住宅", "胡海燕", "1/1", "19900000001", "", "", ""],
    ["1栋", 1, "102", 89.5, "住宅", "孙子涵", "1/1", "12345", "", "", ""],
]


@pytest.fixture
def desk(client: PageClient, world: World, clock: Clock) -> PageClient:
    """The browser of a clerk."""
    client.sign_in(world.login("clerk"), PASSWORD)
    return client


def fill(world: World, rows: list[Row] = SMALL, community_id: int | None = None) -> None:
    here = community_id or world.community_id
    actions.import_register(the_house(here), here, read(rows), "0" * 64, TODAY)


def upload(
    desk: PageClient, world: World, content: bytes, name: str = "名册.xlsx", status: int = 303, length: int = 0
) -> Page:
    """Choose a file and send it, as a browser writes it; `length` announces another length than the body has."""
    form = desk.get(f"/c/{world.slug}/dwellings/import")
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in form.fields("main form").items()
    ]
    parts.append(f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
    body = "".join(parts).encode() + content + b"\r\n--b--\r\n"
    announced = {"CONTENT_LENGTH": str(length)} if length else {}
    answer = desk._outside(
        lambda: desk.browser.post(
            form.url, data=body, content_type="multipart/form-data; boundary=b", environ_overrides=announced
        )
    )
    return desk._page(form.url, answer, status, False)


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_the_way_from_the_empty_register_to_a_filled_one(desk: PageClient, world: World) -> None:
    assert desk.get(f"/c/{world.slug}/dwellings").says("名册还是空的")
    preview = desk.follow(upload(desk, world, book(SMALL)))
    assert preview.says("核对好了，等您确认")
    assert preview.says("业主 3人")
    assert preview.says("住户 3人")
    assert count(Dwelling) == 0
    done = desk.follow(desk.submit(preview))
    assert done.url == f"/c/{world.slug}/dwellings"
    assert count(Dwelling) == 5
    assert count(RegisterUpload) == 0
    assert done.says("5户")


def many(rows: int) -> bytes:
    return book(
        [["1栋", 1, f"{n}", 50, "住宅", "高志强", "1/1", "19907000009", "", "", ""] for n in range(1, rows + 1)]
    )


def test_a_large_register_is_worked_on_while_its_sender_goes_on(desk: PageClient, world: World) -> None:
    preview = desk.follow(upload(desk, world, many(MANY_ROWS)))
    work = desk.follow(desk.submit(preview))
    assert work.says("正在导入")
    assert work.one("progress").attributes["max"] == str(MANY_ROWS + 1)
    assert count(Dwelling) == 0
    assert desk.get(preview.url, status=303).location == work.url
    number = int(preview.url.rsplit("/", 1)[1])
    import_upload(number)
    import_upload(number)
    assert count(Dwelling) == MANY_ROWS
    done = desk.get(work.url, htmx="work")
    assert done.says("导入完了")
    assert not done.css("[hx-get]")
    assert db.session.scalars(select(RegisterUpload.sealed)).one() == ""
    assert db.session.scalars(select(RegisterImport.account_id)).one() == world.accounts["clerk"]


def test_a_large_register_that_came_too_late_is_refused_whole(desk: PageClient, world: World) -> None:
    preview = desk.follow(upload(desk, world, many(MANY_ROWS)))
    work = desk.follow(desk.submit(preview))
    fill(world)
    import_upload(int(preview.url.rsplit("/", 1)[1]))
    refused = desk.get(work.url)
    assert refused.says("没有导入，一户也没有写进去")
    assert refused.says("这张表里没有")
    assert count(Dwelling) == 5


def test_work_that_was_lost_with_its_process_is_asked_for_again(desk: PageClient, world: World, clock: Clock) -> None:
    preview = desk.follow(upload(desk, world, many(MANY_ROWS)))
    desk.submit(preview)
    asked = queue().pending_count()
    actions.resume_imports()
    assert queue().pending_count() == asked
    clock.forward(minutes=2)
    actions.resume_imports()
    assert queue().pending_count() == asked + 1


def test_confirming_twice_counts_once(desk: PageClient, world: World) -> None:
    preview = desk.follow(upload(desk, world, book(SMALL)))
    first = desk.submit(preview)
    again = desk.submit(preview)
    assert again.location == first.location
    assert count(Dwelling) == 5


def test_every_cell_to_mend_is_named_with_row_column_and_reason(desk: PageClient, world: World) -> None:
    preview = desk.follow(upload(desk, world, book(BAD)))
    assert preview.h1 == "有3处要改，一户也没有导入"
    rows = [[cell.text(strip=True) for cell in row.css("th, td")] for row in preview.css("tbody tr")]
    assert [row[:2] for row in rows] == [["4", "建筑面积D4"], ["4", "房号C4"], ["5", "手机H5"]]
    assert "1-1-101和第2行是同一户" in rows[1][2]
    assert not preview.css("main form")
    assert count(Dwelling) == 0


def test_the_list_to_mend_can_be_taken_away_as_csv(desk: PageClient, world: World) -> None:
    preview = desk.follow(upload(desk, world, book(BAD)))
    answer = desk.get(preview.url + "/rejected.csv")
    assert answer.response.mimetype == "text/csv"
    assert "attachment" in answer.response.headers["Content-Disposition"]
    lines = answer.response.text.removeprefix("\ufeff").splitlines()
    assert lines[0] == "行,格,列,怎么改"
    assert [line.split(",")[:3] for line in lines[1:]] == [
        ["4", "D4", "建筑面积"],
        ["4", "C4", "房号"],
        ["5", "H5", "手机"],
    ]


def test_a_post_to_a_preview_with_faults_is_refused(desk: PageClient, world: World) -> None:
    preview = desk.follow(upload(desk, world, book(BAD)))
    assert desk.post(preview.url, status=409).says("一户也没有导入")
    assert count(Dwelling) == 0


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "名册.xlsx", "文件是空的"),
        (b"%PDF-1.7", "名册.xlsx", "PDF文件"),
        ("楼栋,房号\n".encode(), "名册.xlsx", "文本文件"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "名册.xlsx", "去掉密码"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "名册.xls", "旧版表格"),
        (b"PK\x03\x04", "名册.xlsx", "损坏"),
        (b"PK\x03\x04".ljust(LARGEST_FILE + 1, b"\0"), "名册.xlsx", "超过10 MB"),
        (book([], ["姓名", "年龄", "性别"]), "名册.xlsx", "没有找到表头"),
        (book(SMALL, [*HEAD[:3], "单价", *HEAD[4:]]), "名册.xlsx", "缺少：建筑面积"),
        (book(SMALL), "", "请选名册的表格文件"),
    ],
)
def test_a_wrong_file_is_told_what_it_is_and_what_to_do(
    desk: PageClient, world: World, content: bytes, name: str, said: str
) -> None:
    page = upload(desk, world, content, name, status=422)
    assert page.says(said)
    assert page.one("#file").attributes["aria-invalid"] == "true"
    assert count(RegisterUpload) == 0


def test_a_file_is_judged_by_its_content_and_never_by_its_name(desk: PageClient, world: World) -> None:
    upload(desk, world, book(SMALL), "照片.png")
    assert count(RegisterUpload) == 1


def test_a_bomb_is_refused_before_it_is_opened(desk: PageClient, world: World) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<x/>")
        package.writestr("xl/worksheets/sheet1.xml", b"\0" * (101 * 1024 * 1024))
    assert upload(desk, world, buffer.getvalue(), status=422).says("解开后超过100 MB")


def test_a_hundred_megabytes_are_refused_at_the_door(desk: PageClient, world: World) -> None:
    assert upload(desk, world, b"PK\x03\x04", status=413, length=100 * 1024 * 1024).says("送来的太大了")


def test_what_cannot_be_seen_in_a_cell_does_not_matter_and_pictures_are_told(desk: PageClient, world: World) -> None:
    strange: list[Row] = [
        ["１栋", "１", "１０１", "８９．５０㎡", "住宅", "郭\u200b晓东", "１/１", "１９９０７００００７７", "", "", ""],
        ["1栋", 1, "\u202e102", 89.5, "住宅", "王芳😀", "1/1", "19900000001", "", "", ""],
    ]
    preview = desk.follow(upload(desk, world, book(strange)))
    assert preview.h1 == "有1处要改，一户也没有导入"
    assert preview.says("王芳😀")


def test_a_spreadsheet_is_kept_a_day_and_then_asked_for_again(desk: PageClient, world: World, clock: Clock) -> None:
    preview = desk.follow(upload(desk, world, book(SMALL)))
    clock.forward(hours=25)
    assert desk.get(preview.url, status=404).says("请再上传一次")


def test_a_second_spreadsheet_shows_what_it_would_change(desk: PageClient, world: World) -> None:
    fill(world)
    sold: list[Row] = [LANDLORD[0], [*LANDLORD[1][:5], "陈永康", "1/1", "19907000020", "", "", ""]]
    preview = desk.follow(upload(desk, world, book([*COUPLE, *sold, *SMALL[4:]])))
    assert preview.says("换业主或份额：1-1-201")
    assert not preview.says("换住户")
    forgot = desk.follow(upload(desk, world, book(SMALL[:-1])))
    assert forgot.says("这张表里没有：2-1-102")
    assert not forgot.css("main form")
    same = desk.follow(upload(desk, world, book(SMALL)))
    assert same.says("一模一样")


def test_an_upload_belongs_to_its_sender_and_community(desk: PageClient, world: World, new_client: Any) -> None:
    preview = desk.follow(upload(desk, world, book(SMALL)))
    other = new_client()
    other.sign_in(world.login("secretary"), PASSWORD)
    other.get(preview.url, status=404)
    other.get(preview.url + "/rejected.csv", status=404)
    other.get(preview.url.replace(world.slug, world.other_slug), status=403)


def test_the_desk_sees_buildings_dwellings_and_masked_people(desk: PageClient, world: World) -> None:
    fill(world)
    page = desk.get(f"/c/{world.slug}/dwellings")
    assert [row.text(strip=True) for row in page.css("tbody th")] == ["1号楼", "2号楼"]
    building = desk.get(f"/c/{world.slug}/dwellings/buildings/1")
    assert building.says("郭**、李**")
    dwelling = desk.get(f"/c/{world.slug}/dwellings/1-1-101")
    assert dwelling.says("郭** 199****0007")
    assert not dwelling.says("郭晓东")
    assert dwelling.says("份额1/2")
    assert desk.get(f"/c/{world.slug}/dwellings/buildings/2").says("开发商未售")


def test_a_code_for_an_owner_is_shown_once_on_a_page_to_print(desk: PageClient, world: World, new_client: Any) -> None:
    fill(world)
    page = desk.get(f"/c/{world.slug}/dwellings/1-1-102")
    forms = page.css("main form")
    assert len(forms) == 2
    letter = desk.follow(desk.post(str(forms[0].attributes["action"])))
    code = letter.one("main .paper strong").text(strip=True)
    owner = new_client()
    joined = owner.submit(
        owner.get("/join"), "main form", code=code, name="高志强", login="19907000009", password=PASSWORD
    )
    assert joined.status == 303
    mine = owner.get(f"/c/{world.slug}/my-entry")
    assert mine.says("高志强")
    assert mine.says("199****0009")
    assert mine.says("1号楼1单元102室")
    assert mine.says("1号楼1单元201室")
    assert desk.get(f"/c/{world.slug}/dwellings/1-1-102").says("有账号")


def test_a_letters_address_cannot_be_made_up(desk: PageClient, world: World) -> None:
    fill(world)
    number = db.session.scalars(select(Person.id).order_by(Person.id)).first()
    for sealed in ("", "x", "%00", "AAAA" * 20):
        desk.get(f"/c/{world.slug}/dwellings/1-1-101/people/{number}/invited?sealed={sealed}", status=404)


def test_my_entry_explains_how_to_be_linked(client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("resident"), PASSWORD)
    page = client.get(f"/c/{world.slug}/my-entry")
    assert page.says("到服务台领邀请码")
    assert not page.says("看整个房屋名册")


def test_my_entry_shows_nothing_of_another_community(client: PageClient, world: World, clock: Clock) -> None:
    fill(world)
    owner = db.session.scalars(select(Person).filter_by(name="高志强")).one()
    accept_invitation(world.actor("member"), actions.invite_person(world.actor("clerk"), world.community_id, owner.id))
    client.sign_in(world.login("member"), PASSWORD)
    assert client.get(f"/c/{world.slug}/my-entry").says("高志强")
    assert not client.get(f"/c/{world.other_slug}/my-entry").says("高志强")


@pytest.mark.parametrize("role", ["resident", "owner", "member", "supplier", "evaluator"])
def test_the_register_is_no_business_of_others(client: PageClient, world: World, clock: Clock, role: str) -> None:
    fill(world)
    client.sign_in(world.login(role), PASSWORD)
    for path in ("dwellings", "dwellings/1-1-101", "dwellings/buildings/1", "dwellings/import"):
        client.get(f"/c/{world.slug}/{path}", status=403)
    assert not client.get(f"/c/{world.slug}/search?q=1-1-101").css("main ul.rows")


def test_the_desk_of_one_community_sees_nothing_of_another(desk: PageClient, world: World) -> None:
    fill(world, community_id=world.other_id)
    for path in ("dwellings", "dwellings/1-1-101", "dwellings/buildings/1", "dwellings/import", "dwellings/import/1"):
        desk.get(f"/c/{world.other_slug}/{path}", status=403)
    for path in ("dwellings/1-1-101", "dwellings/buildings/1", "dwellings/import/1"):
        desk.get(f"/c/{world.slug}/{path}", status=404)
    number = db.session.scalars(select(Person.id).filter_by(community_id=world.other_id)).first()
    desk.post(f"/c/{world.slug}/dwellings/1-1-101/people/{number}/invite", status=404)


def test_somebody_without_a_session_is_asked_to_sign_in(client: PageClient, world: World, clock: Clock) -> None:
    for path in ("dwellings", "dwellings/import", "my-entry"):
        assert client.get(f"/c/{world.slug}/{path}", status=303).location.startswith("/sign-in")


def test_pages_ask_the_database_no_more_than_twelve_times(desk: PageClient, world: World) -> None:
    fill(world)
    preview = desk.follow(upload(desk, world, book(SMALL))).url
    paths = ["dwellings", "dwellings/buildings/1", "dwellings/1-1-101", "my-entry", "dwellings/import"]
    for url in [*(f"/c/{world.slug}/{path}" for path in paths), preview]:
        asked: list[str] = []

        def hear(_c: Any, _k: Any, statement: str, *_: Any, heard: list[str] = asked) -> None:
            heard.append(statement)

        event.listen(db.engine, "before_cursor_execute", hear)
        desk.get(url)
        event.remove(db.engine, "before_cursor_execute", hear)
        assert len(asked) <= 12, f"{url}: {len(asked)}\n" + "\n".join(asked)


def test_the_pages_speak_english(desk: PageClient, world: World) -> None:
    fill(world)
    desk.prefer("en")
    assert desk.get(f"/c/{world.slug}/dwellings").h1 == "Register of dwellings"
    assert desk.get(f"/c/{world.slug}/dwellings/1-1-101").says("Share 1/2")
