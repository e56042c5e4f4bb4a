"""Sentences as they stand in files: Chinese, with their values spelled out, the same for every reader and for ever."""

from datetime import date, datetime

from app.core.formats import area, plain_money
from app.core.values import Area, Fen, Refusal


def worded(refusal: Refusal) -> str:
    """A sentence with its values: amounts in yuan, areas in m², days as 2026-03-30."""
    if not refusal.values:
        return refusal.sentence
    return refusal.sentence % {name: _value(found) for name, found in refusal.values.items()}


def _value(found: object) -> object:
    match found:
        case Fen():
            return plain_money(found.amount)
        case Area():
            return area(found.amount)
        case datetime() | date():
            return found.isoformat()
        case Refusal():
            return worded(found)
        case _:
            return found
