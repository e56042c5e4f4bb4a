"""Publishing a rule of the community, and its days off and made-up days."""

from datetime import date
from fractions import Fraction

from app.bylaws import queries
from app.bylaws.events import DaysPublished, DaysWithdrawn, RulePublished
from app.bylaws.models import LocalDays, LocalRule
from app.bylaws.permissions import PUBLISH_RULE, SET_WORKDAYS
from app.bylaws.rules import days_refusal, days_withdrawal_refusal, override_refusal
from app.communities.queries import get_community
from app.core import clock
from app.core.db import db, transactional
from app.core.errors import NotFound, check
from app.core.law import LawGap, law_row
from app.core.permissions import authorize
from app.core.values import Actor, Ref
from app.core.words import N_
from app.journal.actions import record
from app.journal.events import Word


@transactional
def publish_rule(
    actor: Actor, community_id: int, key: str, value: Fraction, from_day: date, article: str, reason: str
) -> int:
    """The community publishes a figure of its own: from a day on, by an article of its rules, for a reason.

    What was decided before stays explained by the row under which it was decided. Raises Forbidden, NotFound, Refused.
    """
    authorize(actor, PUBLISH_RULE, community_id)
    try:
        base = law_row(key, from_day)
    except LawGap as gap:
        raise NotFound(N_("没有这一条规则。")) from gap
    check(override_refusal(base, value, from_day, clock.today(get_community(community_id).zone)))
    rule = LocalRule(
        community_id=community_id,
        key=key,
        numerator=value.numerator,
        denominator=value.denominator,
        article=article,
        reason=reason,
        from_day=from_day,
        published_at=clock.now(),
    )
    db.session.add(rule)
    db.session.flush()
    event = RulePublished(community_id, rule.id, Word(key), value.numerator, value.denominator, from_day)
    record(event, actor, Ref("rule", rule.id))
    return rule.id


@transactional
def publish_days(
    actor: Actor,
    community_id: int,
    first: date,
    last: date,
    works: bool,
    article: str,
    reason: str,
    *,
    whole_year: bool = False,
) -> int:
    """The community publishes on which days it rests or works other than the country, by a document, for a reason.

    Terms that are reckoned from now on follow it; what was reckoned before stays. Raises Forbidden, Refused.
    """
    authorize(actor, SET_WORKDAYS, community_id)
    calendar = queries.workdays(community_id)
    today = clock.today(get_community(community_id).zone)
    check(days_refusal(first, last, works, today, calendar, whole_year))
    row = LocalDays(
        community_id=community_id,
        first=first,
        last=last,
        works=works,
        whole_year=whole_year,
        article=article,
        reason=reason,
        published_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    record(DaysPublished(community_id, row.id, first, last, works, whole_year), actor, Ref("days", row.id))
    return row.id


@transactional
def withdraw_days(actor: Actor, community_id: int, days_id: int) -> None:
    """Days that were published are withdrawn before they begin. Raises Forbidden, NotFound, Refused."""
    authorize(actor, SET_WORKDAYS, community_id)
    row = queries.get_days(community_id, days_id)
    today = clock.today(get_community(community_id).zone)
    check(days_withdrawal_refusal(row.first, row.withdrawn_at is not None, today))
    row.withdrawn_at = clock.now()
    record(DaysWithdrawn(community_id, row.id), actor, Ref("days", row.id))
