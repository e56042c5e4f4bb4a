"""Instant run-off: round by round the candidate with the fewest first places leaves, and those ballots go on.

Ballots need not rank everybody; one whose candidates have all left is exhausted and drops out. Whoever has more than half
of the ballots that are still there wins. Exactly one candidate leaves in a round; of several with the fewest ballots it is
the one that stands last in the order of lots (for files: last by key as text).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Ranking = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """How many ballots stand with each candidate left, in the order of the ballot; how many are exhausted; who leaves."""

    tally: tuple[tuple[str, int], ...]
    exhausted: int
    out: str = ""


@dataclass(frozen=True, slots=True)
class RunOff:
    """All rounds; the winner (none without ballots), everybody from the first place down.

    `ties` holds candidates with equally few ballots where it matters who leaves first: together they have as many as the
    next one, or nobody else is left.
    """

    rounds: tuple[Round, ...]
    winner: str
    order: tuple[str, ...]
    ties: tuple[tuple[str, ...], ...] = ()


def irv(candidates: Sequence[str], ballots: Mapping[Ranking, int], order: Sequence[str]) -> RunOff:
    """Count rankings (each with how often it occurs) by instant run-off."""
    lucky = {key: place for place, key in enumerate(order)}
    left, gone = list(candidates), list[str]()
    rounds: list[Round] = []
    ties: list[tuple[str, ...]] = []
    while True:
        tally = dict.fromkeys(left, 0)
        exhausted = 0
        for ranking, many in ballots.items():
            first = next((key for key in ranking if key in tally), None)
            if first is None:
                exhausted += many
            else:
                tally[first] += many
        ranked = sorted(left, key=lambda key: (-tally[key], lucky[key]))
        standing = sum(tally.values())
        if not standing or 2 * tally[ranked[0]] > standing or len(left) == 1:
            rounds.append(Round(tuple(tally.items()), exhausted))
            return RunOff(tuple(rounds), ranked[0] if standing else "", (*ranked, *reversed(gone)), tuple(ties))
        out = ranked[-1]
        rounds.append(Round(tuple(tally.items()), exhausted, out))
        equal = tuple(sorted(key for key in left if tally[key] == tally[out]))
        if len(equal) > 1 and _matters(tally, equal):
            ties.append(equal)
        left.remove(out)
        gone.append(out)


def _matters(tally: Mapping[str, int], equal: Sequence[str]) -> bool:
    """Whether any of the equals could stay: not where all their ballots together are fewer than those of the next."""
    others = [votes for key, votes in tally.items() if key not in equal]
    return not others or sum(tally[key] for key in equal) >= min(others)
