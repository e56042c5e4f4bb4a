"""The desk where service is entered, who is still to be reached, and the evidence of one home."""

import csv
import io
from hashlib import sha256

import pytest
from PIL import Image

from app.core.values import Entry
from app.publication import actions, queries
from app.publication.rules import ABSENT, HANDED, WITNESSED
from tests.conftest import Clock
from tests.page_client import Page, PageClient
from tests.postings import TODAY, posted
from tests.world import PASSWORD, World

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def desk(client: PageClient, world: World) -> PageClient:
    """A clerk at the desk."""
    client.sign_in(world.login("clerk"), PASSWORD)
    return client


def base(world: World, number: int = 1) -> str:
    return f"/c/{world.slug}/postings/{number}"


def reached(world: World) -> int:
    return sum(one.served for one in queries.by_building(queries.get_by_number(world.community_id, 1)))


def test_a_door_is_typed_and_the_next_one_and_way_and_day_stay(desk: PageClient, world: World, clock: Clock) -> None:
    posted(world, begins=TODAY)
    clock.forward(days=1)
    page = desk.get(f"{base(world)}/service")
    assert "autofocus" in page.one("#keys").attributes
    page = desk.follow(desk.submit(page, keys="１－１－１０１", way=ABSENT, on="2026-03-02"))
    assert page.says("1号楼1单元101登记好了。")
    assert page.one("#on").attributes["value"] == "2026-03-02"
    assert page.fields("main form.card")["way"] == ABSENT
    page = desk.follow(desk.submit(page, "main form.card", keys="1号楼1单元102室"))
    assert [node.text(strip=True) for node in page.css("aside li > p.meta > span:first-child")] == [
        "上门没人",
        "上门没人",
    ]
    assert page.says("赵工作录入")


def test_the_same_door_twice_is_told_and_entered_once(desk: PageClient, world: World) -> None:
    posted(world)
    page = desk.get(f"{base(world)}/service")
    assert desk.follow(desk.submit(page, keys="1-1-101")).says("登记好了")
    again = desk.follow(desk.submit(desk.get(f"{base(world)}/service"), "main form.card", keys="1-1-101"))
    assert again.says("1号楼1单元101早就这样登记过，没有重复登记。")
    assert len(again.css("aside li")) == 1


def test_an_unknown_door_comes_back_with_what_was_typed(desk: PageClient, world: World) -> None:
    posted(world)
    page = desk.submit(desk.get(f"{base(world)}/service"), status=409, keys="1-1-101 9-9-999")
    assert page.says("送达名单上没有9-9-999")
    assert page.one("#keys").attributes["value"] == "1-1-101 9-9-999"
    assert reached(world) == 0
    assert desk.submit(desk.get(f"{base(world)}/service"), status=422, keys=" ").says("写送到了哪一户")
    assert desk.submit(desk.get(f"{base(world)}/service"), status=409, keys="，、").says("请写送到了哪一户")


def test_a_wrong_entry_is_taken_back_by_one_button_pressed_twice(desk: PageClient, world: World) -> None:
    posted(world)
    page = desk.follow(desk.submit(desk.get(f"{base(world)}/service"), keys="1-1-101 1-1-102"))
    assert reached(world) == 2
    first, second = (desk.submit(page, "aside form") for _ in range(2))
    assert first.location == second.location
    page = desk.follow(first)
    assert page.says("撤销了一条，2户")
    assert page.one("aside s").text(strip=True) == "1号楼1单元101等2户"
    assert not page.css("aside form")
    assert reached(world) == 0


def test_a_whole_building_or_a_pasted_column_is_entered_at_once(desk: PageClient, world: World) -> None:
    posted(world)
    page = desk.get(f"{base(world)}/service?many=1")
    page = desk.follow(desk.submit(page, building="1"))
    assert page.says("登记好了4户。")
    page = desk.follow(desk.submit(page, "main form.card", building="none", keys="2-1-101\n2-1-102\n"))
    assert page.says("登记好了2户。")
    page = desk.follow(desk.submit(page, "main form.card", building="2"))
    assert page.says("登记好了2户。另有2户早就这样登记过。")
    assert page.says("全部送达了")
    assert page.says("2号楼整栋")


