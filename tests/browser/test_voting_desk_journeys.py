"""The desk in a real browser with two hands on the keyboard: scan, Enter; a number, Enter; no mouse, with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.voting import actions
from tests.desks import FIRST, received
from tests.polls import ballots, marked, open_owners, units
from tests.screens import DESK, PHONE, Screen
from tests.world import PASSWORD, World

AT = "/c/wutongli/polls/1/desk"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_ballots_are_received_and_typed_without_a_mouse(
    screen: Callable[..., Screen], world: World, javascript: bool
) -> None:
    roll = units(1, 4)
    poll_id = open_owners(world, roll)
    clerk, secretary = (screen(width=DESK, javascript=javascript) for _ in range(2))
    clerk.sign_in(world.login("clerk"), PASSWORD)
    page = clerk.go(f"{AT}/receive?channel=stall")
    for number, entry in enumerate(roll[:3], 1):
        expect(page.locator("input[name=typed]")).to_be_focused()
        page.keyboard.type(entry.key)
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"收下了：第{number}号，{entry.label}")).to_be_visible()
    clerk.expect_good()
    for reader, role in ((clerk, ""), (secretary, "secretary")):
        if role:
            reader.sign_in(world.login(role), PASSWORD)
        page = reader.go(f"{AT}/type")
        reader.expect_good()
        for number, key in enumerate("120", 1):
            expect(page.locator("form.card .big")).to_contain_text(f"第{number}号")
            expect(page.locator("input[name=marks]")).to_be_focused()
            page.keyboard.type(key)
            page.keyboard.press("Enter")
        expect(page.locator(".empty")).to_be_visible()
    assert [ballot.channel for ballot in ballots(poll_id)] == ["stall"] * 3
    assert [marked(poll_id, entry.key) for entry in roll] == ["yes", "no", "invalid", None]


@pytest.mark.parametrize("width", [320, PHONE, DESK])
@pytest.mark.parametrize("lang", ["zh_Hans_CN", "en"])
def test_the_desk_is_readable_for_all(screen: Callable[..., Screen], world: World, width: int, lang: str) -> None:
    roll = units(2, 6)
    poll_id = open_owners(world, roll)
    for entry in roll[:5]:
        received(world, poll_id, entry)
    actions.refuse_ballot(world.actor(FIRST), poll_id, "letter", "9-999")
    reader = screen(width=width, lang=lang, large=width == PHONE, theme="dark" if width == 320 else "light")
    reader.sign_in(world.login("secretary"), PASSWORD)
    for path in ("", "/receive", "/type", "/intakes", "/intakes/1", "/mandates", "/refused", "/refused/1"):
        page = reader.go(f"{AT}{path}")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        reader.expect_good()
