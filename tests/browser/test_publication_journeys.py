"""A clerk comes back from the stairwell and enters who was reached, by keyboard alone; a neighbour reads what hangs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.core.db import db
from app.publication import actions, queries
from app.publication.rules import ABSENT
from tests.conftest import Clock
from tests.postings import TITLE, TODAY, households, posted
from tests.screens import DESK, PHONE, Screen
from tests.world import PASSWORD, World


def served(world: World) -> int:
    db.session.rollback()  # what this test read before is not what it asks for now
    return sum(one.served for one in queries.by_building(queries.get_by_number(world.community_id, 1)))


@pytest.mark.parametrize("javascript", [True, False])
def test_doors_are_typed_one_after_the_other_and_a_slip_is_taken_back(
    screen: Callable[..., Screen], world: World, clock: Clock, javascript: bool
) -> None:
    posted(world)
    desk = screen(width=DESK, javascript=javascript)
    desk.sign_in(world.login("clerk"), PASSWORD)
    page = desk.go(f"/c/{world.slug}/postings/1/service")
    for door in ("1-1-101", "1-1-102", "２－１－１０１"):
        expect(page.locator("#keys")).to_be_focused()
        page.keyboard.type(door)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("main [role=status]").inner_text().endswith("登记好了。")
    assert served(world) == 3
    desk.expect_good()
    with page.expect_navigation():
        page.locator("aside form button").first.click()
    assert "撤销了一条" in page.locator("aside").inner_text()
    assert served(world) == 2


@pytest.mark.parametrize(
    "wishes",
    [
        {"width": 320, "large": True},
        {"width": PHONE, "theme": "dark"},
        {"width": PHONE, "lang": "en"},
        {"width": DESK},
    ],
)
def test_every_page_of_what_hangs_is_readable(
    screen: Callable[..., Screen], world: World, clock: Clock, wishes: dict[str, object]
) -> None:
    made = posted(world, households(3, 8))
    clerk = world.actor("clerk")
    actions.record_service(clerk, made.posting_id, ABSENT, TODAY, keys=["1-1-101"])
    reader = screen(**wishes)
    for path in ("", "/1", "/1/poster"):
        reader.go(f"/c/{world.slug}/postings{path}")
        reader.expect_good()
    reader.sign_in(world.login("secretary"), PASSWORD)
    paths = (
        "",
        "/1",
        "/new",
        "/new?corrects=1",
        "/1/withdraw",
        "/1/service",
        "/1/service?many=1",
        "/1/unreached",
        "/1/lines/1-1-101",
    )
    for path in paths:
        reader.go(f"/c/{world.slug}/postings{path}")
        reader.expect_good()


def test_paper_shows_the_text_alone(screen: Callable[..., Screen], world: World, clock: Clock) -> None:
    posted(world)
    reader = screen(width=DESK)
    page = reader.go(f"/c/{world.slug}/postings/1")
    page.emulate_media(media="print")
    assert page.locator(".paper").is_visible()
    assert TITLE in page.locator(".paper").inner_text()
    assert not page.locator(".who, aside, #service, .crumbs").first.is_visible()
    page.goto(page.url + "/poster")
    assert page.locator(".poster svg.qr").is_visible()
    assert not page.locator(".crumbs, .actions").first.is_visible()
