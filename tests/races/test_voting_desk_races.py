"""Many at the desk at once: one number for one arrival, two readers and no third, one settlement, nothing after the close."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import HouseError
from app.core.values import Actor, Grant
from app.voting import actions, queries
from app.voting.models import Ballot, BallotIntake, BallotReading
from app.voting.queries import papers
from tests.conftest import Clock
from tests.desks import FIRST, SECOND, read, received, standing
from tests.polls import ballots, cast, marked, open_owners, units
from tests.together import together
from tests.world import World

VOTERS = 64


def done(act: Callable[[], object]) -> object:
    """What came of it, or the refusal."""
    try:
        return act()
    except HouseError as refusal:
        return refusal


def clerk(world: World, number: int) -> Actor:
    """One of many at the desk."""
    return Actor(1000 + number, frozenset({Grant(world.community_id, "clerk")}))


def kept(of: type[Ballot] | type[BallotIntake] | type[BallotReading]) -> int:
    return db.session.scalar(select(func.count()).select_from(of)) or 0


def fresh(app: Flask, act: Callable[[int], object], people: int) -> list[object]:
    """All at once, each with its refusal; then the test reads afresh."""
    found = together(app, lambda number: done(lambda: act(number)), people)
    db.session.rollback()
    return found


def test_one_paper_scanned_at_eight_desks_at_once_is_received_once(app: Flask, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    found = fresh(app, lambda n: actions.receive_intake(clerk(world, n), poll_id, "paper", roll[0].key), 8)
    assert [one for one in found if not isinstance(one, HouseError)] == [[1]]
    assert kept(BallotIntake) == 1


def test_numbers_of_sixty_four_arrivals_have_no_gap_and_none_twice(app: Flask, world: World, clock: Clock) -> None:
    roll = units(4, VOTERS // 4)
    poll_id = open_owners(world, roll)
    found = fresh(app, lambda n: actions.receive_intake(clerk(world, n), poll_id, "stall", roll[n].key)[0], VOTERS)
    assert sorted(map(str, found)) == sorted(map(str, range(1, VOTERS + 1)))


@pytest.mark.parametrize("precedence", ["last", "first", "paper"])
def test_one_unit_by_two_channels_at_once_counts_once_and_by_the_declared_rule(
    app: Flask, world: World, clock: Clock, precedence: str
) -> None:
    roll = units()
    poll_id = open_owners(world, roll, precedence=precedence)
    clock.forward(minutes=1)
    numbers = [received(world, poll_id, roll[0]), received(world, poll_id, roll[0], "phone")]
    for number in numbers:
        actions.read_intake(world.actor(FIRST), poll_id, number, "no")
    clock.forward(minutes=1)
    acts: list[Callable[[], object]] = [
        lambda: cast(world, poll_id, roll[0], "yes"),
        lambda: actions.read_intake(world.actor(SECOND), poll_id, numbers[0], "no"),
        lambda: cast(world, poll_id, roll[0], "abstain"),
        lambda: actions.read_intake(world.actor(SECOND), poll_id, numbers[1], "no"),
    ]
    found = fresh(app, lambda n: acts[n](), 4)
    assert not any(isinstance(one, HouseError) for one in found)
    came = ballots(poll_id)
    assert len(came) == 4
    (counts,) = [one for one in came if one.counted]
    wanted = {"last": {"online"}, "first": {"paper", "phone"}, "paper": {"paper"}}
    assert counts.channel in wanted[precedence]
    assert marked(poll_id, roll[0].key) == counts.choice


def test_of_eight_typists_at_once_two_read_a_ballot(app: Flask, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    found = fresh(app, lambda n: actions.read_intake(clerk(world, n), poll_id, number, "yes"), 8)
    assert sorted(str(one) for one in found if isinstance(one, str)) == ["half-read", "read"]
    assert kept(BallotReading) == 2
    assert len(ballots(poll_id)) == 1


def test_one_typist_in_two_windows_is_one_reader(app: Flask, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    found = fresh(app, lambda _n: actions.read_intake(clerk(world, 1), poll_id, number, "yes"), 4)
    assert [one for one in found if isinstance(one, str)] == ["half-read"]
    assert standing(poll_id, number).readings == 1


def test_a_dispute_settled_by_four_at_once_is_settled_once(app: Flask, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    read(world, poll_id, number, "yes", "no")
    grant = frozenset({Grant(world.community_id, "convener")})
    choices = ("yes", "no", "abstain", "invalid")

    def settle(n: int) -> str:
        actions.settle_intake(Actor(2000 + n, grant), poll_id, number, choices[n], "看过原票")
        return choices[n]

    settled = [one for one in fresh(app, settle, 4) if isinstance(one, str)]
    assert len(settled) == 1
    assert [ballot.choice for ballot in ballots(poll_id)] == settled
    assert marked(poll_id, roll[0].key) == settled[0]


def test_a_ballot_is_read_or_void_and_never_both(app: Flask, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    actions.read_intake(world.actor(FIRST), poll_id, number, "yes")
    acts: list[Callable[[], object]] = [
        lambda: actions.read_intake(world.actor(SECOND), poll_id, number, "yes"),
        lambda: actions.void_intake(world.actor(SECOND), poll_id, number, "重复"),
    ]
    fresh(app, lambda n: acts[n](), 2)
    counts = [ballot for ballot in ballots(poll_id) if ballot.counted]
    assert standing(poll_id, number).state == "void"
    assert counts == []
    assert marked(poll_id, roll[0].key) is None


def test_what_is_received_while_the_outcome_is_declared_is_in_it_or_refused(
    app: Flask, world: World, clock: Clock
) -> None:
    roll = units(2, 8)
    poll_id = open_owners(world, roll, days=1)
    closes = queries.get_poll(poll_id).closes_at
    clock.set(closes)
    for entry in roll[:12]:
        cast(world, poll_id, entry, "yes")
    number = received(world, poll_id, roll[12])
    actions.read_intake(world.actor(FIRST), poll_id, number, "no")
    clock.set(closes + timedelta(seconds=31))
    acts: list[Callable[[], object]] = [
        lambda: actions.read_intake(world.actor(SECOND), poll_id, number, "no"),
        lambda: actions.declare_outcome(poll_id),
        lambda: actions.receive_intake(world.actor(FIRST), poll_id, "paper", roll[13].key),
        lambda: actions.declare_outcome(poll_id),
    ]
    found = fresh(app, lambda n: acts[n](), 4)
    assert found[0] == "read"
    assert isinstance(found[2], HouseError)
    assert actions.declare_outcome(poll_id) == "adopted"
    shown = queries.view(queries.get_poll(poll_id))
    assert shown.participating.participating == 13


def test_one_proxy_registered_at_eight_desks_at_once_keeps_to_the_limit(app: Flask, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, proxy_limit=3)
    found = fresh(app, lambda n: actions.register_mandate(clerk(world, n), poll_id, roll[n].key, "何受托", "139"), 8)
    assert sum(isinstance(one, int) for one in found) == 3
    assert len(queries.mandates(queries.get_poll(poll_id))) == 3


def test_one_late_paper_at_eight_desks_at_once_is_refused_once(app: Flask, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    clock.set(queries.get_poll(poll_id).closes_at + timedelta(seconds=1))
    found = fresh(app, lambda n: actions.refuse_ballot(clerk(world, n), poll_id, "paper", roll[0].key), 8)
    assert [one for one in found if not isinstance(one, HouseError)] == [[1]]
    assert queries.counts(poll_id).refused == {"after-closing": 1}


def test_a_mistaken_refusal_put_right_by_six_at_once_becomes_one_arrival_or_none(
    app: Flask, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    [number] = actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", "1-1O1")

    def undo(n: int) -> object:
        if n % 2:
            return actions.withdraw_refusal(clerk(world, n), poll_id, number, "没有这张票")
        return actions.receive_refused(clerk(world, n), poll_id, number, roll[0].key, "看错了")

    found = fresh(app, undo, 6)
    [done_] = [one for one in found if not isinstance(one, HouseError)]
    assert kept(BallotIntake) == (1 if done_ else 0)
    assert queries.get_refused(queries.get_poll(poll_id), number).intakes == (
        [done_[0]] if isinstance(done_, list) else []
    )


def test_a_late_paper_of_two_units_put_right_by_six_at_once_stands_once(app: Flask, world: World, clock: Clock) -> None:
    roll = [replace(entry, head="h1" if number < 2 else f"h{number}") for number, entry in enumerate(units())]
    poll_id = open_owners(world, roll, days=1)
    actions.issue_papers(world.actor(SECOND), poll_id, "owner")
    code = next(sheet.code for sheet in papers.sheets_of(poll_id) if len(sheet.lines) == 2)
    clock.set(queries.get_poll(poll_id).closes_at + timedelta(seconds=1))
    numbers = actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", code)

    def undo(n: int) -> object:
        number = numbers[n % 2]
        if n < 2:
            return actions.withdraw_refusal(clerk(world, n), poll_id, number, "没有这张票")
        return actions.correct_refusal(clerk(world, n), poll_id, number, roll[2].key, "记错了户")

    found = fresh(app, undo, 6)
    [done_] = [one for one in found if not isinstance(one, HouseError)]
    assert queries.counts(poll_id).refused == ({"after-closing": 1} if done_ else {})


def test_a_ballot_against_its_mandate_is_weighed_once_while_the_outcome_is_asked_for(
    app: Flask, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    actions.register_mandate(world.actor(FIRST), poll_id, roll[0].key, "何受托", "139", "yes")
    number = received(world, poll_id, roll[0], "proxy")
    read(world, poll_id, number, "no")
    clock.set(queries.get_poll(poll_id).closes_at + timedelta(seconds=31))
    grant = frozenset({Grant(world.community_id, "convener")})

    def act(n: int) -> object:
        if n == 4:
            return actions.declare_outcome(poll_id)
        who = Actor(2000 + n, grant)
        return actions.weigh_proxy_ballot(who, poll_id, number, stands=n % 2 == 0, reason="看过原件")

    found = fresh(app, act, 5)
    assert sum(one is None for one in found[:4]) == 1
    row = standing(poll_id, number)
    assert (row.weighed_at is None) != (row.void_at is None)
    assert marked(poll_id, roll[0].key) == ("no" if row.weighed_at else None)
    assert actions.declare_outcome(poll_id) == "not-quorate"
