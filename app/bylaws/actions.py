"""Publishing a rule of the community."""

from datetime import date
from fractions import Fraction

from app.bylaws.events import RulePublished
from app.bylaws.models import LocalRule
from app.bylaws.permissions import PUBLISH_RULE
from app.bylaws.rules import override_refusal
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
