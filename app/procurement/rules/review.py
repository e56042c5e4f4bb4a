"""Everything that a tender breaks, article by article."""

from app.core.words import N_
from app.procurement.rules.basis import Basis, Finding, finding
from app.procurement.rules.criteria import factor_findings, graded_findings, qualification_findings, weight_findings
from app.procurement.rules.duration import term_findings
from app.procurement.rules.money import money_findings
from app.procurement.rules.terms import TenderTerms
from app.procurement.rules.timetable import timetable_findings


def review(terms: TenderTerms, basis: Basis) -> list[Finding]:
    """What in a tender breaks which article, and where: those that bind first, else in the order of the tender."""
    found = [
        *money_findings(terms, basis),
        *timetable_findings(terms, basis),
        *term_findings(terms, basis),
        *qualification_findings(terms, basis),
        *weight_findings(terms, basis),
        *factor_findings(terms, basis),
        *graded_findings(terms, basis),
        *_labour_hire(terms, basis),
        *_candidates(terms, basis),
    ]
    return sorted(found, key=lambda one: not one.binding)


def _labour_hire(terms: TenderTerms, basis: Basis) -> list[Finding]:
    """A budget reckoned by persons is a sign of labour hire, which is no service that may be bought."""
    if not any(sign in terms.price_basis.lower() for sign in ("/person", "人/年", "人/月", "/人", "person-year")):
        return []
    sentence = N_("预算按人头计算，要说明买的是服务而不是用人（劳务派遣不能用购买服务的办法买）。")
    return [finding("priced-by-persons", basis.row("labour_hire_sign"), "budget_basis", sentence)]


def _candidates(terms: TenderTerms, basis: Basis) -> list[Finding]:
    row = basis.find(f"{terms.method}.candidates")
    if row is None or terms.candidates is None or terms.candidates >= row.whole:
        return []
    sentence = N_("推荐的候选供应商只有%(candidates)s家，一般不少于%(least)s家。")
    values = {"candidates": terms.candidates, "least": row.whole}
    return [finding("too-few-candidates", row, "candidates", sentence, **values)]
