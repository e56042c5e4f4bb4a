"""Which figure holds here today, and on which days people work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select

from app.bylaws.models import LocalDays, LocalRule
from app.bylaws.rules import fixed_refusal
from app.communities.queries import get_community
from app.core import clock
from app.core.db import db
from app.core.errors import NotFound
from app.core.law import LawGap, LawRow, law_row, law_rows
from app.core.memory import remember
from app.core.words import N_
from app.core.workdays import DAY, Workdays


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A row as it holds in a community, beside the house's own row and what is published for later."""

    row: LawRow
    law: LawRow
    local: bool
    coming: date | None

    @property
    def fixed(self) -> bool:
        """Whether the law alone says it."""
        return fixed_refusal(self.law) is not None


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
    if fixed_refusal(base):
        return base
    own = [rule for rule in _published(community_id) if rule.key == key and rule.from_day <= on]
    return _laid_over(base, own[-1]) if own else base


def law_today(community_id: int, key: str) -> LawRow:
    """The row that holds in a community on the day that its own calendar shows. Raises LawGap."""
    return law(community_id, key, clock.today(get_community(community_id).zone))


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
        its = [] if fixed_refusal(base) else own.get(key, [])
        now = [rule for rule in its if rule.from_day <= on]
        later = [rule.from_day for rule in its if rule.from_day > on]
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


@dataclass(frozen=True, slots=True)
class OwnDays:
    """Some days on which a community rests or works other than the country, as it published them."""

    id: int
    first: date
    last: date
    works: bool
    whole_year: bool
    article: str
    reason: str
    published_at: datetime
    withdrawn_at: datetime | None

    def known(self, at: datetime) -> bool:
        """Whether they held for whoever reckoned at a moment."""
        return self.published_at <= at and (self.withdrawn_at is None or self.withdrawn_at > at)


def workdays(community_id: int, known: datetime | None = None) -> Workdays:
    """The working days of a community: the country's, with its own published ones; one statement at most.

    `known` is a moment as of which a term was reckoned: what was published later does not move it.
    """
    own = [one for one in own_days(community_id) if (one.withdrawn_at is None if known is None else one.known(known))]
    if not own:
        return Workdays()
    days = {one.first + count * DAY: one.works for one in own for count in range((one.last - one.first).days + 1)}
    return Workdays(days, frozenset(one.first.year for one in own if one.whole_year))


def own_days(community_id: int) -> Sequence[OwnDays]:
    """What a community has published of its days, the oldest first, also what it withdrew; one statement."""
    return remember(("own days", community_id), lambda: _read_days(community_id))


def _read_days(community_id: int) -> Sequence[OwnDays]:
    wanted = select(LocalDays).filter_by(community_id=community_id).order_by(LocalDays.published_at, LocalDays.id)
    return [
        OwnDays(
            row.id,
            row.first,
            row.last,
            row.works,
            row.whole_year,
            row.article,
            row.reason,
            row.published_at,
            row.withdrawn_at,
        )
        for row in db.session.scalars(wanted)
    ]


def get_days(community_id: int, days_id: int) -> LocalDays:
    """One of the published spans, held until the action ends. Raises NotFound."""
    wanted = select(LocalDays).filter_by(community_id=community_id, id=days_id).with_for_update()
    found = db.session.scalar(wanted.execution_options(populate_existing=True))
    if found is None:
        raise NotFound(N_("没有公布过这几天。"))
    return found
