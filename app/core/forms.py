"""Forms: what may be typed, and how one form is handed in once however often it arrives."""

import unicodedata
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import request
from sqlalchemy import String, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField, StringField
from wtforms.i18n import get_translations
from wtforms.meta import DefaultMeta

from app.core import clock
from app.core.bulk import insert_row
from app.core.context import actor
from app.core.db import Base, Moment, db, transactional
from app.core.errors import HouseError
from app.core.i18n import lang
from app.core.kept import KEEP, KeptForm, find_kept

LINE_SIGNS = {"\n", "\t"}
REMEMBER = timedelta(days=30)
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def clean(text: str) -> str:
    """What somebody typed without what cannot be seen: NUL, zero-width signs, direction marks, odd controls."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in LINE_SIGNS or unicodedata.category(c) not in UNSEEN).strip()


def half_width(text: str) -> str:
    """Digits and letters in full width (１２３) as plain ones, for numbers, codes and telephone numbers."""
    return unicodedata.normalize("NFKC", text)


def _clean_typed(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


class HouseForm(Form):
    """Every form of the house: cleans what was typed and carries a token by which it counts once."""

    once = HiddenField()

    class Meta(DefaultMeta):
        """WTForms' own messages in the reader's language; text fields are cleaned."""

        def get_translations(self, form: Any) -> Any:
            """WTForms' own messages in the reader's language."""
            return get_translations([lang()])

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Clean the text fields as they are bound."""
            if issubclass(unbound_field.field_class, StringField):
                given = list(unbound_field.kwargs.get("filters", ()))
                options = {**options, "filters": [_clean_typed, *given]}
            return unbound_field.bind(form=form, **options)

    @classmethod
    def from_request(cls, **values: Any) -> Any:
        """The form as it was sent, or fresh with `values` (also from a draft that outlived its session)."""
        sent: MultiDict[str, Any] | None = None
        if request.method == "POST":
            sent = MultiDict(request.form)
            sent.update(request.files)
        elif "kept" in request.args:
            sent = find_kept(request.args["kept"])
        form = cls(sent, **values)
        if not form.once.data:
            form.once.data = uuid.uuid4().hex
        return form

    def sent_well(self) -> bool:
        """Whether the form was sent and every field can be read."""
        return request.method == "POST" and bool(self.validate())


class FormOnce(Base):
    """A form that was handed in, and where its sender was led."""

    __tablename__ = "form_once"

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[int | None]
    location: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Moment)


_SEEN = select(FormOnce.account_id, FormOnce.location).where(FormOnce.token == bindparam("token"))


@transactional
def hand_in(form: HouseForm, act: Callable[[], str]) -> str:
    """Do what a form asks, once: a double click or a retry is led to the same place and changes nothing.

    `act` calls the action and answers with the address to go to; both are in one transaction with the token.
    """
    token = str(form.once.data or "")[:40] or uuid.uuid4().hex
    who = actor().account_id
    seen = db.session.execute(_SEEN, {"token": token}).one_or_none()
    if seen is not None and seen.account_id == who:
        return str(seen.location)
    location = act()
    if seen is None:
        insert_row(FormOnce, token=token, account_id=who, location=location, at=clock.now())
    return location


def attempt(form: HouseForm, act: Callable[[], str]) -> tuple[str, HouseError | None]:
    """Hand a form in; why it was refused comes back as a value, so that a page shows it beside what was typed."""
    try:
        return hand_in(form, act), None
    except HouseError as error:
        return "", error


@transactional
def forget_old_forms() -> None:
    """What was kept for somebody to sign in again goes after a day, the tokens of forms after a month."""
    db.session.execute(delete(KeptForm).where(KeptForm.at < clock.now() - KEEP))
    db.session.execute(delete(FormOnce).where(FormOnce.at < clock.now() - REMEMBER))
