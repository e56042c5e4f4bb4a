"""Reading JSON as it is written: no key twice, whole numbers as whole numbers, the place of the first fault."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.core.words import N_

# More digits than any field may have; a longer number is out of every range and need not be worked out.
_MOST_DIGITS = 30
_BEYOND: int = 10**_MOST_DIGITS
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{6}))?"
    r"(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)


class Malformed(ValueError):
    """Something in a file is not as its form demands: where (`units[3].area`, `$` for no JSON), and why."""

    def __init__(self, path: str, why: str, values: Mapping[str, object] | None = None) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why
        self.values = dict(values or {})


class Keyed(dict[str, Any]):
    """A JSON object that remembers the first key that stood in it twice."""

    __slots__ = ("twice",)

    def __init__(self, pairs: Sequence[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.twice: str | None = None
        if len(self) != len(pairs):
            seen: set[str] = set()
            for key, _value in pairs:
                if key in seen:
                    self.twice = key
                    break
                seen.add(key)


class Real:
    """A number with a fraction or an exponent: never a whole number, whatever its value."""


_REAL = Real()


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        return -_BEYOND if text.startswith("-") else _BEYOND
    return int(text)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")


def read_json(data: bytes) -> Any:
    """The value that a file holds as strict JSON in UTF-8, objects as `Keyed`. Raises Malformed at `$`."""
    try:
        text = data.decode("utf-8")
        return json.loads(
            text,
            object_pairs_hook=Keyed,
            parse_int=_whole,
            parse_float=lambda _text: _REAL,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError as error:
        raise Malformed("$", N_("文件不是UTF-8编码。")) from error
    except RecursionError as error:
        raise Malformed("$", N_("括号套得太深，读不下去。")) from error
    except ValueError as error:
        raise Malformed("$", N_("文件不是JSON。")) from error


def join(path: str, key: str) -> str:
    """The path of a field inside an object; signs that cannot be shown are escaped."""
    shown = key.encode("utf-8", "backslashreplace").decode("utf-8")
    return f"{path}.{shown}" if path else shown


def fields(value: Any, path: str, wanted: Sequence[str]) -> Keyed:
    """An object with exactly these fields: every field shown is required, no other is allowed, no key twice."""
    if not isinstance(value, Keyed):
        raise Malformed(path or "$", N_("这里应当是一个对象。"))
    for name in wanted:
        if name not in value:
            raise Malformed(join(path, name), N_("缺少这一项。"))
    for name in value:
        if name not in wanted:
            raise Malformed(join(path, name), N_("不能有这一项。"))
    if value.twice is not None:
        raise Malformed(join(path, value.twice), N_("这一项写了两次。"))
    return value


def items(value: Any, path: str) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise Malformed(path, N_("这里应当是一个列表。"))
    return value


def text(value: Any, path: str) -> str:
    """A text that is not empty and can be written down: half a surrogate pair is no text."""
    if not isinstance(value, str):
        raise Malformed(path, N_("这里应当是一段文字。"))
    if not value:
        raise Malformed(path, N_("这里不能空着。"))
    if not value.isascii() and any("\ud800" <= sign <= "\udfff" for sign in value):
        raise Malformed(path, N_("这里有写不出来的字符。"))
    return value


def one_of(value: Any, path: str, allowed: Sequence[str]) -> str:
    """One of a few words, exactly as they are written."""
    if not isinstance(value, str) or value not in allowed:
        raise Malformed(path, N_("这里只能是%(allowed)s之一。"), {"allowed": "、".join(allowed)})
    return value


def truth(value: Any, path: str) -> bool:
    """True or false, not 0 and 1."""
    if not isinstance(value, bool):
        raise Malformed(path, N_("这里只能是true或false。"))
    return value


def whole(value: Any, path: str, least: int, most: int) -> int:
    """A whole number written as one, both ends included; true and 5.0 are none."""
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Malformed(path, N_("这里应当是%(least)s到%(most)s的整数。"), {"least": least, "most": most})
    return value


def day(value: Any, path: str) -> date:
    """A day of the calendar, written YYYY-MM-DD."""
    parts = _DATE.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        raise Malformed(path, N_("这里应当是日期，写作2026-11-23。"))
    return _calendar(parts, path)


def instant(value: Any, path: str) -> int:
    """An instant, written `YYYY-MM-DDTHH:MM:SS[.ffffff]` with `Z` or `±HH:MM`, as whole microseconds of UTC.

    Counted from the first day of the calendar, so that no zone can push an instant out of it.
    """
    parts = _TIME.fullmatch(value) if isinstance(value, str) else None
    if parts is None:
        raise Malformed(path, N_("这里应当是时间，写作2026-11-01T09:00:00+08:00。"))
    hours, minutes, seconds = int(parts[4]), int(parts[5]), int(parts[6])
    ahead_hours, ahead_minutes = int(parts[9] or 0), int(parts[10] or 0)
    if hours > 23 or ahead_hours > 23 or max(minutes, seconds, ahead_minutes) > 59:
        raise Malformed(path, N_("钟表上没有这一刻。"))
    ahead = (ahead_hours * 60 + ahead_minutes) * (-60 if parts[8] == "-" else 60)
    past = ((_calendar(parts, path).toordinal() * 24 + hours) * 60 + minutes) * 60 + seconds
    return (past - ahead) * 1_000_000 + int(parts[7] or 0)


def _calendar(parts: re.Match[str], path: str) -> date:
    try:
        return date(int(parts[1]), int(parts[2]), int(parts[3]))
    except ValueError as error:
        raise Malformed(path, N_("日历上没有这一天。")) from error
