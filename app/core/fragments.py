"""Parts of pages that are the same for many readers are written once a minute: `{% shared poll, lines %}…{% endshared %}`.

Such a part is a function of what it names, of the language, the community and the minute; the values themselves are its
key, so that whoever changes one of them changes the part, in every process, and nothing ever has to be thrown away. It
cannot ask who reads: that raises, and a test holds that it uses no name which it does not name. A token of a form is put
in for each reader.
"""

import secrets
from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from flask import Flask, current_app, g, request
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

from app.core import clock, standing
from app.core.context import maybe_community
from app.core.db import Base
from app.core.i18n import lang
from app.core.security import csrf_token

ROOM = 3 * 1024 * 1024
PLAIN = (str, int, type(None), date)


class Kept:
    """The parts written in this minute; all of them go with it, or when there is no room."""

    def __init__(self) -> None:
        self.minute = 0
        self.parts: dict[Hashable, Markup] = {}
        self.signs = 0

    def in_minute(self, minute: int) -> dict[Hashable, Markup]:
        """What was kept in a minute."""
        if minute != self.minute or self.signs > ROOM:
            self.minute, self.parts, self.signs = minute, {}, 0
        return self.parts

    def keep(self, parts: dict[Hashable, Markup], key: Hashable, part: Markup) -> None:
        """Keep a part with those that were asked."""
        parts[key] = part
        self.signs += len(part)


class Shared(Extension):
    """The tag; it names the values on which the part depends."""

    tags = {"shared"}

    def parse(self, parser: Parser) -> nodes.Node:
        """The names, then what is written once for all who have the same values."""
        line = next(parser.stream).lineno
        named = [parser.parse_expression()]
        while parser.stream.skip_if("comma"):
            named.append(parser.parse_expression())
        body = parser.parse_statements(("name:endshared",), drop_needle=True)
        call = self.call_method("_part", [nodes.Const(f"{parser.name}:{line}"), nodes.Tuple(named, "load")])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _part(self, place: str, named: tuple[Any, ...], caller: Callable[[], Markup]) -> Markup:
        if "part_token" in g:
            return caller()
        kept: Kept = current_app.extensions["fragments"]
        here = maybe_community()
        key = (place, lang(), here, request.blueprint, tuple(map(_value, named)))
        parts = kept.in_minute(int(clock.now().timestamp()) // 60)
        part = parts.get(key)
        if part is None:
            part = _written(caller)
            kept.keep(parts, key, part)
        return part.replace(TOKEN, csrf_token()) if TOKEN in part else part


TOKEN = secrets.token_hex(32)
"""Where the token of a form will stand; nobody outside knows it, so that nobody can write it."""


def _written(caller: Callable[[], Markup]) -> Markup:
    g.part_token = TOKEN
    try:
        return caller()
    finally:
        g.pop("part_token", None)


def _value(value: Any) -> Hashable:
    """A value by which a part is known again. Raises TypeError for what could change behind its back."""
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, tuple | list):
        return tuple(map(_value, value))
    if isinstance(value, Mapping):
        return tuple((key, _value(one)) for key, one in value.items())
    if isinstance(value, Base):
        # The same row under the same mark says the same.
        mark = standing.mark()
        return (type(value), value.id, object() if mark is None else mark)  # type: ignore[attr-defined]  # its number
    if is_dataclass(value) and getattr(value, "__dataclass_params__").frozen:  # noqa: B009  # no type knows of it
        try:
            hash(value)
        except TypeError:
            return (type(value), *(_value(getattr(value, field.name)) for field in fields(value)))
        return value  # type: ignore[return-value]  # it has a hash
    raise TypeError(f"a shared part names values, not a {type(value).__name__}")


def install(app: Flask) -> None:
    """Teach the templates the tag."""
    app.extensions["fragments"] = Kept()
    app.jinja_env.add_extension(Shared)
