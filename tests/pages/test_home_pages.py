"""The front door of a community."""

from datetime import timedelta

from flask import Flask

from app.core import clock as house_clock
from app.core.law import law_row
from app.core.values import Entry, Ref, the_house
from app.voting.actions import cast_ballot, open_poll
from app.voting.rules import owners_terms
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.world import World


def _open_owners_vote(world: World) -> int:
    now = house_clock.now()
    roll = [
        Entry(f"1-1-{n}", f"1-1-{n}", building="1", head=f"p{n}", area=8_000, voters=(Ref("person", n),))
        for n in range(1, 9)
    ]
    terms = owners_terms(5, now.date(), law_row)
    house, question = the_house(world.community_id), "您是否同意使用维修资金？"
    closes = now + timedelta(days=20)
    return open_poll(house, world.community_id, Ref("assembly", 1), question, terms, roll, now, closes)


def test_a_new_community_says_what_will_come_and_invites_to_begin(client: PageClient, world: World) -> None:
    page = client.get(f"/c/{world.slug}/")
    assert page.h1 == "梧桐里的事，大家商量着办"
    assert page.says("您可以第一个提")
    assert page.says("还没有采购")
    assert page.says("还没有决议")


def test_an_open_vote_of_the_owners_lights_a_window_for_each_ballot(
    app: Flask, client: PageClient, world: World, clock: Clock
) -> None:
    poll_id = _open_owners_vote(world)
    clock.forward(minutes=1)
    cast_ballot(world.actor("owner", Ref("person", 3)), poll_id, "1-1-3", "no")
    page = client.get(f"/c/{world.slug}/")
    assert page.says("8户正在投票决定")
    assert page.says("1户已投")
    assert page.one(".skyline svg").attributes["aria-label"] == "1号楼：1户已投，共8户"
    assert not page.says("不同意")


def test_the_vote_of_one_community_is_not_on_the_front_door_of_another(
    app: Flask, client: PageClient, world: World, clock: Clock
) -> None:
    _open_owners_vote(world)
    assert not client.get(f"/c/{world.other_slug}/").says("正在投票决定")


def test_with_one_community_the_address_of_the_house_leads_to_it(client: PageClient, world: World) -> None:
    assert client.get("/?q=nobody-lives-here").says("没有找到")
    assert (
        client.get(f"/c/{world.slug}/").css("nav.site-nav a[aria-current]")[0].attributes["href"] == f"/c/{world.slug}/"
    )
