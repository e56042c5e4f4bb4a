"""What every answer carries and every write must show: headers, the browser cookie and its token."""

import hmac
import secrets
from functools import cached_property

from flask import Flask, Request, Response, current_app, g, has_request_context, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from app.core.context import prefs
from app.core.errors import HouseError, NotFound
from app.core.secrets import key
from app.core.values import Refusal
from app.core.words import N_

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
NUL = "\0"
YEAR = 365 * 24 * 3600


class ForeignForm(HouseError):
    """A form that this site did not hand to this browser."""

    status = 403


def cookie_name(plain: str) -> str:
    """Cookies are bound to the host where the site is served over https."""
    return f"__Host-{plain}" if current_app.config["HTTPS"] else plain


def set_cookie(response: Response, name: str, value: str, *, max_age: int, http_only: bool = True) -> None:
    """One way to set a cookie: whole site, this host, never across sites."""
    response.set_cookie(
        name, value, max_age=max_age, httponly=http_only, secure=current_app.config["HTTPS"], samesite="Lax", path="/"
    )


def browser_id() -> str:
    """A random name for this browser, made when it first needs a form."""
    if "browser" not in g:
        sent = request.cookies.get(cookie_name("sf_browser"), "")
        g.browser = sent if len(sent) == 43 and sent.isascii() else ""
        if not g.browser:
            g.browser = secrets.token_urlsafe(32)
            g.new_browser = True
    return str(g.browser)


def csrf_token() -> str:
    """What a form shows to prove that it was handed to this browser; it outlives a session.

    On every page it is written under another mask, so that the length of packed pages tells nothing of it (BREACH).
    """
    if "part_token" in g:
        return str(g.part_token)
    if "csrf_token" not in g:
        mask = secrets.token_bytes(32)
        g.csrf_token = mask.hex() + _under(mask, _csrf_mark()).hex()
    return str(g.csrf_token)


def _csrf_mark() -> bytes:
    return hmac.digest(key("SECRET_KEY", "csrf"), browser_id().encode(), "sha256")


def _under(mask: bytes, mark: bytes) -> bytes:
    return (int.from_bytes(mask) ^ int.from_bytes(mark)).to_bytes(len(mark))


def _is_ours(shown: str) -> bool:
    """Whether a token was handed to this browser, under whatever mask."""
    try:
        both = bytes.fromhex(shown)
    except ValueError:
        return False
    return len(both) == 64 and hmac.compare_digest(_under(both[:32], both[32:]), _csrf_mark())


def guard_writes() -> None:
    """Let a write pass only with the token of its browser. Raises ForeignForm."""
    if request.method in SAFE_METHODS:
        return
    shown = request.headers.get("X-CSRF-Token") or request.form.get("csrf_token", "")
    if not _is_ours(shown):
        raise ForeignForm(
            Refusal(N_("这一页放得太久，或者不是从本网站打开的。请返回上一页刷新后再提交，您写的都还在。"))
        )


def refuse_unseen() -> None:
    """No address of the house holds a sign that cannot be seen; the database could not even look for it. Raises NotFound."""
    if not request.path.isprintable():
        raise NotFound(N_("没有这一页。可能是网址写错了，或者内容已经移走。"))


ALWAYS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(self), geolocation=(), microphone=(), payment=()"),
)
VARY = ("Cookie", "HX-Request")


def finish(response: Response) -> Response:
    """Put the headers on every answer."""
    headers = response.headers
    wanted = ALWAYS
    if current_app.config["HTTPS"]:
        wanted += (("Strict-Transport-Security", f"max-age={2 * YEAR}; includeSubDomains"),)
    if response.mimetype == "text/html":
        wanted += (("Cache-Control", "private, no-cache"), ("Content-Language", prefs().html_lang))
        if "Vary" in headers:
            response.vary.update(VARY)
        else:
            wanted += (("Vary", ", ".join(VARY)),)
    there = {name.lower() for name, _value in headers}
    for name, value in wanted:
        if name.lower() not in there:
            headers.add(name, value)
    if has_request_context() and g.get("new_browser"):
        set_cookie(response, cookie_name("sf_browser"), g.browser, max_age=YEAR)
    return response


class HouseRequest(Request):
    """What came in, without the octet 0: nobody can type it, and a database may not even look for it."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        return _without_nul(super().args)

    def _load_form_data(self) -> None:
        super()._load_form_data()
        self.__dict__["form"] = _without_nul(self.form)


def _without_nul(fields: MultiDict[str, str]) -> MultiDict[str, str]:
    if not any(NUL in name or NUL in value for name, value in fields.items(multi=True)):
        return fields
    return ImmutableMultiDict(
        (name.replace(NUL, ""), value.replace(NUL, "")) for name, value in fields.items(multi=True)
    )


def install(app: Flask) -> None:
    """Stand at the door of the application."""
    app.request_class = HouseRequest
    app.before_request(refuse_unseen)
    app.before_request(guard_writes)
    app.after_request(finish)
    app.jinja_env.globals["csrf_token"] = csrf_token
