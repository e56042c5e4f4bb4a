"""Each condition of an outcome in a sentence with its numbers: what was needed, what is there, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.values import BRANCH, OWNERS, PROPERTY, RESIDENTS, Area, Refusal
from app.core.words import N_
from app.voting.rules import terms as kinds
from app.voting.rules.outcome import ADOPTED, COUNTED, NOT_QUORATE, REJECTED, Count, Inequality
from app.voting.rules.terms import AREA, HEADS, MORE, PARTY, SEATS, SHOWN, UNITS, Terms, Threshold

PEOPLE_UNIT, SEATS_UNIT, PARTIES_UNIT, AREA_UNIT = "人", "席", "方", "m²"
_QUANTITY = {
    PEOPLE_UNIT: N_("%(number)s人"),
    SEATS_UNIT: N_("%(number)s席"),
    PARTIES_UNIT: N_("%(number)s方"),
}
PARTY_WORDS = {
    BRANCH: N_("党支部"),
    RESIDENTS: N_("居委会"),
    OWNERS: N_("业委会"),
    PROPERTY: N_("物业公司"),
}
OUTCOME_WORDS = {
    ADOPTED: N_("通过"),
    REJECTED: N_("未通过"),
    NOT_QUORATE: N_("参加的不够，不能作决定"),
    COUNTED: N_("已计票"),
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One condition for a reader. Numbers in `unit`: 人, 席, 方, or m² (then in 0.01 m²).

    `needed` is the least that satisfies the condition as things stand, `short` what is missing (0 where it holds);
    `numerator`/`denominator` place the mark on a bar. `sentence` and `label` are sentences with values, like refusals.
    """

    name: str
    stage: str
    of: str
    unit: str
    label: Refusal
    sentence: Refusal
    have: int
    whole: int
    needed: int
    short: int
    numerator: int
    denominator: int
    relation: str
    holds: bool
    article: str
    party: str = ""


def explanations(terms: Terms, count: Count) -> tuple[Explanation, ...]:
    """Every condition of a count, in its order."""
    return tuple(explain(terms, inequality) for inequality in count.inequalities)


def explain(terms: Terms, inequality: Inequality) -> Explanation:
    """One condition in words and numbers. Raises LookupError for a condition that the terms do not have."""
    threshold, party = _threshold(terms, inequality.name)
    have = inequality.left // threshold.denominator
    whole = inequality.right // threshold.numerator
    needed = least_needed(threshold, whole)
    short = max(0, needed - have)
    unit = _unit(terms, threshold)
    label = part_label(terms, threshold, party)
    values: dict[str, object] = {
        "label": label,
        "needed": quantity(unit, needed),
        "have": quantity(unit, have),
        "short": quantity(unit, short),
    }
    if inequality.holds:
        sentence = Refusal(N_("%(label)s须达到%(needed)s，有%(have)s，达到了。"), values, inequality.article)
    else:
        sentence = Refusal(N_("%(label)s须达到%(needed)s，有%(have)s，还差%(short)s。"), values, inequality.article)
    return Explanation(
        inequality.name,
        threshold.stage,
        threshold.of,
        unit,
        label,
        sentence,
        have,
        whole,
        needed,
        short,
        threshold.numerator,
        threshold.denominator,
        inequality.relation,
        inequality.holds,
        inequality.article,
        party,
    )


def least_needed(threshold: Threshold, whole: int) -> int:
    """The least whole number that reaches (≥) or passes (>) the mark."""
    mark = threshold.numerator * whole
    if threshold.relation == MORE:
        return mark // threshold.denominator + 1
    return -(-mark // threshold.denominator)


def quantity(unit: str, number: int) -> object:
    """A number with its unit as a value that is put into the reader's words where it is shown."""
    return Area(number) if unit == AREA_UNIT else Refusal(_QUANTITY[unit], {"number": f"{number:,}"})


def first_missing(explained: Sequence[Explanation]) -> Explanation | None:
    """The first condition that fails, or None."""
    return next((item for item in explained if not item.holds and item.stage not in SHOWN), None)


def _threshold(terms: Terms, name: str) -> tuple[Threshold, str]:
    for threshold in terms.thresholds:
        if threshold.stage == PARTY and name.startswith(f"{threshold.name}-"):
            party = name.removeprefix(f"{threshold.name}-")
            if party in PARTY_WORDS:
                return threshold, party
        if threshold.name == name:
            return threshold, ""
    raise LookupError(name)


def _unit(terms: Terms, threshold: Threshold) -> str:
    if threshold.of == AREA:
        return AREA_UNIT
    if threshold.of == HEADS:
        return SEATS_UNIT if terms.electorate == SEATS else PEOPLE_UNIT
    return PARTIES_UNIT


def part_label(terms: Terms, threshold: Threshold, party: str = "") -> Refusal:
    """What is counted towards a mark, in words."""
    if party:
        return Refusal(N_("%(party)s同意的席位"), {"party": Refusal(PARTY_WORDS[party])})
    if threshold.stage == kinds.CONSENSUS:
        return Refusal(N_("协商一致（到会的席位都同意）"))
    taking_part = threshold.stage == kinds.PARTICIPATION
    if threshold.of == AREA:
        return Refusal(N_("参加的面积") if taking_part else N_("同意的面积"))
    if threshold.of == kinds.PARTIES:
        return Refusal(N_("到会的方数") if taking_part else N_("同意的方数"))
    if terms.electorate == SEATS:
        return Refusal(N_("到会的席位") if taking_part else N_("同意的席位"))
    if terms.electorate == UNITS:
        return Refusal(N_("参加的业主") if taking_part else N_("同意的业主"))
    return Refusal(N_("参加的居民") if taking_part else N_("同意的居民"))
