"""Reading, writing, supporting and deciding proposals, as people meet them."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.core.permissions import RESIDENT
from app.core.values import Actor, Grant, Ref
from app.identity.actions import create_account
from app.proposals import actions, queries
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.world import PASSWORD, World

TITLE = "在3号楼东侧空地建电动自行车充电棚"
BODY = "建一座能停48辆、带自动断电和喷淋的充电棚，楼道里不再充电。\n空地属于全体业主，讨论后要由全体业主投票决定。"


def submitted(world: World, title: str = TITLE) -> queries.ProposalRow:
    number = actions.submit_proposal(
        world.actor("resident"), world.community_id, title, BODY, 12_600_000, "陈女士，2号楼"
    )
    return queries.get_by_number(world.community_id, number)


def crowd_supports(world: World, row: queries.ProposalRow, many: int = 10) -> None:
    for n in range(many):
        account_id = create_account(f"邻居{n}", f"neighbour-{n}", PASSWORD)
        one = Actor(account_id, frozenset({Grant(world.community_id, RESIDENT)}))
        actions.support_proposal(one, row.id, row.version)


def signed_in(client: PageClient, world: World, role: str) -> PageClient:
    client.sign_in(world.login(role), PASSWORD)
    return client


def here(world: World, path: str = "") -> str:
    return f"/c/{world.slug}/proposals{path}"


def test_an_empty_list_says_what_will_come_and_what_to_do(client: PageClient, world: World) -> None:
    page = client.get(here(world))
    assert page.says("现在没有正在商量的提案")
    assert page.says("满10位邻居支持")


def test_a_proposal_is_written_kept_mended_and_handed_in(client: PageClient, world: World) -> None:
    signed_in(client, world, "resident")
    form = client.get(here(world, "/new"))
    wrong = client.submit(form, title="充", body="短", budget="很多", status=422)
    assert len(wrong.css(".errors li")) == 3
    assert wrong.one("#title").attributes["value"] == "充"
    done = client.submit(wrong, title=TITLE, body=BODY, budget="１２６，０００")
    page = client.follow(done)
    assert page.h1 == TITLE
    assert page.says("126,000元")
    assert page.says("征集支持")
    assert page.says("陈**提出")


def test_pressing_twice_hands_in_once(client: PageClient, world: World) -> None:
    signed_in(client, world, "resident")
    form = client.get(here(world, "/new"))
    first = client.submit(form, title=TITLE, body=BODY)
    again = client.submit(form, title=TITLE, body=BODY)
    assert first.location == again.location == here(world, "/1")
    assert len(queries.proposals(world.community_id, queries.ALL)[0]) == 1


def test_a_draft_saves_itself_and_is_there_on_another_device(
    client: PageClient, new_client: Callable[[], PageClient], world: World
) -> None:
    signed_in(client, world, "resident")
    form = client.get(here(world, "/new"))
    saved = client.post(
        here(world, "/draft"),
        {**form.fields("form.card"), "title": "充电", "budget": "十二万"},
        status=200,
        htmx="draft",
    )
    assert saved.says("草稿已保存")
    other = signed_in(new_client(), world, "resident").get(here(world, "/new"))
    assert other.one("#title").attributes["value"] == "充电"
    assert other.one("#budget").attributes["value"] == "十二万"
    stale = client.post(
        here(world, "/draft"), {**form.fields("form.card"), "title": "旧窗口"}, status=409, htmx="draft"
    )
    assert stale.says("另一个窗口")
    assert client.get(here(world, "/new")).one("#title").attributes["value"] == "充电"
    client.submit(client.get(here(world, "/new")), "form[action$=drop]")
    assert client.get(here(world, "/new")).one("#title").attributes.get("value") in ("", None)


def test_a_draft_is_kept_without_javascript_too_however_short(client: PageClient, world: World) -> None:
    signed_in(client, world, "resident")
    kept = client.submit(client.get(here(world, "/new")), "form.card", title="充", button="先存草稿")
    assert client.follow(kept).one("#title").attributes["value"] == "充"


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in(client: PageClient, world: World) -> None:
    signed_in(client, world, "resident")
    form = client.get(here(world, "/new"))
    client.post("/sign-out")
    asked = client.submit(form, "form.card", title=TITLE, body=BODY, budget="5")
    assert asked.location.startswith("/sign-in")
    back = client.follow(client.submit(client.follow(asked), login=world.login("resident"), password=PASSWORD))
    assert back.one("#title").attributes["value"] == TITLE
    assert "自动断电" in back.one("#body").text()


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("充电\x00棚建在哪里", "充电棚建在哪里"),
        ("充电\u200b棚\u200e建在\u202e哪里", "充电棚建在哪里"),
        ("充电棚🔌建在哪里", "充电棚🔌建在哪里"),
        ("建３号楼充电棚", "建３号楼充电棚"),
        ("<script>alert(1)</script>充电", "<script>alert(1)</script>充电"),
        ("%(name)s %s {{7*7}}充电棚", "%(name)s %s {{7*7}}充电棚"),
    ],
)
def test_odd_signs_are_cleaned_or_shown_as_typed(client: PageClient, world: World, title: str, shown: str) -> None:
    signed_in(client, world, "resident")
    page = client.follow(client.submit(client.get(here(world, "/new")), "form.card", title=title, body=BODY))
    assert page.h1 == shown
    assert client.get(here(world)).says(shown)


@pytest.mark.parametrize(
    ("field", "typed", "answer"),
    [
        ("title", "灯" * 100_000, "用4到40个字"),
        ("body", "灯" * 100_000, "最多3000字"),
        ("body", "\u200b\u200e\x00", "至少10个字"),
        ("budget", "-5", "大于0元"),
        ("budget", "九牛一毛", "写成数字"),
        ("budget", "9" * 5000, "不超过1000亿元"),
    ],
)
def test_each_bad_field_says_what_to_write_and_keeps_the_rest(
    client: PageClient, world: World, field: str, typed: str, answer: str
) -> None:
    signed_in(client, world, "resident")
    sent = {"title": TITLE, "body": BODY, "budget": "5", field: typed}
    page = client.submit(client.get(here(world, "/new")), "form.card", status=422, **sent)
    assert page.says(answer)
    assert page.one(f"#{field}").attributes["aria-invalid"] == "true"
    if field != "title":
        assert page.one("#title").attributes["value"] == TITLE
    assert queries.proposals(world.community_id, queries.ALL)[0] == []


def test_a_visitor_reads_everything_and_is_led_to_sign_in(client: PageClient, world: World) -> None:
    row = submitted(world)
    page = client.get(here(world, f"/{row.number}"))
    assert page.h1 == TITLE
    assert page.css("main form[method=post]") == []
    assert page.says("登录后支持")
    assert page.says("登录后发表意见")
    asked = client.get(here(world, "/new"), status=303)
    assert asked.location.startswith("/sign-in")


def test_a_visitor_may_keep_the_page_and_is_told_when_nothing_changed(
    client: PageClient, world: World, clock: Clock
) -> None:
    row = submitted(world)
    for path in ("", f"/{row.number}", f"/{row.number}/history", "/feed.atom"):
        first = client.get(here(world, path)).response
        assert first.headers["Cache-Control"] == "public, no-cache"
        tag = first.headers["ETag"]
        again = client.get(here(world, path), status=304, headers={"If-None-Match": tag}).response
        assert again.data == b""
    actions.support_proposal(world.actor("owner"), row.id, 1)
    assert client.get(here(world, f"/{row.number}"), headers={"If-None-Match": tag}).status == 200


def test_supporting_counts_and_can_be_taken_back(client: PageClient, world: World) -> None:
    row = submitted(world)
    signed_in(client, world, "owner")
    address = here(world, f"/{row.number}")
    page = client.follow(client.submit(client.get(address), "form[action$=support]"))
    assert page.says("您已支持，收回")
    assert page.says("等2人提出")
    page = client.follow(client.submit(page, "form[action$=support]", button="您已支持，收回"))
    assert page.says("我支持")


def test_supporting_by_htmx_answers_with_the_part_alone(client: PageClient, world: World) -> None:
    row = submitted(world)
    signed_in(client, world, "owner")
    part = client.post(here(world, f"/{row.number}/support"), {"seen": "1"}, status=200, htmx="support")
    assert part.css("h1") == []
    assert part.one("#support").attributes["data-announce"] == "现在有1人支持"


def test_the_author_reads_why_there_is_no_button(client: PageClient, world: World) -> None:
    row = submitted(world)
    signed_in(client, world, "resident")
    page = client.get(here(world, f"/{row.number}"))
    assert page.says("这是您提出的")
    assert page.css("form[action$=support]") == []


def test_a_stale_page_supports_nothing(client: PageClient, world: World) -> None:
    row = submitted(world)
    signed_in(client, world, "owner")
    page = client.get(here(world, f"/{row.number}"))
    actions.revise_proposal(world.actor("resident"), row.id, 1, TITLE, BODY + "改。", None, "")
    refused = client.submit(page, "form[action$=support]", status=409)
    assert refused.says("提案刚刚改过")
    assert queries.get_proposal(row.id).supports == 0


def test_the_desk_admits_and_says_who_decides(client: PageClient, world: World) -> None:
    row = submitted(world)
    signed_in(client, world, "secretary")
    address = here(world, f"/{row.number}")
    assert client.get(f"{address}/admit").says("还差10人支持")
    assert client.get(address).says("还差10人支持")
    crowd_supports(world, row)
    page = client.get(address)
    assert page.says("现在轮到您")
    page = client.follow(client.submit(client.get(f"{address}/admit"), owners_matter="8"))
    assert page.says("已上议程")
    assert page.says("全体业主投票：三分之二参加，参加的有四分之三同意")
    assert client.get(f"{address}/admit").says("已经列入议程")


def test_the_desk_returns_with_a_reason_and_the_author_mends(
    client: PageClient, new_client: Callable[[], PageClient], world: World
) -> None:
    row = submitted(world)
    address = here(world, f"/{row.number}")
    desk = signed_in(new_client(), world, "secretary")
    wrong = desk.submit(desk.get(f"{address}/return"), reason="没有预算", wish="", status=422)
    assert wrong.says("写清楚")
    assert wrong.one("#reason").text() == "没有预算"
    desk.follow(desk.submit(wrong, reason="没有预算", wish="写上预算和位置"))
    signed_in(client, world, "resident")
    page = client.get(address)
    assert page.says("现在轮到您")
    assert page.says("写上预算和位置")
    revised = client.submit(client.get(f"{address}/revise"), body=BODY + "位置在东墙外。", note="写上了位置")
    page = client.follow(revised)
    assert page.says("第2版，看改了什么")
    told = client.get(f"{address}/history")
    assert told.one("ins").text() == "位置在东墙外。"
    assert told.says("没有预算")
    assert told.says("提案人说明：写上了位置")


def test_whose_turn_it_is_has_a_button_for_who_may_act_alone(client: PageClient, world: World) -> None:
    row = submitted(world)
    assert len(client.get(here(world, "/1")).css(".who a[href$='#support']")) == 1
    secretary = signed_in(client, world, "secretary")
    assert not secretary.get(here(world, "/1")).css(".who a"), "who may not support finds no button that does nothing"
    actions.return_proposal(world.actor("secretary"), row.id, "没有预算", "写上预算和位置")
    assert not secretary.get(here(world, "/1")).css(".who a[href$=revise]")
    assert len(signed_in(client, world, "resident").get(here(world, "/1")).css(".who a[href$=revise]")) == 1


def test_two_windows_that_revise_keep_what_the_second_typed(client: PageClient, world: World) -> None:
    row = submitted(world)
    signed_in(client, world, "resident")
    address = here(world, f"/{row.number}/revise")
    first, second = client.get(address), client.get(address)
    client.submit(first, body=BODY + "第一个窗口。")
    refused = client.submit(second, body=BODY + "第二个窗口。", status=409)
    assert refused.says("另一个窗口")
    assert "第二个窗口" in refused.one("#body").text()
    assert "第一个窗口" in queries.get_proposal(row.id).body


def test_an_author_withdraws_and_everybody_still_reads(client: PageClient, world: World) -> None:
    row = submitted(world)
    signed_in(client, world, "resident")
    address = here(world, f"/{row.number}")
    page = client.follow(client.submit(client.get(address), "form[action$=withdraw]"))
    assert page.says("已撤回")
    assert page.says("提案人已经撤回")
    assert page.says("讨论在")


@pytest.mark.parametrize("role", ["owner", "member", "secretary"])
def test_another_than_the_author_finds_no_way_to_change_it(client: PageClient, world: World, role: str) -> None:
    row = submitted(world)
    signed_in(client, world, role)
    page = client.get(here(world, f"/{row.number}"))
    assert not page.says("这是您的提案")
    if role != "secretary":
        assert client.get(here(world, f"/{row.number}/revise")).says("只有提案人可以修改")


@pytest.mark.parametrize(
    "path",
    ["/1", "/1/history", "/1/revise", "/1/admit", "/1/return"],
)
def test_another_communitys_proposal_is_not_found(client: PageClient, world: World, path: str) -> None:
    submitted(world)
    # The author's roles are of the first community: everywhere else the answer is 403 or 404, never the text.
    signed_in(client, world, "resident")
    page = client.get(f"/c/{world.other_slug}/proposals{path}", status=404 if path in ("/1", "/1/history") else 403)
    assert not page.says("充电棚")


@pytest.mark.parametrize("path", ["support", "withdraw", "revise", "admit", "return"])
def test_nothing_of_another_community_is_changed(client: PageClient, world: World, path: str) -> None:
    row = submitted(world)
    signed_in(client, world, "secretary" if path in ("admit", "return") else "owner")
    client.post(
        f"/c/{world.other_slug}/proposals/1/{path}", {"seen": "1", "reason": "理由", "wish": "改好"}, status=403
    )
    assert queries.get_proposal(row.id).state == row.state


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("supplier", "/new", 403),
        ("clerk", "/new", 403),
        ("clerk", "/enter", 200),
        ("resident", "/enter", 403),
        ("resident", "/1/admit", 403),
        ("owner", "/1/return", 403),
        ("convener", "/1/return", 200),
    ],
)
def test_each_role_opens_what_the_table_of_powers_says(
    client: PageClient, world: World, role: str, path: str, status: int
) -> None:
    submitted(world)
    signed_in(client, world, role)
    client.get(here(world, path), status=status)


def test_the_desk_writes_down_what_somebody_proposes(client: PageClient, world: World) -> None:
    signed_in(client, world, "clerk")
    form = client.get(here(world, "/enter"))
    page = client.follow(client.submit(form, name="刘奶奶", building="１号楼", title="给楼道装扶手", body=BODY))
    assert page.says("刘奶奶，1号楼提出")
    assert page.says("由服务台代录")


def test_tabs_pages_and_search_are_real_links(client: PageClient, world: World) -> None:
    for n in range(27):
        submitted(world, f"第{n}件要办的事情")
    page = client.get(here(world))
    assert len(page.css(".rows h3")) == 25
    older = page.one(".pager a").attributes["href"] or ""
    rest = client.get(older)
    assert [node.text() for node in rest.css(".rows h3")] == ["第1件要办的事情", "第0件要办的事情"]
    found = client.get(here(world, "?q=第27号"))
    assert [node.text() for node in found.css(".rows h3")] == ["第26件要办的事情"]
    assert client.get(here(world, "?q=地铁站")).says("没有找到“地铁站”")


@pytest.mark.parametrize(
    "query", ["?tab=x", "?before=x", "?before=-1", "?before=99999999999999", "?q=%00", "?tab=done&before=１"]
)
def test_an_odd_address_shows_a_list_all_the_same(client: PageClient, world: World, query: str) -> None:
    submitted(world)
    assert client.get(here(world, query)).status == 200


def test_every_page_is_there_in_english(client: PageClient, world: World) -> None:
    row = submitted(world)
    client.get("/preferences?lang=en", status=303)
    client.lang = "en"
    signed_in(client, world, "resident")
    for path in ("", "/new", f"/{row.number}", f"/{row.number}/history", f"/{row.number}/revise"):
        page = client.get(here(world, path))
        left = page.one("main").text().replace(BODY, "").replace(TITLE, "").replace("陈女士，2号楼", "")
        own = set(re.findall(r"[\u4e00-\u9fff]{2,}", f"{BODY} {TITLE} 梧桐里社区"))
        assert [words for words in re.findall(r"[\u4e00-\u9fff]{2,}", left) if words not in own] == [], path


def test_the_matter_of_a_proposal_is_named_by_its_title(app: Flask, world: World) -> None:
    row = submitted(world)
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        assert queries.links([row.id, 99])[row.id].title == TITLE
        assert queries.stations(Ref("need", row.id)) == []
        assert queries.turns(Ref("need", row.id), world.actor("owner")) == []
