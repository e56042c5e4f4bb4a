"""Which of several ballots for one unit counts: by channel and time only, never by choice."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.voting.rules.terms import FIRST, LETTER, ONLINE, PAPER, PAPER_FIRST

ON_PAPER = frozenset({PAPER, LETTER})


@dataclass(frozen=True, slots=True)
class Ballot:
    """One received ballot: for which line of the roll, how marked, by which channel and when (microseconds, UTC)."""

    id: str
    key: str
    choice: str
    channel: str = ONLINE
    instant: int = 0


def rank(precedence: str, channel: str, instant: int, place: int) -> tuple[int, int, int]:
    """The greater rank counts. `place` orders ballots of the same instant: the one later in the list is the later.

    `last`: the last ballot. `first`: the first. `paper`: a paper or letter ballot beats the rest, then the last.
    """
    if precedence == FIRST:
        return (0, -instant, -place)
    return (int(precedence == PAPER_FIRST and channel in ON_PAPER), instant, place)


def counted(ballots: Iterable[Ballot], precedence: str) -> dict[str, Ballot]:
    """For each line of the roll the one ballot that counts, in the order in which the lines first appear."""
    best: dict[str, tuple[tuple[int, int, int], Ballot]] = {}
    for place, ballot in enumerate(ballots):
        standing = rank(precedence, ballot.channel, ballot.instant, place)
        known = best.get(ballot.key)
        if known is None or standing > known[0]:
            best[ballot.key] = (standing, ballot)
    return {key: ballot for key, (_rank, ballot) in best.items()}
