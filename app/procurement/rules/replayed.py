"""Reading a tender that was published elsewhere, with its criteria, weights and terms, from a file of facts.

The shape: `id`, `title`, `method`, `budget_cny` or `budget_cny_per_year`, `weights` in percent by part, `criteria` with a
`weight` in percent of the total and scales in percent of the criterion, `term` (`years`, or `from` and `to`). Amounts are
in yuan with at most two decimals and become fen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from app.core.values import Refusal
from app.core.words import N_
from app.procurement.rules.basis import CATEGORIES, METHODS, OPEN, SERVICES, Basis, Finding, finding
from app.procurement.rules.review import review
from app.procurement.rules.scales import Unreadable, read_criteria, whole
from app.procurement.rules.terms import TenderTerms

_METHODS = {"public_tender": OPEN, "open_tender": OPEN, **{name: name for name in METHODS}}
_DAYS = 31
MOST = 10**15
"""The largest amount that anybody means, in fen: ten trillion yuan."""


@dataclass(frozen=True, slots=True)
class ReplayedTender:
    """One tender of the file: its name there, its terms, its buyer and what else it says that law looks at."""

    source: str
    terms: TenderTerms
    buyer: str = ""
    agency: str = ""
    yearly: bool = False
    parts: tuple[tuple[str, int, int], ...] = ()
    local: tuple[tuple[str, int], ...] = ()
    fewest: int | None = None
    payment: str = ""
    acceptance: str = ""


def read_tender(raw: object) -> ReplayedTender:
    """One tender of the file, or the place and the sentence at which it cannot be read. Raises Unreadable."""
    if not isinstance(raw, Mapping):
        raise Unreadable("$", Refusal(N_("这里应当是一个采购项目。")))
    source, title = _text(raw, "id", 80), _text(raw, "title", 200)
    method = _METHODS.get(str(raw.get("method", "")))
    if method is None:
        raise Unreadable("method", Refusal(N_("不认识的采购方式%(given)s。"), {"given": str(raw.get("method"))}))
    category = str(raw.get("category", SERVICES))
    if category not in CATEGORIES:
        raise Unreadable("category", Refusal(N_("不认识的采购类别%(given)s。"), {"given": category}))
    yearly = "budget_cny_per_year" in raw
    budget = _fen(raw, "budget_cny_per_year" if yearly else "budget_cny")
    if budget is None or budget <= 0:
        raise Unreadable("budget_cny", Refusal(N_("预算要写清楚，而且大于0元。")))
    ceiling = _fen(raw, "ceiling_cny")
    criteria, parts = read_criteria(raw)
    months, first, last = _term(raw.get("term"))
    terms = TenderTerms(
        title=title,
        label=source,
        budget=budget,
        ceiling=budget if ceiling is None else ceiling,
        method=method,
        category=category,
        criteria=criteria,
        qualifications=_texts(raw, "qualifications"),
        minimum_price=_fen(raw, "minimum_price_cny"),
        bid_bond=_fen(raw, "bid_bond") or 0,
        performance_bond=whole(raw.get("performance_bond_pct", 0), "performance_bond_pct", 100),
        term_months=months,
        term_from=first,
        term_to=last,
        price_basis=str(raw.get("budget_basis", "")),
        candidates=_count(raw, "candidates"),
    )
    local = raw.get("local_stricter_rules", {})
    rules = (
        tuple((str(name), whole(value, name)) for name, value in local.items()) if isinstance(local, Mapping) else ()
    )
    return ReplayedTender(
        source,
        terms,
        str(raw.get("buyer", ""))[:120],
        str(raw.get("agency", ""))[:120],
        yearly,
        parts,
        rules,
        _count(raw, "min_effective_suppliers"),
        _said(raw.get("payment")),
        _said(raw.get("performance")),
    )


def replay_findings(tender: ReplayedTender, basis: Basis) -> list[Finding]:
    """What a published tender breaks: the review of its terms, its own sums, and local rules looser than the law."""
    found = list(review(tender.terms, basis))
    for part, stated, summed in tender.parts:
        if stated != summed:
            sentence = N_("这一部分写的分值和各项加起来的不一样。")
            found.append(finding("part-does-not-add-up", basis.row("weights"), f"weights.{part}", sentence))
    found.extend(_looser(tender, basis))
    return sorted(found, key=lambda one: not one.binding)


def _looser(tender: ReplayedTender, basis: Basis) -> list[Finding]:
    method = tender.terms.method
    bounds = {
        "contract_sign_days": ("sign_days", False),
        "notice_days_min_working": (f"{method}.notice_workdays", True),
        "clarification_days_before": (f"{method}.clarification_days", True),
        "response_days_min": (f"{method}.response_days", True),
    }
    found: list[Finding] = []
    given = [(f"local_stricter_rules.{name}", *bounds[name], value) for name, value in tender.local if name in bounds]
    if tender.fewest is not None:
        given.append(("min_effective_suppliers", f"{method}.bidders", True, tender.fewest))
    for where, key, least, value in given:
        row = basis.find(key)
        if row is not None and (value < row.value if least else value > row.value):
            sentence = N_("自己定的期限或家数可以比法律严，不能比法律松；法律是%(law)s，这里是%(given)s。")
            found.append(finding("looser-than-law", row, where, sentence, law=row.whole, given=value))
    return found


def _term(raw: object) -> tuple[int, date | None, date | None]:
    if not isinstance(raw, Mapping):
        return 12, None, None
    if "from" in raw or "to" in raw:
        try:
            first, last = date.fromisoformat(str(raw.get("from"))), date.fromisoformat(str(raw.get("to")))
        except ValueError:
            raise Unreadable("term", Refusal(N_("服务期的起止日期读不懂，请写成2026-03-11这样。"))) from None
        if last <= first:
            raise Unreadable("term", Refusal(N_("服务期的结束日期要晚于开始日期。")))
        return -(-(last - first).days // _DAYS), first, last
    return whole(raw.get("years", 1), "term.years", 12), None, None


def _said(given: object) -> str:
    """A text, a list of texts or a table of them, one thing a line."""
    if isinstance(given, Mapping):
        return "\n".join(f"{name}：{_said(value)}" for name, value in given.items())[:2000]
    if isinstance(given, Sequence) and not isinstance(given, str):
        return "\n".join(_said(one) for one in given)[:2000]
    return "" if given is None else str(given)[:2000]


def _text(raw: Mapping[str, object], key: str, most: int) -> str:
    given = raw.get(key)
    if not isinstance(given, str) or not given.strip():
        raise Unreadable(key, Refusal(N_("缺少%(key)s。"), {"key": key}))
    if len(given.strip()) > most:
        raise Unreadable(key, Refusal(N_("%(key)s最多%(most)s个字。"), {"key": key, "most": most}))
    return "".join(sign for sign in given.strip() if sign.isprintable())


def _texts(raw: Mapping[str, object], key: str) -> tuple[str, ...]:
    given = raw.get(key, ())
    return tuple(str(text) for text in given) if isinstance(given, Sequence) and not isinstance(given, str) else ()


def _count(raw: Mapping[str, object], key: str) -> int | None:
    return whole(raw[key], key) if key in raw else None


def _fen(raw: Mapping[str, object], key: str) -> int | None:
    given = raw.get(key)
    if given is None:
        return None
    try:
        amount = Decimal("NaN" if "e" in str(given).lower() else str(given)) * 100
    except InvalidOperation:
        amount = Decimal("NaN")
    if isinstance(given, bool) or not amount.is_finite() or abs(amount) > MOST or amount != int(amount):
        raise Unreadable(
            key, Refusal(N_("金额读不懂：%(given)s。请写成元，最多两位小数。"), {"given": str(given)[:40]})
        )
    if amount < 0:
        raise Unreadable(key, Refusal(N_("金额不能是负数。")))
    return int(amount)
