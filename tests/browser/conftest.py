"""The year of the demo, told once, for whoever only looks at it."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, BrowserContext

from app.core import clock
from app.core.db import db
from app.demo.year import tell_year
from tests.databases import Databases, close, make_app
from tests.screens import Screen, open_screen, serving

TOLD = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # Monday 14:30 in Shanghai: the four parties sit and vote


@pytest.fixture(scope="session")
def year(databases: Databases, built: None) -> Iterator[str]:
    """The address of a site with the year of the demo in it; nobody writes there."""
    app = make_app(f"sqlite:///{databases.folder / 'year.sqlite'}", STORAGE_URL=f"file://{databases.folder / 'year'}")
    with app.app_context(), clock.at(TOLD):
        db.create_all()
        tell_year()
        close(app)
    with serving(app) as address:
        yield address
    close(app)


@pytest.fixture
def year_screen(browser: Browser, year: str) -> Iterator[Callable[..., Screen]]:
    """Opens a screen before the year's site, at the moment at which it was told; see `screen`."""
    opened: list[tuple[Screen, BrowserContext]] = []

    def open_one(**wishes: object) -> Screen:
        opened.append(open_screen(browser, year, **wishes))  # type: ignore[arg-type]  # the wishes of open_screen
        return opened[-1][0]

    with clock.at(TOLD):
        yield open_one
        for one, context in opened:
            context.close()
            one.expect_untroubled()
