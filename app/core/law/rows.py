"""Reading the rows of law, and choosing the one in force on a day."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cache
from importlib import resources

CONFIRMED = ("C", "Q")


@dataclass(frozen=True, slots=True)
class LawRow:
    """One figure of law or local rule, as it stood in a span of days.

    `value` is an integer or a fraction (written "2/3"); `unit` says of what; `counted` is the word that a reader sees behind
    the figure, in English for one and for more. `confidence` is C (read in full), Q (quoted), S (secondary) or M (from
    memory): S and M are defaults to be confirmed locally and never bind as law.
    A row with `choices` is no figure but a way of doing things: its value is the place of one of them, from 0 on.
    """

    key: str
    value: Fraction
    unit: str
    article: str
    valid_from: date
    valid_to: date | None = None
    jurisdiction: str = "CN"
    source: str = ""
    confidence: str = "C"
    relation: str = ">="
    note: str = ""
    title: str = ""
    title_en: str = ""
    counted: str = ""
    counted_en: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    choices_en: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The name under which a decision remembers this row for ever."""
        return f"{self.key}@{self.valid_from.isoformat()}/{self.jurisdiction}"

    @property
    def binding(self) -> bool:
        """Whether this row may bind as law, or is a default to be confirmed locally."""
        return self.confidence in CONFIRMED

    @property
    def share(self) -> bool:
        """Whether the figure is a part of something: all of it is 1."""
        return self.unit.startswith(("of ", "sum of "))

    @property
    def whole(self) -> int:
        """The figure as a whole number. Raises ValueError where it is a fraction."""
        if self.value.denominator != 1:
            raise ValueError(f"{self.key} is a fraction: {self.value}")
        return self.value.numerator

    def in_force(self, on: date) -> bool:
        """Whether this row is in force on a day, both ends included."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class LawGap(LookupError):
    """No row of law was in force for a key on a day."""

    def __init__(self, key: str, on: date) -> None:
        super().__init__(f"{key}: no rule in force on {on.isoformat()}")
        self.key = key
        self.on = on


@cache
def law_rows() -> tuple[LawRow, ...]:
    """Every row that the house ships, in the order of the files."""
    folder = resources.files("app.core.law")
    found: list[LawRow] = []
    for name in sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml")):
        data = tomllib.loads((folder / name).read_text("utf-8"))
        for raw in data["row"]:
            ways = {name: tuple(raw.get(name, ())) for name in ("choices", "choices_en", "counted_en")}
            found.append(LawRow(**{**raw, **ways, "value": Fraction(str(raw["value"]))}))
    return tuple(found)


@cache
def _by_key() -> dict[str, tuple[LawRow, ...]]:
    keyed: dict[str, list[LawRow]] = {}
    for row in law_rows():
        keyed.setdefault(row.key, []).append(row)
    return {key: tuple(rows) for key, rows in keyed.items()}


def law_row(key: str, on: date, overrides: tuple[LawRow, ...] = ()) -> LawRow:
    """The row in force for a key on a day: a published override first, else the house's own. Raises LawGap."""
    for row in (*overrides, *_by_key().get(key, ())):
        if row.key == key and row.in_force(on):
            return replace(row)
    raise LawGap(key, on)
