"""The council's pages for everybody: both languages, one community at a time, a handful of questions."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event

from app.core.db import db
from app.core.values import the_house
from app.identity.actions import grant_role
from tests.conftest import Clock
from tests.council_world import (
    LAMPS,
    SEATS,
    Council,
    Held,
    NewClient,
    as_member,
    as_role,
    convene,
    minutes_of,
)
from tests.page_client import PageClient
from tests.stories import story

HERE = "/c/wutongli"


PUBLIC = ["council", "council/seats/b1", "meetings", "meetings/1", "meetings/1/motions/1", "meetings/1/minutes"]
PUBLIC += ["resolutions", "tasks"]


@story()
def signed(council: Council) -> Held:
    """A meeting whose minutes the four parties have signed."""
    held = minutes_of(council)
    held.sign()
    return held


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_speaks_english_too(signed: Held, client: PageClient, path: str) -> None:
    client.prefer("en")
    page = client.get(f"{HERE}/{path}")
    body = page.one("main")
    for node in body.css(".paper, .record-voice, .agenda h3, .crumbs, .matter h1, .rows h3, .facts, .table, .rows li"):
        node.decompose()
    left = re.sub(r"[^\u4e00-\u9fff]", "", body.text())
    assert len(left) < 40, left


@pytest.mark.parametrize(
    "path",
    [
        "council/seats/b1", "meetings/1", "meetings/1/minutes", "meetings/1/minutes.pdf", "meetings/1/motions/1",
        "resolutions/2026/1",
    ],
)  # fmt: skip
def test_another_community_sees_nothing_of_it(signed: Held, client: PageClient, path: str) -> None:
    client.get(f"/c/hepingli/{path}", status=404)
    assert not client.get("/c/hepingli/council").says("王建国")
    assert not client.get("/c/hepingli/meetings").says("第1次")
    assert not client.get("/c/hepingli/tasks").says("公布施工时间表")


def test_staff_of_one_community_cannot_touch_another(council: Council, new_client: NewClient, clock: Clock) -> None:
    held = convene(council)
    world = council.world
    for role in ("secretary", "convener", "member"):
        grant_role(the_house(world.other_id), world.other_id, world.accounts["operator"], role, date(2020, 1, 1))
    stranger = as_role(council, "operator", new_client)
    task = 1
    for path in (
        f"meetings/{held.number}/check-in", f"meetings/{held.number}/roll/arrivals",
        f"meetings/{held.number}/roll/departures", f"meetings/{held.number}/open", f"meetings/{held.number}/close",
        f"meetings/{held.number}/cancel", f"meetings/{held.number}/motions/new", f"meetings/{held.number}/tasks/new",
        f"meetings/{held.number}/motions/1/second", f"meetings/{held.number}/motions/1/withdraw",
        f"meetings/{held.number}/motions/1/vote", f"meetings/{held.number}/motions/1/vote/end",
        f"meetings/{held.number}/motions/1/interests", f"meetings/{held.number}/motions/1/contest",
        f"meetings/{held.number}/motions/1/claims/1/answer", f"meetings/{held.number}/motions/1/claims/1/decide",
        f"meetings/{held.number}/motions/1/dissent", f"meetings/{held.number}/minutes/sign",
        f"meetings/{held.number}/minutes/object", f"meetings/{held.number}/minutes/objections/1/answer",
        f"tasks/{task}/finish", "council/seats/b1/appoint", f"council/seats/b1/terms/{council.terms['b1']}/end",
        f"council/seats/b1/terms/{council.terms['b1']}/invite",
    ):  # fmt: skip
        stranger.post(f"/c/hepingli/{path}", status=404)


STATEMENTS = {"anonymous": 8, "member": 12}


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_asks_the_database_a_handful_of_questions(
    signed: Held, client: PageClient, new_client: NewClient, app: Flask, path: str
) -> None:
    for who, page_client in (("anonymous", client), ("member", as_member(signed.council, "o1", new_client))):
        page_client.get(f"{HERE}/{path}")
        assert statements(app, lambda: page_client.get(f"{HERE}/{path}")) <= STATEMENTS[who], who  # noqa: B023  # called at once


def statements(app: Flask, act: Callable[[], object]) -> int:
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.split(None, 1)[0].upper() in ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    if len(seen) > 8:
        print("\n".join(one[:160].replace("\n", " ") for one in seen))
    return len(seen)


def test_a_meeting_with_many_matters_asks_no_more(
    council: Council, client: PageClient, clock: Clock, app: Flask
) -> None:
    few = convene(council)
    many = convene(council, *((type(LAMPS)("wish", 100 + number), f"第{number}件事要办") for number in range(15)))
    # The community's own rules are looked up once and remembered.
    client.get(f"{HERE}/rules")
    counts = {
        statements(app, lambda number=number: client.get(f"{HERE}/meetings/{number}"))  # type: ignore[misc]  # bound now
        for number in (few.number, many.number)
    }
    assert len(counts) == 1
    assert len(SEATS) == 13
