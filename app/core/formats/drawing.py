"""Geometry of the figures: buildings with their windows, places along a bar. Numbers in, words of SVG out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

LIT, PANE, CROSSED = "lit", "pane", "crossed"
_ACROSS, _UP, _WIDE, _HIGH = 15, 17, 10, 11
_MANY = 2048


@dataclass(frozen=True, slots=True)
class Facade:
    """One building: view box, width in em so that all of a row keep one scale, and one path for each kind of window."""

    width: int
    height: int
    em: str
    walls: str
    lit: str
    panes: str
    crosses: str


@lru_cache(maxsize=_MANY)
def facade(total: int, lit: int, crossed: int = 0, columns: int = 0) -> Facade:
    """A building of which only numbers may be known: windows light up from below, the crossed ones stand last."""
    lit, crossed = min(lit, total), min(crossed, max(total - lit, 0))
    return facade_of((LIT,) * lit + (PANE,) * (total - lit - crossed) + (CROSSED,) * crossed, columns)


@lru_cache(maxsize=_MANY)
def facade_of(windows: Sequence[str], columns: int = 0) -> Facade:
    """A building whose every window is its dwelling, from the lowest floor up, each floor from the left."""
    across = columns if columns > 0 else _usual_columns(len(windows))
    floors = max((len(windows) + across - 1) // across, 1)
    width, height = _ACROSS * across + 9, _UP * floors + 16
    places: dict[str, list[tuple[int, int]]] = {LIT: [], PANE: [], CROSSED: []}
    for number, kind in enumerate(windows):
        floor, place = divmod(number, across)
        places[kind].append((7 + _ACROSS * place, height - _UP * (floor + 1)))
    size = width * 100 // _ACROSS
    return Facade(
        width,
        height,
        f"{size // 100}.{size % 100:02d}em",
        f"M0 9L4 2H{width - 4}L{width} 9zM2 9H{width - 2}V{height}H2z",
        _squares(places[LIT]),
        _squares(sorted(places[PANE] + places[CROSSED])),
        "".join(f"M{x} {y}l{_WIDE} {_HIGH}m0 -{_HIGH}l-{_WIDE} {_HIGH}" for x, y in places[CROSSED]),
    )


def along(at: datetime, start: datetime, end: datetime) -> str:
    """Where a moment stands between two others, in percent with one decimal, never outside."""
    whole = end - start
    if whole <= timedelta(0):
        return "0.0%"
    tenths = max(0, min(1000, (at - start) * 1000 // whole))
    return f"{tenths // 10}.{tenths % 10}%"


def share(part: int, whole: int) -> str:
    """A length along a bar, in percent with three decimals, never longer than the bar."""
    if whole <= 0 or part <= 0:
        return "0%"
    thousandths = min(part * 100_000 // whole, 100_000)
    return f"{thousandths // 1000}.{thousandths % 1000:03d}%"


def _squares(places: Sequence[tuple[int, int]]) -> str:
    return "".join(f"M{x} {y}h{_WIDE}v{_HIGH}h-{_WIDE}z" for x, y in places)


def _usual_columns(total: int) -> int:
    return next((columns for columns in (4, 6, 8, 10) if total <= columns * 12), 12)
