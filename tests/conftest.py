"""What every test may ask for: a database of each kind, an application, a reader, a clock, a screen."""

import fcntl
import gc
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright

import start
from app.core import clock as house_clock
from tests.clock import Clock
from tests.council_world import Council, seat_council
from tests.databases import KINDS, Databases, close, make_app
from tests.page_client import PageClient
from tests.parts import run_taken
from tests.screens import CHROMIUM, Screen, open_screen, serving, start_browser
from tests.stories import LONG_AGO, MORNING, Left, stories_of, story
from tests.world import World, make_world

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
CI = start.CI
# Speed is measured, never asserted: a busy machine makes no property false.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
# What a test leaves is swept up many tests at a time: the sweeping took a fifth of the time of a page.
gc.set_threshold(100_000, 20, 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--database sqlite` runs only one kind, for a quick look."""
    parser.addoption("--database", choices=KINDS, help="only this kind of database")
    parser.addoption("--part", default="0/1", help="which of how many processes this is; see tests/parts.py")
    parser.addoption("--taken", type=Path, help="where each of them writes down which files it has taken")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever touches a database runs on both kinds; a journey in the browser on SQLite, unless it says otherwise."""
    if "database" not in metafunc.fixturenames:
        return
    mark = metafunc.definition.get_closest_marker("databases")
    in_browser = "screen" in metafunc.fixturenames
    kinds = mark.args if mark else KINDS[:1] if in_browser else KINDS
    only = metafunc.config.getoption("--database")
    metafunc.parametrize("database", [kind for kind in kinds if only in (None, kind)], indirect=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine cannot have, say so in a line, and fail for it in CI."""
    missing = {}
    for item in items:
        wanted = getattr(item, "fixturenames", ())
        if "screen" in wanted or "browser" in wanted:
            item.add_marker("browser")
            if not CHROMIUM.exists():
                missing[item] = "Chromium"
        if "shared_data" in wanted and not SHARED.is_dir():
            missing[item] = "../shared/data"
    if missing:
        words = ", ".join(
            f"{list(missing.values()).count(name)} for want of {name}" for name in sorted({*missing.values()})
        )
        if CI:
            pytest.exit(f"tests left out: {words}", returncode=1)
        sys.stderr.write(f"\nLeft out: tests: {words}\n")
        config.hook.pytest_deselected(items=list(missing))
        items[:] = [item for item in items if item not in missing]


def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """One process of several runs the files that it takes."""
    folder = session.config.getoption("--taken")
    if folder is None or session.testsfailed or session.config.option.collectonly:
        return None
    part, parts = map(int, session.config.getoption("--part").split("/"))
    return run_taken(session, folder, part, parts)


@pytest.fixture(scope="session")
def built() -> None:
    """The style sheet, the script and the translations are as the sources say; one builder at a time."""
    with Path(tempfile.gettempdir(), f"house-build-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        start.build_assets()
        start.compile_translations()


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Where databases come from."""
    with Databases() as found:
        yield found


@pytest.fixture
def database(databases: Databases, request: pytest.FixtureRequest, built: None) -> Iterator[str]:
    """The address of a database of this test's kind: empty, or with the stories told in it that the test asks for."""
    url = databases.fresh(request.param, stories_of(request))
    yield url
    databases.discard(url)


@pytest.fixture
def app(database: str, databases: Databases, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The whole site over a database of its own; the test stands inside its application context."""
    files = databases.files(request.node.callspec.params["database"], stories_of(request))
    if files.is_dir():
        copytree(files, tmp_path / "files")
    made = make_app(database, STORAGE_URL=f"file://{tmp_path / 'files'}")
    with made.app_context():
        yield made
        close(made)


@pytest.fixture
def left_by_story(app: Flask, databases: Databases, request: pytest.FixtureRequest) -> Left:
    """What the stories left, by their fixtures: numbers and names, this test's own."""
    return databases.left(request.node.callspec.params["database"], stories_of(request))


@story(at=LONG_AGO)
def world() -> World:
    """Two communities, and an account in every role of the first."""
    return make_world()


@story(at=LONG_AGO)
def council(world: World) -> Council:
    """Thirteen seats of the first community's council, held."""
    return seat_council(world)


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A reader who inspects every page."""
    return PageClient(app)


@pytest.fixture
def new_client(app: Flask) -> Callable[[], PageClient]:
    """Another reader's browser, as many as wanted."""
    return lambda: PageClient(app)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock that stands still on a Monday at nine until it is moved."""
    held = Clock()
    held.set(MORNING)
    yield held
    house_clock.set_to(None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all."""
    with sync_playwright() as playwright:
        found = start_browser(playwright)
        yield found
        found.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """The site on a port of this machine."""
    with serving(app) as found:
        yield found


@pytest.fixture
def screen(browser: Browser, address: str) -> Iterator[Callable[..., Screen]]:
    """Opens a screen: `screen(width=360, theme="dark", large=True, javascript=False, lang="en")`.

    At the end of the test none of them may have met a script error, the policy or a foreign host.
    """
    opened: list[tuple[Screen, BrowserContext]] = []

    def open_one(**wishes: object) -> Screen:
        opened.append(open_screen(browser, address, **wishes))  # type: ignore[arg-type]  # the wishes of open_screen
        return opened[-1][0]

    yield open_one
    for one, context in opened:
        context.close()
        one.expect_untroubled()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real inputs that lie beside the checkout; tests of them are left out in a clone that stands alone."""
    return SHARED
