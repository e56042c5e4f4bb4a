"""How often a page asks the database: few times, and no more when there is more to show."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from app.core.copies import Copies
from app.core.db import db
from app.core.permissions import RESIDENT
from app.core.values import Actor, Grant
from app.discussion import actions as talk
from app.discussion.queries import find_thread
from app.identity.actions import create_account
from app.proposals import actions, queries
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.world import PASSWORD, World

ANONYMOUS, SIGNED_IN = 8, 12
BODY = "楼道的灯坏了一半，老人夜里看不见。"


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def asked(app: Flask, client: PageClient, path: str) -> list[str]:
    """The statements of a page that a reader opens a second time; what a connection is told at its beginning aside.

    What is kept of pages for strangers does not count: it would answer without asking at all.
    """
    client.get(path)
    app.extensions["copies"] = Copies()
    with counted(app) as statements:
        client.get(path)
    return [one for one in statements if not one.startswith(("BEGIN", "PRAGMA"))]


def fill(world: World, number: int, comments: int, crowd: list[Actor]) -> None:
    row = queries.get_by_number(world.community_id, number)
    thread = find_thread(row.matter)
    assert thread is not None
    for n in range(comments):
        stance = ("for", "against", "other")[n % 3]
        one = talk.say(crowd[n % len(crowd)], thread.id, stance, f"理由{n}", "邻居")
        talk.endorse(crowd[(n + 1) % len(crowd)], one)
        talk.reply(crowd[(n + 2) % len(crowd)], one, "我也这样想", "邻居")


@pytest.fixture
def crowd(world: World) -> list[Actor]:
    return [
        Actor(create_account(f"邻居{n}", f"neighbour-{n}", PASSWORD), frozenset({Grant(world.community_id, RESIDENT)}))
        for n in range(10)
    ]


@pytest.mark.parametrize("role", ["", "resident", "secretary", "member"])
def test_a_proposal_asks_as_often_with_thirty_comments_as_with_three(
    app: Flask, new_client: Callable[[], PageClient], world: World, crowd: list[Actor], clock: Clock, role: str
) -> None:
    numbers = [
        actions.submit_proposal(world.actor("owner"), world.community_id, f"第{n}件要办的事", BODY, None, "何先生")
        for n in range(2)
    ]
    client = new_client()
    if role:
        client.sign_in(world.login(role), PASSWORD)
    fill(world, numbers[0], 3, crowd)
    fill(world, numbers[1], 30, crowd)
    few, many = (asked(app, client, f"/c/{world.slug}/proposals/{number}") for number in numbers)
    assert len(many) == len(few), "\n".join(many)
    assert len(many) <= (SIGNED_IN if role else ANONYMOUS), "\n\n".join(many)


@pytest.mark.parametrize("role", ["", "resident", "secretary"])
def test_the_list_asks_as_often_with_thirty_as_with_three(
    app: Flask, new_client: Callable[[], PageClient], world: World, clock: Clock, role: str
) -> None:
    client = new_client()
    if role:
        client.sign_in(world.login(role), PASSWORD)
    found: list[int] = []
    for total in (3, 30):
        while len(queries.proposals(world.community_id, queries.ALL, None, 100)[0]) < total:
            actions.submit_proposal(world.actor("owner"), world.community_id, "一件要办的事", BODY, None, "何先生")
        statements = asked(app, client, f"/c/{world.slug}/proposals")
        found.append(len(statements))
    assert found[0] == found[1] <= (SIGNED_IN if role else ANONYMOUS), "\n\n".join(statements)


def test_what_stands_on_the_agenda_asks_no_more(
    app: Flask, new_client: Callable[[], PageClient], world: World, crowd: list[Actor]
) -> None:
    number = actions.submit_proposal(world.actor("owner"), world.community_id, "一件要办的事", BODY, None, "何先生")
    row = queries.get_by_number(world.community_id, number)
    for one in crowd:
        actions.support_proposal(one, row.id, 1)
    actions.admit_proposal(world.actor("secretary"), row.id, 1)
    address = f"/c/{world.slug}/proposals/{number}"
    assert len(asked(app, new_client(), address)) <= ANONYMOUS
    signed_in = new_client()
    signed_in.sign_in(world.login("resident"), PASSWORD)
    assert len(asked(app, signed_in, address)) <= SIGNED_IN
