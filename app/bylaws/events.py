"""What can happen to the rules of a community."""

from dataclasses import dataclass
from datetime import date

from app.core.words import N_
from app.journal.events import Word


@dataclass(frozen=True, slots=True)
class RulePublished:
    """The community published a figure of its own for a row of law."""

    community_id: int
    rule_id: int
    key: Word
    numerator: int
    denominator: int
    from_day: date


WORDS = {RulePublished: N_("公布一条本社区的规则")}
