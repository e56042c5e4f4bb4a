"""A fifth of the owners, or of the residents, may ask for an assembly; then it has to be called."""

from collections.abc import Collection

from app.core.law.rows import LawRow
from app.core.values import Entry, Ref, Refusal
from app.core.words import N_

ROWS = {"owners": "owners.extraordinary", "residents": "residents.request"}
"""The row of law that says how many have to ask."""


def asking_heads(roll: Collection[Entry], people: Collection[Ref]) -> tuple[int, int]:
    """How many heads ask, of how many: a head asks when any of its owners does, whoever casts their ballot."""
    wanted = set(people)
    asking = {entry.head or entry.key for entry in roll if wanted.intersection(entry.holders)}
    return len(asking), len({entry.head or entry.key for entry in roll})


def reached(asking: int, total: int, fraction: LawRow) -> bool:
    """Whether enough ask: 以上 includes the figure. Source: 物业管理条例 13, 居委会组织法 10."""
    return total > 0 and fraction.value.denominator * asking >= fraction.value.numerator * total


def still_missing(asking: int, total: int, fraction: LawRow) -> int:
    """How many more heads have to ask."""
    return max(0, -(-fraction.value.numerator * total // fraction.value.denominator) - asking)


def support_refusal(roll: Collection[Entry], person: Ref | None, *, convened: bool) -> Refusal | None:
    """Whoever stands on the roll today may ask, until the assembly is called."""
    if convened:
        return Refusal(N_("已经召集了，不用再联名。"))
    if person is None or not any(person in entry.holders for entry in roll):
        return Refusal(N_("联名的要在名册上。如果弄错了，请联系服务台。"))
    return None
