"""JSON in which amounts keep every digit, written piece by piece."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

_quoted = json.JSONEncoder(ensure_ascii=False).encode


def json_text(value: Any) -> str:
    """A value as JSON (RFC 8259): Chinese as it stands, decimals as exact numbers. Raises TypeError for what is none."""
    match value:
        case str() | bool() | int() | None:
            return _quoted(value)
        case Decimal():
            return f"{value:f}"
        case Mapping():
            inner = ",".join(f"{_quoted(name)}:{json_text(one)}" for name, one in value.items())
            return f"{{{inner}}}"
        case list() | tuple():
            return f"[{','.join(map(json_text, value))}]"
        case _:
            raise TypeError(f"no {type(value).__name__} in a file")


def json_pieces(head: Mapping[str, Any], name: str, rows: Iterable[Any]) -> Iterator[str]:
    """An object whose last field is a list of any length, each of its lines written as it is read."""
    yield json_text(head)[:-1] + f",{_quoted(name)}:["
    for place, row in enumerate(rows):
        yield (",\n" if place else "\n") + json_text(row)
    yield "\n]}\n"


def portions(pieces: Iterable[str], size: int = 16_384) -> Iterator[bytes]:
    """Pieces of text put together to portions that are worth sending, in UTF-8."""
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= size:
            yield "".join(waiting).encode()
            waiting, length = [], 0
    if waiting:
        yield "".join(waiting).encode()
