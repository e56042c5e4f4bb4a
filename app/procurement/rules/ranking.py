"""From points to ranks, and from ranks to the one who wins."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.core.values import Refusal
from app.core.words import N_
from app.procurement.rules.scoring import Scored


@dataclass(frozen=True, slots=True)
class Ranked:
    """An offer with its rank; equal ranks share a number and the next ones are skipped."""

    rank: int
    scored: Scored

    @property
    def bid(self) -> str:
        """The bid that holds this rank."""
        return self.scored.offer.bid


def ranking(scored: Sequence[Scored]) -> list[Ranked]:
    """Higher score first; equal scores by lower price; equal prices rank equal (87号令 57).

    The answer depends on scores and prices only, never on the order in which offers are given.
    """
    ordered = sorted(scored, key=lambda one: (*_merit(one), one.offer.bid))
    found: list[Ranked] = []
    for place, one in enumerate(ordered, start=1):
        equal = found and _merit(found[-1].scored) == _merit(one)
        found.append(Ranked(found[-1].rank if equal else place, one))
    return found


def award_refusal(ranked: Sequence[Ranked], bid: str) -> Refusal | None:
    """The buyer awards in the order of the ranking; among equal first ranks it chooses (87号令 68)."""
    chosen = next((one for one in ranked if one.bid == bid), None)
    if chosen is None:
        return Refusal(N_("这份标书不在排名里，不能中标。"), article="87号令 68")
    if chosen.rank != 1:
        sentence = N_("应当按排名顺序确定中标人，这一家排在第%(rank)s。")
        return Refusal(sentence, {"rank": chosen.rank}, "87号令 68")
    return None


def _merit(one: Scored) -> tuple[Fraction, int]:
    return -one.total, one.offer.price
