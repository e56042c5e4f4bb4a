"""On which law and which calendar a tender is judged, and what a rule finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.core.law import LawGap, LawRow, law_row
from app.core.values import Refusal
from app.core.words import N_
from app.core.workdays import Workdays

OPEN = "open"
CONSULTATION = "competitive_consultation"
NEGOTIATION = "competitive_negotiation"
QUOTATION = "request_for_quotation"
SINGLE_SOURCE = "single_source"
METHODS: Mapping[str, str] = {
    OPEN: N_("公开招标"),
    CONSULTATION: N_("竞争性磋商"),
    NEGOTIATION: N_("竞争性谈判"),
    QUOTATION: N_("询价"),
    SINGLE_SOURCE: N_("单一来源"),
}
SERVICES, GOODS = "services", "goods"
CATEGORIES: Mapping[str, str] = {SERVICES: N_("服务"), GOODS: N_("货物")}


@dataclass(frozen=True)
class Basis:
    """The rows of law in force on a day, with a community's own overrides and its working days."""

    on: date
    workdays: Workdays = field(default_factory=Workdays)
    overrides: tuple[LawRow, ...] = ()

    def row(self, key: str) -> LawRow:
        """The row in force for a key of this subject. Raises LawGap."""
        return law_row(f"procurement.{key}", self.on, self.overrides)

    def find(self, key: str) -> LawRow | None:
        """The row in force for a key of this subject, if there is one."""
        try:
            return self.row(key)
        except LawGap:
            return None


@dataclass(frozen=True, slots=True)
class Finding:
    """What in a tender breaks which article, and where. One that does not bind is to be confirmed locally."""

    rule: str
    article: str
    where: str
    binding: bool
    refusal: Refusal


def finding(rule: str, row: LawRow, where: str, sentence: str, **values: object) -> Finding:
    """A finding under one row of law, which binds only as far as the row does."""
    return Finding(rule, row.article, where, row.binding, Refusal(sentence, values, row.article))


def binding_refusal(findings: list[Finding]) -> Refusal | None:
    """The first finding that binds, as a refusal."""
    return next((found.refusal for found in findings if found.binding), None)
