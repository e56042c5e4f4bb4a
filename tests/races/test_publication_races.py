"""Two clerks at once."""

from flask import Flask

from app.core.db import db
from app.core.errors import Refused
from app.publication import actions, queries, rules
from app.publication.rules import HANDED, NOTICE
from tests.conftest import Clock
from tests.postings import TODAY, households, posted
from tests.together import together
from tests.world import World


def test_one_door_entered_by_many_at_once_is_entered_once(app: Flask, world: World, clock: Clock) -> None:
    made = posted(world)
    clerk = world.actor("clerk")
    done = together(
        app, lambda _: actions.record_service(clerk, made.posting_id, HANDED, TODAY, keys=["1-1-101"]).added, 6
    )
    assert sorted(done) == [0, 0, 0, 0, 0, 1]
    db.session.rollback()  # what this test read before is not what it asks for now
    assert len(queries.evidence(queries.get_line(made.posting_id, "1-1-101").id)) == 1


def test_buildings_and_doors_entered_at_once_all_count(app: Flask, world: World, clock: Clock) -> None:
    made = posted(world, households(4, 4))
    clerk = world.actor("clerk")

    def act(place: int) -> int:
        if place < 4:
            return actions.record_service(clerk, made.posting_id, NOTICE, TODAY, building=str(place + 1)).added
        keys = [f"{place - 3}-1-101", f"{place - 3}-1-102"]
        return actions.record_service(clerk, made.posting_id, HANDED, TODAY, keys=keys).added

    assert together(app, act, 8) == [4, 4, 4, 4, 2, 2, 2, 2]
    db.session.rollback()  # what this test read before is not what it asks for now
    both = rules.mask((HANDED, NOTICE))
    assert queries.counts(made.posting_id) == {both: 8, rules.mask((NOTICE,)): 8}


def test_an_entry_taken_back_by_two_at_once_is_taken_back_once(app: Flask, world: World, clock: Clock) -> None:
    made = posted(world)
    clerk = world.actor("clerk")
    act_id = actions.record_service(clerk, made.posting_id, HANDED, TODAY, building="1").act_id
    assert act_id is not None

    def undo(_: int) -> bool:
        try:
            return actions.undo_service(clerk, act_id) == 4
        except Refused:
            return False

    assert sorted(together(app, undo, 4)) == [False, False, False, True]
    db.session.rollback()  # what this test read before is not what it asks for now
    assert queries.counts(made.posting_id) == {0: 8}


def test_two_corrections_at_once_are_one(app: Flask, world: World, clock: Clock) -> None:
    made = posted(world)

    def correct(_: int) -> bool:
        try:
            posted(world, corrects=made.number)
        except Refused:
            return False
        return True

    assert sorted(together(app, correct, 3)) == [False, False, True]
