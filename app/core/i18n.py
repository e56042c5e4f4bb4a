"""Two languages: sentences stand in Chinese in the code, English in one catalogue a slice."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import Flask, g
from flask_babel import Babel, get_domain, lazy_gettext, ngettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from app.core import clock, formats
from app.core.config import ROOT
from app.core.context import EN, maybe_community, prefs
from app.core.permissions import ROLES, Permission
from app.core.values import Area, Fen, Refusal

__all__ = ["_", "_l", "cited", "install", "lang", "ngettext", "said", "zone"]

_l = lazy_gettext
CATALOGUES = Path("app/translations")
DEFAULT_ZONE = "Asia/Shanghai"


def _(sentence: str, /, **values: Any) -> str:
    """A sentence in the reader's language, with its values."""
    found = _translated(str(sentence))
    return found % values if values else found


def _translated(sentence: str) -> str:
    # Chinese stands in the code: nothing is looked up for it.
    if prefs().lang != EN:
        return sentence
    if "catalogue" not in g:
        g.catalogue = get_domain().get_translations().ugettext
    return cast(Callable[[str], str], g.catalogue)(sentence)


@pass_eval_context
def _written(about: EvalContext, sentence: str, /, **values: Any) -> str:
    """The same on a page, where values are escaped and every `%` is doubled."""
    found = _translated(sentence)
    if not about.autoescape:
        return str(found) % values
    marked = _marked(found)
    return marked % values if values or "%" in marked else marked


_marked = lru_cache(maxsize=8192)(Markup)


def lang() -> str:
    """`zh` or `en`, as the reader wants it."""
    return "en" if prefs().lang == EN else "zh"


def zone() -> ZoneInfo:
    """The time zone of the community, outside of which no time is shown."""
    here = maybe_community()
    return ZoneInfo(here.zone if here else DEFAULT_ZONE)


def said(refusal: Refusal) -> str:
    """A refusal in the reader's language, with its values in the reader's words."""
    sentence = _(refusal.sentence)
    return (
        str(sentence % {name: _worded(value) for name, value in refusal.values.items()})
        if refusal.values
        else str(sentence)
    )


def cited(refusal: Refusal | None) -> str:
    """A refusal with its article behind it, in one line; nothing where nothing was refused."""
    if refusal is None:
        return ""
    if not refusal.article:
        return said(refusal)
    article = formats.article(refusal.article, lang())
    return f"{said(refusal)} ({article})" if lang() == "en" else f"{said(refusal)}（{article}）"


def _worded(value: Any) -> Any:
    match value:
        case datetime():
            return formats.moment(value.astimezone(zone()), clock.now().astimezone(zone()), lang())
        case date():
            return formats.day(value, clock.now().astimezone(zone()), lang())
        case Fen():
            return formats.plain_money(value.amount, lang())
        case Area():
            return formats.area(value.amount)
        case Permission():
            return _(value.words)
        case Refusal():
            return said(value)
        case str():
            return _(value) if value in ROLES.values() else value
        case _:
            return value


def install(app: Flask) -> None:
    """Give the application its catalogues: every `<slice>.po` beneath app/translations is one domain."""
    folder = ROOT / CATALOGUES
    domains = sorted(path.stem for path in (folder / "en" / "LC_MESSAGES").glob("*.po")) or ["core"]
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", ";".join([str(folder)] * len(domains)))
    app.config.setdefault("BABEL_DOMAIN", ";".join(domains))
    app.config.setdefault("BABEL_DEFAULT_LOCALE", "zh_Hans_CN")
    Babel(app, locale_selector=lambda: prefs().lang, timezone_selector=lambda: zone().key)
    app.jinja_env.globals.update(_=_written, gettext=_written)
