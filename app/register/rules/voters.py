"""Who casts the ballot of a dwelling: its owner; of several owners the one whom they named, until then any of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from app.core.values import Refusal
from app.core.words import N_

ARTICLE = N_("区分所有权解释 9；业主大会和业主委员会指导规则 25（待核）")
PARKING, BUSINESS, OTHER = "parking", "business", "other"
BY_RULE = (PARKING, BUSINESS, OTHER)
"""The uses of which the compound's own rule says whether they count; dwellings always do."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One of the co-owners was named by all who owned then; `agreed` are those who said so, `desk` a written mandate."""

    named: int
    owners: frozenset[int]
    agreed: frozenset[int] = frozenset()
    desk: bool = False

    @property
    def complete(self) -> bool:
        """Whether every co-owner agreed, or their written mandate lies at the desk."""
        return self.desk or self.owners <= self.agreed

    def holds_for(self, owners: Collection[int]) -> bool:
        """Whether it still speaks for these owners: a sale or an inheritance ends it."""
        return self.complete and self.owners == frozenset(owners) and self.named in self.owners


def voters_of(owners: Collection[int], naming: Naming | None) -> tuple[int, ...]:
    """Those who may cast a dwelling's ballot: the named voter alone, else every owner. They are one head either way."""
    if naming is not None and naming.holds_for(owners):
        return (naming.named,)
    return tuple(sorted(owners))


def naming_refusal(owners: Collection[int], named: int, by: int | None = None) -> Refusal | None:
    """Co-owners name one of themselves; `by` is the co-owner who says so, None for the desk with a written mandate."""
    if len(set(owners)) < 2:
        return Refusal(N_("这套房只有一位业主，不用推选投票人。"))
    if named not in owners:
        return Refusal(N_("投票人要从这套房的业主里推选。不是业主的人，请用书面委托。"), article=ARTICLE)
    if by is not None and by not in owners:
        return Refusal(N_("只有这套房的业主可以推选投票人。"), article=ARTICLE)
    return None


def ending_refusal(owners: Collection[int], naming: Naming | None, by: int | None = None) -> Refusal | None:
    """Any co-owner takes the naming back; from then on any of them may cast the ballot again."""
    if naming is None:
        return Refusal(N_("这套房没有推选投票人。"))
    if by is not None and by not in owners:
        return Refusal(N_("只有这套房的业主可以撤回推选。"), article=ARTICLE)
    return None


def mandate_refusal(note: str) -> Refusal | None:
    """The desk writes down what the mandate on paper is and where it is kept."""
    if not note.strip():
        return Refusal(N_("请写明书面委托是哪一天签的、存在哪里。"))
    if len(note) > 200:
        return Refusal(N_("太长了，请不要超过%(most)s个字。"), {"most": 200})
    return None


def counting_uses(switches: dict[str, Any]) -> frozenset[str]:
    """The uses that count: dwellings always, of the others those for which the compound's rule says 1."""
    return frozenset({"residential", *(use for use in BY_RULE if switches.get(use, 1) == 1)})
