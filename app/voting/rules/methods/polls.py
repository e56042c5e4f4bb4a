"""The outcome of a poll about several options, by the method that its terms name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.voting.rules.approval import approval_outcome
from app.voting.rules.choices import chosen_options, given_points
from app.voting.rules.methods.counting import borda
from app.voting.rules.methods.equal_shares import equal_shares_add1
from app.voting.rules.methods.funding import Funding, Project, Spending, Support, satisfaction
from app.voting.rules.methods.greedy import greedy
from app.voting.rules.methods.irv import Ranking, irv
from app.voting.rules.methods.lots import by_text
from app.voting.rules.methods.points import scores
from app.voting.rules.methods.schulze import schulze
from app.voting.rules.outcome import COUNTED, Outcome, count
from app.voting.rules.sums import Sums
from app.voting.rules.terms import APPROVAL, BUDGET, BY_NUMBER, BY_POINTS, IRV, SCORE, Terms

Choices = Mapping[str, int]
"""Stored choices of counted ballots, with how often each occurs."""


def method_outcome(terms: Terms, sums: Sums, choices: Choices, order: Sequence[str] = ()) -> Outcome:
    """The outcome of a poll with several options: counted by its method, told with all that a recount needs.

    `order` is the order of lots, once it is drawn. Before, ties stand in `details["ties"]` and nobody wins who would owe it
    to a lot. What a budget is spent on has no winners: both ways of spending stand side by side in the details.
    """
    if terms.selection == APPROVAL:
        tally = dict.fromkeys(terms.option_keys, 0)
        for choice, many in choices.items():
            for key in chosen_options(terms, choice):
                tally[key] += many
        outcome = approval_outcome(terms, sums, tally)
        if terms.method == BY_NUMBER:
            return outcome
        outcome = replace(outcome, winners=())
    else:
        strict = count(terms, sums)
        outcome = Outcome(strict if terms.thresholds else replace(strict, outcome=COUNTED))
    lucky = tuple(order) or by_text(terms.option_keys)
    details, winner = _counted(terms, choices, lucky)
    details["lot"] = list(order)
    decided = winner and (order or not details["ties"])
    return replace(outcome, winners=(winner,) if decided else (), details=details)


def _counted(terms: Terms, choices: Choices, lucky: Sequence[str]) -> tuple[dict[str, Any], str]:
    details: dict[str, Any] = {"method": terms.method}
    if terms.method == BUDGET:
        return details | _spent(terms, choices, lucky), ""
    if terms.method == BY_POINTS:
        found = scores(terms.option_keys, [(given_points(text), many) for text, many in choices.items()], lucky)
        standings = [{"option": one.option, "points": one.points, "ballots": one.ballots} for one in found.standings]
        return details | {"standings": standings, "ties": _lists(found.ties)}, found.winner
    rankings = _rankings(terms, choices)
    if terms.method == IRV:
        run_off = irv(terms.option_keys, rankings, lucky)
        rounds = [{"tally": dict(one.tally), "exhausted": one.exhausted, "out": one.out} for one in run_off.rounds]
        return details | {"rounds": rounds, "order": list(run_off.order), "ties": _lists(run_off.ties)}, run_off.winner
    compared = schulze(terms.option_keys, rankings, lucky)
    told = {
        "pairs": compared.pairs,
        "paths": compared.paths,
        "order": list(compared.order),
        "condorcet": compared.condorcet,
        "ties": _lists(compared.ties),
    }
    return details | told, compared.order[0] if compared.unbeaten else ""


def _rankings(terms: Terms, choices: Choices) -> dict[Ranking, int]:
    return {ranking: many for text, many in choices.items() if (ranking := chosen_options(terms, text))}


def _lists(ties: Sequence[Sequence[str]]) -> list[list[str]]:
    return [list(tie) for tie in ties]


def _spent(terms: Terms, choices: Choices, lucky: Sequence[str]) -> dict[str, Any]:
    spending = spending_of(terms, choices)
    one, other = greedy(spending, lucky), equal_shares_add1(spending, lucky)
    share = other.share
    return {
        "greedy": _told(one),
        "equal-shares": {
            **_told(other.funding),
            "raised": other.raised,
            "share": [share.numerator, share.denominator],
            "next_cost": other.next_cost,
        },
        "ties": _lists(tuple(dict.fromkeys((*one.ties, *other.funding.ties)))),
    }


def _told(funding: Funding) -> dict[str, Any]:
    return {"funded": list(funding.funded), "cost": funding.cost}


def spending_of(terms: Terms, choices: Choices) -> Spending:
    """What a poll's ballots want from its budget; what nobody wants at all is not funded, even where money is left.

    An approving voter has from a project what it costs; points count as given, a ranking gives Borda's.
    """
    costs = {option.key: option.cost or 0 for option in terms.options}
    supports = tuple(Support(many, _has(terms, costs, text)) for text, many in sorted(choices.items()))
    projects = tuple(Project(key, cost) for key, cost in costs.items())
    budget, step = (terms.budget.amount, terms.budget.scale) if terms.budget else (0, 1)
    wanted = satisfaction(Spending(projects, budget, supports))
    return Spending(tuple(one for one in projects if wanted[one.key]), budget, supports, step)


def _has(terms: Terms, costs: Mapping[str, int], text: str) -> Mapping[str, int]:
    if terms.selection == SCORE:
        return {key: points for key, points in given_points(text).items() if points}
    keys = chosen_options(terms, text)
    if terms.selection == APPROVAL:
        return {key: costs[key] for key in keys if costs[key]}
    return {key: points for key, points in zip(keys, borda(len(keys)), strict=True) if points}
