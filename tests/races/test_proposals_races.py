"""Many with one proposal at once."""

from flask import Flask

from app.core.db import db
from app.core.errors import Refused
from app.core.permissions import RESIDENT
from app.core.values import Actor, Grant
from app.identity.actions import create_account
from app.proposals import actions, queries, rules
from tests.together import together
from tests.world import PASSWORD, World

BODY = "楼道的灯坏了一半，老人夜里看不见。"


def begun(world: World, supporters: int = 0) -> tuple[queries.ProposalRow, list[Actor]]:
    number = actions.submit_proposal(world.actor("resident"), world.community_id, "更换楼道灯", BODY, None, "陈女士")
    row = queries.get_by_number(world.community_id, number)
    crowd = [
        Actor(create_account(f"邻居{n}", f"neighbour-{n}", PASSWORD), frozenset({Grant(world.community_id, RESIDENT)}))
        for n in range(12)
    ]
    for one in crowd[:supporters]:
        actions.support_proposal(one, row.id, 1)
    return row, crowd


def test_supporting_twice_at_once_counts_once(app: Flask, world: World) -> None:
    row, crowd = begun(world)
    together(app, lambda _: actions.support_proposal(crowd[0], row.id, 1), 6)
    db.session.rollback()
    assert queries.get_proposal(row.id).supports == 1


def test_twelve_neighbours_at_once_are_all_counted_and_reach_it_once(app: Flask, world: World) -> None:
    row, crowd = begun(world)
    together(app, lambda place: actions.support_proposal(crowd[place], row.id, 1), 12)
    db.session.rollback()
    found = queries.get_proposal(row.id)
    assert (found.supports, found.supports_now, found.state) == (12, 12, rules.READY)


def test_a_proposal_is_admitted_or_withdrawn_but_never_both(app: Flask, world: World) -> None:
    row, _ = begun(world, 10)
    secretary, author = world.actor("secretary"), world.actor("resident")

    def act(place: int) -> bool:
        try:
            if place:
                actions.admit_proposal(secretary, row.id, 1)
            else:
                actions.withdraw_proposal(author, row.id)
        except Refused:
            return False
        return True

    done = together(app, act, 2)
    db.session.rollback()
    assert sorted(done) == [False, True]
    assert queries.get_proposal(row.id).state == (rules.ADMITTED if done[1] else rules.WITHDRAWN)
