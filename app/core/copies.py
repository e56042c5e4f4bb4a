"""Answers on their way out: packed where the browser unpacks, tagged, and kept while nothing has changed.

A page that anyone may read is kept as it was answered to whoever is not signed in, until anybody writes anything
(`standing`) or the span of ten seconds ends; a write shows at once in every process.
"""

import gzip
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from flask import Flask, Response, current_app, g, request

from app.core import clock, standing
from app.core.context import PREFS_COOKIE
from app.core.permissions import PUBLIC
from app.core.security import cookie_name

LEAST, LEVEL = 1_024, 3
ROOM = 8 * 1024 * 1024
PACKED = frozenset({"text/html", "application/atom+xml", "application/json", "text/calendar", "text/csv", "text/plain"})
Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """An answer as it was given: its headers, and its body plain and packed."""

    headers: list[tuple[str, str]]
    plain: bytes
    packed: bytes


class Copies:
    """What is kept under one mark and in one span; all of it goes when either changes, or when there is no room."""

    def __init__(self) -> None:
        self.at: Any = None
        self.kept: dict[Key, Copy] = {}
        self.octets = 0

    def find(self, at: Any, key: Key) -> Copy | None:
        """The copy of an answer, if it still holds."""
        return self.kept.get(key) if at == self.at else None

    def keep(self, at: Any, key: Key, copy: Copy) -> None:
        """Keep a copy."""
        size = len(copy.plain) + len(copy.packed)
        if at != self.at or self.octets + size > ROOM:
            self.at, self.kept, self.octets = at, {}, 0
        self.kept[key] = copy
        self.octets += size


def _key() -> Key | None:
    """By what an answer to a stranger is known again; None where it depends on who asks."""
    if request.method != "GET" or cookie_name("sf_session") in request.cookies or request.endpoint is None:
        return None
    if getattr(current_app.view_functions.get(request.endpoint), "access", None) is not PUBLIC:
        return None
    told = ("Host", "Accept", "HX-Request", "HX-Boosted", "HX-Target")
    return (request.full_path, request.cookies.get(PREFS_COOKIE), *(request.headers.get(name) for name in told))


def _now() -> tuple[Any, int] | None:
    mark = standing.mark()
    return None if mark is None else (mark, standing.span(clock.now()))


def _from_copy() -> Response | None:
    g.copy_key = key = _key()
    g.copied = False
    if key is None:
        return None
    g.copy_at = at = _now()
    copies: Copies = current_app.extensions["copies"]
    found = copies.find(at, key) if at else None
    if found is None:
        return None
    g.copied = True
    packed = found.packed and _unpacks()
    response = Response(found.packed if packed else found.plain)
    response.headers.clear()
    response.headers.extend(found.headers)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.content_length = len(found.packed if packed else found.plain)
    response.make_conditional(request)
    return response


def _unpacks() -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def _finish(response: Response) -> Response:
    """Tag, keep and pack an answer."""
    if g.get("copied") or response.direct_passthrough or response.is_streamed or response.status_code != 200:
        return response
    if (
        response.mimetype not in PACKED
        or "Content-Encoding" in response.headers
        or request.method not in ("GET", "POST")
    ):
        return response
    body = response.get_data()
    key, at = g.get("copy_key"), g.get("copy_at")
    ours = key is not None and "Set-Cookie" not in response.headers and "browser" not in g
    if ours and not response.get_etag()[0]:
        response.set_etag(blake2b(body, digest_size=12).hexdigest(), weak=True)
    packed = b""
    if len(body) >= LEAST:
        response.vary.add("Accept-Encoding")
        if _unpacks():
            packed = gzip.compress(body, LEVEL, mtime=0)
    if ours and at is not None and key is not None and response.mimetype == "text/html":
        headers = [(name, value) for name, value in response.headers if name.lower() != "content-length"]
        kept = packed or (gzip.compress(body, LEVEL, mtime=0) if len(body) >= LEAST else b"")
        current_app.extensions["copies"].keep(at, key, Copy(headers, body, kept))
    if packed:
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
    if ours:
        response.make_conditional(request)
    return response


def install(app: Flask) -> None:
    """Stand at the very end of an answer."""
    app.extensions["copies"] = Copies()
    app.before_request(_from_copy)
    app.after_request(_finish)
