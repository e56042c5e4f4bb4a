"""outcome.json: the frozen answer, what stands behind it in units and area, and the hashes of what it was counted from."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from app.voting.rules.bundle.terms import counting_of
from app.voting.rules.choices import chosen_options
from app.voting.rules.terms import (
    APPROVAL,
    BUDGET,
    BY_NUMBER,
    BY_POINTS,
    CHANNELS,
    INVALID,
    IRV,
    ONE,
    RANKING,
    SCHULZE,
    SCORE,
    UNITS,
    Terms,
)

# What verify.py knows how to count; whatever else `counting` names is checked by its hash alone.
VERIFIED = frozenset(
    {"selection", "least", "most", "participates", "abstention", "invalid", "method", "highest"}
    | {"budget", "currency", "scale"}
)
SELECTIONS, METHODS = (ONE, APPROVAL, SCORE, RANKING), (BY_NUMBER, BY_POINTS, IRV, SCHULZE, BUDGET)
Cell = tuple[str, str, str, int]


def recountable(terms: Terms) -> bool:
    """Whether verify.py can count such a poll anew from its ballots."""
    return terms.selection in SELECTIONS and terms.method in METHODS and counting_of(terms).keys() <= VERIFIED


def counts(terms: Terms, cells: Iterable[Cell], *, shown: bool) -> list[dict[str, Any]]:
    """Units and area of the counted ballots by option, channel and building; by option alone where choices are not shown.

    A cell is the choice, channel, building and area (0.01 m²) of one counted ballot. A ballot that names several options
    stands under each. With few ballots in a building, channel and building would tell who chose what.
    """
    order = {key: place for place, key in enumerate((*terms.option_keys, INVALID))}
    sums: dict[tuple[str, str, str], list[int]] = {}
    for choice, channel, building, area in cells:
        options = (choice,) if choice == INVALID else chosen_options(terms, choice)
        for option in options:
            cell = sums.setdefault((option, channel, building) if shown else (option, "", ""), [0, 0])
            cell[0] += 1
            cell[1] += area
    places = {channel: place for place, channel in enumerate(("", *CHANNELS))}
    last = len(order)
    found = sorted(sums, key=lambda cell: (order.get(cell[0], last), cell[0], places[cell[1]], cell[2]))
    return [_line(terms, key, *sums[key], shown=shown) for key in found]


def _line(terms: Terms, key: tuple[str, str, str], units: int, area: int, *, shown: bool) -> dict[str, Any]:
    option, channel, building = key
    line: dict[str, Any] = {
        "option": option,
        "channel": channel if shown else None,
        "building": building if shown else None,
        "units": units,
    }
    return {**line, "area": area} if terms.electorate == UNITS else line


def outcome_text(answer: str, counted: list[dict[str, Any]], files: Mapping[str, bytes], *, sealed: bool) -> str:
    """The text of outcome.json: the frozen answer as the record holds its hash, then `counts` and `files`.

    `sealed` adds the hashes of the answer (that of OutcomeDeclared in the record) and of the counts, for readers who
    cannot count anew: without the choices, or where verify.py does not know the way of counting.
    """
    rest: dict[str, Any] = {
        "counts": counted,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    if sealed:
        rest["sealed"] = {"answer": _sha256(answer), "counts": _sha256(_compact(counted))}
    return f"{answer[:-1]},{_compact(rest)[1:]}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
