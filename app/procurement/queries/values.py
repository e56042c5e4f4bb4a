"""From rows to the values on which rules work, and back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.bylaws.queries import rules_in_force, workdays
from app.communities.queries import get_community
from app.core.values import Fen, Refusal
from app.procurement import rules
from app.procurement.models import (
    AWARDED,
    BIDDING,
    COMPLETED,
    DRAFT,
    FAILED,
    OPENED,
    RANKED,
    RESULT,
    SIGNED,
    Award,
    PanelMember,
    Tender,
    TenderCriterion,
)

SEALED, CHALLENGE, SIGNING = "sealed", "challenge", "signing"
STATES = (DRAFT, BIDDING, SEALED, FAILED, OPENED, RANKED, AWARDED, CHALLENGE, SIGNING, SIGNED, COMPLETED)


def basis(community_id: int, on: date) -> rules.Basis:
    """The law of buying as it holds in a community on a day, with its own published figures and days."""
    own = tuple(rule.row for rule in rules_in_force(community_id, on) if rule.local)
    return rules.Basis(on, workdays(community_id), own)


def zone_of(community_id: int) -> ZoneInfo:
    """The time zone in which a community counts its days."""
    return ZoneInfo(get_community(community_id).zone)


def state(tender: Tender, now: datetime, award: Award | None = None, today: date | None = None) -> str:
    """What a reader is told about a tender: its last step, and what the dates say since then."""
    if tender.stage == BIDDING and now >= tender.deadline:
        return SEALED
    if tender.stage == RESULT:
        over = award and award.challenge_until and today and today > award.challenge_until
        return SIGNING if over else CHALLENGE
    return tender.stage


def scale_values(raw: Sequence[Mapping[str, Any]]) -> tuple[rules.Scale, ...]:
    """Scales as rules see them, from their stored form."""
    return tuple(
        rules.Scale(one["kind"], tuple(rules.Step(label, points) for label, points in one["steps"]), one["cap"])
        for one in raw
    )


def stored_scales(scales: Sequence[rules.Scale]) -> list[dict[str, Any]]:
    """Scales as they are stored."""
    return [
        {"kind": one.kind, "steps": [[step.label, step.points] for step in one.steps], "cap": one.cap} for one in scales
    ]


def criterion_value(row: TenderCriterion) -> rules.Criterion:
    """A factor as rules see it."""
    return rules.Criterion(row.name, row.points, row.kind, row.part, scale_values(row.scales), row.how, row.place)


def terms(tender: Tender, criteria: Sequence[TenderCriterion], issued_on: date, zone: ZoneInfo) -> rules.TenderTerms:
    """A tender as the law sees it, were it issued on a day."""
    return rules.TenderTerms(
        title=tender.title,
        budget=tender.budget,
        ceiling=tender.ceiling,
        method=tender.method,
        category=tender.category,
        criteria=tuple(criterion_value(row) for row in criteria),
        qualifications=tuple(tender.qualifications),
        minimum_price=tender.minimum_price,
        bid_bond=tender.bid_bond,
        performance_bond=tender.performance_bond,
        issued_on=issued_on,
        deadline=tender.deadline.astimezone(zone).date(),
        term_months=tender.term_months,
        term_from=tender.term_from,
        term_to=tender.term_to,
        long_grounds=frozenset(tender.long_grounds),
        price_basis=tender.price_basis,
        candidates=tender.candidates,
        complex_=tender.demanding,
    )


def expect(tender: Tender, law: rules.Basis, due: date) -> None:
    """Write down the days that follow from a deadline: the last for clarifications, evaluation, decision and result."""
    tender.clarify_by = rules.clarify_by(tender.method, due, law)
    tender.evaluate_by = law.workdays.after_workdays(due, 1).last
    closing = rules.after_evaluation(tender.evaluate_by, law)
    tender.decision_due, tender.result_due = closing.decide.last, closing.publish.last
    tender.provisional = tender.provisional or closing.publish.provisional


def seat_value(row: PanelMember) -> rules.PanelSeat:
    """A seat of a panel as rules see it."""
    return rules.PanelSeat(row.account_id, row.kind, row.chairs, row.conflicted)


def stored_finding(found: rules.Finding) -> dict[str, Any]:
    """A finding as it stays on record with its tender: the sentence as it was, its values spelled."""
    values = {name: _spelled(value) for name, value in found.refusal.values.items()}
    return {
        "rule": found.rule,
        "article": found.article,
        "where": found.where,
        "binding": found.binding,
        "sentence": found.refusal.sentence,
        "values": values,
    }


def finding_value(raw: Mapping[str, Any]) -> rules.Finding:
    """A finding from the record."""
    values = {name: _read(value) for name, value in raw["values"].items()}
    refusal = Refusal(raw["sentence"], values, raw["article"])
    return rules.Finding(raw["rule"], raw["article"], raw["where"], raw["binding"], refusal)


def _spelled(value: object) -> Any:
    if isinstance(value, Fen):
        return {"fen": value.amount}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _read(value: Any) -> object:
    if isinstance(value, dict):
        return Fen(value["fen"]) if "fen" in value else date.fromisoformat(value["day"])
    return value
