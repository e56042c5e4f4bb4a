"""Counting methods beyond yes and no: points, two methods for rankings, and two ways to spend a budget."""

from app.voting.rules.methods.counting import RULES, Counted, borda, count_election, count_refusal
from app.voting.rules.methods.equal_shares import Raised, equal_shares, equal_shares_add1
from app.voting.rules.methods.funding import Funding, Project, Spending, Support, approvals
from app.voting.rules.methods.greedy import greedy
from app.voting.rules.methods.imported import imported_ballots, imported_terms
from app.voting.rules.methods.irv import Ranking, Round, RunOff, irv
from app.voting.rules.methods.lots import by_text, lot
from app.voting.rules.methods.points import Scored, Scores, scores
from app.voting.rules.methods.polls import Choices, method_outcome, spending_of
from app.voting.rules.methods.preflib import read_soi
from app.voting.rules.methods.schulze import Comparisons, preferences, schulze

__all__ = [
    "RULES",
    "Choices",
    "Comparisons",
    "Counted",
    "Funding",
    "Project",
    "Raised",
    "Ranking",
    "Round",
    "RunOff",
    "Scored",
    "Scores",
    "Spending",
    "Support",
    "approvals",
    "borda",
    "by_text",
    "count_election",
    "count_refusal",
    "equal_shares",
    "equal_shares_add1",
    "greedy",
    "imported_ballots",
    "imported_terms",
    "irv",
    "lot",
    "method_outcome",
    "preferences",
    "read_soi",
    "schulze",
    "scores",
    "spending_of",
]
