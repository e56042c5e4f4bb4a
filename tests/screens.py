"""A real Chromium: screens of any width, theme and type, with and without JavaScript, and what each must keep."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Response
from werkzeug.serving import make_server

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
UNSEEN = "InitialWebUI,PreloadTopChromeWebUI,WebUIOmniboxAimPopup,WebUIOmniboxPopup,WebUIToolbar"
"""Chromium draws its own address bar for every window, which nobody sees here: two thirds of the time of a window."""
UNWANTED = (
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,"
    "HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,NetworkTimeServiceQuerying,"
    "OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning"
)
"""What Playwright leaves out by itself; the flag stands only once."""
FLAGS += [f"--disable-features={UNWANTED},{UNSEEN}"]
PHONE, DESK = 360, 1280
HEIGHT = {320: 640, PHONE: 740, DESK: 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST_TARGET = 44
OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"
AXE_RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})"
WIDER = """() => {
  const root = document.documentElement, out = e => e.getBoundingClientRect().right > root.clientWidth + 0.5;
  const over = root.scrollWidth > root.clientWidth ? [...document.querySelectorAll('main *, header *, footer *')] : [];
  const told = over.filter(e => out(e) && !e.closest('.scroll, .table-wrap') && ![...e.children].some(out));
  return [root.clientWidth, root.scrollWidth, told.map(e => e.outerHTML.slice(0, 160))];
}"""
SMALL_TARGETS = """least => [...document.querySelectorAll('button, select, summary, a.btn, nav a')]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 0)
  .filter(e => e.getBoundingClientRect().height < least - 0.5)
  .map(e => e.outerHTML.slice(0, 100) + ' ' + Math.round(e.getBoundingClientRect().height))"""


def start_browser(playwright: Playwright) -> Browser:
    """Debian's Chromium, without a window."""
    return playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine, with a thread for each request. Answers with its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


@dataclass(slots=True)
class Screen:
    """One reader before a screen. `page` is Playwright's; whatever goes wrong on the way is kept in `troubles`."""

    page: Page
    address: str
    javascript: bool
    troubles: list[str] = field(default_factory=list)

    def go(self, path: str, *, status: int = 200) -> Page:
        """Open an address of the site."""
        answer = self.page.goto(urljoin(self.address, path))
        assert answer is not None, f"{path} gave no answer"
        assert answer.status == status, f"{path} answers {answer.status}, not {status}"
        return self.page

    def sign_in(self, login: str, password: str) -> Page:
        """Sign in as a person does."""
        self.go("/sign-in")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", password)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_url(lambda url: not urlsplit(url).path.startswith("/sign-in"))
        return self.page

    def expect_good(self) -> None:
        """The page is readable for all: nothing to scroll sideways, no small target, nothing that axe finds."""
        self.expect_no_sideways()
        if self.javascript:
            self.expect_no_small_targets()
            self.expect_accessible()

    def expect_all_good(self, *paths: str) -> None:
        """Each of these pages is, with everything on it that folds opened; what is not is told all at once."""
        told = []
        for path in paths:
            self.go(path).evaluate(OPEN_ALL)
            try:
                self.expect_good()
            except AssertionError as wrong:
                told.append(str(wrong))
        assert not told, "\n".join(told)

    def expect_no_sideways(self) -> None:
        """Nothing is cut off or wider than the screen, once the page that a click led to stands there."""
        self.page.wait_for_load_state()
        inside, wide, over = self.page.evaluate(WIDER)
        assert wide <= inside, f"{self.page.url} is {wide} px wide on a screen of {inside} px:\n  " + "\n  ".join(over)

    def expect_no_small_targets(self) -> None:
        """Every button and link of the navigation is high enough for a thumb."""
        small = self.page.evaluate(SMALL_TARGETS, LEAST_TARGET)
        assert not small, f"{self.page.url} has targets under {LEAST_TARGET} px:\n  " + "\n  ".join(small)

    def expect_accessible(self) -> None:
        """axe finds no violation of WCAG 2.2 AA."""
        self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(AXE_RUN, WCAG)["violations"]
        lines = [f"{v['id']}: {v['help']}: {[n['target'] for n in v['nodes']][:5]}" for v in found]
        assert not lines, f"axe finds on {self.page.url}:\n  " + "\n  ".join(lines)

    def expect_untroubled(self) -> None:
        """Neither a script error, nor a word of the policy, nor a request to elsewhere so far."""
        assert not self.troubles, "on the way went wrong:\n  " + "\n  ".join(self.troubles)


def open_screen(
    browser: Browser, address: str, *, width: int = DESK, theme: str = "light", large: bool = False,
    javascript: bool = True, lang: str = "zh_Hans_CN",
) -> tuple[Screen, BrowserContext]:  # fmt: skip
    """A fresh browser profile with these preferences. The caller closes the context."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT.get(width, 900)},
        locale="en-GB" if lang == "en" else "zh-CN", timezone_id="Asia/Shanghai", reduced_motion="reduce",
        java_script_enabled=javascript, color_scheme="dark" if theme == "dark" else "light",
    )  # fmt: skip
    prefs = f"{lang}.{theme}.{'large' if large else 'normal'}"
    context.add_cookies([{"name": "sf_prefs", "value": prefs, "url": address}])
    context.set_default_timeout(10_000)
    page = context.new_page()
    screen = Screen(page, address, javascript)
    page.on("pageerror", lambda error: screen.troubles.append(f"script error: {error}"))
    page.on(
        "console", lambda word: screen.troubles.append(f"console: {word.text}") if _bad(word.type, word.text) else None
    )
    page.on("response", lambda answer: screen.troubles.extend(_foreign(answer, address)))
    return screen, context


def _bad(kind: str, text: str) -> bool:
    """Errors count; Chromium's note that a page answered 404, 409 or 422 is the test's own business."""
    return kind == "error" and "Failed to load resource" not in text


def _foreign(answer: Response, address: str) -> Iterator[str]:
    if urlsplit(answer.url).scheme in ("http", "https") and not answer.url.startswith(address):
        yield f"asked elsewhere: {answer.url}"
    if answer.status >= 500:
        yield f"{answer.status} from {answer.url}"
    if answer.status == 404 and "/static/" in answer.url:
        yield f"missing: {answer.url}"
