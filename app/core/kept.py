"""What was typed when a session ended is kept until its writer has signed in again."""

import json
import secrets
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

from flask import current_app, request
from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from app.core import clock
from app.core.db import Base, Moment, db, transactional
from app.core.secrets import decrypt, encrypt, fingerprint
from app.core.security import browser_id

KEEP = timedelta(days=1)
MANY_SIGNS = 200_000
NEVER = ("csrf_token", "once", "password", "old", "new")


class KeptForm(Base):
    """A form that arrived without a session: sealed, for the browser that sent it, for a day."""

    __tablename__ = "kept_form"

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    browser_print: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment, index=True)


@transactional
def keep_form() -> str:
    """Keep what was sent; answers with the address of the page where it goes on after signing in."""
    path = _page_of_form()
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER]
    if not fields or sum(len(value) for _, value in fields) > MANY_SIGNS:
        return path
    row = KeptForm(
        id=secrets.token_urlsafe(32),
        browser_print=fingerprint(browser_id(), "browser"),
        sealed=encrypt(json.dumps(fields), "kept-form"),
        at=clock.now(),
    )
    db.session.add(row)
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'kept': row.id})}"


def find_kept(kept_id: str) -> MultiDict[str, str] | None:
    """What this browser sent before it signed in, or None."""
    row = db.session.get(KeptForm, kept_id[:43]) if kept_id.isprintable() else None
    if row is None or row.browser_print != fingerprint(browser_id(), "browser") or row.at < clock.now() - KEEP:
        return None
    return MultiDict(json.loads(decrypt(row.sealed, "kept-form")))


def _page_of_form() -> str:
    """Where the form stood: its own address if that can be opened, else the page from which it was sent."""
    adapter = current_app.url_map.bind("")
    try:
        adapter.match(request.path, "GET")
        return request.full_path.rstrip("?")
    except HTTPException:
        sent_from = urlsplit(request.referrer or "")
        return sent_from.path if sent_from.netloc == request.host and sent_from.path else "/"
