"""A tie waits for a public seed; then a lot decides it, once, and everybody can draw it again."""

import hashlib
import json
from datetime import timedelta

import pytest

from app.core.errors import Refused
from app.core.values import Entry, Ref
from app.journal import actions as journal_actions
from app.journal import queries as journal
from app.voting import actions, queries
from app.voting.rules import Budget, Marks
from app.voting.rules.methods import lot
from tests.conftest import Clock
from tests.polls import open_method, voter
from tests.witnesses import Browser
from tests.world import World

SEED = hashlib.sha256(b"checkpoint").digest()


def held(
    world: World, clock: Clock, method: str, ballots: list[Marks], budget: Budget | None = None
) -> queries.PollRow:
    """A residents' poll by a method, voted in and declared."""
    poll_id = open_method(world, method, many=len(ballots), budget=budget)
    for number, marks in enumerate(ballots, 1):
        entry = Entry(f"r{number}", "", voters=(Ref("person", number),))
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, marks)
    clock.forward(days=11)
    assert actions.declare_due() == 1
    return queries.get_poll(poll_id)


def test_a_count_without_a_tie_wants_no_lot(world: World, clock: Clock) -> None:
    poll = held(world, clock, "irv", [["1", "2"], ["1"], ["2"]])
    shown = queries.view(poll)
    assert (shown.winners, shown.lot, poll.outcome) == (("1",), None, "counted")
    with pytest.raises(Refused, match="没有要抽签的并列"):
        actions.draw_lot(poll.id, SEED)


def test_a_tie_waits_until_a_lot_is_drawn_and_stays_as_it_fell(world: World, clock: Clock) -> None:
    poll = held(world, clock, "irv", [["1"], ["2"], ["3"]])
    before = queries.view(poll)
    assert (before.winners, before.details["ties"][0]) == ((), ["1", "2", "3"])
    assert queries.lots_waiting(world.community_id, clock.now) == []
    assert queries.lots_waiting(world.community_id, clock.now + timedelta(seconds=1)) == [poll.id]
    assert queries.lots_waiting(world.other_id, clock.now + timedelta(days=1)) == []
    frozen = queries.get_answer(poll)
    with pytest.raises(Refused, match="32"):
        actions.draw_lot(poll.id, b"short")
    order = actions.draw_lot(poll.id, SEED)
    assert order == lot(SEED, ["1", "2", "3"])
    assert actions.draw_lot(poll.id, bytes(32)) == order
    after = queries.view(poll)
    assert after.winners == (order[0],)
    assert (after.lot.seed, after.details["lot"]) == (SEED.hex(), list(order))
    assert queries.get_answer(poll) == frozen
    assert queries.lots_waiting(world.community_id, clock.now + timedelta(seconds=1)) == []


@pytest.mark.parametrize(
    ("method", "ballots"),
    [
        ("score", [{"1": 5, "2": 5}, {"3": 1}]),
        ("schulze", [["1", "2", "3"], ["2", "3", "1"], ["3", "1", "2"]]),
        ("budget", [["1", "2"]]),
    ],
)
def test_every_method_leaves_its_tie_to_the_lot(world: World, clock: Clock, method: str, ballots: list[Marks]) -> None:
    poll = held(world, clock, method, ballots, Budget(60_000_00) if method == "budget" else None)
    assert queries.view(poll).details["ties"]
    assert queries.view(poll).winners == ()
    order = actions.draw_lot(poll.id, SEED)
    after = queries.view(poll)
    if method == "budget":
        first = next(key for key in order if key in ("1", "2"))
        assert after.details["greedy"]["funded"] == after.details["equal-shares"]["funded"] == [first]
    else:
        tied = json.loads(queries.get_answer(poll) or "")["details"]["ties"][0]
        assert after.winners == (next(key for key in order if key in tied),)


def test_points_are_added_over_all_ballots(world: World, clock: Clock) -> None:
    shown = queries.view(held(world, clock, "score", [{"1": 5}, {"2": 3, "1": 1}]))
    assert shown.winners == ("1",)
    assert shown.details["standings"] == [
        {"option": "1", "points": 6, "ballots": 2},
        {"option": "2", "points": 3, "ballots": 1},
        {"option": "3", "points": 0, "ballots": 0},
    ]


def test_the_first_head_that_a_witness_cosigns_after_the_count_draws_the_lot(world: World, clock: Clock) -> None:
    witness = Browser(world)
    witness.register()
    poll = held(world, clock, "irv", [["1"], ["2"]])
    assert actions.draw_due_lots() == 0
    clock.forward(seconds=1)
    journal_actions.seal()
    assert actions.draw_due_lots() == 0
    witness.cosign()
    assert actions.draw_due_lots() == 1
    head = journal.latest_checkpoint(world.community_id)
    assert queries.find_lot(poll.id).seed == head.root.hex()
    assert actions.draw_due_lots() == 0
