"""Signing in and out, using a code, one's own account."""

from functools import lru_cache
from urllib.parse import urlsplit

from flask import g, request
from itsdangerous import URLSafeSerializer
from werkzeug.wrappers import Response

from app.communities.queries import get_community
from app.core.context import PREFS_COOKIE, Prefs, actor, me, prefs, read_prefs
from app.core.errors import HouseError
from app.core.i18n import said
from app.core.limits import spend
from app.core.pages import access, count_afresh, page, see_other, site_pages
from app.core.permissions import PUBLIC, SIGNED_IN
from app.core.secrets import key
from app.core.security import YEAR, cookie_name, set_cookie
from app.identity import actions, queries
from app.identity.forms import InvitationForm, NewAccountForm, PasswordForm, SignInForm
from app.identity.rules import CODE_RATE, SESSION_TERM

pages = site_pages("identity")


def signer() -> URLSafeSerializer:
    """What signs the session cookie, so that invented ones never reach the database."""
    return _signer(key("SECRET_KEY", "session"))


@lru_cache(maxsize=4)
def _signer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="session")


def safe_next(path: str) -> str:
    """An address of this site to go to, `/` for anything else."""
    parts = urlsplit(path)
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return path if plain and "\n" not in path and "\r" not in path else "/"


def _welcome(session: actions.NewSession, path: str) -> Response:
    response = see_other(safe_next(path))
    token = str(signer().dumps(session.token))
    set_cookie(response, cookie_name("sf_session"), token, max_age=int(SESSION_TERM.total_seconds()))  # type: ignore[arg-type]  # redirect answers with a Response
    count_afresh()
    return response


def _device() -> str:
    agent = request.user_agent.string
    systems = ("HarmonyOS", "Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")
    return next((name for name in systems if name in agent), "")


@pages.route("/sign-in", methods=["GET", "POST"])
@access(PUBLIC)
def sign_in() -> Response:
    """Say who you are, and go on where you were."""
    form = SignInForm.from_request()
    path, problem, status = request.args.get("next", "/"), "", 200
    if form.sent_well():
        try:
            session = actions.sign_in(form.login.data, form.password.data, _device(), request.remote_addr or "")
            return _welcome(session, path)
        except HouseError as error:
            problem, status = said(error.refusal), error.status
    elif form.errors:
        status = 422
    return page("identity/sign_in.html", form=form, problem=problem, next=path, status=status)


@pages.post("/sign-out")
@access(PUBLIC)
def sign_out() -> Response:
    """This browser is signed out at once."""
    if me() is not None:
        actions.end_session(actor(), g.session_id)
    response = see_other("/")
    response.delete_cookie(cookie_name("sf_session"), path="/")
    return response


@pages.route("/join", methods=["GET", "POST"])
@access(PUBLIC)
def join() -> Response:
    """A code from a letter opens an account, or joins the one that is signed in."""
    reader = me()
    form = (InvitationForm if reader else NewAccountForm).from_request(code=request.args.get("code", ""))
    problem, status = "", 200
    if form.sent_well():
        try:
            spend("code", request.remote_addr or "", CODE_RATE)
            if reader:
                actions.accept_invitation(actor(), form.code.data)
                return see_other(_led_by(form.code.data))
            given = {"name": form.name.data, "login": form.login.data, "password": form.password.data}
            account_id = actions.accept_invitation(actor(), form.code.data, **given)
            return _welcome(actions.begin_session(account_id, _device()), _led_by(form.code.data))
        except HouseError as error:
            problem, status = said(error.refusal), 422 if error.status == 409 else error.status
    elif form.errors:
        status = 422
    return page("identity/join.html", form=form, problem=problem, status=status)


def _led_by(code: str) -> str:
    """Where a code leads: to the page that was asked for, else to what waits in its community."""
    row = queries.find_invitation(code)
    here = f"/c/{get_community(row.community_id).slug}/todo" if row and row.community_id else "/"
    return safe_next(request.args.get("next", here))


@pages.route("/account", methods=["GET", "POST"])
@access(SIGNED_IN)
def account() -> Response:
    """My name, my devices, my password."""
    form = PasswordForm.from_request()
    problem, status = "", 200
    if form.sent_well():
        try:
            actions.change_password(actor(), form.old.data, form.new.data)
            return see_other("/sign-in")
        except HouseError as error:
            problem, status = said(error.refusal), 422
    elif form.errors:
        status = 422
    mine = queries.sessions(actor().account_id or 0, g.get("session_id", 0))
    return page("identity/account.html", form=form, problem=problem, sessions=mine, status=status)


@pages.post("/account/sessions/<int:session_id>/end")
@access(SIGNED_IN)
def end_session(session_id: int) -> Response:
    """One of my devices is signed out."""
    actions.end_session(actor(), session_id)
    return see_other("/account")


@pages.get("/preferences")
@access(PUBLIC)
def preferences() -> Response:
    """Language, theme and size of type, remembered by this browser."""
    now = prefs()
    wanted = Prefs(
        request.args.get("lang", now.lang), request.args.get("theme", now.theme), request.args.get("type", now.type)
    )
    response = see_other(safe_next(request.args.get("next", "/")))
    set_cookie(response, PREFS_COOKIE, read_prefs(wanted.cookie()).cookie(), max_age=YEAR)  # type: ignore[arg-type]  # redirect answers with a Response
    return response
