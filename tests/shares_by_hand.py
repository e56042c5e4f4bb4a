"""The Method of Equal Shares once more, as one would do it by hand: fractions, every voter alone, one step after another."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from app.voting.rules.methods import Spending


def shares_by_hand(spending: Spending, order: Sequence[str], raised: int = 0) -> tuple[str, ...]:
    """What is bought when everybody is given so many steps more than an equal share; in its order."""
    voters = [support.satisfaction for support in spending.supports for _ in range(support.voters)]
    money = [Fraction(spending.budget, len(voters)) + raised * spending.step for _ in voters]
    left = {project.key: project.cost for project in spending.projects if any(v.get(project.key, 0) for v in voters)}
    bought: list[str] = []
    while True:
        prices = {key: price for key, cost in left.items() if (price := _price(cost, key, voters, money)) is not None}
        if not prices:
            return tuple(bought)
        key = min(prices, key=lambda key: (prices[key], order.index(key)))
        for place, voter in enumerate(voters):
            money[place] -= min(money[place], prices[key] * voter.get(key, 0))
        del left[key]
        bought.append(key)


def _price(cost: int, key: str, voters: Sequence[Mapping[str, int]], money: Sequence[Fraction]) -> Fraction | None:
    """The least price of a unit of satisfaction at which the supporters together pay the cost; None where they cannot."""
    supporters = [(money[place], voter[key]) for place, voter in enumerate(voters) if voter.get(key, 0)]
    left = Fraction(cost)
    if sum(has for has, _points in supporters) < left:
        return None
    rich = sorted(supporters, key=lambda one: one[0] / one[1])
    while rich[0][0] < left / sum(points for _has, points in rich) * rich[0][1]:
        left -= rich.pop(0)[0]
    return left / sum(points for _has, points in rich)


def add1_by_hand(spending: Spending, order: Sequence[str], most: int) -> tuple[str, ...]:
    """Raise by one step until the next would overspend, or nothing more is to be bought; at most so many steps."""
    costs = spending.costs()
    wanted = {key for support in spending.supports for key, points in support.satisfaction.items() if points}
    last = shares_by_hand(spending, order)
    for raised in range(1, most):
        if set(last) == wanted:
            break
        found = shares_by_hand(spending, order, raised)
        if sum(costs[key] for key in found) > spending.budget:
            break
        last = found
    return last
