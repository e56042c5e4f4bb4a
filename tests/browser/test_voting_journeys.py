"""Voting in a real browser: with and without scripts, on a phone and at a desk, readable for all."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.core.values import Ref
from app.voting import actions
from app.voting.queries import get_poll
from tests.conftest import Clock
from tests.polls import after_close, marked, open_approval, open_council, open_owners, seats, speaks_for, units, voter
from tests.screens import DESK, PHONE, Screen
from tests.world import PASSWORD, World

OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_member_votes_in_three_taps(
    screen: Callable[..., Screen], world: World, width: int, javascript: bool
) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    speaks_for(world.accounts["member"], *roll[2].voters)
    reader = screen(width=width, javascript=javascript)
    reader.sign_in(world.login("member"), PASSWORD)
    page = reader.go(f"/c/{world.slug}/polls/1/ballot")
    page.get_by_text("不同意", exact=True).click()
    page.get_by_role("button", name="下一步：核对").click()
    reader.expect_good()
    page.get_by_role("button", name="投出这一票").click()
    expect(page.locator("h1")).to_have_text("选票已收到")
    reader.expect_good()
    assert marked(poll_id, "owners-1") == "no"


def test_a_live_vote_fills_in_by_itself_until_it_is_declared(screen: Callable[..., Screen], world: World) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    page = screen(width=PHONE).go(f"/c/{world.slug}/polls/1")
    expect(page.locator(".four")).to_contain_text("已投0席")
    for entry in roll:
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes")
    expect(page.locator(".four")).not_to_contain_text("已投0席", timeout=15_000)
    actions.close_poll(world.actor("convener"), poll_id)
    expect(page.locator("#outcome")).to_have_text("通过", timeout=15_000)


def test_the_result_for_the_notice_board_prints_alone_and_whole(
    screen: Callable[..., Screen], world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    for entry in roll:
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes")
    after_close(get_poll(poll_id).closes_at, clock)
    actions.declare_due()
    page = screen(width=DESK).go(f"/c/{world.slug}/polls/1/result")
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_be_visible()
    expect(page.locator(".paper")).to_contain_text("结果：通过。")
    expect(page.locator(".paper .qr")).to_be_visible()
    expect(page.locator("h1")).to_be_hidden()
    expect(page.locator(".site-foot")).to_be_hidden()


@pytest.mark.parametrize("width", [320, DESK])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_votes_are_readable_for_all(
    screen: Callable[..., Screen], world: World, clock: Clock, width: int, theme: str, large: bool
) -> None:
    roll, homes = seats(2, property_1={"recused": True}, property_2={"recused": True}), units(6, 24)
    council, owners, approval = open_council(world, roll), open_owners(world, homes), open_approval(world)
    speaks_for(world.accounts["owner"], *homes[0].voters, *homes[30].voters, Ref("person", 1))
    for entry in roll[:4]:
        actions.cast_ballot(voter(entry, world), council, entry.key, "yes")
    for entry in homes[30:80]:
        actions.cast_ballot(voter(entry, world), owners, entry.key, "no")
    actions.cast_ballot(world.actor("resident", Ref("person", 2)), approval, "r2", ["1", "3"])
    reader = screen(width=width, theme=theme, large=large)
    reader.sign_in(world.login("owner"), PASSWORD)
    _look(reader, world, "polls", "polls/1", "polls/2", "polls/2/ballot", "polls/3/ballot", "polls/3")
    actions.close_poll(world.actor("convener"), council)
    clock.forward(days=11)
    actions.declare_due()
    reader.sign_in(world.login("owner"), PASSWORD)
    _look(reader, world, "polls", "polls/1", "polls/2", "polls/3")


def _look(reader: Screen, world: World, *paths: str) -> None:
    for path in paths:
        page = reader.go(f"/c/{world.slug}/{path}")
        page.evaluate(OPEN_ALL)
        reader.expect_good()


def test_a_vote_reads_in_english_on_a_phone(screen: Callable[..., Screen], world: World) -> None:
    open_council(world)
    open_owners(world)
    reader = screen(width=320, lang="en", large=True)
    _look(reader, world, "polls", "polls/1", "polls/2")
