"""The Method of Equal Shares: without completion, and with everybody's share raised until the budget is used."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.voting.rules.methods.funding import Funding, Spending
from app.voting.rules.methods.shares import Shares


@dataclass(frozen=True, slots=True)
class Raised:
    """The result with raised shares: what is funded, how much everybody was given on paper, and why it ends there.

    `raised` counts steps above the equal share of the budget, `share` is what everybody had in the end, in the unit of the
    costs. `next_cost` is what the next step that changes anything would have cost, None where all that is wanted is funded.
    """

    funding: Funding
    raised: int
    share: Fraction
    next_cost: int | None


def equal_shares(spending: Spending, order: Sequence[str]) -> Funding:
    """Everybody has an equal share of the budget and pays for what they support; what is left over stays unspent."""
    if not spending.voters:
        return Funding((), 0)
    shares = Shares(spending, order)
    return _funding(spending, shares.run(0), shares.ties)


def equal_shares_add1(spending: Spending, order: Sequence[str]) -> Raised:
    """Raise everybody's share by 1, again and again, until the next step would overspend the budget.

    Steps between which nothing changes are jumped over. With the plain equal share nothing can be overspent, since all
    that is paid comes out of the shares.
    """
    if not spending.voters:
        return Raised(Funding((), 0), 0, Fraction(0), None)
    shares = Shares(spending, order)
    raised, last = 0, _funding(spending, shares.run(0), shares.ties)
    ties = dict.fromkeys(last.ties)
    next_cost: int | None = None
    while (step := shares.until) is not None and len(last.funded) < len(shares.wanted):
        found = _funding(spending, shares.run(step), shares.ties)
        ties.update(dict.fromkeys(found.ties))
        if found.cost > spending.budget:
            next_cost, raised = found.cost, step - 1
            break
        raised, last = step, found
    share = Fraction(spending.budget, spending.voters) + raised * spending.step
    return Raised(Funding(last.funded, last.cost, tuple(ties)), raised, share, next_cost)


def _funding(spending: Spending, bought: tuple[str, ...], ties: tuple[tuple[str, ...], ...]) -> Funding:
    costs = spending.costs()
    return Funding(bought, sum(costs[key] for key in bought), ties)
