"""The pictures of the README and the guides show the demo's year as it is; `TAKE_PICTURES=1` takes them anew."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.demo.stage import PASSWORD
from tests.screens import DESK, Screen

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
OUTLINE = PICTURES / "outline.json"
LARGEST, TALLEST = 250_000, 1_240
SHOTS = {
    "home": ("", "/c/wutongli/"),
    "proposal": ("jumin", "/c/wutongli/proposals/8"),
    "vote": ("", "/c/wutongli/polls/9"),
    "result": ("", "/c/wutongli/polls/7"),
    "tender": ("", "/c/wutongli/tenders/3"),
}
HEADINGS = "[...document.querySelectorAll('header nav a, h1, main h2')].map(one => one.textContent.trim())"


def shows(reader: Screen, name: str) -> list[str]:
    """Open the page of a picture, and say what stands on it: the links of the header and every heading."""
    login, path = SHOTS[name]
    if login:
        reader.sign_in(login, PASSWORD)
    words: list[str] = reader.go(path).evaluate(HEADINGS)
    return ["".join(sign for sign in one if not sign.isdigit() and sign.isprintable()) for one in words]


def take(reader: Screen, name: str, words: list[str]) -> None:
    """The picture as it lies in the folder, with what stands on it."""
    tall = min(TALLEST, reader.page.evaluate("document.documentElement.scrollHeight"))
    reader.page.set_viewport_size({"width": DESK, "height": tall})
    PICTURES.mkdir(exist_ok=True)
    reader.page.screenshot(path=PICTURES / f"{name}.png", clip={"x": 0, "y": 0, "width": DESK, "height": tall})
    outline = json.loads(OUTLINE.read_text("utf-8")) if OUTLINE.exists() else {}
    ordered = dict(sorted({**outline, name: words}.items()))
    OUTLINE.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", "utf-8")


@pytest.mark.parametrize("name", SHOTS)
def test_a_picture_shows_the_page_as_it_is(year_screen: Callable[..., Screen], name: str) -> None:
    reader = year_screen(width=DESK)
    words = shows(reader, name)
    if os.environ.get("TAKE_PICTURES") == "1":
        take(reader, name, words)
    kept = json.loads(OUTLINE.read_text("utf-8"))[name]
    assert words == kept, f"{name}.png is stale: TAKE_PICTURES=1 .venv/bin/pytest {Path(__file__).relative_to(ROOT)}"


@pytest.mark.parametrize("page", ["README.md", "docs/guide-conveners.zh.md", "docs/guide-residents.zh.md"])
def test_every_picture_of_a_page_is_there_and_light(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    shown = [part.split("](", 1)[1].split(")", 1)[0] for part in text.split("![")[1:]]
    assert shown, f"{page} shows nothing"
    for picture in shown:
        found = ((ROOT / page).parent / picture).resolve()
        assert found.is_file(), f"{page} shows {picture}, which is not there"
        assert found.stat().st_size < LARGEST, f"{picture} weighs {found.stat().st_size} bytes"
