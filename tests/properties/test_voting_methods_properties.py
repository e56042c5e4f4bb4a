"""What holds of every set of rankings, points and budgets, however odd."""

from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from app.voting.rules.methods import (
    Project,
    Spending,
    Support,
    equal_shares,
    equal_shares_add1,
    greedy,
    irv,
    lot,
    preferences,
    schulze,
    scores,
)
from app.voting.rules.methods.shares import Shares
from tests.shares_by_hand import add1_by_hand, shares_by_hand

KEYS = tuple("abcde")
Rankings = dict[tuple[str, ...], int]
orders = st.permutations(KEYS).map(tuple)
rankings = st.dictionaries(
    st.tuples(orders, st.integers(1, len(KEYS))).map(lambda one: one[0][: one[1]]),
    st.integers(1, 9), min_size=1, max_size=7,
)  # fmt: skip


@st.composite
def spendings(draw: st.DrawFn, costs: st.SearchStrategy[int] | None = None) -> Spending:
    """Up to five projects and six kinds of ballots: approvals (a voter has what it costs) or points."""
    keys = KEYS[: draw(st.integers(2, 5))]
    projects = tuple(Project(key, draw(costs or st.integers(1, 40))) for key in keys)
    price = {project.key: project.cost for project in projects}
    approving = draw(st.booleans())
    supports = []
    for _ in range(draw(st.integers(1, 6))):
        wanted = draw(st.lists(st.sampled_from(keys), unique=True, max_size=len(keys)))
        points = {key: price[key] if approving else draw(st.integers(0, 4)) for key in wanted}
        supports.append(Support(draw(st.integers(1, 4)), points))
    return Spending(projects, draw(st.integers(1, 90)), tuple(supports), draw(st.sampled_from((1, 1, 3))))


def renamed(order: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(KEYS, order, strict=True))


@given(rankings, orders, st.randoms(use_true_random=False))
def test_the_order_of_rankings_never_matters(ballots: Rankings, luck: tuple[str, ...], dice: Random) -> None:
    pairs = list(ballots.items())
    dice.shuffle(pairs)
    assert irv(KEYS, dict(pairs), luck) == irv(KEYS, ballots, luck)
    assert schulze(KEYS, dict(pairs), luck) == schulze(KEYS, ballots, luck)


@given(rankings, orders, orders)
def test_names_never_matter(ballots: Rankings, luck: tuple[str, ...], names: tuple[str, ...]) -> None:
    new = renamed(names)
    others = {tuple(new[key] for key in ranking): many for ranking, many in ballots.items()}
    fortune = tuple(new[key] for key in luck)
    assert irv(KEYS, others, fortune).winner == new[irv(KEYS, ballots, luck).winner]
    assert schulze(KEYS, others, fortune).order == tuple(new[key] for key in schulze(KEYS, ballots, luck).order)


@given(rankings, orders, st.sampled_from(KEYS))
def test_whom_more_than_half_put_first_wins(ballots: Rankings, luck: tuple[str, ...], best: str) -> None:
    ballots = {**ballots, (best,): sum(ballots.values()) + 1}
    assert irv(KEYS, ballots, luck).winner == best
    found = schulze(KEYS, ballots, luck)
    assert (found.order[0], found.unbeaten, found.condorcet) == (best, (best,), best)


@given(rankings, orders)
def test_every_round_counts_every_ballot_and_one_leaves(ballots: Rankings, luck: tuple[str, ...]) -> None:
    found = irv(KEYS, ballots, luck)
    for place, one in enumerate(found.rounds):
        assert sum(votes for _key, votes in one.tally) + one.exhausted == sum(ballots.values())
        assert len(one.tally) == len(KEYS) - place
    assert sorted(found.order) == list(KEYS)
    assert found.order[0] == found.winner


@given(rankings, orders)
def test_without_a_tie_no_lot_changes_the_winner(ballots: Rankings, luck: tuple[str, ...]) -> None:
    run_off, compared = irv(KEYS, ballots, luck), schulze(KEYS, ballots, luck)
    for other in (KEYS, KEYS[::-1]):
        assert run_off.ties or irv(KEYS, ballots, other).winner == run_off.winner
        assert compared.ties or schulze(KEYS, ballots, other).order[0] == compared.order[0]


@given(rankings, orders)
def test_schulze_wins_from_among_those_who_beat_all_others(ballots: Rankings, luck: tuple[str, ...]) -> None:
    """The Smith set: the smallest group each of whom beats everybody outside."""
    pairs = preferences(KEYS, ballots)
    wins = {one: {other for other in pairs[one] if pairs[one][other] > pairs[other][one]} for one in KEYS}
    ranked = sorted(KEYS, key=lambda key: -len(wins[key]))
    groups = (set(ranked[:size]) for size in range(1, len(KEYS) + 1))
    smith = next(group for group in groups if all(set(KEYS) - group <= wins[one] for one in group))
    assert set(schulze(KEYS, ballots, luck).unbeaten) <= smith


@given(rankings, orders, st.data())
def test_to_raise_the_winner_of_schulze_on_a_ballot_never_harms_it(
    ballots: Rankings, luck: tuple[str, ...], data: st.DataObject
) -> None:
    winner = schulze(KEYS, ballots, luck).unbeaten[0]
    ranking = data.draw(st.sampled_from(sorted(ballots)))
    raised = (winner, *(key for key in ranking if key != winner))
    assume(raised != ranking)
    changed = {**ballots, raised: ballots.get(raised, 0) + ballots[ranking]}
    del changed[ranking]
    assert winner in schulze(KEYS, changed, luck).unbeaten


points = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 5), min_size=1)


@given(st.lists(points, min_size=1, max_size=8), orders, st.sampled_from(KEYS))
def test_one_more_point_never_loses(ballots: list[dict[str, int]], luck: tuple[str, ...], key: str) -> None:
    before = scores(KEYS, [(ballot, 1) for ballot in ballots], luck)
    after = scores(KEYS, [*((ballot, 1) for ballot in ballots), ({key: 1}, 1)], luck)
    assert after.order.index(key) <= before.order.index(key)
    assert sum(one.points for one in before.standings) == sum(sum(ballot.values()) for ballot in ballots)


@given(spendings(), orders)
def test_no_rule_spends_more_than_the_budget(spending: Spending, luck: tuple[str, ...]) -> None:
    costs = spending.costs()
    for funding in (greedy(spending, luck), equal_shares(spending, luck), equal_shares_add1(spending, luck).funding):
        assert funding.cost == sum(costs[key] for key in funding.funded) <= spending.budget
        assert len(set(funding.funded)) == len(funding.funded)


@given(spendings(), orders)
def test_raising_by_jumps_ends_where_raising_by_single_steps_does(spending: Spending, luck: tuple[str, ...]) -> None:
    assert equal_shares(spending, luck).funded == shares_by_hand(spending, luck)
    assert equal_shares_add1(spending, luck).funding.funded == add1_by_hand(spending, luck, 400)


@given(spendings(), orders, st.data())
def test_between_two_jumps_nothing_changes(spending: Spending, luck: tuple[str, ...], data: st.DataObject) -> None:
    shares = Shares(spending, luck)
    found, raised = shares.run(0), 0
    for _ in range(4):
        if shares.until is None:
            break
        between = data.draw(st.integers(raised, shares.until - 1))
        assert shares_by_hand(spending, luck, between) == found
        raised = shares.until
        found = shares.run(raised)
        assert found == shares_by_hand(spending, luck, raised)


@given(spendings(), orders, orders, st.randoms(use_true_random=False))
def test_neither_the_order_of_ballots_nor_names_matter_to_a_budget(
    spending: Spending, luck: tuple[str, ...], names: tuple[str, ...], dice: Random
) -> None:
    new = renamed(names)
    supports = [
        Support(one.voters, {new[key]: has for key, has in one.satisfaction.items()}) for one in spending.supports
    ]
    dice.shuffle(supports)
    projects = tuple(Project(new[one.key], one.cost) for one in spending.projects)
    other = Spending(projects, spending.budget, tuple(supports), spending.step)
    fortune = tuple(new[key] for key in luck)
    for rule in (greedy, equal_shares):
        assert rule(other, fortune).funded == tuple(new[key] for key in rule(spending, luck).funded)
    raised, before = equal_shares_add1(other, fortune), equal_shares_add1(spending, luck)
    assert raised.funding.funded == tuple(new[key] for key in before.funding.funded)
    assert (raised.raised, raised.next_cost) == (before.raised, before.next_cost)


@given(spendings(), orders)
def test_without_a_tie_no_lot_changes_what_is_funded(spending: Spending, luck: tuple[str, ...]) -> None:
    for other in (KEYS, KEYS[::-1]):
        for rule in (greedy, equal_shares):
            found = rule(spending, luck)
            assert found.ties or set(rule(spending, other).funded) == set(found.funded)
        raised = equal_shares_add1(spending, luck).funding
        assert raised.ties or set(equal_shares_add1(spending, other).funding.funded) == set(raised.funded)


@given(spendings(), orders, st.data())
def test_those_who_want_one_thing_only_and_can_pay_for_it_get_it(
    spending: Spending, luck: tuple[str, ...], data: st.DataObject
) -> None:
    """What equal shares promise a group: its part of the budget buys what it alone agrees on."""
    project = data.draw(st.sampled_from(spending.projects))
    group = (
        -(-project.cost * spending.voters // max(spending.budget - project.cost, 1))
        if project.cost < spending.budget
        else 0
    )
    assume(0 < group <= 500)
    more = (*spending.supports, Support(group, {project.key: project.cost}))
    assert project.key in equal_shares(Spending(spending.projects, spending.budget, more, spending.step), luck).funded


@given(spendings(), orders, st.data())
def test_one_more_wish_for_what_is_funded_greedily_never_loses_it(
    spending: Spending, luck: tuple[str, ...], data: st.DataObject
) -> None:
    funded = greedy(spending, luck).funded
    assume(funded)
    key = data.draw(st.sampled_from(funded))
    more = (*spending.supports, Support(1, {key: 7}))
    assert key in greedy(Spending(spending.projects, spending.budget, more, spending.step), luck).funded


@given(st.binary(min_size=32, max_size=32), orders)
def test_a_lot_depends_on_the_seed_and_on_nothing_else(seed: bytes, candidates: tuple[str, ...]) -> None:
    assert lot(seed, candidates) == lot(seed, KEYS)
    assert sorted(lot(seed, candidates)) == list(KEYS)
