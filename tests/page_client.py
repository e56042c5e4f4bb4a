"""A reader of the house's pages that inspects every page it is given and sends forms as a browser does."""

import contextvars
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from flask import Flask, has_app_context
from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.test import Cookie, TestResponse

from app.core.db import db
from tests.audit import complaints

T = TypeVar("T")
BROWSER = "sf_browser"


@dataclass(slots=True)
class Page:
    """An answer: its status, address and words, and `css` to look into it."""

    status: int
    url: str
    response: TestResponse
    html: str = ""
    tree: LexborHTMLParser = field(default_factory=lambda: LexborHTMLParser(""))

    @property
    def location(self) -> str:
        """Where the answer leads, as a path of this site."""
        parts = urlsplit(urljoin(self.url, self.response.headers.get("Location", "")))
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def text(self) -> str:
        """The words that a reader sees, with single spaces."""
        body = self.tree.body
        return re.sub(r"\s+", " ", body.text(separator=" ")).strip() if body else self.html

    @property
    def h1(self) -> str:
        """What the page is about."""
        return self.one("h1").text(strip=True)

    def css(self, selector: str) -> list[LexborNode]:
        """Every element of a selector."""
        return list(self.tree.css(selector))

    def one(self, selector: str) -> LexborNode:
        """The only element of a selector."""
        found = self.css(selector)
        assert len(found) == 1, f"{len(found)} elements of {selector} in {self.url}:\n{self.text[:2000]}"
        return found[0]

    def says(self, words: str) -> bool:
        """Whether the page says these words, spaces and line ends aside."""
        return _bare(words) in _bare(self.text)

    def fields(self, selector: str) -> dict[str, Any]:
        """What a form would send if it were sent as it is."""
        sent: dict[str, Any] = {}
        for node in self.one(selector).css("input[name], select[name], textarea[name]"):
            _collect(node, sent)
        return sent


