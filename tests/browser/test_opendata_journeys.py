"""The open data page before real eyes: readable at every width, and what its buttons hand over."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import Clock
from tests.screens import DESK, PHONE, Screen
from tests.tendering import Tendering
from tests.world import World

OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
Screens = Callable[..., Screen]


@pytest.fixture
def slug(world: World, clock: Clock) -> str:
    """A community with a purchase from its mandate to its contract."""
    return Tendering(world, clock).whole().world.slug


@pytest.mark.parametrize(
    ("width", "theme", "large", "lang"),
    [(320, "light", True, "en"), (PHONE, "dark", False, "zh_Hans_CN"), (DESK, "light", False, "zh_Hans_CN")],
)
def test_the_page_is_readable_for_all(
    screen: Screens, slug: str, width: int, theme: str, large: bool, lang: str
) -> None:
    reader = screen(width=width, theme=theme, large=large, lang=lang)
    for path in (f"/c/{slug}/data", "/data/"):
        page = reader.go(path)
        page.evaluate(OPEN_ALL)
        reader.expect_good()


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "plain"])
def test_a_neighbour_downloads_the_contracts_and_follows_the_tender_to_its_record(
    screen: Screens, slug: str, tmp_path: Path, javascript: bool
) -> None:
    page = screen(width=PHONE, javascript=javascript).go(f"/c/{slug}/")
    page.get_by_role("contentinfo").get_by_role("link", name="开放数据", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("开放数据")
    with page.expect_download() as handed:
        page.get_by_role("link", name="下载合同，CSV", exact=True).click()
    assert handed.value.suggested_filename == f"{slug}-contracts.csv"
    handed.value.save_as(tmp_path / "contracts.csv")
    lines = (tmp_path / "contracts.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("number,tender,title,supplier")
    assert "和风社工服务中心" in lines[1]
    page.get_by_role("link", name=f"{datetime(2026, 1, 1).year}年的全部发布").click()
    expect(page.locator("body")).to_contain_text('"ocid":"ocds-213czf-wutongli-1"')
