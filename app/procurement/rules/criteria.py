"""How bids are scored: weights, price, quantified factors, and what is a condition and not a factor."""

import re
from fractions import Fraction

from app.core.law import LawRow
from app.core.words import N_
from app.procurement.rules.basis import Basis, Finding, finding
from app.procurement.rules.forbidden import criterion_findings, forbidden_findings, plain, regional_honours
from app.procurement.rules.terms import FULL, GRADED, PRICE, Criterion, TenderTerms, price_criterion

# 政府采购法 22: conditions of every supplier. From memory, so that findings under it are to be confirmed locally.
_STATUTORY = re.compile("五险|社会保险|社保|依法纳税|无重大违法|违法记录|失信|诚信管理")


def place(index: int, criterion: Criterion) -> str:
    """Where a factor stands, in words that a reader finds again."""
    return criterion.place or f"criteria[{index}] {criterion.name}"


def weight_findings(terms: TenderTerms, basis: Basis) -> list[Finding]:
    """Weights sum to 100 %; the price has at least 10 % of a service and 30 % of goods (87号令 55)."""
    found: list[Finding] = []
    total = sum(criterion.points for criterion in terms.criteria)
    if total != FULL:
        sentence = N_("各项分值加起来是%(total)s分，应当正好是100分。")
        found.append(finding("weights-not-100", basis.row("weights"), "criteria", sentence, total=points(total)))
    price = price_criterion(terms.criteria)
    weight = Fraction(price.points if price else 0, FULL)
    where = (price.place if price else "") or "price"
    least = basis.find(f"{terms.method}.price_weight.{terms.category}")
    if least is not None and weight < least.value:
        sentence = N_("价格分只占%(share)s%%，不能少于%(least)s%%。")
        values = {"share": percent(weight), "least": percent(least.value)}
        found.append(finding("price-weight-too-low", least, where, sentence, **values))
    most = basis.find(f"{terms.method}.price_weight_most.{terms.category}")
    if most is not None and weight > most.value:
        sentence = N_("价格分占了%(share)s%%，不能多于%(most)s%%。")
        values = {"share": percent(weight), "most": percent(most.value)}
        found.append(finding("price-weight-too-high", most, where, sentence, **values))
    return found


def factor_findings(terms: TenderTerms, basis: Basis) -> list[Finding]:
    """Every factor is quantified, none is a condition of taking part, none asks what may not be asked."""
    conditions = {plain(text) for text in terms.qualifications}
    quantified = basis.find(f"{terms.method}.quantified") or basis.row("quantified")
    found: list[Finding] = []
    for index, criterion in enumerate(terms.criteria):
        where = place(index, criterion)
        found.extend(criterion_findings(criterion, where, basis))
        if criterion.kind == PRICE:
            continue
        found.extend(_quantified(criterion, where, quantified))
        if _is_condition(criterion, conditions):
            sentence = N_("“%(name)s”已经是参加的条件，不能再拿来评分。")
            row = basis.row("qualification_scored")
            found.append(finding("qualification-scored", row, where, sentence, name=criterion.name))
        found.extend(_statutory(criterion, where, basis))
    return found


def qualification_findings(terms: TenderTerms, basis: Basis) -> list[Finding]:
    """No condition of taking part asks for size or for a place (87号令 17, 条例 20)."""
    found: list[Finding] = []
    for index, text in enumerate(terms.qualifications):
        where = f"qualifications[{index}]"
        found.extend(forbidden_findings(text, where, basis))
        found.extend(regional_honours((text,), where, basis))
    return found


def _is_condition(criterion: Criterion, conditions: set[str]) -> bool:
    name = plain(criterion.name)
    named = len(name) >= 4 and any(name in condition for condition in conditions)
    return named or any(plain(text) in conditions for text in criterion.texts if text)


def _quantified(criterion: Criterion, where: str, row: LawRow) -> list[Finding]:
    reach = sum(scale.most for scale in criterion.scales)
    if reach == 0:
        sentence = N_("“%(name)s”没有写怎么给分。每一项都要写明得分的标准。")
        return [finding("not-quantified", row, where, sentence, name=criterion.name)]
    if reach != criterion.points:
        sentence = N_("“%(name)s”照标准最多得%(reach)s分，分值却是%(points)s分，两个数要一样。")
        values = {"name": criterion.name, "reach": points(reach), "points": points(criterion.points)}
        return [finding("scale-does-not-reach", row, where, sentence, **values)]
    return []


def _statutory(criterion: Criterion, where: str, basis: Basis) -> list[Finding]:
    words = list(dict.fromkeys(hit for text in criterion.texts for hit in _STATUTORY.findall(plain(text))))
    if not words:
        return []
    sentence = N_("“%(words)s”是每个供应商本来就要满足的条件，不宜再拿来评分。")
    row = basis.row("statutory_qualification")
    return [finding("statutory-condition-scored", row, where, sentence, words="、".join(words))]


def graded_findings(terms: TenderTerms, basis: Basis) -> list[Finding]:
    """A grade in a bare word (优、良、中、差) leaves the points to taste; its standard has to be written down."""
    bare = {"优", "良", "中", "差", "优秀", "良好", "一般", "较差"}
    row = basis.row("quantified_grades")
    found: list[Finding] = []
    for index, criterion in enumerate(terms.criteria):
        graded = [scale for scale in criterion.scales if scale.kind == GRADED]
        words = [step.label for scale in graded for step in scale.steps if plain(step.label) in bare]
        if words:
            sentence = N_("“%(name)s”按%(words)s分等次，要写明达到什么才是哪一等。")
            values = {"name": criterion.name, "words": "、".join(words)}
            found.append(finding("grade-without-standard", row, place(index, criterion), sentence, **values))
    return found


def points(amount: int) -> str:
    """Points as people write them: 0.01 point in, `8` or `7.5` out."""
    whole, rest = divmod(amount, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def percent(share: Fraction) -> str:
    """A share in percent, exact to 0.01 and rounded down: for sentences only."""
    return points(int(share * FULL))
