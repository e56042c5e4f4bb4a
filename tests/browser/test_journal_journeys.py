"""The public record in a real browser."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from app.core.db import transactional
from app.core.values import ANYONE, Ref
from app.journal.actions import attach, record, seal
from tests.screens import DESK, PHONE, Screen
from tests.world import World


@dataclass(frozen=True, slots=True)
class TreePlanted:
    """Something happened."""

    community_id: int
    trees: int


@transactional
def plant(community_id: int) -> str:
    """The action of these tests; answers a receipt code."""
    return attach(record(TreePlanted(community_id, 1), ANYONE, Ref("yard", 1)))


def test_a_receipt_shows_its_seal_by_itself_once_it_is_sealed(screen: Callable[..., Screen], world: World) -> None:
    code = plant(world.community_id)
    page = screen(width=PHONE).go(f"/c/{world.slug}/receipts/{code}")
    expect(page.locator(".seal")).to_have_text("待封")
    seal()
    expect(page.locator(".seal")).to_have_text("封存", timeout=15_000)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_somebody_with_a_paper_receipt_finds_it_in_the_record(
    screen: Callable[..., Screen], world: World, javascript: bool
) -> None:
    code = plant(world.community_id)
    seal()
    page = screen(width=PHONE, javascript=javascript).go(f"/c/{world.slug}/journal")
    page.get_by_role("link", name="我有回执，要核对").click()
    page.get_by_label("回执码").fill(code.replace("-", " ").lower())
    page.locator("main").get_by_role("button", name="查找").click()
    expect(page.locator(".code")).to_have_text(code.replace("-", " "))
    page.get_by_text("怎样自己核对").click()
    expect(page.get_by_text('"event":"TreePlanted"')).to_be_visible()


@pytest.mark.parametrize("width", [320, DESK])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_the_record_and_a_receipt_are_readable_for_all(
    screen: Callable[..., Screen], world: World, width: int, theme: str, large: bool
) -> None:
    code = plant(world.community_id)
    seal()
    reader = screen(width=width, theme=theme, large=large)
    for path in ("journal", "receipts", f"receipts/{code}"):
        page = reader.go(f"/c/{world.slug}/{path}")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        reader.expect_good()
