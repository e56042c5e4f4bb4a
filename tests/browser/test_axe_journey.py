"""Every page of the demo's year is readable for all: by day and night, in large type, on the narrowest screen."""

from collections.abc import Callable, Sequence
from itertools import cycle

import pytest

from app.demo.stage import PASSWORD
from tests.screens import DESK, PHONE, Screen

OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"
NARROW = 320
LOOKS: Sequence[tuple[int, str, bool]] = (
    (NARROW, "light", True), (DESK, "dark", False), (NARROW, "dark", False), (PHONE, "light", False),
    (DESK, "light", True), (NARROW, "dark", True), (DESK, "light", False), (PHONE, "dark", True),
)  # fmt: skip
"""Widths, themes and type sizes; pages take them in turn, so that each part is seen in each look."""

FOR_ANYONE = (
    "", "proposals", "proposals?tab=all", "proposals/8", "proposals/8?view=newest", "proposals/8/history", "proposals/7",
    "proposals/3", "polls", "polls/1", "polls/3", "polls/6", "polls/7", "polls/9", "polls/10", "polls/11", "meetings",
    "meetings/1", "meetings/6", "meetings/1/minutes", "meetings/6/motions/1", "meetings/3/motions/1", "resolutions",
    "council", "council/seats/b1", "tasks", "tenders", "tenders?view=open", "tenders/1", "tenders/1/opening",
    "tenders/1/result", "tenders/1/contract", "tenders/3", "journal", "receipts", "rules", "search?q=充电棚",
    "comments/6",
)  # fmt: skip
SITE_PAGES = ("/", "/sign-in", "/join", "/powers", "/organisations/new", "/organisations/1")
SIGNED_IN = {
    "jumin": ("todo", "my-entry", "proposals/new", "proposals/7/revise", "proposals/9", "polls/9/ballot", "threads/8/say"),
    "yewei": ("todo", "polls/11/ballot", "meetings/6", "meetings/6/motions/1", "comments/11/answer"),
    "shuji": ("todo", "meetings/6", "meetings/6/motions/1", "meetings/new"),
    "mishu": ("todo", "meetings/new", "meetings/6/roll", "proposals/9", "tenders", "tenders/3", "tenders/1/contract",
              "tenders/3/questions/1/answer", "council", "rules", "meetings/6/tasks/new"),
    "fuwutai": ("dwellings", "dwellings/import", "dwellings/buildings/1", "proposals/enter"),
    "hefeng": ("todo", "tenders/3/bid", "tenders/3/questions/new", "tenders/1/result"),
    "pingshen": ("todo", "tenders/1/scores"),
    "guanli": ("dwellings", "council/seats/new"),
}  # fmt: skip


def look(reader: Screen, path: str) -> None:
    page = reader.go(path)
    page.evaluate(OPEN_ALL)
    reader.expect_good()


@pytest.mark.parametrize("turn", range(4))
def test_what_anyone_may_read_is_readable_for_all(year_screen: Callable[..., Screen], turn: int) -> None:
    pages = [*SITE_PAGES, *(f"/c/wutongli/{path}" for path in FOR_ANYONE)]
    looks = LOOKS[turn::4]
    readers = cycle([year_screen(width=width, theme=theme, large=large) for width, theme, large in looks])
    for path in pages[turn::4]:
        look(next(readers), path)


@pytest.mark.parametrize("login", SIGNED_IN)
def test_what_waits_for_somebody_is_readable_for_all(year_screen: Callable[..., Screen], login: str) -> None:
    place = list(SIGNED_IN).index(login)
    for at, (width, theme, large) in enumerate((LOOKS[place % 8], LOOKS[(place + 3) % 8])):
        reader = year_screen(width=width, theme=theme, large=large)
        reader.sign_in(login, PASSWORD)
        for path in SIGNED_IN[login][at::2]:
            look(reader, f"/c/wutongli/{path}")


def test_english_pages_fit_a_narrow_phone_in_large_type(year_screen: Callable[..., Screen]) -> None:
    reader = year_screen(width=NARROW, large=True, lang="en")
    for path in ("proposals/8", "polls/11", "polls/9", "meetings/1/minutes", "tenders/1", "tenders/3", "council"):
        reader.go(f"/c/wutongli/{path}").evaluate(OPEN_ALL)
        reader.expect_no_sideways()
        reader.expect_no_small_targets()
