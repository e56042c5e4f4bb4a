"""A second spreadsheet beside the register that exists: what it adds, what it changes, and why it cannot be taken."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.values import Refusal
from app.core.words import N_
from app.register.rules.values import STATED

NAMED_CODES = 20


@dataclass(frozen=True, slots=True)
class Known:
    """One dwelling reduced to what can be compared: persons by their prints, never by their names.

    `owners` holds print, numerator and denominator; `residents` holds print and relation.
    """

    area: int
    use: str
    basis: str
    developer: bool
    owners: frozenset[tuple[str, int, int]]
    residents: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Changes:
    """Codes of dwellings, each list in the order of the spreadsheet (`missing`: of the register)."""

    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    residents: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    @property
    def none(self) -> bool:
        """Whether the spreadsheet says what the register says already."""
        return not (self.added or self.missing or self.owners or self.residents or self.measures)


def compare(known: Mapping[str, Known], told: Mapping[str, Known]) -> Changes:
    """What a spreadsheet (`told`) changes in the register (`known`), both by the dwellings' codes."""
    both = [(code, known[code], new) for code, new in told.items() if code in known]
    return Changes(
        added=tuple(code for code in told if code not in known),
        missing=tuple(code for code in known if code not in told),
        owners=tuple(code for code, old, new in both if (old.owners, old.developer) != (new.owners, new.developer)),
        residents=tuple(code for code, old, new in both if old.residents != new.residents),
        measures=tuple(code for code, old, new in both if measured(old, new) != (old.area, old.use, old.basis)),
    )


def measured(old: Known, new: Known) -> tuple[int, str, str]:
    """Area, use and basis after the spreadsheet; a spreadsheet that names no basis leaves the one on record."""
    same_area = old.area == new.area and new.basis == STATED
    return new.area, new.use, old.basis if same_area else new.basis


def missing_refusal(changes: Changes) -> Refusal | None:
    """A register never loses a dwelling because a list forgot it."""
    if not changes.missing:
        return None
    named = "、".join(changes.missing[:NAMED_CODES])
    return Refusal(
        N_("名册里已有的%(count)s户，这张表里没有：%(codes)s。请补上再导入；拆除、合并的房屋请到服务台办理。"),
        {"count": len(changes.missing), "codes": named + ("…" if len(changes.missing) > NAMED_CODES else "")},
    )
