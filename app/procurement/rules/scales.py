"""Reading criteria and the scales by which points are given, from percentages to points."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import cast

from app.core.values import Refusal
from app.core.words import N_
from app.procurement.rules.terms import (
    CHOICE,
    GRADED,
    ITEMS,
    JUDGED,
    LADDER,
    OBJECTIVE,
    PARTS,
    PER_ITEM,
    PRICE,
    Criterion,
    Scale,
    Step,
)

MOST = 10**9


class Unreadable(ValueError):
    """A place of the file that cannot be read, with a sentence that says why."""

    def __init__(self, where: str, refusal: Refusal) -> None:
        super().__init__(f"{where}: {refusal.sentence}")
        self.where = where
        self.refusal = refusal


def whole(given: object, where: str, times: int = 1) -> int:
    """A number that is whole once multiplied, and not negative. Raises Unreadable."""
    try:
        number = Decimal("NaN" if "e" in str(given).lower() else str(given)) * times
    except InvalidOperation:
        number = Decimal("NaN")
    if isinstance(given, bool) or not number.is_finite() or not 0 <= number <= MOST or number != int(number):
        raise Unreadable(where, Refusal(N_("这里应当是一个不小于0的数：%(given)s。"), {"given": str(given)[:40]}))
    return int(number)


def read_criteria(raw: Mapping[str, object]) -> tuple[tuple[Criterion, ...], tuple[tuple[str, int, int], ...]]:
    """The factors of a tender with the price among them, and for each part its stated points and the sum of its factors.

    A part of which no factor is given becomes one factor without a scale. Raises Unreadable.
    """
    weights = raw.get("weights")
    if not isinstance(weights, Mapping) or not weights:
        raise Unreadable("weights", Refusal(N_("缺少各部分的分值。")))
    listed = raw.get("criteria", ())
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        raise Unreadable("criteria", Refusal(N_("评分因素应当是一个列表。")))
    read = [_criterion(one, index) for index, one in enumerate(listed)]
    factors: list[Criterion] = []
    sums: list[tuple[str, int, int]] = []
    for part, given in weights.items():
        points = whole(given, f"weights.{part}", 100)
        name, here = PARTS.get(part, part), f"weights.{part}"
        if part == PRICE:
            factors.append(Criterion(name, points, PRICE, part, how=str(raw.get("formula", "")), place=here))
            continue
        own = [factor for factor in read if factor.part == part]
        factors.extend(own or [Criterion(name, points, JUDGED, part, place=here)])
        sums.append((part, points, sum(factor.points for factor in own) if own else points))
    stray = next((factor for factor in read if factor.part not in weights), None)
    if stray is not None:
        raise Unreadable(stray.place, Refusal(N_("这一项属于没有分值的部分。")))
    return tuple(factors), tuple(sums)


def _criterion(raw: object, index: int) -> Criterion:
    where = f"criteria[{index}]"
    if not isinstance(raw, Mapping) or not str(raw.get("name", "")).strip():
        raise Unreadable(where, Refusal(N_("评分因素没有名称。")))
    name, points = str(raw["name"]).strip()[:120], whole(raw.get("weight"), f"{where}.weight", 100)
    kind = OBJECTIVE if raw.get("kind") == "objective" else JUDGED
    return Criterion(
        name, points, kind, str(raw.get("part", "")), tuple(_scales(raw, points, where)), place=f"{where} {name}"
    )


def _scales(raw: Mapping[str, object], points: int, where: str) -> list[Scale]:
    def share(given: object) -> int:
        return whole(Decimal(points) * whole(given, where) / 100, where)

    def steps(given: object) -> tuple[Step, ...]:
        if isinstance(given, Mapping):
            return tuple(Step(str(label), share(value)) for label, value in given.items())
        if isinstance(given, Sequence) and not isinstance(given, str):
            return tuple(Step(f"{number}", share(value)) for number, value in enumerate(given, start=1))
        return (Step("1", share(given)),)

    cap = share(raw.get("cap", 100))
    found: list[Scale] = []
    for key, kind in (("scale", CHOICE), ("per_item", PER_ITEM), ("items", ITEMS), ("checklist", LADDER)):
        if key in raw:
            found.append(Scale(kind, steps(raw[key]), cap if kind == PER_ITEM else 0))
    if "checklist_each" in raw:
        found.append(Scale(PER_ITEM, steps(raw["checklist_each"]), share(raw.get("checklist_cap", 100))))
    if raw.get("all_or_nothing") is True:
        found.append(Scale(CHOICE, (Step(N_("全部符合"), points), Step(N_("有一项不符合"), 0))))
    if "graded" in raw:
        found.append(Scale(GRADED, steps(cast("Mapping[str, object]", raw["graded"]))))
    return found
