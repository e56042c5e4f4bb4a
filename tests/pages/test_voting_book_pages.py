"""The book of ballots: every one by its receipt code, and never whose it is."""

import csv
import io

import pytest
from flask import Flask

from app.journal import actions as journal_actions
from app.voting import actions, queries
from app.voting.routes import book as book_routes
from tests.conftest import Clock
from tests.desks import handed_in
from tests.page_client import PageClient
from tests.polls import after_close, cast, open_council, open_owners, seats, speaks_for, units
from tests.world import PASSWORD, World


def test_while_a_vote_runs_the_book_says_received_and_no_more(client: PageClient, world: World, clock: Clock) -> None:
    roll = units(1, 3)
    poll_id = open_owners(world, roll)
    address = f"/c/{world.slug}/polls/1/book"
    assert client.get(address).says("还没有收到选票")
    first = cast(world, poll_id, roll[0], "no")
    cast(world, poll_id, roll[0], "yes")
    page = client.get(address)
    assert [node.text(strip=True) for node in page.css("td .tag")] == ["已收到", "已收到"]
    assert "同意" not in page.one("table").text()
    assert not page.says(roll[0].label)
    found = client.get(f"{address}?code={first.code.lower().replace('-', ' ')}")
    assert found.says("这张票已经收到")
    assert [node.text(strip=True) for node in found.css("th code")] == [first.code]


def test_after_the_outcome_everybody_finds_what_became_of_their_ballot(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units(1, 4)
    poll_id = open_owners(world, roll)
    handed_in(world, poll_id, roll[1], "yes", "paper")
    before = cast(world, poll_id, roll[0], "no")
    clock.forward(minutes=1)
    after = cast(world, poll_id, roll[0], "yes")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    journal_actions.seal()
    address = f"/c/{world.slug}/polls/1/book"
    page = client.get(address)
    rows = {row.css_first("code").text(): row for row in page.css("tbody tr")}
    assert list(rows) == sorted(rows)
    assert "被后来的票代替" in rows[before.code].text()
    assert "计入" in rows[after.code].text()
    assert page.says("纸质")
    assert "同意" not in page.one("table").text()
    assert client.get(f"{address}?code={after.code}").says("已经计入结果")
    assert client.get(f"{address}?code={before.code}").says("计入的是另一张")
    assert client.get(f"{address}?code=AAAA-AAAA", status=404).says("没有这个回执码")
    poll = client.get(f"/c/{world.slug}/polls/1")
    form = poll.one("#checking form")
    assert (form.attributes["action"], form.attributes["method"]) == (address, "get")


def test_owners_and_auditors_read_in_the_book_how_open_ballots_are_marked(
    app: Flask, world: World, clock: Clock
) -> None:
    roll = units(1, 2)
    poll_id = open_owners(world, roll)
    cast(world, poll_id, roll[0], "no")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    speaks_for(world.accounts["resident"], *roll[1].voters)
    address = f"/c/{world.slug}/polls/1/book"
    for role, sees in (("auditor", True), ("owner", True), ("resident", True), ("clerk", False), ("secretary", False)):
        client = PageClient(app)
        client.sign_in(world.login(role), PASSWORD)
        assert client.get(address).says("不同意") == sees, role
        table = client.get(f"{address}.csv").response.data.decode("utf-8-sig")
        [line] = csv.DictReader(io.StringIO(table))
        assert line.get("choice") == ("no" if sees else None), role


def test_a_vote_of_the_council_is_open_in_the_book_too(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_council(world, seats(1))
    cast(world, poll_id, seats(1)[0], "yes")
    assert client.get(f"/c/{world.slug}/polls/1/book").says("同意")


def test_the_book_is_read_page_by_page_in_a_constant_number_of_statements(
    client: PageClient, world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_routes, "PAGE", 4)
    monkeypatch.setattr(book_routes, "PORTION", 3)
    roll = units(2, 5)
    poll_id = open_owners(world, roll)
    codes = [cast(world, poll_id, entry, "yes").code for entry in roll]
    page = client.get(f"/c/{world.slug}/polls/1/book")
    seen = [node.text() for node in page.css("th code")]
    while more := [node for node in page.css("nav.pager a") if "after=" in str(node.attributes["href"])]:
        page = client.get(str(more[0].attributes["href"]))
        seen += [node.text() for node in page.css("th code")]
    assert seen == sorted(codes)
    table = client.get(f"/c/{world.slug}/polls/1/book.csv").response.data.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(table)))
    assert [line["ballot"] for line in lines] == sorted(codes)
    assert set(lines[0]) == {"ballot", "channel", "time", "status", "why"}


def test_a_book_of_no_vote_is_no_page(client: PageClient, world: World) -> None:
    client.get(f"/c/{world.slug}/polls/9/book", status=404)
    client.get(f"/c/{world.slug}/polls/9/record.zip", status=404)
