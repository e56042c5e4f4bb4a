"""Who reads: Flask-Login asks identity for the session, and every slice says for what the account may speak."""

from flask import Flask, Request, g, request
from flask_login import LoginManager, UserMixin, current_user
from itsdangerous import BadData

from app.core.context import Me, set_actor_loader
from app.core.house import speaks_for
from app.core.memory import LONG_TERM, remember
from app.core.security import cookie_name
from app.core.values import ANYONE, Actor
from app.identity.queries import SignedIn, find_session
from app.identity.routes import signer


class Reader(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """A signed-in reader, detached from the database."""

    def __init__(self, found: SignedIn) -> None:
        self.found = found
        self.id = str(found.account_id)


def actor_of(account_id: int, found: SignedIn | None = None) -> Actor:
    """The actor of an account: roles in force, and everything that it may speak for."""
    if found is None:
        return Actor(account_id, frozenset(), speaks_for(account_id))
    return Actor(account_id, found.grants, found.acts_as)


def _from_cookie(sent: Request) -> Reader | None:
    raw = sent.cookies.get(cookie_name("sf_session"), "")
    if not raw:
        return None
    try:
        token = signer().loads(raw)
    except BadData:
        return None
    found = remember(("session", token), lambda: find_session(token), LONG_TERM)
    if found is None:
        return None
    g.session_id = found.session_id
    return Reader(found)


def install(app: Flask) -> None:
    """Let Flask-Login and the context know the reader."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(_from_cookie)

    def load() -> tuple[Me | None, object]:
        if not request.cookies.get(cookie_name("sf_session")) or not current_user.is_authenticated:
            return None, lambda: ANYONE
        found: SignedIn = current_user.found
        return Me(found.account_id, found.name), lambda: actor_of(found.account_id, found)

    set_actor_loader(load)  # type: ignore[arg-type]  # the second part makes an Actor
