"""Finding polls, rolls, ballots and outcomes; of a running poll nothing that would show how it stands."""

from app.voting.queries.ballots import CountedBallot, counted_ballot, counted_ballots
from app.voting.queries.polls import PollRow, due_polls, get_by_number, get_poll, lock_poll, polls, polls_of
from app.voting.queries.rolls import (
    BuildingTurnout,
    Line,
    buildings,
    find_line,
    lines_of,
    option_tally,
    roll_of,
    silent_lines,
    sums,
    turnout,
)

__all__ = [
    "BuildingTurnout",
    "CountedBallot",
    "Line",
    "PollRow",
    "buildings",
    "counted_ballot",
    "counted_ballots",
    "due_polls",
    "find_line",
    "get_by_number",
    "get_poll",
    "lines_of",
    "lock_poll",
    "option_tally",
    "polls",
    "polls_of",
    "roll_of",
    "silent_lines",
    "sums",
    "turnout",
]
