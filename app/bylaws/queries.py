"""Which figure holds here today."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy import select

from app.bylaws.models import LocalRule
from app.core.db import db
from app.core.law import LawGap, LawRow, law_row, law_rows


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A row as it holds in a community, beside the house's own row and what is published for later."""

    row: LawRow
    law: LawRow
    local: bool
    coming: date | None


def law(community_id: int, key: str, on: date) -> LawRow:
    """The row that holds in a community on a day: its own published figure, else the law's. Raises LawGap."""
    base = law_row(key, on)
    wanted = (
        select(LocalRule)
        .where(LocalRule.community_id == community_id, LocalRule.key == key, LocalRule.from_day <= on)
        .order_by(LocalRule.from_day.desc(), LocalRule.id.desc())
        .limit(1)
    )
    own = db.session.scalar(wanted)
    return base if own is None else _laid_over(base, own)


def rules_in_force(community_id: int, on: date) -> list[RuleInForce]:
    """Every row of the house as it holds in a community on a day, by its key; two statements at most."""
    wanted = select(LocalRule).filter_by(community_id=community_id).order_by(LocalRule.from_day, LocalRule.id)
    own: dict[str, list[LocalRule]] = {}
    for rule in db.session.scalars(wanted):
        own.setdefault(rule.key, []).append(rule)
    found = []
    for key in sorted({row.key for row in law_rows()}):
        try:
            base = law_row(key, on)
        except LawGap:
            continue
        now = [rule for rule in own.get(key, []) if rule.from_day <= on]
        later = [rule.from_day for rule in own.get(key, []) if rule.from_day > on]
        row = _laid_over(base, now[-1]) if now else base
        found.append(RuleInForce(row, base, bool(now), min(later) if later else None))
    return found


def _laid_over(base: LawRow, own: LocalRule) -> LawRow:
    return replace(
        base,
        value=Fraction(own.numerator, own.denominator),
        article=own.article,
        valid_from=own.from_day,
        valid_to=None,
        jurisdiction=f"community-{own.community_id}",
        confidence="C",
        note=own.reason,
    )
