"""How long a contract for services may last."""

from calendar import monthrange
from datetime import date

from app.core.words import N_
from app.procurement.rules.basis import Basis, Finding, finding
from app.procurement.rules.terms import LONG_GROUNDS, TenderTerms


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def term_findings(terms: TenderTerms, basis: Basis) -> list[Finding]:
    """One year at most; three where content is fixed, funds are stable and budgeted (102号令 24)."""
    if not _longer(terms, 12 * basis.row("contract_years").whole):
        return []
    row = basis.row("contract_years_fixed")
    if _longer(terms, 12 * row.whole):
        sentence = N_("服务期最长%(years)s年。")
        return [finding("term-over-three-years", row, "term", sentence, years=row.whole)]
    missing = [words for ground, words in LONG_GROUNDS.items() if ground not in terms.long_grounds]
    if missing:
        sentence = N_(
            "服务期一般不超过1年。超过1年的，要写明购买内容相对固定、经费来源稳定、已经列入预算；现在缺%(count)s项。"
        )
        row = basis.row("contract_years")
        return [finding("term-over-one-year", row, "term", sentence, count=len(missing))]
    return []


def _longer(terms: TenderTerms, months: int) -> bool:
    if terms.term_from is not None and terms.term_to is not None:
        return terms.term_to > months_after(terms.term_from, months)
    return terms.term_months > months
