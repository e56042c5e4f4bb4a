"""An annulled vote on screen: the reason for everybody, no ballot any more, the way to the vote that is held again."""

import pytest

from app.core import clock as house_clock
from app.voting import actions, queries
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.polls import open_owners, units
from tests.world import PASSWORD, World

REASON = "两栋楼的选票没有送达，通知也少了三天，程序不合规定。"


@pytest.fixture
def address(world: World, clock: Clock) -> str:
    """A vote of the owners that is open."""
    clock.set(house_clock.tick())
    poll_id = open_owners(world, units(1, 3))
    return f"/c/{world.slug}/polls/{queries.get_poll(poll_id).number}"


def test_the_convener_annuls_with_a_reason_that_everybody_reads(client: PageClient, world: World, address: str) -> None:
    client.sign_in(world.login("convener"), PASSWORD)
    page = client.get(address)
    assert [node.text() for node in page.css(f'a[href="{address}/annul"]')] == ["撤销投票"]
    form = client.get(f"{address}/annul")
    short = client.submit(form, reason="错了", status=409)
    assert short.says("10到1000个字")
    assert short.one("textarea").text() == "错了"
    done = client.follow(client.submit(form, reason=REASON))
    assert done.says(REASON)
    assert done.says("已撤销")
    assert not done.css(f'a[href="{address}/annul"]')


def test_a_stranger_reads_why_and_finds_no_ballot(client: PageClient, world: World, address: str) -> None:
    poll = queries.get_by_number(world.community_id, 1)
    actions.annul_poll(world.actor("convener"), poll.id, REASON)
    page = client.get(address)
    assert page.says("这次投票已经撤销")
    assert page.says(REASON)
    assert not page.css("#ballot")
    assert client.get(f"/c/{world.slug}/polls").says("已撤销")


@pytest.mark.parametrize("role", ["secretary", "clerk", "owner", "member"])
def test_nobody_else_may_annul(client: PageClient, world: World, address: str, role: str) -> None:
    client.sign_in(world.login(role), PASSWORD)
    client.get(f"{address}/annul", status=403)
