"""Points for bids: exact fractions, the price by its formula, the rest by the members of the panel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.core.values import Refusal
from app.core.words import N_
from app.procurement.rules.criteria import points
from app.procurement.rules.terms import OBJECTIVE, PRICE, Criterion

REASONS: Mapping[str, str] = {
    "arithmetic": N_("分值汇总计算错误"),
    "out_of_range": N_("分项评分超出评分标准的范围"),
    "objective_differs": N_("评委对客观分打得不一致"),
    "clearly_abnormal": N_("评委一致认为评分畸高或畸低"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A compliant bid as it is ranked: its number in the record, its price in fen, when it came (for display only)."""

    bid: str
    price: int


@dataclass(frozen=True, slots=True)
class Scored:
    """An offer with its points for each factor, in the order of the factors, and their sum (of 100)."""

    offer: Offer
    factors: tuple[Fraction, ...]

    @property
    def total(self) -> Fraction:
        """The sum of all factors."""
        return sum(self.factors, Fraction(0))


Sheet = Mapping[tuple[str, int], int]
"""One member's points in 0.01 point by bid and position of the factor."""


def price_points(price: int, lowest: int, weight: int) -> Fraction:
    """Points for a price: lowest compliant price ÷ price × points of the factor (87号令 55).

    Prices in fen and positive, weight in 0.01 point; the answer is in points, exact. Raises ValueError otherwise.
    """
    if not 0 < lowest <= price:
        raise ValueError("the lowest compliant price is positive and not above this one")
    return Fraction(lowest, price) * Fraction(weight, 100)


def score_refusal(criterion: Criterion, given: int) -> Refusal | None:
    """Points lie between nothing and the points of the factor; the price is not for members to score."""
    if criterion.kind == PRICE:
        return Refusal(N_("价格分由公式计算，不用评委打分。"), article="87号令 55")
    if not 0 <= given <= criterion.points:
        sentence = N_("“%(name)s”的得分应当在0和%(most)s之间，您写的是%(given)s。")
        values = {"name": criterion.name, "most": points(criterion.points), "given": points(given)}
        return Refusal(sentence, values, "87号令 55")
    return None


def sheet_refusal(criteria: Sequence[Criterion], bids: Sequence[str], sheet: Sheet) -> Refusal | None:
    """A member hands in points for every factor of every bid, or none."""
    due = [(bid, index) for bid in bids for index, factor in enumerate(criteria) if factor.kind != PRICE]
    missing = sum(place not in sheet for place in due)
    if missing:
        return Refusal(N_("还有%(missing)s项没有打分，打完才能提交。"), {"missing": missing})
    for (_, index), given in sheet.items():
        refusal = score_refusal(criteria[index], given)
        if refusal is not None:
            return refusal
    return None


def change_refusal(submitted: bool, reason: str) -> Refusal | None:
    """Submitted scores change only for an error of sum, of range, of an objective factor, or a clear abnormality."""
    if submitted and reason not in REASONS:
        return Refusal(
            N_("评分提交以后，只有算错、超出范围、客观分不一致、评分畸高畸低四种情况可以改，请选明是哪一种。"),
            article="87号令 64",
        )
    return None


def objective_differences(
    criteria: Sequence[Criterion], bids: Sequence[str], sheets: Sequence[Sheet]
) -> list[tuple[str, int]]:
    """Where members gave different points for an objective factor: bid and position of the factor (87号令 64)."""
    return [
        (bid, index)
        for bid in bids
        for index, criterion in enumerate(criteria)
        if criterion.kind == OBJECTIVE and len({sheet[bid, index] for sheet in sheets if (bid, index) in sheet}) > 1
    ]


def differences_refusal(criteria: Sequence[Criterion], bids: Sequence[str], sheets: Sequence[Sheet]) -> Refusal | None:
    """There is no ranking while members disagree about an objective factor."""
    found = objective_differences(criteria, bids, sheets)
    if not found:
        return None
    names = list(dict.fromkeys(criteria[index].name for _, index in found))
    sentence = N_("客观分“%(names)s”有评委打得不一样，要先核对改正。")
    return Refusal(sentence, {"names": "、".join(names)}, "87号令 64")


def score(criteria: Sequence[Criterion], offers: Sequence[Offer], sheets: Sequence[Sheet]) -> list[Scored]:
    """The points of every offer: the mean of the members' points for a factor, the price by its formula.

    `sheets` are complete. Answers in the order of the offers.
    """
    if not offers:
        return []
    lowest = min(offer.price for offer in offers)
    return [Scored(offer, tuple(_factors(criteria, offer, lowest, sheets))) for offer in offers]


def _factors(criteria: Sequence[Criterion], offer: Offer, lowest: int, sheets: Sequence[Sheet]) -> list[Fraction]:
    found: list[Fraction] = []
    for index, criterion in enumerate(criteria):
        if criterion.kind == PRICE:
            found.append(price_points(offer.price, lowest, criterion.points))
        else:
            given = [sheet[offer.bid, index] for sheet in sheets]
            found.append(Fraction(sum(given), 100 * len(given)))
    return found
