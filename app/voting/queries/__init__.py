"""Finding polls, rolls, ballots and outcomes; of a running poll nothing that would show how it stands."""

from app.voting.queries.adding import BuildingTurnout, buildings, option_tally, silent_lines, sums, turnout
from app.voting.queries.ballots import CountedBallot, counted_ballot, counted_ballots
from app.voting.queries.polls import (
    PAGE,
    PollRow,
    due_polls,
    get_by_number,
    get_poll,
    lock_poll,
    polls,
    polls_of,
    rolls_due,
)
from app.voting.queries.rolls import (
    CastBallot,
    Line,
    OwnLine,
    find_line,
    hold_line,
    lines_of,
    roll_lines,
    roll_of,
    roll_page,
)
from app.voting.queries.showing import PartySide, PollView, answers, get_answer, view
from app.voting.queries.telling import links, search, stations, turns, waiting

__all__ = [
    "PAGE",
    "BuildingTurnout",
    "CastBallot",
    "CountedBallot",
    "Line",
    "OwnLine",
    "PartySide",
    "PollRow",
    "PollView",
    "answers",
    "buildings",
    "counted_ballot",
    "counted_ballots",
    "due_polls",
    "find_line",
    "get_answer",
    "get_by_number",
    "get_poll",
    "hold_line",
    "lines_of",
    "links",
    "lock_poll",
    "option_tally",
    "polls",
    "polls_of",
    "roll_lines",
    "roll_of",
    "roll_page",
    "rolls_due",
    "search",
    "silent_lines",
    "stations",
    "sums",
    "turnout",
    "turns",
    "view",
    "waiting",
]
