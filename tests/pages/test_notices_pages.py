"""The front door, the notice board, its feed and the calendar."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from icalendar import Calendar

from app.core.law import law_row
from app.core.values import Entry, Ref
from app.journal.actions import settle
from app.proposals import actions as proposals
from app.voting.actions import annul_poll, cast_ballot, open_poll
from app.voting.queries import get_poll
from app.voting.rules import owners_terms
from tests.actions.test_notices_actions import TITLE, admitted
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.world import PASSWORD, World

ATOM = "{http://www.w3.org/2005/Atom}"
BODY = "楼道的灯坏了一半，老人夜里看不见。"
OPENS, CLOSES = datetime(2026, 3, 2, 0, tzinfo=UTC), datetime(2026, 4, 2, 12, tzinfo=UTC)


def here(world: World, path: str = "/") -> str:
    return f"/c/{world.slug}{path}"


def vote(world: World, question: str = "更新消防管网") -> int:
    units = [
        Entry(f"1-{n}", f"1栋{n}室", "1", head=f"p{n}", area=8000, voters=(Ref("person", n),)) for n in range(1, 4)
    ]
    terms = owners_terms(5, date(2026, 3, 2), law_row)
    return open_poll(
        world.actor("secretary"), world.community_id, Ref("need", 1), question, terms, units, OPENS, CLOSES
    )


def valid_feed(text: str) -> ET.Element:
    """An Atom feed with everything that RFC 4287 asks for: names, titles, moments, authors, links to itself."""
    feed = ET.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = part.findall(f"{ATOM}{name}")
            assert len(found) == 1
            assert found[0].text
        moment = datetime.fromisoformat(part.findtext(f"{ATOM}updated") or "")
        assert moment.tzinfo is not None
        assert (part.findtext(f"{ATOM}id") or "").startswith("http")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links.keys() == {"self", "alternate"}
    ids = [one.text for one in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    return feed


def test_an_empty_community_says_what_will_come(client: PageClient, world: World) -> None:
    page = client.get(here(world))
    assert page.h1 == "梧桐里的事，大家商量着办"
    for sentence in ("还没有人提事情", "还没有采购", "还没有决议", "不上网也能参加", "5555 0100"):
        assert page.says(sentence)
    assert client.get(here(world, "/notices")).says("还没有通知")


def test_the_front_door_shows_the_vote_with_its_windows_and_what_is_missing(
    client: PageClient, world: World, clock: Clock
) -> None:
    poll_id = vote(world)
    page = client.get(here(world))
    assert page.says("更新消防管网")
    assert page.says("还差2人和160.00 m²，投票才有效")
    assert page.says("0/3户")
    clock.forward(minutes=1)
    cast_ballot(world.actor("owner", Ref("person", 1)), poll_id, "1-1", "yes")
    page = client.get(here(world))
    assert page.says("还差1人和80.00 m²")
    assert page.says("1户已投")
    assert not page.says("同意1")


def test_the_front_door_lists_what_is_under_way_and_what_was_told(client: PageClient, world: World) -> None:
    admitted(world)
    proposals.submit_proposal(world.actor("resident"), world.community_id, "给楼道装扶手", BODY, None, "陈女士")
    settle()
    page = client.get(here(world))
    assert page.says("给楼道装扶手")
    assert page.says("已上议程")
    assert page.says(f"受理提案：{TITLE}")


def test_a_notice_leads_to_what_it_is_about(client: PageClient, world: World) -> None:
    admitted(world)
    settle()
    board = client.get(here(world, "/notices"))
    page = client.get(board.one(".rows h3 a").attributes["href"] or "")
    assert page.h1 == f"受理提案：{TITLE}"
    assert client.get(page.one("main a.btn-primary").attributes["href"] or "").h1 == TITLE


@pytest.mark.parametrize("path", ["/notices/1", "/notices/999999999", "/notices/0"])
def test_a_notice_of_another_community_or_none_is_not_found(client: PageClient, world: World, path: str) -> None:
    admitted(world)
    settle()
    client.get(f"/c/{world.other_slug}{path}", status=404)


@pytest.mark.parametrize("query", ["?before=x", "?before=-1", "?before=１", "?before=99999999999"])
def test_an_odd_place_shows_the_board_all_the_same(client: PageClient, world: World, query: str) -> None:
    assert client.get(here(world, f"/notices{query}")).status == 200


@pytest.mark.parametrize(("path", "many"), [("/notices/feed.atom", 1), ("/proposals/feed.atom", 2)])
def test_feeds_are_valid_atom(client: PageClient, world: World, path: str, many: int) -> None:
    empty = client.get(here(world, path))
    assert valid_feed(empty.response.text).findall(f"{ATOM}entry") == []
    proposals.submit_proposal(world.actor("resident"), world.community_id, "扶手 <b>&amp; 灯</b>", BODY, None, "陈女士")
    admitted(world)
    settle()
    answer = client.get(here(world, path)).response
    assert answer.mimetype == "application/atom+xml"
    feed = valid_feed(answer.text)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]
    assert len(titles) == many
    if many == 2:
        assert titles[1] == "扶手 <b>&amp; 灯</b>"


def test_the_calendar_is_read_by_a_calendar_program_and_keeps_its_names(
    client: PageClient, world: World, clock: Clock
) -> None:
    poll_id = vote(world, "更新消防管网；和排水泵, 一起")
    first = client.get(here(world, "/calendar.ics")).response
    assert first.mimetype == "text/calendar"
    made = Calendar.from_ical(first.data)
    begins, event = made.walk("VEVENT")
    assert str(begins["SUMMARY"]) == "投票开始：更新消防管网；和排水泵, 一起"
    opens = get_poll(poll_id).opens_at.replace(microsecond=0)
    assert begins["DTSTART"].dt == opens
    assert str(begins["UID"]).startswith(f"vote-start-{poll_id}@")
    assert str(event["SUMMARY"]) == "投票截止：更新消防管网；和排水泵, 一起"
    assert event["DTSTART"].dt == CLOSES
    assert str(event["UID"]).startswith(f"vote-{poll_id}@")
    assert made["VERSION"] == "2.0"
    assert b"\r\n" in first.data
    assert max(len(line) for line in first.data.split(b"\r\n")) <= 75
    clock.forward(days=1)
    again = Calendar.from_ical(client.get(here(world, "/calendar.ics")).response.data).walk("VEVENT")
    assert [one["UID"] for one in again] == [begins["UID"], event["UID"]]
    annul_poll(world.actor("convener"), poll_id, "选票没有送到，通知也少了三天。")
    again = Calendar.from_ical(client.get(here(world, "/calendar.ics")).response.data).walk("VEVENT")
    assert [(one["UID"], str(one["STATUS"])) for one in again] == [
        (begins["UID"], "CANCELLED"),
        (event["UID"], "CANCELLED"),
    ]


def test_another_communitys_calendar_has_nothing_of_this_one(client: PageClient, world: World, clock: Clock) -> None:
    vote(world)
    assert Calendar.from_ical(client.get(f"/c/{world.other_slug}/calendar.ics").response.data).walk("VEVENT") == []


def test_what_comes_up_stands_beside_what_waits(client: PageClient, world: World, clock: Clock) -> None:
    vote(world)
    client.sign_in(world.login("resident"), PASSWORD)
    page = client.get(here(world, "/todo"))
    assert page.one("#coming a.go").attributes["href"] == here(world, "/calendar.ics")
    assert page.says("投票截止：更新消防管网")


def test_a_reader_who_is_not_signed_in_keeps_the_front_door(client: PageClient, world: World, clock: Clock) -> None:
    for path in ("/", "/notices"):
        tag = client.get(here(world, path)).response.headers["ETag"]
        client.get(here(world, path), status=304, headers={"If-None-Match": tag})
    clock.forward(seconds=timedelta(minutes=5).total_seconds())
    proposals.submit_proposal(world.actor("resident"), world.community_id, "给楼道装扶手", BODY, None, "陈女士")
    assert client.get(here(world), headers={"If-None-Match": tag}).says("给楼道装扶手")


def test_the_board_and_the_front_door_are_there_in_english(
    app: Flask, new_client: Callable[[], PageClient], world: World
) -> None:
    admitted(world)
    settle()
    client = new_client()
    client.get("/preferences?lang=en", status=303)
    client.lang = "en"
    assert client.get(here(world, "/notices")).says("Proposal admitted")
    assert client.get(here(world)).says("Latest notices")
