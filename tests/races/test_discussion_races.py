"""Many in one discussion at once."""

from flask import Flask

from app.core.db import db
from app.core.errors import Refused
from app.core.permissions import RESIDENT
from app.core.values import PROPERTY, Actor, Grant, Ref
from app.discussion import actions, queries, rules
from app.identity.actions import create_account
from tests.together import together
from tests.world import PASSWORD, World

SUBJECT = Ref("need", 7)


def neighbour(world: World, number: int) -> Actor:
    account_id = create_account(f"邻居{number}", f"neighbour-{number}", PASSWORD)
    return Actor(account_id, frozenset({Grant(world.community_id, RESIDENT)}))


def begun(world: World, asks: str = "") -> tuple[int, int]:
    thread = actions.open_thread(world.actor("secretary"), world.community_id, SUBJECT, SUBJECT)
    return thread, actions.say(world.actor("resident"), thread, rules.AGAINST, "间距够不够？", "周先生", asks)


def test_pressing_twice_at_once_counts_once(app: Flask, world: World) -> None:
    _, number = begun(world)
    owner = world.actor("owner")
    together(app, lambda _: actions.endorse(owner, number), 6)
    db.session.rollback()  # what this test read before is not what it asks for now
    assert queries.find_remark(world.community_id, number, None).endorsements == 1


def test_twelve_neighbours_at_once_are_all_counted_and_one_answer_is_owed(app: Flask, world: World) -> None:
    _, number = begun(world, PROPERTY)
    crowd = [neighbour(world, number) for number in range(12)]
    together(app, lambda place: actions.endorse(crowd[place], number), 12)
    assert queries.find_remark(world.community_id, number, None).endorsements == 12
    assert len(queries.owed_in(SUBJECT)) == 1


def test_comments_at_once_are_all_kept_and_counted(app: Flask, world: World) -> None:
    thread, _ = begun(world)
    crowd = [neighbour(world, number) for number in range(8)]
    together(app, lambda place: actions.say(crowd[place], thread, rules.FOR, f"理由{place}", "邻居"), 8)
    assert queries.get_thread(thread).pros == 8
    assert len(queries.remarks(thread, "for", None)[0]) == 8


def test_two_answers_at_once_are_one(app: Flask, world: World) -> None:
    _, number = begun(world)
    actions.ask_party(world.actor("secretary"), number, PROPERTY)
    member = world.actor("member", Ref(PROPERTY, world.community_id))

    def answer(place: int) -> bool:
        try:
            actions.answer_comment(member, number, f"答复{place}", "郑经理")
        except Refused:
            return False
        return True

    assert sorted(together(app, answer, 4)) == [False, False, False, True]


def test_withdrawing_while_others_endorse_leaves_counters_that_agree(app: Flask, world: World) -> None:
    thread, number = begun(world)
    crowd = [neighbour(world, number) for number in range(4)]

    def act(place: int) -> bool:
        try:
            if place == 0:
                actions.withdraw_comment(world.actor("resident"), number)
            else:
                actions.endorse(crowd[place], number)
        except Refused:
            return False
        return True

    done = together(app, act, 4)
    assert done[0]
    assert queries.get_thread(thread).cons == 0
    assert queries.find_remark(world.community_id, number, None).endorsements == sum(done[1:])
