"""What everybody is told, from the outbox of the record, on both databases."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from app.core.db import db
from app.core.errors import NotFound
from app.core.law import law_row
from app.core.permissions import RESIDENT
from app.core.values import Actor, Entry, Grant, Ref
from app.identity.actions import create_account
from app.journal.actions import settle
from app.notices import queries, reactions
from app.notices.models import Notice
from app.proposals import actions as proposals
from app.proposals.queries import get_by_number
from app.voting.actions import declare_outcome, open_poll
from app.voting.queries import get_poll
from app.voting.rules import council_terms, owners_terms
from tests.conftest import Clock
from tests.world import PASSWORD, World

TITLE = "更换楼道灯和夜间照明"
BODY = "楼道的灯坏了一半，老人夜里看不见。"


def admitted(world: World) -> int:
    number = proposals.submit_proposal(world.actor("resident"), world.community_id, TITLE, BODY, None, "陈女士，2号楼")
    row = get_by_number(world.community_id, number)
    for place in range(10):
        account_id = create_account(f"邻居{place}", f"neighbour-{number}-{place}", PASSWORD)
        one = Actor(account_id, frozenset({Grant(world.community_id, RESIDENT)}))
        proposals.support_proposal(one, row.id, 1)
    proposals.admit_proposal(world.actor("secretary"), row.id, 1)
    return number


def on_board(app: Flask, world: World, lang: str = "") -> list[queries.Told]:
    with app.test_request_context(f"/c/{world.slug}/search", headers={"Cookie": f"sf_prefs={lang}.."} if lang else {}):
        app.preprocess_request()
        return queries.notices(world.community_id)[0]


def test_an_admitted_proposal_is_told_once_however_often_its_reader_hears_of_it(app: Flask, world: World) -> None:
    admitted(world)
    assert on_board(app, world) == []
    settle()
    settle()
    (told,) = on_board(app, world)
    assert (told.number, told.heading) == (1, f"受理提案：{TITLE}")
    assert told.subject_url == f"/c/{world.slug}/proposals/1"
    row = db.session.query(Notice).one()
    entry = {"event": row.event, "entry_id": row.entry_id, "community_id": row.community_id, "proposal_id": 1}
    reactions.tell({**entry, "at": "2026-03-02T01:00:00Z", "number": 1})
    assert len(on_board(app, world)) == 1


def test_a_notice_is_told_in_the_readers_language(app: Flask, world: World, built: None) -> None:
    admitted(world)
    settle()
    (told,) = on_board(app, world, "en")
    assert told.heading == f"Proposal admitted: {TITLE}"


def test_other_things_that_happen_are_not_told(app: Flask, world: World) -> None:
    proposals.submit_proposal(world.actor("resident"), world.community_id, TITLE, BODY, None, "陈女士")
    settle()
    assert on_board(app, world) == []


def test_another_communitys_notices_are_not_found(app: Flask, world: World) -> None:
    admitted(world)
    settle()
    assert queries.notices(world.other_id) == ([], None)
    with pytest.raises(NotFound):
        queries.get_notice(world.other_id, 1)


def test_the_board_goes_on_page_by_page(app: Flask, world: World) -> None:
    for _ in range(3):
        admitted(world)
    settle()
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        first, older = queries.notices(world.community_id, None, 2)
        assert ([one.number for one in first], older) == ([3, 2], 2)
        last, older = queries.notices(world.community_id, older, 2)
        assert ([one.number for one in last], older) == ([1], None)


def test_the_diary_holds_beginnings_and_ends_of_votes_but_none_of_the_councils_own(
    app: Flask, world: World, clock: Clock
) -> None:
    on = date(2026, 3, 2)
    starts, ends = datetime(2026, 3, 2, 2, tzinfo=UTC), datetime(2026, 4, 2, 12, tzinfo=UTC)
    units = [Entry(f"1-{n}", f"1-{n}", "1", head=f"p{n}", area=8000, voters=(Ref("person", n),)) for n in range(1, 4)]
    seats = [Entry("branch-1", "党支部", group="branch", voters=(Ref("seat", 1),))]
    secretary, here = world.actor("secretary"), world.community_id
    owners = open_poll(
        secretary, here, Ref("need", 1), "更新消防管网", owners_terms(5, on, law_row), units, starts, ends
    )
    open_poll(secretary, here, Ref("need", 2), "换灯", council_terms(on, law_row), seats, starts, ends)
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        begins, coming = queries.upcoming(here)
        assert (begins.id, begins.at, begins.title) == (owners, starts, "投票开始：更新消防管网")
        assert (coming.kind, coming.id, coming.at, coming.ends) == ("vote", owners, ends, None)
        assert coming.title == "投票截止：更新消防管网"
    clock.set(datetime(2026, 4, 2, 13, tzinfo=UTC))
    declare_outcome(owners)
    settle()
    (told,) = on_board(app, world)
    assert told.heading == "表决结果：更新消防管网"
    assert dict(told.facts)["结果"]
    assert get_poll(owners).outcome == "not-quorate"
