"""What is posted, as everybody reads it and as the secretary posts it."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import pytest
from flask import Flask

from app.core.values import Ref
from app.publication import actions, queries, rules
from app.publication.rules import HANDED, NOTICE
from tests.conftest import Clock
from tests.neighbours import register_book
from tests.page_client import PageClient
from tests.postings import BODY, TITLE, TODAY, households, posted
from tests.world import PASSWORD, World

pytestmark = pytest.mark.usefixtures("clock")


def base(world: World) -> str:
    return f"/c/{world.slug}/postings"


def test_what_hangs_stands_on_top_of_what_is_over(client: PageClient, world: World, clock: Clock) -> None:
    over = posted(world, [], kind=rules.GENERAL, title="水箱清洗，停水半天")
    clock.forward(days=10)
    posted(world, [], title="请业主投票换水泵", begins=TODAY + timedelta(days=10))
    page = client.get(base(world))
    assert [row.text(strip=True) for row in page.css("main h3")] == ["请业主投票换水泵", "水箱清洗，停水半天"]
    assert page.says("公示期满")
    assert page.says("还有15天")
    assert over.number == 1
    assert client.get(f"/c/{world.other_slug}/postings").says("现在没有公示")


def test_a_posting_shows_its_text_its_term_its_hash_and_where_it_was_brought(client: PageClient, world: World) -> None:
    made = posted(world)
    actions.record_service(world.actor("clerk"), made.posting_id, HANDED, TODAY, keys=["1-1-101", "1-1-102"])
    page = client.get(f"{base(world)}/1")
    assert page.h1 == TITLE
    assert BODY in page.one(".paper").text()
    assert page.says("公示期：2026年3月2日至2026年3月17日")
    assert page.says(sha256(f"{TITLE}\n\n{BODY}\n".encode()).hexdigest())
    assert page.says("把公示送到还没有送达的6户")
    assert [node.text(strip=True) for node in page.one("tfoot tr").css("td")] == ["8", "2", "2", "6"]
    assert not page.css("a[href$='/service'], a[href$='/unreached']")
    receipt = client.get(str(page.one("a[href*='/receipts/']").attributes["href"]))
    assert receipt.says("第1号公示发布")


def test_the_text_as_a_file_has_the_hash_that_is_on_record(client: PageClient, world: World) -> None:
    made = posted(world)
    answer = client.get(f"{base(world)}/1/text.txt").response
    assert sha256(answer.data).hexdigest() == queries.get_by_id(made.posting_id).digest


def test_another_communitys_postings_are_not_here(client: PageClient, world: World) -> None:
    posted(world)
    for path in ("1", "1/text.txt", "1/poster", "1/poster.pdf"):
        client.get(f"/c/{world.other_slug}/postings/{path}", status=404)


def test_a_posting_is_read_in_english(client: PageClient, world: World) -> None:
    posted(world)
    client.prefer("en")
    page = client.get(f"{base(world)}/1")
    assert page.says("Posted from 2 March 2026 to 17 March 2026")
    assert page.says("8 dwellings")


def test_the_secretary_posts_a_text_once_however_often_it_is_sent(client: PageClient, world: World) -> None:
    client.sign_in(world.login("secretary"), PASSWORD)
    form = client.get(f"{base(world)}/new")
    assert form.says("今天发布就到3月9日")
    typed = {"title": "３号楼电梯检修", "body": "请走楼梯。", "places": ["board", "desk"]}
    first, second = client.submit(form, **typed), client.submit(form, **typed)
    assert first.location == second.location == f"{base(world)}/1"
    page = client.follow(first)
    assert page.says("张贴在：小区公告栏、服务台")
    assert page.says("至少5个工作日")
    assert len(queries.in_full(world.community_id)) == 1


def test_what_was_typed_wrongly_comes_back_with_a_sentence(client: PageClient, world: World) -> None:
    client.sign_in(world.login("secretary"), PASSWORD)
    form = client.get(f"{base(world)}/new")
    for status, sentence, typed in (
        (409, "公示从今天或以后的一天开始", {"begins": "2026-03-01"}),
        (409, "请选张贴在哪里", {"places": None}),
        (409, "这种公示至少要到3月9日", {"until": "2026-03-08"}),
        (409, "标题太长了", {"title": "字" * 81}),
        (422, "写公示的正文", {"body": " "}),
        (422, "", {"begins": "30 February"}),
        (422, "", {"kind": "advert"}),
    ):
        sent = {"title": "电梯检修", "body": "请走楼梯。", **typed}
        page = client.submit(form, status=status, **sent)
        assert page.says(sentence)
        if "title" not in typed:
            assert page.one("#title").attributes["value"] == "电梯检修"
    assert queries.in_full(world.community_id) == []


def test_a_posting_may_be_brought_to_every_home_of_the_register(client: PageClient, world: World) -> None:
    client.sign_in(world.login("clerk"), PASSWORD)
    upload = client.get(f"/c/{world.slug}/dwellings/import")
    import io

    preview = client.follow(client.submit(upload, file=(io.BytesIO(register_book()), "book.xlsx")))
    client.follow(client.submit(preview))
    secretary = PageClient(client.app)
    secretary.sign_in(world.login("secretary"), PASSWORD)
    form = secretary.get(f"{base(world)}/new")
    page = secretary.follow(secretary.submit(form, title="停水半天", body="明天停水半天。", to="dwellings"))
    assert page.says("把公示送到还没有送达的15户")


def test_a_correction_begins_with_the_earlier_text_and_both_name_each_other(client: PageClient, world: World) -> None:
    posted(world, matter=Ref("assembly", 7))
    client.sign_in(world.login("convener"), PASSWORD)
    form = client.get(f"{base(world)}/new?corrects=1")
    assert form.h1 == "更正第1号公示"
    assert form.one("#body").text(strip=True) == BODY
    page = client.follow(client.submit(form, title="请业主投票（更正日期）", begins="2026-03-02"))
    assert page.says("这份更正第1号公示")
    old = client.get(f"{base(world)}/1")
    assert old.says("以第2号为准")
    assert not old.css("a[href*='corrects=']")
    client.submit(client.get(f"{base(world)}/new?corrects=1"), status=409)
    client.get(f"{base(world)}/new?corrects=99", status=404)
    assert queries.get_by_number(world.community_id, 2).matter == Ref("assembly", 7)


def test_what_is_taken_down_says_why(client: PageClient, world: World) -> None:
    posted(world)
    client.sign_in(world.login("secretary"), PASSWORD)
    form = client.get(f"{base(world)}/1/withdraw")
    assert client.submit(form, status=409, reason="错").says("请写明为什么撤下")
    page = client.follow(client.submit(form, reason="投票日期写错了，另行公示"))
    assert page.says("投票日期写错了，另行公示")
    assert page.says(BODY)
    assert client.get(f"{base(world)}/1/withdraw").says("这份公示已经撤下了")


def test_the_poster_leads_to_the_page_by_a_code_and_to_the_desk_without_one(
    app: Flask, client: PageClient, world: World
) -> None:
    app.config["PUBLIC_URL"] = "https://wutongli.example"
    posted(world)
    page = client.get(f"{base(world)}/1/poster")
    assert page.h1 == TITLE
    assert page.says("https://wutongli.example/c/wutongli/postings/1")
    assert page.says("不用手机，请到服务台看全文：周一至周六 8:30–17:30，电话 5555 0100")
    assert page.says("投票从3月20日开始，到4月1日截止。")
    assert page.one("svg.qr path").attributes["d"]


@pytest.mark.parametrize(("query", "width"), [("", b"595."), ("?size=a3", b"841."), ("?size=moon", b"595.")])
def test_the_poster_is_a_pdf_of_the_size_that_was_asked_for_and_the_same_each_time(
    client: PageClient, world: World, query: str, width: bytes
) -> None:
    posted(world, title="“一”<b>二</b> {{ 3 }} #let x = 1")
    answer = client.get(f"{base(world)}/1/poster.pdf{query}").response
    assert answer.data.startswith(b"%PDF-1.7")
    assert b"/MediaBox[0 0 " + width in answer.data
    assert b"/Type/Pages/Count 1/" in answer.data
    assert client.get(f"{base(world)}/1/poster.pdf{query}").response.data == answer.data


def test_the_board_the_diary_and_the_home_page_tell_of_it(
    app: Flask, client: PageClient, world: World, clock: Clock
) -> None:
    from app.journal.actions import settle

    made = posted(world, [], kind=rules.GENERAL, title="水箱清洗，停水半天")
    settle()
    assert client.get(f"/c/{world.slug}/notices").says("公示：水箱清洗，停水半天")
    assert "公示期满：水箱清洗，停水半天" in client.get(f"/c/{world.slug}/calendar.ics").response.text.replace(
        "\r\n ", ""
    )
    home = client.get(f"/c/{world.slug}/")
    assert home.says("正在公示")
    assert home.says("水箱清洗，停水半天")
    clock.forward(days=20)
    actions.end_due()
    settle()
    assert not client.get(f"/c/{world.slug}/notices").says("公示期满")
    assert made.number == 1


def test_the_end_of_a_term_is_told_where_homes_had_to_be_reached(
    client: PageClient, world: World, clock: Clock
) -> None:
    from app.journal.actions import settle

    posted(world)
    clock.forward(days=20)
    actions.end_due()
    settle()
    assert client.get(f"/c/{world.slug}/notices").says(f"公示期满：{TITLE}")


def test_search_and_open_data_know_it(client: PageClient, world: World) -> None:
    made = posted(world)
    actions.record_service(world.actor("clerk"), made.posting_id, NOTICE, TODAY, building="1")
    assert client.get(f"/c/{world.slug}/search?q=消防泵").says(TITLE)
    (row,) = client.get(f"/c/{world.slug}/data/postings.json").response.json["rows"]
    assert (row["number"], row["homes"], row["homes_reached"]) == (1, 8, 0)
    assert row["text_sha256"] == queries.get_by_id(made.posting_id).digest


def test_a_list_of_many_buildings_costs_no_more_statements(
    app: Flask, client: PageClient, world: World, new_client: Callable[[], PageClient]
) -> None:
    from tests.pages.test_statement_counts import QUIET, counted

    posted(world, households(2, 3))
    posted(world, households(60, 20))
    client.sign_in(world.login("clerk"), PASSWORD)
    asked = []
    for number, path in ((1, ""), (2, ""), (1, "/service"), (2, "/service"), (1, "/unreached"), (2, "/unreached")):
        for reader in (new_client(), client) if not path else (client,):
            reader.get(f"{base(world)}/{number}{path}")
            app.extensions.pop("copies", None)
            from app.core.copies import Copies

            app.extensions["copies"] = Copies()
            with counted() as statements:
                reader.get(f"{base(world)}/{number}{path}")
            found = [one for one in statements if not one.startswith(QUIET)]
            asked.append((path, number, len(found)))
            assert len(found) <= 12, "\n".join(found)
    small, large = ([many for _, number, many in asked if number == wanted] for wanted in (1, 2))
    assert small == large
