"""One run of the Method of Equal Shares, and up to which budget it would run the same.

Everybody gets an equal share of the budget. Again and again the project is bought whose supporters pay least for what they
have from it: each pays in proportion to their satisfaction, or all that they have left.

All numbers are integers over one common scale. Beside every voter's money stands its slope: how much of it comes from
each further unit that everybody is given. So every round knows the first raise at which it might go otherwise; until then
nothing is computed again, and after it only the rounds from there on.
Source: Peters, Pierczyński, Skowron: Proportional Participatory Budgeting with Additive Utilities (NeurIPS 2021).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from math import gcd

from app.voting.rules.methods.funding import Spending

_FINE = 64


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One project: its supporters' places by what they have from it (in units of `unit`), and the sum over them."""

    key: str
    cost: int
    unit: int
    lucky: int
    supporters: tuple[tuple[int, tuple[int, ...]], ...]
    weight: int


@dataclass(frozen=True, slots=True)
class _Price:
    """What a unit of satisfaction costs: (money + slope × raise) ÷ over; never more than the true price at any raise."""

    money: int
    slope: int
    over: int
    rough: int

    def raised(self, more: int) -> "_Price":
        return _price(self.money + self.slope * more, self.slope, self.over)


def _price(money: int, slope: int, over: int) -> _Price:
    return _Price(money, slope, over, (money << _FINE) // over)


@dataclass(slots=True)
class _Bill:
    """Who pays for a project: those who give all that they have, and those who pay in proportion."""

    wanted: _Wanted
    price: _Price
    money: int
    slope: int
    weight: int
    poor: list[tuple[int, int]]
    rich: list[tuple[int, list[int]]]


@dataclass(slots=True)
class _Round:
    """The state before one purchase at the raise `at`, what is bought, and the first raise at which that may change."""

    at: int
    scale: int
    money: list[int]
    slopes: list[int]
    prices: dict[str, _Price]
    bought: str = ""
    paid: _Price | None = None
    equal: tuple[str, ...] = ()
    until: int | None = None

    def price(self, raised: int) -> _Price:
        """What the project that is bought costs at a raise at which this round still holds."""
        assert self.paid is not None, "only a round in which something is bought has a price"
        return self.paid.raised(raised - self.at)

    def watch(self, value: int, slope: int) -> None:
        """`value` moves by `slope` with each raise: note when it is first above, at or below nought other than now."""
        if value == 0:
            fails = self.at + 1
        elif (value > 0) == (slope > 0):
            return
        else:
            fails = self.at + -(-abs(value) // max(abs(slope), 1))
        if slope and (self.until is None or fails < self.until):
            self.until = fails


@dataclass(slots=True)
class Shares:
    """The method over all raises: `run(raise)` for raises in rising order, each from where the last one still holds."""

    spending: Spending
    order: Sequence[str]
    wanted: dict[str, _Wanted] = field(init=False)
    weights: list[int] = field(init=False)
    rounds: list[_Round] = field(init=False, default_factory=list)
    raised: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        self.weights = [support.voters for support in self.spending.supports]
        self.wanted = _wanted(self.spending, {key: place for place, key in enumerate(self.order)})

    def run(self, raised: int) -> tuple[str, ...]:
        """What is bought when everybody is given so many units more than an equal share of the budget."""
        voters, self.raised = self.spending.voters, raised
        kept = next((place for place, one in enumerate(self.rounds) if _over(one, raised)), None)
        if not self.rounds:
            money = self.spending.budget + raised * self.spending.step * voters
            many = len(self.weights)
            prices = dict.fromkeys(self.wanted, _Price(0, 0, 1, 0))
            now = _Round(raised, voters, [money] * many, [self.spending.step * voters] * many, prices)
        elif kept is None:
            return self.bought
        else:
            now = _again(self.rounds[kept], raised)
            del self.rounds[kept:]
        while (after := self._buy(now)) is not None:
            now = after
        return self.bought

    @property
    def bought(self) -> tuple[str, ...]:
        """What the last run bought, in its order."""
        return tuple(one.bought for one in self.rounds if one.bought)

    @property
    def until(self) -> int | None:
        """The first raise at which anything may go otherwise than in the last run; None where nothing ever will."""
        return min((one.until for one in self.rounds if one.until is not None), default=None)

    @property
    def ties(self) -> tuple[tuple[str, ...], ...]:
        """Projects of the same price of which not all were bought at that price: between them the order of lots decided."""
        pairs = [(one, self._bought_alike(place)) for place, one in enumerate(self.rounds) if len(one.equal) > 1]
        return tuple(tuple(sorted(one.equal)) for one, alike in pairs if not set(one.equal) <= alike)

    def _bought_alike(self, place: int) -> set[str]:
        """What was bought from one round on for as long as the price stayed the same."""
        price = self.rounds[place].price(self.raised)
        later = [one for one in self.rounds[place:] if one.bought]
        return {one.bought for one in takewhile(lambda one: not _compare(one.price(self.raised), price), later)}

    def _buy(self, now: _Round) -> _Round | None:
        self.rounds.append(now)
        prices = dict(now.prices)
        best = self._cheapest(now, prices)
        if best is None:
            return None
        wanted, price = best.wanted, prices.pop(best.wanted.key)
        now.bought = wanted.key
        for other in prices.values():
            now.watch(
                other.money * price.over - price.money * other.over,
                other.slope * price.over - price.slope * other.over,
            )
        return self._paid(now, best, prices)

    def _cheapest(self, now: _Round, prices: dict[str, _Price]) -> _Bill | None:
        """The project of the least price. `prices` are made exact as far as needed; what cannot be paid for leaves them."""
        best: _Bill | None = None
        equal: list[_Bill] = []
        for key in sorted(prices, key=lambda key: prices[key].rough):
            if best is not None and _compare(prices[key], best.price) > 0:
                if prices[key].rough > best.price.rough:
                    break
                continue
            bill = self._bill(now, self.wanted[key])
            if bill is None:
                prices.pop(key)
                continue
            prices[key] = bill.price
            which = -1 if best is None else _compare(bill.price, best.price)
            if which > 0:
                continue
            equal = [bill] if which < 0 else [*equal, bill]
            if best is None or which < 0 or bill.wanted.lucky < best.wanted.lucky:
                best = bill
        if best is not None:
            now.paid, now.equal = prices[best.wanted.key], tuple(bill.wanted.key for bill in equal)
            for bill in equal:
                if bill is not best:
                    self._watch(now, bill)
        return best

    def _bill(self, now: _Round, wanted: _Wanted) -> _Bill | None:
        money, slopes, weights = now.money, now.slopes, self.weights
        left, slope, weight = wanted.cost * now.scale, 0, wanted.weight
        rich = [(unit, list(places)) for unit, places in wanted.supporters]
        poor: list[tuple[int, int]] = []
        while weight:
            found: list[tuple[int, int]] = []
            for number, (unit, places) in enumerate(rich):
                least = -(-unit * left // weight)
                some = [place for place in places if money[place] < least]
                if some:
                    found += [(unit, place) for place in some]
                    rich[number] = (unit, [place for place in places if money[place] >= least])
            if not found:
                price = _price(left, slope, now.scale * weight * wanted.unit)
                return _Bill(wanted, price, left, slope, weight, poor, rich)
            poor += found
            for unit, place in found:
                left -= weights[place] * money[place]
                slope -= weights[place] * slopes[place]
                weight -= weights[place] * unit
        now.watch(left, slope)
        return None

    def _watch(self, now: _Round, bill: _Bill) -> None:
        """Equals stay equal, and a lot decides between them, for as long as the same supporters give all that they have."""
        for unit, place in [*bill.poor, *((unit, place) for unit, places in bill.rich for place in places)]:
            now.watch(
                unit * bill.money - now.money[place] * bill.weight, unit * bill.slope - now.slopes[place] * bill.weight
            )

    def _paid(self, now: _Round, bill: _Bill, prices: dict[str, _Price]) -> _Round:
        """Everybody has paid; who pays all stays so, and who does not, until the raise that is noted."""
        common = gcd(bill.weight, bill.money, bill.slope)
        weight, left, slope = bill.weight // common, bill.money // common, bill.slope // common
        money = [one * weight for one in now.money]
        slopes = [one * weight for one in now.slopes]
        for unit, place in bill.poor:
            now.watch(unit * left - money[place], unit * slope - slopes[place])
            money[place] = slopes[place] = 0
        for unit, places in bill.rich:
            for place in places:
                money[place] -= unit * left
                slopes[place] -= unit * slope
                if slopes[place] < 0:
                    now.watch(money[place], slopes[place])
        return _Round(now.at, now.scale * weight, money, slopes, prices)


def _compare(one: _Price, other: _Price) -> int:
    if one.rough != other.rough:
        return 1 if one.rough > other.rough else -1
    left, right = one.money * other.over, other.money * one.over
    return (left > right) - (left < right)


def _over(one: _Round, raised: int) -> bool:
    return one.until is not None and one.until <= raised


def _again(one: _Round, raised: int) -> _Round:
    """The state before a round at a later raise, at which the rounds before it still hold."""
    more = raised - one.at
    return _Round(
        raised,
        one.scale,
        [money + slope * more for money, slope in zip(one.money, one.slopes, strict=True)],
        one.slopes,
        {key: price.raised(more) for key, price in one.prices.items()},
    )


def _wanted(spending: Spending, lucky: Mapping[str, int]) -> dict[str, _Wanted]:
    found: dict[str, dict[int, list[int]]] = {project.key: {} for project in spending.projects}
    for place, support in enumerate(spending.supports):
        for key, points in support.satisfaction.items():
            if points > 0 and support.voters > 0:
                found[key].setdefault(points, []).append(place)
    wanted = {}
    for project in spending.projects:
        classes = found[project.key]
        if not classes:
            continue
        unit = gcd(*classes)
        supporters = tuple((points // unit, tuple(places)) for points, places in sorted(classes.items()))
        weight = sum(points * spending.supports[place].voters for points, places in supporters for place in places)
        wanted[project.key] = _Wanted(project.key, project.cost, unit, lucky[project.key], supporters, weight)
    return wanted
