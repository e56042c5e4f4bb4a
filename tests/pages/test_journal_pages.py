"""The public record as people read it, and its log as programs do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from app.core.db import db, transactional
from app.core.house import Describe, Link, house
from app.core.values import ANYONE, Ref
from app.journal import queries
from app.journal.actions import attach, record, seal
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.world import World


@dataclass(frozen=True, slots=True)
class LeafSwept:
    """Something happened."""

    community_id: int
    leaves: int


@pytest.fixture(autouse=True)
def words(app: Flask) -> None:
    """What wiring would hang up."""
    house().words_for({LeafSwept: "扫了%(leaves)s片叶子"})
    house().describers["yard"] = lambda ids: {number: Link("前院", f"/c/wutongli/yards/{number}") for number in ids}


@transactional
def sweep(community_id: int, leaves: int = 1, **wishes: Any) -> str:
    """The action of these tests; answers a receipt code."""
    return attach(record(LeafSwept(community_id, leaves), ANYONE, Ref("yard", 3), **wishes))


def rows(page: Any) -> list[str]:
    return [" ".join(node.text(separator=" ").split()) for node in page.css("ul.rows li")]


def test_anyone_reads_what_was_done_newest_first_in_words(client: PageClient, world: World, clock: Clock) -> None:
    sweep(world.community_id, 3)
    seal()
    clock.forward(days=1)
    sweep(world.community_id, 4)
    page = client.get(f"/c/{world.slug}/journal")
    assert page.h1 == "公开账本"
    assert [node.text() for node in page.css("main section > h2")][:2] == ["3月3日 星期二", "3月2日 星期一"]
    found = rows(page)
    assert found[0] == "扫了4片叶子： 前院 9:00 待封"
    assert found[1].startswith("扫了3片叶子： 前院 9:00 第")
    assert page.css("ul.rows a")[0].attributes["href"] == "/c/wutongli/yards/3"


def test_a_long_record_is_read_page_by_page(client: PageClient, world: World, clock: Clock) -> None:
    for leaves in range(100):
        sweep(world.community_id, leaves)
    seal()
    seen: list[str] = []
    url = f"/c/{world.slug}/journal"
    for _ in range(6):
        page = client.get(url)
        seen += [row.split("片")[0] for row in rows(page) if row.startswith("扫了")]
        older = [a for a in page.css("nav.pager a") if "较早" in a.text()]
        if not older:
            break
        url = str(older[0].attributes["href"])
    assert seen == [f"扫了{leaves}" for leaves in reversed(range(100))]


def test_whose_matter_it_is_stays_a_number_on_public_pages(client: PageClient, world: World) -> None:
    asked: list[str] = []

    def asking(kind: str) -> Describe:
        def answer(ids: Sequence[int]) -> dict[int, Link]:
            asked.append(kind)
            return {number: Link("王**", "/c/wutongli/x") for number in ids}

        return answer

    for kind in ("account", "dwelling", "person"):
        house().describers[kind] = asking(kind)
        transactional(lambda kind=kind: record(LeafSwept(world.community_id, 1), ANYONE, Ref(kind, 1)))()
    house().describers["note"] = lambda ids: {number: Link("没有页面的", "") for number in ids}
    transactional(lambda: record(LeafSwept(world.community_id, 1), ANYONE, Ref("note", 1)))()
    page = client.get(f"/c/{world.slug}/journal")
    assert len([row for row in rows(page) if row.startswith("扫了")]) == 4
    assert not page.says("王**")
    assert not page.says("没有页面的")
    assert asked == []


def statements(client: PageClient, url: str) -> int:
    """How many SQL statements a page asks."""
    counted: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        counted.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        client.get(url)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def test_a_longer_record_asks_the_database_no_more_often(client: PageClient, world: World) -> None:
    url = f"/c/{world.slug}/journal"
    sweep(world.community_id)
    seal()
    sweep(world.community_id)
    short = statements(client, url)
    for leaves in range(60):
        sweep(world.community_id, leaves)
    seal()
    sweep(world.community_id)
    assert statements(client, url) == short <= 8
    code = sweep(world.community_id)
    seal()
    assert statements(client, f"/c/{world.slug}/receipts/{code}") <= 8


def test_an_odd_page_of_the_record_is_the_first(client: PageClient, world: World) -> None:
    for odd in ("x", "-1", "٣", "9" * 40):
        assert client.get(f"/c/{world.slug}/journal?before={odd}").h1 == "公开账本"


def test_a_record_without_entries_says_what_will_come(client: PageClient, world: World) -> None:
    assert client.get(f"/c/{world.other_slug}/journal").says("账本还是空的")


def test_the_record_reads_in_english_too(client: PageClient, world: World) -> None:
    client.prefer("en")
    assert client.get(f"/c/{world.slug}/journal").h1 == "Public record"


def test_what_is_held_back_shows_neither_entry_nor_gap(client: PageClient, world: World, clock: Clock) -> None:
    before = client.get(f"/c/{world.slug}/journal").html
    code = sweep(world.community_id, 77, hold_until=clock.now + timedelta(days=3))
    assert client.get(f"/c/{world.slug}/journal").html == before
    seal()
    first = sweep(world.community_id, 1)
    seal()
    page = client.get(f"/c/{world.slug}/journal")
    assert not page.says("77")
    held = client.get(f"/c/{world.slug}/receipts/{code}")
    assert held.says("现在谁也看不到")
    assert client.get(f"/c/{world.slug}/receipts/{code}.json").response.json == {
        "log": "127.0.0.1:8000/c/wutongli/log", "code": code, "status": "pending",
    }  # fmt: skip
    one = client.get(f"/c/{world.slug}/receipts/{first}.json").response.json
    clock.forward(days=3)
    seal()
    after = client.get(f"/c/{world.slug}/receipts/{code}.json").response.json
    assert after is not None
    assert one is not None
    assert after["index"] == one["index"] + 1


def test_a_receipt_waits_a_moment_and_is_then_sealed(client: PageClient, world: World, clock: Clock) -> None:
    code = sweep(world.community_id, 5)
    waiting = client.get(f"/c/{world.slug}/receipts/{code}")
    assert waiting.one(".seal").text() == "待封"
    assert waiting.one("#receipt").attributes["hx-trigger"] == "every 2s"
    assert client.get(f"/c/{world.slug}/receipts/{code}.json").response.json["status"] == "pending"  # type: ignore[index]  # it is an object
    seal()
    fragment = client.get(f"/c/{world.slug}/receipts/{code}", htmx="receipt")
    assert fragment.one("#receipt").css_first(".seal").text() == "封存"  # type: ignore[union-attr]  # it is there
    assert "hx-trigger" not in fragment.html
    page = client.get(f"/c/{world.slug}/receipts/{code}")
    assert page.one(".code").text() == code.replace("-", " ")
    assert page.says("扫了5片叶子")
    found = client.get(f"/c/{world.slug}/receipts/{code}.json").response.json
    assert isinstance(found, Mapping)
    assert set(found) == {"log", "code", "status", "index", "entry", "proof", "checkpoint"}
    assert page.says(found["entry"])


def test_a_code_is_found_however_it_is_typed(client: PageClient, world: World) -> None:
    code = sweep(world.community_id)
    for typed in (code, code.lower(), code.replace("-", " "), code.replace("-", ""), f" {code} "):
        page = client.get(f"/c/{world.slug}/receipts?code={typed}", status=303)
        assert page.location == f"/c/{world.slug}/receipts/{code}"


def test_a_code_that_was_never_given_is_told_in_a_sentence(client: PageClient, world: World) -> None:
    code = sweep(world.community_id)
    page = client.get(f"/c/{world.slug}/receipts?code=2222-222", status=404)
    assert page.says("没有这个回执码")
    assert page.one("main input[name=code]").attributes["value"] == "2222-222"
    client.get(f"/c/{world.slug}/receipts/%00%F0%9F%98%80", status=404)
    client.get(f"/c/{world.other_slug}/receipts/{code}", status=404)
    client.get(f"/c/{world.other_slug}/receipts/{code}.json", status=404)


def test_guessing_codes_is_stopped_and_known_codes_are_not_counted(client: PageClient, world: World) -> None:
    code = sweep(world.community_id)
    for _ in range(40):
        client.get(f"/c/{world.slug}/receipts/{code}")
    for _ in range(30):
        client.get(f"/c/{world.slug}/receipts/2222-2222.json", status=404)
    client.get(f"/c/{world.slug}/receipts/2222-2222.json", status=429)


def test_the_log_is_served_for_ever_in_tiles(client: PageClient, world: World, clock: Clock) -> None:
    for leaves in range(3):
        sweep(world.community_id, leaves)
    seal()
    size = queries.get_log(world.community_id).size
    base = f"/c/{world.slug}/log"
    tile = client.get(f"{base}/tile/0/000.p/{size}").response
    assert (len(tile.data), tile.content_type) == (size * 32, "application/octet-stream")
    assert tile.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    bundle = client.get(f"{base}/tile/entries/000.p/{size}").response
    assert bundle.data.count(b'"event":"LeafSwept"') == 3
    assert client.get(f"{base}/tile/0/000.p/1").response.data == tile.data[:32]
    for wrong in (f"0/000.p/{size + 1}", "0/000", "0/001.p/1", "1/000.p/1", "entries/000", "0/0", "x", "0/000.p/0"):
        client.get(f"{base}/tile/{wrong}", status=404)
    checkpoint = client.get(f"{base}/checkpoint").response
    assert checkpoint.content_type == "text/plain; charset=utf-8"
    assert checkpoint.headers["Cache-Control"] == "public, max-age=2"


def test_a_log_without_entries_has_a_key_and_a_signed_head(client: PageClient, world: World) -> None:
    vkey = client.get(f"/c/{world.other_slug}/log/vkey").response.text
    assert vkey.startswith("127.0.0.1:8000/c/hepingli/log+")
    note = client.get(f"/c/{world.other_slug}/log/checkpoint").response.text
    assert note.startswith("127.0.0.1:8000/c/hepingli/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— ")
    assert client.get(f"/c/{world.other_slug}/log/vkey").response.text == vkey


def test_the_name_of_the_log_does_not_follow_the_host_header(client: PageClient, world: World) -> None:
    sweep(world.community_id)
    seal()
    note = client.get(f"/c/{world.slug}/log/checkpoint", headers={"Host": "evil.example"}).response.text
    assert note.startswith("127.0.0.1:8000/c/wutongli/log\n")
