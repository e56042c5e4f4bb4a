"""What an event may hold: numbers, moments, hashes and words of closed lists; never what could be a person's name.

An event is a frozen dataclass with `community_id: int` and fields of the kinds below, and a plain `str` is none of them:
the record can then be published and kept for ever, while personal data beside it can be erased.
"""

import re
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, NewType, Protocol, Union, get_args, get_origin, get_type_hints

from app.core.values import Ref
from app.journal.rules.canonical import SAFE_INTEGER, Json

Digest = NewType("Digest", str)
"""A hash or a commitment: 64 hexadecimal digits."""
ReceiptCode = NewType("ReceiptCode", str)
"""A short code as `app.core.secrets.paper_code` makes it: two groups of four."""
Word = NewType("Word", str)
"""A machine's word from a closed list, a law row's version or a published number: ASCII, no spaces, at most 80."""

RESERVED = frozenset({"at", "event", "matter"})
_SHAPES: dict[Any, re.Pattern[str]] = {
    Digest: re.compile("[0-9a-f]{64}"),
    ReceiptCode: re.compile("[2-9A-Z]{4}-[2-9A-Z]{4}"),
    Word: re.compile("[A-Za-z0-9][A-Za-z0-9_.:/@-]{0,79}"),
}
Spell = Callable[[Any], Json]


class Event(Protocol):
    """Something that happened in one community: a frozen dataclass."""

    @property
    def community_id(self) -> int:
        """The community in which it happened."""


class UnfitEvent(TypeError):
    """An event holds something that must not be in the record."""


def name_of(event: type) -> str:
    """What an event is called in the record: the name of its class."""
    return event.__name__


def spelled(event: Event, matter: Ref | None, at: datetime) -> dict[str, Json]:
    """An event as the record holds it: its fields, and beside them `event`, `matter` and `at`. Raises UnfitEvent."""
    told: dict[str, Json] = {"event": name_of(type(event)), "matter": str(matter) if matter else None, "at": utc(at)}
    for field, spell in kinds(type(event)).items():
        try:
            told[field] = spell(getattr(event, field))
        except ValueError as error:
            raise UnfitEvent(f"{name_of(type(event))}.{field}: {error}") from error
    return told


@cache
def kinds(event: type) -> dict[str, Spell]:
    """How each field of an event is spelled. Raises UnfitEvent for a kind of field that could hold personal data."""
    name = name_of(event)
    if not is_dataclass(event) or not event.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # set by dataclass
        raise UnfitEvent(f"{name} must be a frozen dataclass")
    hints = get_type_hints(event)
    if hints.get("community_id") is not int:
        raise UnfitEvent(f"{name} needs `community_id: int`")
    found: dict[str, Spell] = {}
    for field in fields(event):
        spell = _kind(hints[field.name])
        if spell is None or field.name in RESERVED:
            raise UnfitEvent(
                f"{name}.{field.name}: an event holds int, bool, date, datetime, Ref, Digest, ReceiptCode, Word, "
                "Literal or Enum (also as `| None` or in a tuple), and no field called at, event or matter"
            )
        found[field.name] = spell
    return found


def _kind(hint: Any) -> Spell | None:
    plain: dict[Any, Spell] = {int: _integer, bool: _exactly(bool), datetime: utc, date: _day, Ref: _ref}
    if hint in plain:
        return plain[hint]
    if hint in _SHAPES:
        return _shaped(_SHAPES[hint])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _chosen(tuple(member.value for member in hint), hint)
    inner = get_args(hint)
    if get_origin(hint) is Literal:
        return _chosen(inner, None)
    if get_origin(hint) in (Union, types.UnionType) and len(inner) == 2 and type(None) in inner:
        spell = _kind(next(part for part in inner if part is not type(None)))
        return None if spell is None else lambda value: None if value is None else spell(value)
    if get_origin(hint) is tuple and len(inner) == 2 and inner[1] is ...:
        each = _kind(inner[0])
        return None if each is None else lambda values: [each(value) for value in values]
    return None


def _integer(value: Any) -> int:
    if type(value) is not int or abs(value) > SAFE_INTEGER:
        raise ValueError(f"not an integer below 2^53: {value!r}")
    return value


def _exactly(kind: type[bool]) -> Spell:
    def spell(value: Any) -> Json:
        if type(value) is not kind:
            raise ValueError(f"not a {kind.__name__}: {value!r}")
        return value

    return spell


def _day(value: Any) -> str:
    if type(value) is not date:
        raise ValueError(f"not a day: {value!r}")
    return value.isoformat()


def _ref(value: Any) -> str:
    if not isinstance(value, Ref) or not _SHAPES[Word].fullmatch(str(value)):
        raise ValueError(f"not a reference: {value!r}")
    return str(value)


def _shaped(shape: re.Pattern[str]) -> Spell:
    def spell(value: Any) -> str:
        if not isinstance(value, str) or not shape.fullmatch(value):
            raise ValueError(f"not of this form: {value!r}")
        return value

    return spell


def _chosen(words: tuple[Any, ...], kind: type[Enum] | None) -> Spell:
    if not all(isinstance(word, int) or _SHAPES[Word].fullmatch(str(word)) for word in words):
        raise UnfitEvent(f"the words of a closed list are short ASCII: {words!r}")

    def spell(value: Any) -> Json:
        found = value.value if kind is not None and isinstance(value, kind) else value
        if found not in words:
            raise ValueError(f"not one of {words!r}: {value!r}")
        return found  # type: ignore[no-any-return]  # one of the words

    return spell


def utc(moment: Any) -> str:
    """A moment as the record writes it: 2026-11-23T08:00:00Z, with microseconds where there are any."""
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError(f"not a moment with its zone: {moment!r}")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