def test_who_refuses_to_sign_needs_two_witnesses_at_the_desk(desk: PageClient, world: World) -> None:
    posted(world)
    page = desk.get(f"{base(world)}/service")
    wrong = desk.submit(page, status=409, keys="1-1-101", way=WITNESSED, first_witness="王强")
    assert wrong.says("要有两位不同的见证人")
    assert "open" in wrong.one("main form details").attributes
    typed = {"keys": "1-1-101", "way": WITNESSED, "first_witness": "王强", "second_witness": "赵敏", "note": "tenant"}
    desk.follow(desk.submit(page, **typed))
    evidence = desk.get(f"{base(world)}/lines/1-1-101")
    assert evidence.says("见证人：王强、赵敏")
    assert evidence.says("租户代收，答应转交")
    assert evidence.says("已送达")


def test_after_the_term_only_what_was_done_within_it_is_entered(desk: PageClient, world: World, clock: Clock) -> None:
    posted(world)
    clock.forward(days=30)
    desk.sign_in(world.login("clerk"), PASSWORD)
    page = desk.get(f"{base(world)}/service")
    assert page.one("#on").attributes["value"] == "2026-03-17"
    assert desk.submit(page, status=409, keys="1-1-101", on="2026-03-18").says(
        "公示到3月17日 星期二为止，以后送的不算。"
    )
    desk.follow(desk.submit(page, keys="1-1-101"))
    assert reached(world) == 1


def test_a_planned_or_withdrawn_posting_explains_why_nothing_can_be_entered(
    desk: PageClient, world: World, clock: Clock
) -> None:
    posted(world, begins=TODAY.replace(day=5))
    assert desk.get(f"{base(world)}/service").says("在那以前不能送达")
    made = posted(world)
    actions.withdraw_posting(world.actor("secretary"), made.posting_id, "日期写错了")
    page = desk.get(f"{base(world, 2)}/service")
    assert page.says("这份公示已经撤下，不再登记送达。")
    assert not page.css("main form.card")


def test_a_posting_without_a_list_has_no_desk(desk: PageClient, world: World) -> None:
    posted(world, [])
    for path in ("service", "unreached", "unreached.csv", "lines/1-1-101"):
        desk.get(f"{base(world)}/{path}", status=404)
    assert not desk.get(base(world)).css("a[href$='/service']")


def test_who_is_not_reached_is_a_list_to_walk_by_and_a_file(desk: PageClient, world: World) -> None:
    made = posted(world)
    actions.record_service(world.actor("clerk"), made.posting_id, HANDED, TODAY, building="1")
    actions.record_service(world.actor("clerk"), made.posting_id, ABSENT, TODAY, keys=["2-1-102"])
    page = desk.get(f"{base(world)}/unreached")
    assert [node.text(strip=True) for node in page.css("tbody th")] == ["2-1-101", "2-1-102", "2-1-201", "2-1-202"]
    assert _cells(page) == ["还没去过", "上门没人", "还没去过", "还没去过"]
    assert desk.get(f"{base(world)}/unreached?building=1").says("这一栋每一户都有送达记录")
    answer = desk.get(f"{base(world)}/unreached.csv").response
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0] == ["楼", "门牌", "哪一户", "已经试过"]
    assert rows[2] == ["2", "2-1-102", "2号楼1单元102", "上门没人"]
    assert len(rows) == 5


def _cells(page: Page) -> list[str]:
    return [node.text(strip=True) for node in page.css("tbody th + td")]


