"""What a register says, as values: dwellings with owners and residents, what was refused, and the figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.core.values import Refusal
from app.core.words import N_

RESIDENTIAL, BUSINESS, PARKING, OTHER = "residential", "business", "parking", "other"
USES: Mapping[str, str] = {RESIDENTIAL: N_("住宅"), BUSINESS: N_("商业"), PARKING: N_("车位"), OTHER: N_("其他用途")}

REGISTERED, SURVEYED, CONTRACTED, STATED = "registered", "surveyed", "contracted", "stated"
BASES: Mapping[str, str] = {
    REGISTERED: N_("不动产登记"),
    SURVEYED: N_("测绘"),
    CONTRACTED: N_("买卖合同"),
    STATED: N_("名册所写，依据待核"),
}
"""What a unit's floor area rests on: register, else survey, else sale contract (区分所有权解释 8)."""

SELF, RELATIVE, TENANT, GUEST = "self", "relative", "tenant", "other"
RELATIONS: Mapping[str, str] = {
    SELF: N_("业主本人"),
    RELATIVE: N_("亲属"),
    TENANT: N_("租户"),
    GUEST: N_("其他居住人"),
}


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner of one dwelling, with an integer share of it."""

    name: str
    phone: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Resident:
    """One who lives in a dwelling, how they stand to its owner and since which day."""

    name: str
    phone: str
    relation: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Dwelling:
    """One exclusive part: where it is, its floor area in 0.01 m², who owns it and who lives in it.

    `code` is its name on ballots and posters (`1-1-101`), `row` where it starts in the spreadsheet;
    `developer` means unsold, or sold but not handed over.
    """

    row: int
    building: str
    unit: str
    room: str
    code: str
    area: int
    use: str
    basis: str
    developer: bool
    owners: tuple[Owner, ...]
    residents: tuple[Resident, ...]


def dwelling_code(building: str, unit: str, room: str) -> str:
    """Building, unit if there is one, and room, joined: `1-1-101`, `3-S2`."""
    return "-".join(part for part in (building, unit, room) if part)


@dataclass(frozen=True, slots=True)
class Finding:
    """One cell that cannot be taken as it stands: its row and column as the spreadsheet shows them, and why."""

    row: int
    column: str
    reason: Refusal
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a register adds up to; `owners` counts heads, `area` is in 0.01 m²."""

    dwellings: int = 0
    area: int = 0
    owners: int = 0
    co_owned: int = 0
    developer: int = 0
    not_lived_in_by_owner: int = 0
    tenants: int = 0
    residents: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a spreadsheet: all of it counts, or none while anything is found wrong."""

    dwellings: tuple[Dwelling, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Refusal, ...]
    figures: Figures = field(default_factory=Figures)

    @property
    def rejected_rows(self) -> tuple[int, ...]:
        """The rows that somebody has to mend, in order."""
        return tuple(sorted({finding.row for finding in self.findings}))
