"""Many at once: nothing acknowledged is lost, nothing counts twice, nothing slips in after the answer is frozen."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import HouseError
from app.voting import actions, queries
from app.voting.actions import Receipt
from app.voting.models import Ballot
from tests.conftest import Clock
from tests.polls import marked, open_council, open_owners, seats, units, voter
from tests.world import World

VOTERS = 64


def at_once(app: Flask, acts: Sequence[Callable[[], Receipt | str | None]]) -> list[object]:
    """Do all at the same moment, each on a connection of its own; answers and refusals in the order of `acts`."""
    found: list[object] = [None] * len(acts)
    ready = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], object]) -> None:
        with app.app_context():
            ready.wait(60)
            try:
                found[place] = act()
            except HouseError as refusal:
                found[place] = refusal

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not any(thread.is_alive() for thread in threads)
    db.session.rollback()
    return found


def counted(poll_id: int) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(Ballot).where(Ballot.poll_id == poll_id, Ballot.counted))
        or 0
    )


def codes(poll_id: int) -> set[str]:
    return set(db.session.scalars(select(Ballot.code).filter_by(poll_id=poll_id)))


def test_sixty_four_voters_at_once_are_all_taken(app: Flask, world: World) -> None:
    roll = units(4, VOTERS // 4)
    poll_id = open_owners(world, roll)
    found = at_once(
        app,
        [
            lambda entry=entry: actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes")  # type: ignore[misc]  # bound at once
            for entry in roll
        ],
    )
    receipts = [one for one in found if isinstance(one, Receipt)]
    assert len(receipts) == VOTERS, [str(one) for one in found if not isinstance(one, Receipt)][:3]
    assert codes(poll_id) == {receipt.code for receipt in receipts}
    assert queries.turnout(queries.get_poll(poll_id)).heads.participating == VOTERS == counted(poll_id)


def test_one_line_cast_sixteen_times_at_once_counts_once(app: Flask, world: World) -> None:
    roll = units(1, 3)
    poll_id = open_owners(world, roll)
    choices = ["yes", "no"] * 8
    found = at_once(
        app,
        [
            lambda choice=choice: actions.cast_ballot(voter(roll[0], world), poll_id, roll[0].key, choice)  # type: ignore[misc]  # bound at once
            for choice in choices
        ],
    )
    assert all(isinstance(one, Receipt) for one in found)
    assert len(codes(poll_id)) == len(choices)
    assert counted(poll_id) == 1
    line = queries.find_line(poll_id, roll[0].key)
    own = queries.counted_ballot(line.id) if line else None
    kept = db.session.get_one(Ballot, own.id) if own else None
    assert kept is not None
    assert kept.choice == marked(poll_id, roll[0].key)


def test_a_seat_that_votes_twice_at_once_has_voted_once(app: Flask, world: World) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    found = at_once(
        app,
        [
            lambda choice=choice: actions.cast_ballot(voter(roll[0], world), poll_id, "branch-1", choice)  # type: ignore[misc]  # bound at once
            for choice in ("yes", "no", "abstain", "yes")
        ],
    )
    receipts = [one for one in found if isinstance(one, Receipt)]
    assert len(receipts) == 1
    assert codes(poll_id) == {receipts[0].code}


def test_whoever_is_acknowledged_while_the_chair_closes_is_in_the_answer(app: Flask, world: World) -> None:
    roll = seats(6)
    poll_id = open_council(world, roll)
    convener = world.actor("convener")
    found = at_once(
        app,
        [
            *(
                lambda entry=entry: actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes")  # type: ignore[misc]  # bound at once
                for entry in roll
            ),
            lambda: actions.close_poll(convener, poll_id),
        ],
    )
    receipts = [one for one in found if isinstance(one, Receipt)]
    assert codes(poll_id) == {receipt.code for receipt in receipts}
    assert len(receipts) + sum(isinstance(one, HouseError) for one in found) == len(roll)


def test_while_an_outcome_is_declared_every_ballot_is_in_it_or_refused(app: Flask, world: World, clock: Clock) -> None:
    roll = units(2, 12)
    poll_id = open_owners(world, roll, days=1)
    closes = queries.get_poll(poll_id).closes_at
    for entry in roll[:4]:
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes")
    late = roll[4:]

    def vote(place: int) -> Receipt:
        return actions.cast_ballot(voter(late[place], world), poll_id, late[place].key, "yes")

    def declare() -> str:
        return actions.declare_outcome(poll_id)

    clock.set(closes)
    _in_time(app, late[:10], poll_id, world)
    clock.set(closes + timedelta(seconds=30))
    found = at_once(app, [*(lambda place=place: vote(place) for place in range(10, 20)), declare, declare])  # type: ignore[misc]  # bound at once
    assert found[-2:] == ["adopted", "adopted"] or found[-1] == found[-2]
    assert all(isinstance(one, HouseError) for one in found[:-2])
    shown = queries.view(queries.get_poll(poll_id))
    assert shown.participating.participating == 14 == counted(poll_id)


def _in_time(app: Flask, entries: Sequence[object], poll_id: int, world: World) -> None:
    found = at_once(
        app,
        [
            lambda entry=entry: actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes")  # type: ignore[misc]  # bound at once
            for entry in entries
        ],
    )
    assert all(isinstance(one, Receipt) for one in found)
