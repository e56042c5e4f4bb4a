"""Closing, declaring, adding up, bringing in: on both databases, with what the record says of it."""

import json
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core.db import db, transactional
from app.core.errors import Forbidden, Refused
from app.core.house import house
from app.core.values import Actor, Entry, Ref
from app.journal import queries as journal
from app.journal.actions import settle
from app.voting import actions, queries
from app.voting.events import OutcomeDeclared
from app.voting.models import PollOutcome, RollEntry
from app.voting.rules import Option, decision, outcome_from_json, sum_roll
from app.voting.rules.terms import CHOICES, LEFT_OUT
from tests.conftest import Clock
from tests.polls import MATTER, ballots, cast, open_approval, open_council, open_owners, seats, units
from tests.world import World

# Closing and declaring


def test_a_complete_vote_of_the_council_is_declared_the_moment_the_chair_closes_it(world: World, clock: Clock) -> None:
    roll = seats(1, property_1={"recused": True})
    poll_id = open_council(world, roll)
    for entry in roll[:3]:
        cast(world, poll_id, entry, "yes")
    assert actions.close_poll(world.actor("convener"), poll_id) == "adopted"
    poll = queries.get_poll(poll_id)
    assert (poll.state, poll.outcome, poll.closed_at, poll.declared_at) == ("declared", "adopted", clock.now, clock.now)
    events = [line.event for line in journal.history(world.community_id, MATTER)]
    assert events == ["OutcomeDeclared", "PollClosed", "BallotCast", "BallotCast", "BallotCast", "PollOpened"]


