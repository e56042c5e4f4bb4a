"""The working days of a community, on a page of their own."""

from typing import Any

import pytest

from tests.conftest import Clock
from tests.page_client import PageClient
from tests.world import PASSWORD, World

TYPED: dict[str, Any] = {
    "works": "no",
    "first": "2026-03-06",
    "last": "2026-03-06",
    "article": "区政府通知3号",
    "reason": "停电检修，都不上班",
}


def test_anyone_reads_which_days_differ_and_who_said_so(client: PageClient, world: World, clock: Clock) -> None:
    page = client.get(f"/c/{world.slug}/workdays")
    assert page.says("10月1–7日")
    assert [node.text() for node in page.css("#h-2026 ~ table tbody .meta")] == ["全国"] * 8
    assert page.says("推算")
    assert page.says("自己定的上班日不会让期限变短")
    assert page.says("本社区没有另外的安排，和全国一样。")
    assert "暂定" in page.one("#h-2027").text()
    assert "暂定" not in page.one("#h-2026").text()
    assert not page.says("公布放假或调休")
    assert client.get(f"/c/{world.slug}/rules").css(f"a[href='/c/{world.slug}/workdays']")


def test_the_convener_publishes_days_off_and_takes_them_back(client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    form = client.get(f"/c/{world.slug}/workdays/new")
    page = client.follow(client.submit(form, **TYPED))
    assert page.says("3月6日 星期五 放假")
    assert page.says("停电检修，都不上班")
    own = [row.text(separator=" ") for row in page.css("#h-2026 ~ table tbody tr") if "本社区" in row.text()]
    assert [line.split()[:1] for line in own] == [["3月6日"]]
    page = client.follow(client.submit(page, "#h-own ~ ul form"))
    assert "3月6日" in page.one("#h-own ~ ul s").text()
    assert not [row for row in page.css("#h-2026 ~ table tbody tr") if "本社区" in row.text()]
    client.prefer("en")
    assert client.get(f"/c/{world.slug}/workdays").says("Withdrawn")


@pytest.mark.parametrize(
    ("typed", "status", "told"),
    [
        ({"first": "2026-03-02"}, 409, "最早从3月3日"),
        ({"first": "2049-10-01", "last": "2049-10-01"}, 409, "太远了"),
        ({"last": "2026-03-05"}, 409, "不能早于第一天"),
        ({"works": "yes"}, 409, "本来就上班"),
        ({"first": ""}, 422, "选第一天，最早是明天"),
        ({"first": "2026-02-30"}, 422, "第一天"),
        ({"article": "\u200b\u202e"}, 422, "写上依据"),
        ({"article": "号" * 121}, 422, "120"),
        ({"works": "maybe"}, 422, "放假还是上班"),
        ({"whole_year": "y"}, 409, "已经有了"),
    ],
)
def test_what_cannot_be_published_is_told_and_kept(
    client: PageClient, world: World, clock: Clock, typed: dict[str, str], status: int, told: str
) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    form = client.get(f"/c/{world.slug}/workdays/new")
    page = client.submit(form, **{**TYPED, **typed}, status=status)
    assert page.says(told)
    assert "停电检修，都不上班" in page.one("#reason").text()


def test_days_that_have_begun_offer_no_withdrawal(client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    page = client.follow(client.submit(client.get(f"/c/{world.slug}/workdays/new"), **TYPED))
    address = page.one("#h-own ~ ul form").attributes["action"]
    clock.forward(days=4)
    assert not client.get(f"/c/{world.slug}/workdays").css("#h-own ~ ul form")
    assert client.post(str(address), status=409).says("已经开始")


def test_a_stranger_and_a_neighbour_do_not_publish(client: PageClient, world: World, clock: Clock) -> None:
    client.sign_in(world.login("resident"), PASSWORD)
    client.get(f"/c/{world.slug}/workdays/new", status=403)
    client.sign_in(world.login("convener"), PASSWORD)
    client.get(f"/c/{world.other_slug}/workdays/new", status=403)
