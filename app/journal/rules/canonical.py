"""One spelling for every record (RFC 8785), so that the same facts always have the same bytes and the same hash."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, TypeAlias

import rfc8785

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"
SAFE_INTEGER = 2**53 - 1
SALT_BYTES = 32


def canonical(value: Json) -> str:
    """The one spelling of a value. Raises ValueError for a fraction, or an integer of 2^53 and beyond."""
    _check(value)
    return rfc8785.dumps(value).decode()


def read_canonical(text: str) -> Json:
    """Read a text back. Raises ValueError unless it is spelled exactly as `canonical` does."""
    try:
        value: Json = json.loads(text, parse_float=_no_fraction, parse_constant=_no_fraction)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if canonical(value) != text:
        raise ValueError("not in canonical form")
    return value


def _no_fraction(text: str) -> Any:
    raise ValueError(f"no fractions in the record: {text}")


def _check(value: object) -> None:
    match value:
        case None | bool() | str():
            return
        case int():
            if abs(value) > SAFE_INTEGER:
                raise ValueError(f"an integer must be below 2^53: {value}")
        case Mapping():
            if not all(isinstance(name, str) for name in value):
                raise ValueError("names are texts")
            for part in value.values():
                _check(part)
        case list() | tuple():
            for part in value:
                _check(part)
        case _:
            raise ValueError(f"no {type(value).__name__} in the record")


def commitment(salt: bytes, value: Json) -> str:
    """A hash that hides a value until its salt is shown: hexadecimal SHA-256(salt ‖ canonical value), salt 32 bytes."""
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 32 bytes")
    return sha256(salt + canonical(value).encode()).hexdigest()
