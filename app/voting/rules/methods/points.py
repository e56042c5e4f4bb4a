"""Points: every ballot gives each option some; the option with most points in total is first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scored:
    """The points that one option got in total, and how many ballots gave it any mark (nought is one)."""

    option: str
    points: int
    ballots: int


@dataclass(frozen=True, slots=True)
class Scores:
    """Options by their points. `ties` holds those that are first together, where the order of lots decides."""

    standings: tuple[Scored, ...]
    ties: tuple[tuple[str, ...], ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The options, the first one first."""
        return tuple(one.option for one in self.standings)

    @property
    def winner(self) -> str:
        """The option with most points; none where nobody gave any."""
        return self.standings[0].option if self.standings and self.standings[0].points else ""


def scores(options: Sequence[str], ballots: Iterable[tuple[Mapping[str, int], int]], order: Sequence[str]) -> Scores:
    """Add up the points of ballots (each with how often it occurs); an option without a mark gets nothing from a ballot."""
    points, marks = dict.fromkeys(options, 0), dict.fromkeys(options, 0)
    for ballot, many in ballots:
        for key, given in ballot.items():
            points[key] += given * many
            marks[key] += many
    lucky = {key: place for place, key in enumerate(order)}
    ranked = sorted(options, key=lambda key: (-points[key], lucky[key]))
    first = tuple(sorted(key for key in ranked if points[key] == points[ranked[0]])) if ranked else ()
    ties = (first,) if len(first) > 1 and points[first[0]] else ()
    return Scores(tuple(Scored(key, points[key], marks[key]) for key in ranked), ties)