def test_no_line_of_the_file_is_taken_for_a_formula(desk: PageClient, world: World) -> None:
    posted(world, [Entry("=1+1", "@SUM(A1)", "-2"), Entry("+3", "\t4", "5")])
    text = desk.get(f"{base(world)}/unreached.csv").response.text.removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert rows[0][:3] == ["'-2", "'=1+1", "'@SUM(A1)"]
    assert all(not cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


def test_a_long_list_is_read_page_by_page(desk: PageClient, world: World) -> None:
    posted(world, [Entry(f"1-1-{n}", f"1号楼{n}", "1") for n in range(450)])
    page = desk.get(f"{base(world)}/unreached")
    assert len(page.css("tbody tr")) == 400
    rest = desk.get(str(page.one(".pager a").attributes["href"]))
    assert len(rest.css("tbody tr")) == 50
    assert rest.says("从头看")


def test_the_evidence_of_a_home_keeps_what_was_taken_back(desk: PageClient, world: World) -> None:
    posted(world)
    desk.follow(desk.submit(desk.get(f"{base(world)}/service"), keys="1-1-101 1-1-102"))
    page = desk.get(f"{base(world)}/lines/1-1-101")
    assert page.says("和另外1户一起登记")
    page = desk.follow(desk.submit(page, "main form"))
    assert page.says("由赵工作撤销，不再算数。")
    assert page.says("还没送到")
    assert reached(world) == 1
    desk.get(f"{base(world)}/lines/9-9-999", status=404)
    desk.post(f"{base(world)}/service/1/undo", {"key": "9-9-999"}, status=404)
    desk.post(f"{base(world)}/service/99/undo", status=404)


def test_an_entry_of_another_posting_is_not_taken_back_here(desk: PageClient, world: World) -> None:
    made = posted(world)
    done = actions.record_service(world.actor("clerk"), made.posting_id, HANDED, TODAY, keys=["1-1-101"])
    posted(world)
    desk.post(f"{base(world, 2)}/service/{done.act_id}/undo", status=404)
    assert reached(world) == 1


def test_an_auditor_reads_the_evidence_and_enters_nothing(client: PageClient, world: World) -> None:
    posted(world)
    client.sign_in(world.login("auditor"), PASSWORD)
    assert not client.get(f"{base(world)}/lines/1-1-101").css("main form")
    assert client.get(f"{base(world)}/unreached").says("共8户")
    client.get(f"{base(world)}/service", status=403)


def test_what_waits_for_the_desk_leads_there(desk: PageClient, world: World, clock: Clock) -> None:
    made = posted(world)
    actions.record_service(world.actor("clerk"), made.posting_id, HANDED, TODAY, building="1")
    page = desk.get(f"/c/{world.slug}/todo")
    assert page.says("公示期满前还有4户没有送达")
    assert page.css(f"a[href='{base(world)}/service']")
    clock.forward(days=16)
    desk.sign_in(world.login("clerk"), PASSWORD)
    assert not desk.get(f"/c/{world.slug}/todo").says("没有送达")


def photograph() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(buffer, "JPEG")
    return buffer.getvalue()


def test_a_photograph_is_kept_as_evidence_under_its_hash_for_those_who_work_with_it(
    desk: PageClient, world: World
) -> None:
    posted(world)
    form = desk.get(f"{base(world)}/service")
    sent = {"keys": "1-1-101", "paper": (io.BytesIO(photograph()), "签收单 1-1-101.jpg")}
    page = desk.follow(desk.submit(form, **sent))
    link = page.one("aside li a")
    assert link.text(strip=True) == "签收单 1-1-101.jpg"
    shown = desk.get(f"{base(world)}/lines/1-1-101")
    kept = desk.get(link.attributes["href"] or "").response.data
    assert shown.says(sha256(kept).hexdigest()[:16])
    assert kept.startswith(b"\xff\xd8")
    stranger = PageClient(desk.app)
    stranger.get(link.attributes["href"] or "", status=303)
    stranger.sign_in(world.login("resident"), PASSWORD)
    stranger.get(link.attributes["href"] or "", status=403)


def test_a_photograph_is_added_later_to_what_was_entered(desk: PageClient, world: World) -> None:
    posted(world)
    desk.submit(desk.get(f"{base(world)}/service"), keys="1-1-101 1-1-102")
    page = desk.get(f"{base(world)}/lines/1-1-102")
    upload = desk.get(page.one("main .meta a").attributes["href"] or "")
    back = desk.follow(desk.submit(upload, file=(io.BytesIO(photograph()), "合影.jpg")))
    assert "合影.jpg" in [node.text(strip=True) for node in back.css("main .meta a")]


def test_what_cannot_be_evidence_is_told_at_its_field_and_nothing_is_entered(desk: PageClient, world: World) -> None:
    posted(world)
    form = desk.get(f"{base(world)}/service")
    for content, told in ((b"MZ\x90\x00" + bytes(40), "不能上传这种文件"), (b"", "文件是空的")):
        page = desk.submit(form, status=422, keys="1-1-101", paper=(io.BytesIO(content), "签收单.jpg"))
        assert told in page.one("#paper-error").text()
        assert page.one("#keys").attributes["value"] == "1-1-101"
    assert reached(world) == 0
