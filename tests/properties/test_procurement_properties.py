"""What holds for every tender, whatever the figures."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.workdays import Workdays
from app.procurement.rules import JUDGED, PRICE, Criterion, Offer, Scored, Sheet, contract_refusal, ranking, score
from app.procurement.rules.basis import Basis
from app.procurement.rules.money import Milestone
from app.procurement.rules.timetable import clarify_by, deadline_after_clarification, earliest_days

CRITERIA = (Criterion("方案", 5000, JUDGED), Criterion("团队", 3000, JUDGED), Criterion("价格", 2000, PRICE))
prices = st.integers(1, 10**12)
marks = st.tuples(st.integers(0, 5000), st.integers(0, 3000))
days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
fields = st.lists(st.tuples(prices, marks), min_size=1, max_size=6)


def evaluate(bids: list[tuple[int, tuple[int, int]]]) -> list[Scored]:
    offers = [Offer(str(n), price) for n, (price, _) in enumerate(bids)]
    sheet: Sheet = {(str(n), index): mark for n, (_, given) in enumerate(bids) for index, mark in enumerate(given)}
    return score(CRITERIA, offers, [sheet])


@given(fields, st.randoms())
def test_a_ranking_does_not_depend_on_the_order_of_the_bids(
    bids: list[tuple[int, tuple[int, int]]], chance: object
) -> None:
    scored = evaluate(bids)
    mixed = list(scored)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert ranking(mixed) == ranking(scored)


@given(fields)
def test_a_total_is_the_sum_of_its_factors_and_never_above_a_hundred(bids: list[tuple[int, tuple[int, int]]]) -> None:
    for one, (_, given_marks) in zip(evaluate(bids), bids, strict=True):
        assert one.total == sum(one.factors) <= 100
        assert one.factors[:2] == tuple(Fraction(mark, 100) for mark in given_marks)


@given(fields)
def test_exactly_the_lowest_prices_get_all_points_for_the_price(bids: list[tuple[int, tuple[int, int]]]) -> None:
    lowest = min(price for price, _ in bids)
    for one in evaluate(bids):
        assert (one.factors[2] == 20) is (one.offer.price == lowest)


@given(fields, st.data())
def test_nobody_gains_points_when_another_asks_for_less(
    bids: list[tuple[int, tuple[int, int]]], data: st.DataObject
) -> None:
    who = data.draw(st.integers(0, len(bids) - 1))
    cheaper = list(bids)
    cheaper[who] = (data.draw(st.integers(1, bids[who][0])), bids[who][1])
    before, after = evaluate(bids), evaluate(cheaper)
    for place, (old, new) in enumerate(zip(before, after, strict=True)):
        if place == who:
            assert new.total >= old.total
        else:
            assert new.total <= old.total


@given(fields, st.data())
def test_more_points_never_lower_a_rank(bids: list[tuple[int, tuple[int, int]]], data: st.DataObject) -> None:
    who = data.draw(st.integers(0, len(bids) - 1))
    price, (plan, team) = bids[who]
    better = list(bids)
    better[who] = (price, (data.draw(st.integers(plan, 5000)), team))
    rank = {one.bid: one.rank for one in ranking(evaluate(bids))}
    improved = {one.bid: one.rank for one in ranking(evaluate(better))}
    assert improved[str(who)] <= rank[str(who)]


@given(fields)
def test_ranks_are_numbered_by_how_many_are_better(bids: list[tuple[int, tuple[int, int]]]) -> None:
    ranks = ranking(evaluate(bids))
    for one in ranks:
        merit = (-one.scored.total, one.scored.offer.price)
        assert one.rank == 1 + sum((-two.scored.total, two.scored.offer.price) < merit for two in ranks)


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=12), st.integers(-3, 3))
def test_milestones_are_accepted_exactly_when_they_add_up(amounts: list[int], off: int) -> None:
    steps = [Milestone(str(n), date(2027, 1, 1), amount) for n, amount in enumerate(amounts)]
    price = sum(amounts) + off
    assert (contract_refusal(price, price, steps) is None) is (off == 0)


@settings(max_examples=60)
@given(days, st.integers(1, 30))
def test_a_term_of_working_days_ends_on_one_and_holds_so_many(start: date, count: int) -> None:
    term = Workdays().after_workdays(start, count)
    assert Workdays().is_workday(term.last)
    assert Workdays().workdays_between(start, term.last) == count


@settings(max_examples=60)
@given(days, st.integers(1, 60))
def test_a_term_of_days_is_never_shorter_and_ends_on_a_working_day(start: date, count: int) -> None:
    term = Workdays().after_days(start, count)
    assert term.last >= start + timedelta(days=count)
    assert Workdays().is_workday(term.last)


@settings(max_examples=60)
@given(days, st.integers(0, 40))
def test_after_any_answer_the_full_term_for_a_clarification_remains(issued: date, later: int) -> None:
    basis = Basis(issued)
    deadline = earliest_days("open", issued, basis).deadline.last
    answered = issued + timedelta(days=later)
    moved = deadline_after_clarification("open", deadline, answered, basis).last
    last_day = clarify_by("open", moved, basis)
    assert last_day is not None
    assert moved >= deadline or answered > deadline
    assert answered <= last_day
