"""Greedy: the projects with most satisfaction for their cost first, each as long as it still fits."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import groupby

from app.voting.rules.methods.funding import Funding, Spending, satisfaction


def greedy(spending: Spending, order: Sequence[str]) -> Funding:
    """Take projects by total satisfaction per cost and skip what no longer fits; `order` decides among equals.

    With approval ballots satisfaction is the cost, so that projects stand by their number of approvals.
    """
    total, costs = satisfaction(spending), spending.costs()
    lucky = {key: place for place, key in enumerate(order)}
    ranked = sorted(costs, key=lambda key: (_rank(total[key], costs[key]), lucky[key]))
    funded: list[str] = []
    left = spending.budget
    ties: list[tuple[str, ...]] = []
    for _density, equal in groupby(ranked, key=lambda key: _rank(total[key], costs[key])):
        group = list(equal)
        if len(group) > 1 and _matters((costs[key] for key in group), left):
            ties.append(tuple(sorted(group)))
        for key in group:
            if costs[key] <= left:
                funded.append(key)
                left -= costs[key]
    return Funding(tuple(funded), spending.budget - left, tuple(ties))


def _rank(total: int, cost: int) -> tuple[int, Fraction]:
    """What costs nothing and gives something comes before all; then by what a unit of money gives."""
    if cost == 0:
        return (0 if total else 2, Fraction(0))
    return (1 if total else 2, Fraction(-total, cost))


def _matters(costs: Iterable[int], left: int) -> bool:
    """Whether it matters who is first: some of the equals fit, and not all together."""
    costs = list(costs)
    return min(costs) <= left < sum(costs)
