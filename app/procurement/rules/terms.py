"""What a tender says, as values: its criteria and scales, its money, its days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.core.words import N_
from app.procurement.rules.basis import OPEN, SERVICES

FULL = 10_000
"""All points of a tender, in 0.01 point: 100 points."""

PRICE, OBJECTIVE, JUDGED = "price", "objective", "judged"
KINDS: Mapping[str, str] = {
    PRICE: N_("按价格算"),
    OBJECTIVE: N_("客观分，评委打分必须一致"),
    JUDGED: N_("评委按标准评"),
}
PARTS: Mapping[str, str] = {
    "price": N_("价格"),
    "commercial": N_("商务"),
    "technical": N_("技术"),
    "integrity": N_("诚信"),
    "credit": N_("信用"),
}
CHOICE, ITEMS, PER_ITEM, LADDER, GRADED = "choice", "items", "per-item", "ladder", "graded"
SCALES: Mapping[str, str] = {
    CHOICE: N_("符合哪一档得哪一档的分"),
    ITEMS: N_("符合一项得一项的分"),
    PER_ITEM: N_("每一件得分，到上限为止"),
    LADDER: N_("符合的项数越多分越高"),
    GRADED: N_("评委分等次给分"),
}
LONG_GROUNDS: Mapping[str, str] = {
    "fixed": N_("购买内容相对固定"),
    "stable": N_("经费来源稳定"),
    "budgeted": N_("已经列入预算"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a scale: what is met, and the points that it gives, in 0.01 point."""

    label: str
    points: int


@dataclass(frozen=True, slots=True)
class Scale:
    """How points are given for a factor: one step, the sum of steps, or so much each up to a cap (0.01 point)."""

    kind: str
    steps: tuple[Step, ...]
    cap: int = 0

    @property
    def most(self) -> int:
        """The most that this scale can give, in 0.01 point."""
        points = [step.points for step in self.steps]
        match self.kind:
            case "items":
                return sum(points)
            case "per-item":
                return self.cap
            case _:
                return max(points, default=0)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One factor of the evaluation with its points (0.01 point), kind, part, scales and words.

    `place` says where in its source it stands, for findings; empty means its position in the list.
    """

    name: str
    points: int
    kind: str = OBJECTIVE
    part: str = ""
    scales: tuple[Scale, ...] = ()
    how: str = ""
    place: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """Every word of the factor, for the rules that look for what may not be scored."""
        return (self.name, self.how, *(step.label for scale in self.scales for step in scale.steps))


@dataclass(frozen=True, slots=True)
class TenderTerms:
    """A tender as the law sees it. Money in fen, bonds in 0.01 % of what they are reckoned on, days of the place.

    `budget` is what the mandate allows; a day that is None is not part of what is judged.
    """

    title: str
    budget: int
    ceiling: int
    method: str = OPEN
    category: str = SERVICES
    criteria: tuple[Criterion, ...] = ()
    qualifications: tuple[str, ...] = ()
    minimum_price: int | None = None
    bid_bond: int = 0
    performance_bond: int = 0
    issued_on: date | None = None
    notice_until: date | None = None
    documents_until: date | None = None
    deadline: date | None = None
    term_months: int = 12
    term_from: date | None = None
    term_to: date | None = None
    long_grounds: frozenset[str] = frozenset()
    price_basis: str = ""
    candidates: int | None = None
    complex_: bool = False
    label: str = ""


def price_criterion(criteria: tuple[Criterion, ...]) -> Criterion | None:
    """The factor that is reckoned from the price, if there is one."""
    return next((criterion for criterion in criteria if criterion.kind == PRICE), None)
