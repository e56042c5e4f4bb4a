"""Ballots with a mark for every option, on a phone, with and without a script, by keyboard alone."""

from collections.abc import Callable

import pytest

from app.core.values import Ref
from app.voting.rules import Budget
from tests.polls import marked, open_method, speaks_for
from tests.screens import PHONE, Screen
from tests.world import PASSWORD, World


def before_the_ballot(world: World, one: Screen, method: str, budget: Budget | None = None) -> int:
    poll_id = open_method(world, method, budget=budget)
    speaks_for(world.accounts["resident"], Ref("person", 1))
    one.sign_in(world.login("resident"), PASSWORD)
    one.go(f"/c/{world.slug}/polls/1/ballot")
    one.expect_good()
    return poll_id


@pytest.mark.parametrize("javascript", [True, False])
def test_a_ranking_is_cast_by_keyboard_on_a_phone(
    screen: Callable[..., Screen], world: World, javascript: bool
) -> None:
    one = screen(width=PHONE, javascript=javascript)
    poll_id = before_the_ballot(world, one, "irv")
    one.page.focus("#mark-1")
    for key in ("2", "Tab", "Tab", "1", "Tab", "Enter"):
        one.page.keyboard.press(key)
    one.page.get_by_role("button", name="投出这一票").press("Enter")
    one.page.get_by_role("heading", name="选票已收到").wait_for()
    assert marked(poll_id, "r1") == '["3","1"]'


def test_points_are_given_by_arrows_in_large_type(screen: Callable[..., Screen], world: World) -> None:
    one = screen(width=320, large=True)
    poll_id = before_the_ballot(world, one, "score")
    one.page.check("#mark-2-5")
    one.page.focus("#mark-1-0")
    one.page.keyboard.press("Space")
    one.page.keyboard.press("ArrowRight")
    one.page.get_by_role("button", name="下一步：核对").click()
    one.page.get_by_role("button", name="投出这一票").click()
    one.page.get_by_role("heading", name="选票已收到").wait_for()
    assert marked(poll_id, "r1") == '{"1":1,"2":5}'


def test_the_running_cost_is_told_and_refuses_nothing(screen: Callable[..., Screen], world: World) -> None:
    one = screen(width=PHONE)
    before_the_ballot(world, one, "budget", Budget(100_000_00))
    assert one.page.locator(".running").is_hidden()
    one.page.check("#choice-0")
    one.page.check("#choice-1")
    assert one.page.locator(".running output").inner_text() == "110,000元"
    one.page.get_by_role("button", name="下一步：核对").click()
    one.page.get_by_text("合计110,000元").wait_for()
