"""Co-owners name one voter; the roll then lists that one alone, and heads and area stay as they were."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db
from app.core.errors import Forbidden, Refused
from app.core.questions import answers
from app.core.values import Entry, Ref, the_house
from app.journal import queries as journal
from app.register import actions
from app.register.models import Person
from app.register.queries import get_home, roll, roll_preview, waiting
from tests.books import SMALL, TODAY, read
from tests.conftest import Clock
from tests.world import World

CODE = "1-1-101"


@pytest.fixture
def couple(world: World, clock: Clock) -> tuple[int, int]:
    """The two who own CODE together, 郭晓东 and 李凤霞."""
    actions.import_register(the_house(world.community_id), world.community_id, read(SMALL), "0" * 64, TODAY)
    people = {row.name: row.id for row in db.session.scalars(select(Person))}
    return people["郭晓东"], people["李凤霞"]


def line(world: World, on: date = TODAY) -> Entry:
    return next(entry for entry in roll(world.community_id, on) if entry.key == CODE)


def sums(world: World) -> tuple[int, int]:
    entries = roll(world.community_id, TODAY)
    return len({entry.head for entry in entries}), sum(entry.area for entry in entries)


def test_both_have_to_say_so_and_then_one_votes(world: World, clock: Clock, couple: tuple[int, int]) -> None:
    he, she = couple
    before = sums(world)
    his, hers = world.actor("owner", Ref("person", he)), world.actor("resident", Ref("person", she))
    assert not actions.name_voter(his, world.community_id, CODE, she)
    assert line(world).voters == (Ref("person", he), Ref("person", she))
    assert not actions.name_voter(his, world.community_id, CODE, she)
    assert actions.name_voter(hers, world.community_id, CODE, she)
    assert line(world).voters == (Ref("person", she),)
    assert sums(world) == before
    [shown] = [one for one in roll_preview(world.community_id, TODAY) if one.entry.key == CODE]
    assert (shown.named, set(shown.owners), shown.basis) == (she, {he, she}, "stated")
    home = get_home(world.community_id, CODE, TODAY)
    events = [one.event for one in journal.history(world.community_id, Ref("dwelling", home.dwelling_id))]
    assert events == ["VoterNamed", "VoterProposed"]


def test_whoever_has_not_agreed_is_asked(app: Flask, world: World, clock: Clock, couple: tuple[int, int]) -> None:
    he, she = couple
    his, hers = world.actor("owner", Ref("person", he)), world.actor("resident", Ref("person", she))
    actions.name_voter(his, world.community_id, CODE, he)
    with app.test_request_context(f"/c/{world.slug}/"):
        app.preprocess_request()
        assert [todo.url for todo in answers(waiting(world.community_id, hers))] == [
            f"/c/{world.slug}/homes/{CODE}/voter"
        ]
        assert list(answers(waiting(world.community_id, his))) == []
        assert list(answers(waiting(world.other_id, hers))) == []


def test_taking_it_back_lets_both_vote_again(world: World, clock: Clock, couple: tuple[int, int]) -> None:
    he, she = couple
    desk = world.actor("clerk")
    actions.enter_voter(desk, world.community_id, CODE, he, "3月2日签，存服务台")
    assert line(world).voters == (Ref("person", he),)
    clock.forward(days=1)
    with pytest.raises(Forbidden):
        actions.end_naming(world.actor("resident", Ref("person", 999)), world.community_id, CODE)
    actions.end_naming(world.actor("resident", Ref("person", she)), world.community_id, CODE)
    assert len(line(world).voters) == 2
    with pytest.raises(Refused, match="没有推选"):
        actions.end_naming(desk, world.community_id, CODE)


def test_naming_another_starts_anew(world: World, clock: Clock, couple: tuple[int, int]) -> None:
    he, she = couple
    actions.enter_voter(world.actor("clerk"), world.community_id, CODE, he, "存服务台")
    assert not actions.name_voter(world.actor("owner", Ref("person", she)), world.community_id, CODE, she)
    assert len(line(world).voters) == 2


def test_when_one_of_them_sells_the_naming_is_over(world: World, clock: Clock, couple: tuple[int, int]) -> None:
    he, _she = couple
    actions.enter_voter(world.actor("clerk"), world.community_id, CODE, he, "存服务台")
    sold = [["1栋", 1, "101", 89.5, "住宅", "郭晓东", "1/1", "19907000007", "", "", ""], *SMALL[2:]]
    later = TODAY + timedelta(days=30)
    actions.import_register(the_house(world.community_id), world.community_id, read(sold, later), "1" * 64, later)
    assert line(world, later + timedelta(days=1)).voters == (Ref("person", he),)
    naming = get_home(world.community_id, CODE, later + timedelta(days=1)).naming
    assert naming is not None
    assert not naming.holds_for({he})


@pytest.mark.parametrize("role", ["resident", "owner", "member", "auditor"])
def test_only_the_desk_enters_a_paper(world: World, clock: Clock, couple: tuple[int, int], role: str) -> None:
    with pytest.raises(Forbidden):
        actions.enter_voter(world.actor(role), world.community_id, CODE, couple[0], "存服务台")


def test_a_stranger_names_nobody(world: World, clock: Clock, couple: tuple[int, int]) -> None:
    for stranger in (world.actor("owner"), world.actor("owner", Ref("person", 999))):
        with pytest.raises(Refused, match="业主可以"):
            actions.name_voter(stranger, world.community_id, CODE, couple[0])


def test_units_that_do_not_count_by_the_compounds_rule_are_not_on_the_roll(
    world: World, clock: Clock, couple: tuple[int, int]
) -> None:
    counted = roll(world.community_id, TODAY, {"residential"})
    assert {entry.key for entry in counted} == {"1-1-101", "1-1-102", "1-1-201"}
    assert len(roll(world.community_id, TODAY)) == 5
