"""Which figure holds here today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy import select

from app.bylaws.models import LocalRule
from app.core.db import db
from app.core.law import LawGap, LawRow, law_row, law_rows
from app.core.memory import remember


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A row as it holds in a community, beside the house's own row and what is published for later."""

    row: LawRow
    law: LawRow
    local: bool
    coming: date | None


@dataclass(frozen=True, slots=True)
class _Published:
    """A figure that a community has published."""

    community_id: int
    key: str
    value: Fraction
    article: str
    reason: str
    from_day: date


def law(community_id: int, key: str, on: date) -> LawRow:
    """The row that holds in a community on a day: its own published figure, else the law's. Raises LawGap."""
    base = law_row(key, on)
    own = [rule for rule in _published(community_id) if rule.key == key and rule.from_day <= on]
    return _laid_over(base, own[-1]) if own else base


def _published(community_id: int) -> Sequence[_Published]:
    """What a community has published, by the day from which it holds; one statement for all figures of a page."""
    return remember(("published rules", community_id), lambda: _read(community_id))


def _read(community_id: int) -> Sequence[_Published]:
    wanted = select(LocalRule).filter_by(community_id=community_id).order_by(LocalRule.from_day, LocalRule.id)
    return [
        _Published(
            community_id, row.key, Fraction(row.numerator, row.denominator), row.article, row.reason, row.from_day
        )
        for row in db.session.scalars(wanted)
    ]


def rules_in_force(community_id: int, on: date) -> list[RuleInForce]:
    """Every row of the house as it holds in a community on a day, by its key; one statement at most."""
    own: dict[str, list[_Published]] = {}
    for rule in _published(community_id):
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


def _laid_over(base: LawRow, own: _Published) -> LawRow:
    return replace(
        base,
        value=own.value,
        article=own.article,
        valid_from=own.from_day,
        valid_to=None,
        jurisdiction=f"community-{own.community_id}",
        confidence="C",
        note=own.reason,
    )
