"""Which rows of law hold for the council of a community."""

from collections.abc import Callable
from datetime import date

from app.bylaws.queries import rules_in_force
from app.core.law import LawGap, LawRow
from app.voting.rules import Terms, meeting_terms


def law_on(community_id: int, on: date) -> Callable[[str, date], LawRow]:
    """Every row as it holds in a community on a day, looked up once; raises LawGap for a key that has none."""
    rows = {found.row.key: found.row for found in rules_in_force(community_id, on)}

    def row(key: str, day: date) -> LawRow:
        if key not in rows:
            raise LawGap(key, day)
        return rows[key]

    return row


def terms_on(community_id: int, on: date) -> Terms:
    """The terms under which the four parties decide on a day."""
    return meeting_terms(on, law_on(community_id, on))
