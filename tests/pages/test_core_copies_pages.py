"""Pages on their way out: packed, tagged, kept for strangers until anybody writes anything."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.core import standing
from app.core.copies import Copies, Copy
from app.core.memory import lately
from app.proposals import actions
from app.voting.queries import get_poll
from tests.conftest import Clock
from tests.databases import close, make_app
from tests.page_client import PageClient
from tests.polls import open_owners
from tests.world import PASSWORD, World

PACK = {"Accept-Encoding": "gzip"}
TITLE = "楼道的灯坏了一半"


def propose(world: World, title: str = TITLE) -> int:
    return actions.submit_proposal(
        world.actor("owner"), world.community_id, title, "楼道的灯坏了一半，老人夜里看不见。", None, "何先生"
    )


def test_a_page_is_packed_for_who_unpacks_it_and_plain_for_others(client: PageClient, world: World) -> None:
    plain = client.browser.get(f"/c/{world.slug}/proposals")
    packed = client.browser.get(f"/c/{world.slug}/proposals", headers=PACK)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) * 2 < len(plain.data)
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_who_asks_with_the_tag_learns_that_nothing_changed(client: PageClient, world: World, clock: Clock) -> None:
    url = f"/c/{world.slug}/proposals"
    tag = client.browser.get(url).headers["ETag"]
    again = client.browser.get(url, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    clock.forward(seconds=11)
    assert client.browser.get(url, headers={"If-None-Match": tag}).status_code == 304, "nor after the copy has gone"
    propose(world)
    changed = client.browser.get(url, headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_what_anybody_writes_shows_at_once(client: PageClient, world: World, clock: Clock) -> None:
    url = f"/c/{world.slug}/proposals"
    assert TITLE not in client.get(url).text
    propose(world)
    assert "楼道" in client.get(url).text
    assert clock.now == datetime(2026, 3, 2, 1, 0, tzinfo=UTC), "within the same span"


def test_what_another_process_writes_shows_at_once(
    client: PageClient, world: World, database: str, clock: Clock
) -> None:
    url = f"/c/{world.slug}/proposals"
    before = client.get(url).text
    elsewhere = make_app(database)
    with elsewhere.app_context():
        propose(world, "围墙要加高")
        close(elsewhere)
    after = client.get(url).text
    assert "围墙" in after
    assert "围墙" not in before


def test_a_second_reader_is_answered_from_the_copy(app: Flask, client: PageClient, world: World, clock: Clock) -> None:
    url = f"/c/{world.slug}/proposals"
    first = client.browser.get(url)
    copies: Copies = app.extensions["copies"]
    assert any(key[0] is not None and key[0].startswith(url) for key in copies.kept)
    second = PageClient(app).browser.get(url)
    assert second.data == first.data
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert second.headers["X-Request-Id"] != first.headers["X-Request-Id"]


def test_each_language_has_its_own_copy(client: PageClient, world: World, clock: Clock) -> None:
    url = f"/c/{world.slug}/proposals"
    chinese = client.browser.get(url).text
    client.prefer("en")
    english = client.browser.get(url).text
    assert 'lang="zh-CN"' in chinese
    assert 'lang="en"' in english
    assert client.browser.get(url).text == english


@pytest.mark.parametrize("path", ["/sign-in", "/c/{slug}/proposals"])
def test_nothing_is_kept_of_a_page_with_a_form_or_of_who_is_signed_in(
    app: Flask, client: PageClient, world: World, path: str
) -> None:
    client.sign_in(world.login("resident"), PASSWORD)
    app.extensions["copies"] = Copies()
    answer = client.browser.get(path.format(slug=world.slug))
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert not app.extensions["copies"].kept


def test_a_token_is_written_differently_on_each_page_and_holds_each_time(client: PageClient, world: World) -> None:
    first, second = client.csrf_token(), client.csrf_token()
    assert first != second
    client.sign_in(world.login("resident"), PASSWORD)
    for token in (first, second):
        answer = client.browser.post("/sign-out", data={"csrf_token": token, "once": "x"})
        assert answer.status_code != 403
    assert client.browser.post("/sign-out", data={"csrf_token": "0" * 128}).status_code == 403


def test_copies_give_way_when_there_is_no_room() -> None:
    copies, mebi = Copies(), b"x" * 1024 * 1024
    for number in range(20):
        copies.keep("now", (str(number),), Copy([], mebi, b""))
    assert copies.octets <= 8 * 1024 * 1024
    assert copies.find("now", ("19",)) is not None
    assert copies.find("now", ("0",)) is None
    assert copies.find("later", ("19",)) is None


def test_where_a_minute_begins_a_page_tells_the_new_state_at_once(
    client: PageClient, world: World, clock: Clock
) -> None:
    poll = get_poll(open_owners(world))
    assert poll.closes_at.second == 0
    url = f"/c/{world.slug}/polls"
    clock.set(poll.closes_at - timedelta(seconds=1))
    assert "计票中" not in client.get(url).text
    clock.forward(seconds=1, microseconds=1)
    assert "计票中" in client.get(url).text


def test_a_span_is_ten_seconds_and_six_begin_with_each_minute() -> None:
    minute = datetime(2026, 3, 2, 1, 5, tzinfo=UTC)
    spans = [standing.span(minute + timedelta(seconds=second)) for second in range(-10, 70)]
    assert spans == sorted(spans)
    assert len(set(spans)) == 8
    assert standing.span(minute - timedelta(microseconds=1)) != standing.span(minute)
    assert standing.span(minute) == standing.span(minute + timedelta(seconds=9, microseconds=999_999))


def test_a_form_takes_where_it_is_from_the_page_before_it_and_a_page_never_does(
    app: Flask, client: PageClient, world: World, clock: Clock
) -> None:
    client.get(f"/c/{world.slug}/proposals")
    with app.test_request_context(method="POST"):
        known = lately(("community", world.slug))
        assert known is not None
        assert known.id == world.community_id
        assert lately(("community", "nowhere")) is None
        clock.forward(seconds=15)
        assert lately(("community", world.slug)) is None
    with app.test_request_context(method="GET"):
        assert lately(("community", world.slug)) is None
