"""Rankings and points by keyboard alone: a scanned paper, two typists who read differently, a third who settles."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.voting import actions, queries
from app.voting.queries import papers
from tests.desks import SECOND, THIRD
from tests.polls import ballots, marked, open_method, open_owners, units
from tests.screens import DESK, Screen
from tests.world import PASSWORD, World

AT = "/c/wutongli/polls/1/desk"


def tabs_to(page: Page, target: str) -> None:
    """Press Tab until the keyboard stands there."""
    for _ in range(60):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", target):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never comes to {target}")


def typed(reader: Screen, marks: str) -> None:
    """Type what is marked, and Enter; the field had the focus already."""
    page = reader.go(f"{AT}/type")
    expect(page.locator("input[name=marks]")).to_be_focused()
    page.keyboard.type(marks)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize(
    ("method", "wrong", "first", "second", "third", "written"),
    [
        ("irv", "2 2", "213", "231", "2 3 1", '["2","3","1"]'),
        ("score", "1=5 3", "1=5 3=2", "1=3 3=2", "1=5 3=2", '{"1":5,"3":2}'),
    ],
)
def test_a_ballot_is_scanned_typed_twice_and_settled_without_a_mouse(
    screen: Callable[..., Screen],
    world: World,
    javascript: bool,
    method: str,
    wrong: str,
    first: str,
    second: str,
    third: str,
    written: str,
) -> None:
    poll_id = open_method(world, method)
    actions.issue_papers(world.actor(SECOND), poll_id, "unit")
    sheet = next(one for one in papers.sheets_of(poll_id) if one.lines[0].key == "r1")
    clerk, secretary, convener = (screen(width=DESK, javascript=javascript) for _ in range(3))
    for reader, role in ((clerk, "clerk"), (secretary, SECOND), (convener, THIRD)):
        reader.sign_in(world.login(role), PASSWORD)
    page = clerk.go(f"{AT}/receive")
    expect(page.locator("input[name=typed]")).to_be_focused()
    page.keyboard.type(f"http://127.0.0.1/c/{world.slug}/polls/1/code#{sheet.code}")
    page.keyboard.press("Enter")
    expect(page.get_by_text("收下了：第1号，居民1")).to_be_visible()
    typed(clerk, wrong)
    expect(clerk.page.locator("form.card .form-error")).to_be_visible()
    expect(clerk.page.locator("input[name=marks]")).to_be_focused()
    clerk.page.keyboard.press("Control+a")
    clerk.page.keyboard.type(first)
    clerk.page.keyboard.press("Enter")
    expect(clerk.page.locator(".empty")).to_be_visible()
    typed(secretary, second)
    expect(secretary.page.locator(".empty")).to_be_visible()
    assert ballots(poll_id) == []
    page = convener.go(AT)
    tabs_to(page, "#h-disputes ~ div a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/intakes/1")
    convener.expect_good()
    tabs_to(page, "input[name=marks]")
    page.keyboard.type(third)
    page.keyboard.press("Tab")
    page.keyboard.type("先后写得很清楚")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{AT}")
    expect(page.locator("#typed-title")).to_have_text("已录入1张，共收到1张")
    assert marked(poll_id, "r1") == written
    assert queries.unfinished(poll_id) == (0, 0)


def test_what_cannot_count_is_refused_on_record_by_keyboard_and_a_typo_is_not(
    screen: Callable[..., Screen], world: World
) -> None:
    poll_id = open_owners(world, units(1, 3))
    clerk = screen(width=DESK)
    clerk.sign_in(world.login("clerk"), PASSWORD)
    page = clerk.go(f"{AT}/receive")
    expect(page.locator("input[name=typed]")).to_be_focused()
    page.keyboard.type("1-1O1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="登记拒收：不在名册上")).to_be_visible()
    expect(page.locator("input[name=typed]")).to_be_focused()
    clerk.expect_good()
    page.keyboard.press("Control+a")
    page.keyboard.type("1-101")
    page.keyboard.press("Enter")
    expect(page.get_by_text("收下了：第1号，1号楼101")).to_be_visible()
    expect(page.locator("input[name=typed]")).to_be_focused()
    page.keyboard.type("ABCD-EFGH-2345")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="登记拒收：选票码不认得")).to_be_visible()
    tabs_to(page, "button[name=step]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("登记了：拒收第1号，选票码不认得")).to_be_visible()
    assert dict(queries.counts(poll_id).refused) == {"unknown-code": 1}
    clerk.expect_all_good(f"{AT}/refused", f"{AT}/refused/1", f"{AT}/receive", AT, "/c/wutongli/polls/1")
