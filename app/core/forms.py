"""Forms: what may be typed, and how one form is handed in once however often it arrives."""

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import request
from sqlalchemy import String, bindparam, delete, select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, Form, HiddenField, IntegerField, PasswordField, StringField
from wtforms import DateField as WrittenDay
from wtforms.fields.core import UnboundField
from wtforms.i18n import get_translations
from wtforms.meta import DefaultMeta

from app.core import clock
from app.core.bulk import add_row
from app.core.context import actor
from app.core.db import Base, Moment, columns, db, transactional
from app.core.errors import Conflict, HouseError, Refused, check
from app.core.i18n import lang
from app.core.kept import KEEP, KeptForm, find_kept
from app.core.values import Refusal
from app.core.words import N_

LINE_SIGNS = {"\n", "\t"}
REMEMBER = timedelta(days=30)
TOO_MANY = 10**18
TOKEN = re.compile(r"[0-9a-f]{32}\Z")
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def clean(text: str) -> str:
    """What somebody typed without what cannot be seen: NUL, zero-width signs, direction marks, odd controls."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in LINE_SIGNS or unicodedata.category(c) not in UNSEEN).strip()


def half_width(text: str) -> str:
    """Digits and letters in full width (１２３) as plain ones, for numbers, codes and telephone numbers."""
    return unicodedata.normalize("NFKC", text)


def _within_reach(value: Any) -> Any:
    """A whole number as far as anything here counts; a longer one is none, so that its field says what to write."""
    return None if isinstance(value, int) and abs(value) >= TOO_MANY else value


class DateField(WrittenDay):
    """A day, also when its digits were typed in full width (２０２６－０３－２１)."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        super().process_formdata([half_width(clean(str(value))) for value in valuelist])


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
            if issubclass(unbound_field.field_class, IntegerField):
                options = {**options, "filters": [_within_reach, *unbound_field.kwargs.get("filters", ())]}
            if unbound_field.field_class is WrittenDay:
                unbound_field = UnboundField(DateField, *unbound_field.args, **unbound_field.kwargs)
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

    def typed_in(self) -> list[tuple[str, str]]:
        """What somebody sent, field by field in words: for a page that cannot show the form again."""
        told = [(field.label.text, _typed_words(field)) for field in self if not isinstance(field, NOT_TOLD)]
        return [(label, words) for label, words in told if words]


NOT_TOLD = (HiddenField, PasswordField, FileField)


def _typed_words(field: Any) -> str:
    """What stands in a field, an option by its words; nothing where the field was not sent."""
    if not getattr(field, "raw_data", None):
        return ""
    if isinstance(field, BooleanField):
        return "✓" if field.data else ""
    if hasattr(field, "iter_choices"):
        return "; ".join(str(one.label) for one in field.iter_choices() if one.selected and one.value)
    return clean("; ".join(str(one) for one in field.raw_data if str(one).strip()))


class FormOnce(Base):
    """A form that was handed in, and where its sender was led."""

    __tablename__ = "form_once"

    token: Mapped[str] = mapped_column(String(40), primary_key=True)
    account_id: Mapped[int | None]
    location: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Moment)


_SEEN = select(FormOnce.token, FormOnce.account_id, FormOnce.location).where(
    FormOnce.token.between(bindparam("token"), bindparam("beyond"))
)


@transactional
def hand_in(form: HouseForm, act: Callable[[], str]) -> str:
    """Do what a form asks, once: a double click or a retry is led to the same place and changes nothing.

    `act` calls the action and answers with the address to go to; both are in one transaction with the token.
    The same form with other words (gone back to, or open twice) is not taken for the first. Raises Refused.
    """
    token = _token(str(form.once.data or ""))
    print_, who = _print_of_sent(), actor().account_id
    before = columns(_SEEN, {"token": token, "beyond": f"{token}g"})
    own = [row for row in before if row.account_id == who]
    for row in own:
        if row.token in (token, token + print_):
            return str(row.location)
    if own:
        raise Refused(
            Refusal(N_("这张表已经交过一次，那时写的和现在不一样；现在写的没有收下。要改的话，请重新打开这一页再写。"))
        )
    location = act()
    if not before:
        add_row(FormOnce, token=token + print_, account_id=who, location=location, at=clock.now())
    return location


def _token(sent: str) -> str:
    """32 signs of a form's own token, whatever was sent."""
    return sent if TOKEN.match(sent) else hashlib.sha256((sent or uuid.uuid4().hex).encode()).hexdigest()[:32]


def _print_of_sent() -> str:
    """Eight signs that differ when something else was typed or another file chosen."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "once")]
    files = [(name, file.filename or "") for name, file in request.files.items(multi=True)]
    return hashlib.sha256(repr(sorted(fields + files)).encode()).hexdigest()[:8]


def attempt(form: HouseForm, act: Callable[[], str], late: Refusal | None = None) -> tuple[str, HouseError | None]:
    """Hand a form in; why it was refused comes back as a value, so that a page shows it beside what was typed.

    `late` is why the page cannot show its form any more: then the page of what went wrong keeps what was typed. Raises
    Refused.
    """

    def in_time() -> str:
        check(late)
        return act()

    try:
        return hand_in(form, in_time), None
    except HouseError as error:
        if late is not None:
            raise
        return "", error


def deliver(form: HouseForm, act: Callable[[], str], late: Refusal | None = None) -> tuple[str, Refusal | None]:
    """Hand in a form if it was sent and can be read: where to go, or why not.

    `late` is why its page shows no form any more; with the part `typed` that page tells what was typed. A second press
    is led where the first was.
    """
    if request.method != "POST":
        return "", None
    if not form.validate():
        return "", late

    def in_time() -> str:
        check(late)
        return act()

    try:
        return hand_in(form, in_time), None
    except (Conflict, Refused) as error:
        return "", error.refusal


def status_of(form: HouseForm, problem: Refusal | str | None) -> int:
    """What the page of a form answers: 409 where it was refused, 422 where it cannot be read, else 200."""
    return 409 if problem else 422 if form.errors else 200


def sent_well(form: HouseForm, late: Refusal | None) -> bool:
    """Whether a form was sent and can be read; see `attempt` for `late`. Raises Refused."""
    well = form.sent_well()
    if late is not None and request.method == "POST" and not well:
        raise Refused(late)
    return well


@transactional
def forget_old_forms() -> None:
    """What was kept for somebody to sign in again goes after a day, the tokens of forms after a month."""
    db.session.execute(delete(KeptForm).where(KeptForm.at < clock.now() - KEEP))
    db.session.execute(delete(FormOnce).where(FormOnce.at < clock.now() - REMEMBER))
