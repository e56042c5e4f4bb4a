"""A poll that was held elsewhere, as its file tells it: terms and ballots."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.voting.rules.choices import Marks
from app.voting.rules.pabulib import APPROVAL, ORDINAL, Election
from app.voting.rules.presets import Law, residents_terms
from app.voting.rules.terms import BUDGET, BY_POINTS, IRV, PAPER, RANKING, SCORE, TIE_LOT, Budget, Terms


def imported_terms(election: Election, on: date, law: Law) -> Terms:
    """A budget is spent; without one approvals go by their number, points by their sum, rankings by instant run-off.

    The file's own bounds on a ballot hold, unless its ballots do not keep them: they were counted where they were cast.
    """
    terms = replace(residents_terms(on, law, election.options), channels=(PAPER,), changes=False)
    if election.budget is not None:
        budget = Budget(election.budget, election.currency, election.scale)
        terms = replace(terms, method=BUDGET, budget=budget, tie=TIE_LOT)
    if _gives_points(election):
        terms = replace(terms, selection=SCORE, tie=TIE_LOT)
        return terms if terms.budget else replace(terms, method=BY_POINTS)
    if election.vote_type == ORDINAL:
        terms = replace(terms, selection=RANKING, tie=TIE_LOT)
        terms = terms if terms.budget else replace(terms, method=IRV)
    lengths = [len(vote.projects) for vote in election.votes]
    most = election.most if election.most >= max(lengths) else 0
    return replace(terms, least=min(election.least, *lengths), most=most)


def imported_ballots(election: Election) -> Iterator[tuple[str, Marks]]:
    """Every single ballot under the name of its voter; an order cast by many comes from as many."""
    points = _gives_points(election)
    for vote in election.votes:
        marks: Marks = dict(zip(vote.projects, vote.points or (), strict=True)) if points else vote.projects
        for number in range(1, vote.times + 1):
            yield (f"{vote.voter}-{number}" if vote.times > 1 else vote.voter), marks


def _gives_points(election: Election) -> bool:
    return election.vote_type != APPROVAL and all(vote.points is not None for vote in election.votes)