def test_with_a_seat_still_silent_the_outcome_waits_thirty_seconds(world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    cast(world, poll_id, roll[0], "yes")
    closed = clock.now
    assert actions.close_poll(world.actor("convener"), poll_id) is None
    assert queries.get_poll(poll_id).state == "counting"
    clock.forward(seconds=29)
    assert actions.declare_due() == 0
    with pytest.raises(Refused, match="刚刚截止"):
        actions.declare_outcome(poll_id)
    clock.forward(seconds=1)
    assert actions.declare_due() == 1
    assert actions.declare_due() == 0
    poll = queries.get_poll(poll_id)
    assert (poll.outcome, poll.closes_at) == ("rejected", closed)


def test_who_arrived_before_the_chair_closed_is_taken_until_the_outcome_is_frozen(world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    arrived = clock.now
    clock.forward(seconds=5)
    actions.close_poll(world.actor("convener"), poll_id)
    clock.forward(seconds=1)
    with pytest.raises(Refused, match="截止"):
        cast(world, poll_id, roll[0], "yes")
    clock.set(arrived)
    cast(world, poll_id, roll[0], "yes")
    clock.forward(minutes=2)
    actions.declare_outcome(poll_id)
    clock.set(arrived)
    with pytest.raises(Refused, match="结果已经公布"):
        cast(world, poll_id, roll[1], "yes")


def test_a_poll_is_closed_once_by_the_chair_alone(world: World, clock: Clock) -> None:
    poll_id = open_council(world)
    with pytest.raises(Forbidden):
        actions.close_poll(world.actor("member"), poll_id)
    actions.close_poll(world.actor("secretary"), poll_id)
    with pytest.raises(Refused, match="已经截止"):
        actions.close_poll(world.actor("convener"), poll_id)
    with pytest.raises(Refused, match="不能提前"):
        actions.close_poll(world.actor("convener"), open_owners(world))


def test_an_outcome_is_frozen_once_in_the_words_of_the_contract(world: World, clock: Clock) -> None:
    roll = units(1, 3)
    poll_id = open_owners(world, roll, follow_majority=True)
    cast(world, poll_id, roll[0], "yes")
    cast(world, poll_id, roll[1], "yes")
    with pytest.raises(Refused, match="还没有截止"):
        actions.declare_outcome(poll_id)
    clock.forward(days=10, seconds=31)
    assert actions.declare_outcome(poll_id) == actions.declare_outcome(poll_id) == "adopted"
    text = queries.get_answer(queries.get_poll(poll_id))
    assert text is not None
    answer = json.loads(text)
    assert list(answer) == ["outcome", "inequalities", "heads", "area", "strict", "follow_majority", "rejected"]
    assert answer["heads"] == {"total": 3, "participating": 2, "agreeing": 2}
    assert answer["follow_majority"]["heads"] == {"total": 3, "participating": 3, "agreeing": 3}
    assert outcome_from_json(answer).as_json() == answer
    assert db.session.scalar(select(func.count()).select_from(PollOutcome)) == 1
    declared = [line for line in journal.history(world.community_id, MATTER) if line.event == "OutcomeDeclared"]
    assert len(declared) == 1


def test_whoever_listens_learns_of_the_outcome_in_the_same_transaction(world: World, clock: Clock) -> None:
    heard: list[tuple[OutcomeDeclared, Actor, Ref | None]] = []
    house().cross(OutcomeDeclared, lambda *told: heard.append(told))
    roll = seats(1)
    poll_id = open_council(world, roll)
    for entry in roll:
        cast(world, poll_id, entry, "no")
    actions.close_poll(world.actor("convener"), poll_id)
    [(told, _, matter)] = heard
    assert (told.community_id, told.poll_id, told.number, told.outcome) == (world.community_id, poll_id, 1, "rejected")
    assert matter == MATTER


def test_a_fault_of_whoever_listens_undoes_the_declaration(world: World, clock: Clock) -> None:
    poll_id = open_owners(world)
    clock.forward(days=11)

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    house().cross(OutcomeDeclared, fail)
    with pytest.raises(ZeroDivisionError):
        actions.declare_outcome(poll_id)
    assert queries.get_poll(poll_id).state == "counting"


def test_an_approval_poll_is_won_by_all_that_tie_for_first(world: World, clock: Clock) -> None:
    poll_id = open_approval(world)
    for number, chosen in ((1, ["1", "2"]), (2, ["2"]), (3, ["1"]), (4, ["3"])):
        actions.cast_ballot(world.actor("resident", Ref("person", number)), poll_id, f"r{number}", chosen)
    clock.forward(days=11)
    assert actions.declare_outcome(poll_id) == "counted"
    answer = json.loads(queries.get_answer(queries.get_poll(poll_id)) or "")
    assert answer["winners"] == ["1", "2"]
    assert answer["options"] == [
        {"option": "1", "ballots": 2},
        {"option": "2", "ballots": 2},
        {"option": "3", "ballots": 1},
    ]
    assert answer["heads"]["participating"] == 4


# Sums


def test_the_database_adds_up_what_python_adds_up(world: World, clock: Clock) -> None:
    chance = random.Random(278)
    for terms in ({}, {"abstention": LEFT_OUT}, {"abstention": LEFT_OUT, "invalid": LEFT_OUT}):
        roll = [
            replace(
                entry, head=f"h{chance.randrange(6)}", area=chance.randrange(1, 10**9), recused=chance.random() < 0.1
            )
            for entry in units(3, 8)
        ]
        poll_id = open_owners(world, roll, follow_majority=True, **terms)
        choices = {entry.key: chance.choice(CHOICES) for entry in roll if chance.random() < 0.6}
        _mark(poll_id, choices)
        clock.forward(days=11)
        poll = queries.get_poll(poll_id)
        by_hand = sum_roll(poll.terms, roll, choices)
        found = queries.sums(poll)
        assert (found.heads, found.area) == (by_hand.heads, by_hand.area)
        assert decision(poll.terms, found) == decision(poll.terms, by_hand)
        assert queries.turnout(poll).heads.participating == by_hand.heads.participating


def test_the_database_adds_up_the_council_as_python_does(world: World, clock: Clock) -> None:
    chance = random.Random(4)
    for _ in range(4):
        roll = [replace(entry, present=chance.random() < 0.8, recused=chance.random() < 0.3) for entry in seats(3)]
        if all(entry.recused for entry in roll):
            continue
        poll_id = open_council(world, roll)
        may = [entry for entry in roll if entry.present and not entry.recused]
        choices = {entry.key: chance.choice(("yes", "no", "abstain")) for entry in may if chance.random() < 0.8}
        _mark(poll_id, choices)
        poll = queries.get_poll(poll_id)
        assert queries.sums(poll) == sum_roll(poll.terms, roll, choices)


@transactional
def _mark(poll_id: int, choices: dict[str, str]) -> None:
    for row in db.session.scalars(select(RollEntry).filter_by(poll_id=poll_id)):
        row.choice = choices.get(row.key)


# Bringing in


def test_a_poll_that_is_over_comes_in_whole_and_is_declared_at_once(world: World, clock: Clock) -> None:
    terms = replace(queries.get_poll(open_approval(world)).terms, options=(Option("a", "甲"), Option("b", "乙")))
    roll = [Entry(f"v{number}", f"v{number}") for number in range(4)]
    window = (clock.now - timedelta(days=3), clock.now - timedelta(days=1))
    done = actions.import_poll(
        world.actor("secretary"),
        world.community_id,
        MATTER,
        "别处投的票",
        terms,
        roll,
        {"v0": ["a"], "v1": ["b", "a"], "v2": ["a"]},
        *window,
        1,
    )
    poll = queries.get_poll(done.poll_id)
    assert (done.ballots, poll.outcome, poll.lines) == (3, "counted", 4)
    assert json.loads(queries.get_answer(poll) or "")["winners"] == ["a"]
    assert {ballot.choice for ballot in ballots(poll.id)} == {'["a"]', '["a","b"]'}
    settle()
    told = next(line for line in journal.history(world.community_id, MATTER) if line.event == "BallotsImported").told
    assert (told["taken"], told["rejected"]) == (3, 1)


def test_a_poll_that_is_not_over_does_not_come_in(world: World, clock: Clock) -> None:
    terms = queries.get_poll(open_approval(world)).terms
    roll = [Entry("v", "v")]
    now = clock.now
    with pytest.raises(Refused, match="还没有截止"):
        actions.import_poll(
            world.actor("secretary"),
            world.community_id,
            MATTER,
            "?",
            terms,
            roll,
            {"v": ["1"]},
            now - timedelta(1),
            now,
        )
    with pytest.raises(Refused, match="没有这个选项"):
        actions.import_poll(
            world.actor("secretary"), world.community_id, MATTER, "?", terms, roll, {"v": ["9"]},
            now - timedelta(2), now - timedelta(1),
        )  # fmt: skip
    assert len(queries.polls(world.community_id)) == 1
