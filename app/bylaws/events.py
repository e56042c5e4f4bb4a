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


@dataclass(frozen=True, slots=True)
class DaysPublished:
    """The community published days on which it rests or works; with `whole_year` the plan of that year is complete."""

    community_id: int
    days_id: int
    first: date
    last: date
    works: bool
    whole_year: bool


@dataclass(frozen=True, slots=True)
class DaysWithdrawn:
    """Days that were published are withdrawn before they began."""

    community_id: int
    days_id: int


WORDS = {
    RulePublished: N_("公布一条本社区的规则"),
    DaysPublished: N_("公布本社区的放假或调休"),
    DaysWithdrawn: N_("撤回公布的放假或调休"),
}