class PageClient:
    """One browser: keeps its cookies, inspects every page, follows nothing by itself.

    Requests run outside the test's application context, as they do on a server; what the test then asks the database
    is read afresh.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.browser = app.test_client()
        self.lang = "zh-CN"
        self._shown: tuple[Cookie | None, str] | None = None

    def get(self, url: str, *, status: int = 200, htmx: str = "", headers: Mapping[str, str] | None = None) -> Page:
        """Read an address; `htmx` names the fragment's id that a swap asks for. Anything but `status` fails."""
        sent = {**_htmx(htmx), **(headers or {})}
        return self._page(url, self._outside(lambda: self.browser.get(url, headers=sent)), status, bool(htmx))

    def follow(self, page: Page) -> Page:
        """Go where a 303 leads."""
        assert page.status == 303, f"{page.status} leads nowhere: {page.text[:500]}"
        return self.get(page.location)

    def post(
        self, url: str, data: Mapping[str, Any] | None = None, *, status: int = 303, htmx: str = "",
        token: bool = True, headers: Mapping[str, str] | None = None,
    ) -> Page:  # fmt: skip
        """Send values with this browser's own token, as if from a page; `token=False` leaves it out."""
        sent = {**_htmx(htmx), **({"X-CSRF-Token": self._known_token()} if token else {}), **(headers or {})}
        answer = self._outside(lambda: self.browser.post(url, data=dict(data or {}), headers=sent))
        return self._page(url, answer, status, bool(htmx))

    def submit(
        self, page: Page, selector: str = "main form[method=post]", /, *, status: int = 303, **typed: Any
    ) -> Page:
        """Fill in a form of a page and send it: hidden and preset fields as they stand, `typed` on top (`button` = the
        words on the button to press; None leaves a field out). A field that the form does not have fails."""
        form = page.one(selector)
        sent, button = page.fields(selector), typed.pop("button", None)
        names = {node.attributes.get("name") for node in form.css("[name]")}
        missing = [name for name in typed if name not in names]
        assert not missing, f"the form has no field {missing}, only {sorted(map(str, names))}"
        sent.update(typed)
        sent = {name: value for name, value in sent.items() if value is not None}
        sent.update(_pressed(form, button))
        url = urljoin(page.url, form.attributes.get("action") or page.url)
        return self._page(url, self._outside(lambda: self.browser.post(url, data=sent)), status, False)

    def sign_in(self, login: str, password: str) -> Page:
        """Sign in through the page."""
        return self.submit(self.get("/sign-in"), "main form", login=login, password=password)

    def csrf_token(self) -> str:
        """The token that a page would show this browser."""
        page = self._outside(lambda: self.browser.get("/sign-in"))
        found = re.search(r'name="csrf_token" value="([0-9a-f]+)"', page.text)
        assert found, "the sign-in page shows no csrf_token"
        return found[1]

    def prefer(self, lang: str = "zh_Hans_CN", theme: str = "", type_: str = "normal") -> None:
        """Read in a language (`zh_Hans_CN`, `en`), a theme and a size of type."""
        self.browser.set_cookie("sf_prefs", f"{lang}.{theme}.{type_}")
        self.lang = "en" if lang == "en" else "zh-CN"

    def _known_token(self) -> str:
        """A token as a page showed it, good for as long as the browser keeps its name."""
        name = self.browser.get_cookie(BROWSER)
        if name is None or self._shown is None or self._shown[0] != name:
            token = self.csrf_token()
            self._shown = self.browser.get_cookie(BROWSER), token
        return self._shown[1]

    def _outside(self, ask: Callable[[], T]) -> T:
        answer = contextvars.Context().run(ask)
        if has_app_context():
            db.session.rollback()
        return answer

    def _page(self, url: str, response: TestResponse, status: int, fragment: bool) -> Page:
        page = Page(response.status_code, url, response)
        if response.mimetype == "text/html":
            page.html = response.text
            page.tree = LexborHTMLParser(page.html)
        assert page.status == status, f"{url} answers {page.status}, not {status}: {page.text[:2000]}"
        if response.mimetype == "text/html" and status not in (303, 302, 301) and page.html:
            found = complaints(page.html, fragment=fragment, lang=self.lang)
            assert not found, f"{url} is not in order:\n  " + "\n  ".join(found)
        return page


def _htmx(target: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Target": target} if target else {}


def _collect(node: LexborNode, sent: dict[str, Any]) -> None:
    name, kind = str(node.attributes["name"]), (node.attributes.get("type") or "text").lower()
    if "disabled" in node.attributes or (node.tag == "input" and kind in ("submit", "button", "file", "image")):
        return
    if node.tag == "textarea":
        value: Any = node.text(deep=True).removeprefix("\n")
    elif node.tag == "select":
        chosen = node.css("option[selected]") or node.css("option")[:1]
        value = [o.attributes.get("value") or o.text(strip=True) for o in chosen]
        value = value if "multiple" in node.attributes else (value or [""])[0]
    elif kind in ("checkbox", "radio"):
        if "checked" not in node.attributes:
            return
        value = node.attributes.get("value") or "on"
    else:
        value = node.attributes.get("value") or ""
    if name in sent:
        before = sent[name] if isinstance(sent[name], list) else [sent[name]]
        value = [*before, value]
    sent[name] = value


def _pressed(form: LexborNode, words: str | None) -> dict[str, str]:
    """The name and value of the button that is pressed: by its words, else the first one."""
    buttons = [b for b in form.css("button, input[type=submit]") if (b.attributes.get("type") or "submit") == "submit"]
    if words is not None:
        buttons = [b for b in buttons if words in (b.text(strip=True), b.attributes.get("value"))]
        assert buttons, f"the form has no button {words}"
    if not buttons or not buttons[0].attributes.get("name"):
        return {}
    return {str(buttons[0].attributes["name"]): buttons[0].attributes.get("value") or ""}


def _bare(words: str) -> str:
    return re.sub(r"\s+", "", words)
