"""Who reads and where: the community of the address, the actor of the session, the reader's preferences."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from flask import g, has_request_context, request

from app.core.values import ANYONE, Actor

PREFS_COOKIE = "sf_prefs"
ZH, EN = "zh_Hans_CN", "en"


@dataclass(frozen=True, slots=True)
class CommunityValue:
    """A community as pages see it."""

    id: int
    slug: str
    name: str
    zone: str
    desk_hours: str = ""
    phone: str = ""
    address: str = ""
    log_origin: str = ""


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in reader as pages see them."""

    account_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Prefs:
    """How somebody wants to read."""

    lang: str = ZH
    theme: str = ""
    type: str = "normal"

    @property
    def html_lang(self) -> str:
        """The `lang` of the page."""
        return "en" if self.lang == EN else "zh-CN"

    def cookie(self) -> str:
        """What the cookie remembers."""
        return f"{self.lang}.{self.theme}.{self.type}"


_prefs: ContextVar[Prefs | None] = ContextVar("prefs", default=None)


def read_prefs(text: str) -> Prefs:
    """Preferences from the cookie; whatever is unknown falls back."""
    lang, theme, type_ = [*text.split("."), "", "", ""][:3]
    return Prefs(
        lang if lang in (ZH, EN) else ZH,
        theme if theme in ("light", "dark") else "",
        type_ if type_ in ("normal", "large") else "normal",
    )


def prefs() -> Prefs:
    """The reader's preferences."""
    found = _prefs.get()
    if found is None:
        if not has_request_context():
            return Prefs()
        found = read_prefs(request.cookies.get(PREFS_COOKIE, ""))
        _prefs.set(found)
    return found


@contextmanager
def in_the_records_language() -> Iterator[None]:
    """What is written meanwhile is in the language of the record, whoever reads: for paper."""
    token = _prefs.set(Prefs())
    try:
        yield
    finally:
        _prefs.reset(token)


def forget_prefs() -> None:
    """The request is over; the next reader of this thread has their own. (Every sentence asks: this is no `g`.)"""
    _prefs.set(None)


def kept_by_request() -> dict[str, Any]:
    """What the request under way keeps (`g`), by name: one look where a page asks dozens of times, not one for each name."""
    found: dict[str, Any] = vars(g._get_current_object())
    return found


def prefs_url(**changes: str) -> str:
    """A link that changes a preference and comes back to this page."""
    kept = kept_by_request()
    if "back_here" not in kept:
        kept["back_here"] = urlencode({"next": request.full_path.rstrip("?") if request.method == "GET" else "/"})
    return f"/preferences?{urlencode(changes)}&{kept['back_here']}"


def community() -> CommunityValue:
    """The community of the address; only on its pages."""
    return cast(CommunityValue, g.community)


def maybe_community() -> CommunityValue | None:
    """The community of the address, if there is one."""
    return cast("CommunityValue | None", kept_by_request().get("community")) if has_request_context() else None


def set_actor_loader(load: Callable[[], tuple[Me | None, Callable[[], Actor]]]) -> None:
    """Identity says who the request's reader is; the actor itself is only built when asked for."""
    global _load
    _load = load


def _nobody() -> tuple[Me | None, Callable[[], Actor]]:
    return None, lambda: ANYONE


_load: Callable[[], tuple[Me | None, Callable[[], Actor]]] = _nobody


def me() -> Me | None:
    """The signed-in reader, or None."""
    return cast("Me | None", _reader()["me"])


def actor() -> Actor:
    """Who acts in this request, with everything they may speak for."""
    reader = _reader()
    if "actor" not in reader:
        reader["actor"] = reader["make"]()
    return cast(Actor, reader["actor"])


def forget_reader() -> None:
    """Ask again who reads, after signing in or out."""
    g.pop("reader", None)


def _reader() -> dict[str, Any]:
    if not has_request_context():
        return {"me": None, "actor": ANYONE}
    kept = kept_by_request()
    reader = kept.get("reader")
    if "part_token" in kept:
        raise RuntimeError("a shared part of a page cannot ask who reads")
    if reader is None:
        found, make = _load()
        reader = kept["reader"] = {"me": found, "make": make}
    return cast("dict[str, Any]", reader)
