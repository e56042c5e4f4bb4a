"""Schulze: every two options are compared; one beats another by the strongest chain of victories that leads to it.

A ranked option is preferred to every unranked one; between unranked ones a ballot says nothing. A victory is as strong as
the ballots that prefer the winner of the two; a chain is as strong as its weakest victory.
Source: Schulze: A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent method (2011).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.voting.rules.methods.irv import Ranking


@dataclass(frozen=True, slots=True)
class Comparisons:
    """`pairs[a][b]`: ballots that prefer a to b. `paths[a][b]`: the strength of the strongest chain from a to b.

    `unbeaten` are all that nobody beats by a stronger chain. First is who beats most, always one of them; `equal` are those
    who beat as many, between whom the order of lots decides.
    """

    pairs: Mapping[str, Mapping[str, int]]
    paths: Mapping[str, Mapping[str, int]]
    order: tuple[str, ...]
    unbeaten: tuple[str, ...]
    equal: tuple[str, ...]
    condorcet: str

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """Those between whom the order of lots decides who is first."""
        return (self.equal,) if len(self.equal) > 1 else ()


def preferences(candidates: Sequence[str], ballots: Mapping[Ranking, int]) -> dict[str, dict[str, int]]:
    """How many ballots prefer one to another, for every two."""
    pairs = {one: {other: 0 for other in candidates if other != one} for one in candidates}
    for ranking, many in ballots.items():
        below = set(candidates)
        for one in ranking:
            below.discard(one)
            row = pairs[one]
            for other in below:
                row[other] += many
    return pairs


def schulze(candidates: Sequence[str], ballots: Mapping[Ranking, int], order: Sequence[str]) -> Comparisons:
    """Count rankings (each with how often it occurs) by the Schulze method; order by how many one beats, then by lot."""
    pairs = preferences(candidates, ballots)
    paths = {
        one: {other: votes if votes > pairs[other][one] else 0 for other, votes in row.items()}
        for one, row in pairs.items()
    }
    for middle in candidates:
        for one in candidates:
            if one == middle:
                continue
            first = paths[one][middle]
            for other in candidates:
                if other not in (one, middle):
                    paths[one][other] = max(paths[one][other], min(first, paths[middle][other]))
    beats = {one: [other for other, way in row.items() if way > paths[other][one]] for one, row in paths.items()}
    lucky = {key: place for place, key in enumerate(order)}
    ranked = tuple(sorted(candidates, key=lambda key: (-len(beats[key]), lucky[key])))
    beaten = {other for row in beats.values() for other in row}
    condorcet = next(
        (one for one, row in pairs.items() if all(votes > pairs[other][one] for other, votes in row.items())), ""
    )
    cast = any(ballots.values())
    unbeaten = tuple(sorted(key for key in candidates if key not in beaten)) if cast else ()
    equal = tuple(sorted(key for key in unbeaten if len(beats[key]) == len(beats[ranked[0]])))
    return Comparisons(pairs, paths, ranked, unbeaten, equal, condorcet if cast else "")
