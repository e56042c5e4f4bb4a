"""Jobs and desks at once around the roll of an assembly: it is frozen once, and a correction is answered once and applied."""

import threading
import time
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.assemblies import actions, queries
from app.assemblies.rules import Draft, DraftItem
from app.core.db import db, transactional
from app.core.errors import HouseError
from app.core.values import Actor, Grant, Ref, the_house
from app.journal.models import JournalEntry
from app.register.actions import import_register
from app.register.models import Person
from app.voting import queries as voting
from app.voting.models import RollEntry, RollVoter
from tests.books import SMALL, TODAY, read
from tests.conftest import Clock
from tests.together import together
from tests.world import World

ITEMS = (DraftItem("更换水泵", "是否同意更换水泵？", 5), DraftItem("加装电梯", "是否同意加装电梯？", 7))
DOOR, MENDED = "1-1-102", 6300


@pytest.fixture
def made(world: World, clock: Clock) -> actions.Convened:
    """An owners' assembly on two matters over a small register, with one correction that an owner asked for."""
    here = world.community_id
    import_register(the_house(here), here, read(SMALL), "0" * 64, TODAY)
    opens = clock.now + timedelta(days=16)
    draft = Draft(title="三月的业主大会", items=ITEMS)
    made = actions.convene(world.actor("secretary"), here, draft, opens, opens + timedelta(days=13))
    person = db.session.scalars(select(Person.id).filter_by(name="高志强")).one()
    his = world.actor("owner", Ref("person", person))
    actions.ask_correction(his, here, made.number, DOOR, "area", "房产证上是63.00", MENDED)
    return made


def clerk(world: World, number: int) -> Actor:
    return Actor(1000 + number, frozenset({Grant(world.community_id, "clerk")}))


def told(event: str) -> int:
    return db.session.scalar(select(func.count()).select_from(JournalEntry).filter_by(event=event)) or 0


def answer(world: World, made: actions.Convened, number: int, *, accepted: bool = True) -> str:
    """A desk answers the correction; `refused` where it came too late."""
    try:
        actions.answer_correction(clerk(world, number), world.community_id, made.number, 1, accepted, "房产证已核对")
    except HouseError:
        return "refused"
    return "accepted" if accepted else "declined"


def test_rolls_that_are_due_are_frozen_once_by_four_jobs_at_once(
    app: Flask, world: World, clock: Clock, made: actions.Convened
) -> None:
    clock.set(voting.get_poll(made.poll_id).opens_at)
    opened = together(app, lambda _: actions.open_due(), 4)
    db.session.rollback()
    assert sum(opened) == 2
    assert told("PollOpened") == 2
    items = queries.items_of([made.assembly_id])[made.assembly_id]
    polls = [voting.get_poll(item.poll.id) for item in items if item.poll]
    assert [(poll.lines, poll.state) for poll in polls] == [(5, "open")] * 2
    lines = db.session.execute(select(RollEntry.poll_id, func.count()).group_by(RollEntry.poll_id)).all()
    assert [many for _, many in lines] == [5, 5]
    voters = db.session.execute(select(RollVoter.poll_id, func.count()).group_by(RollVoter.poll_id)).all()
    assert len({many for _, many in voters}) == 1


def test_one_correction_taken_by_six_desks_at_once_is_answered_once(
    app: Flask, world: World, clock: Clock, made: actions.Convened
) -> None:
    answers = together(app, lambda n: answer(world, made, n, accepted=bool(n % 2)), 6)
    db.session.rollback()
    [won] = [one for one in answers if one != "refused"]
    assert told("CorrectionAnswered") == 1
    clock.set(voting.get_poll(made.poll_id).opens_at)
    actions.open_due()
    area = {line.entry.key: line.entry.area for line in voting.roll_of(made.poll_id)}[DOOR]
    assert (area == MENDED) == (won == "accepted")


def test_a_correction_accepted_while_the_roll_is_frozen_is_on_it_or_refused(
    app: Flask, world: World, clock: Clock, made: actions.Convened
) -> None:
    clock.set(voting.get_poll(made.poll_id).opens_at)
    found = together(app, lambda n: answer(world, made, n) if n else str(actions.open_due()), 3)
    db.session.rollback()
    items = queries.items_of([made.assembly_id])[made.assembly_id]
    for item in items:
        assert item.poll is not None
        area = {line.entry.key: line.entry.area for line in voting.roll_of(item.poll.id)}[DOOR]
        assert (area == MENDED) == ("accepted" in found)


def test_a_roll_waits_for_the_correction_that_a_desk_is_about_to_accept(
    app: Flask, world: World, clock: Clock, made: actions.Convened
) -> None:
    clock.set(voting.get_poll(made.poll_id).opens_at)
    taken = threading.Event()

    @transactional
    def accept_slowly() -> int:
        answer(world, made, 1)
        taken.set()
        time.sleep(0.5)
        return 0

    def freeze() -> int:
        taken.wait(10)
        return actions.open_due()

    assert together(app, lambda n: freeze() if n else accept_slowly(), 2) == [0, 2]
    db.session.rollback()
    assert {line.entry.key: line.entry.area for line in voting.roll_of(made.poll_id)}[DOOR] == MENDED
