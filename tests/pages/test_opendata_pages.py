"""Open data on the site: what anybody downloads, what it costs, and what is not there for nobody."""

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from app.assemblies.actions import convene, open_due
from app.assemblies.rules import Draft
from app.core.db import db
from app.opendata.rules import TABLES
from app.procurement import actions
from app.voting.actions import annul_poll, declare_due
from tests.calling import ITEMS, take_in
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.tendering import Tendering
from tests.world import PASSWORD, World

KINDS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
Tell = Callable[[], Tendering]


@pytest.fixture
def tell(app: Flask, world: World, clock: Clock) -> Tell:
    """A tender still to be told."""
    return lambda: Tendering(world, clock)


def fetch(client: PageClient, url: str, status: int = 200, **headers: str) -> TestResponse:
    """A file as a program gets it, read to its end."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client._outside(lambda: client.browser.get(url, headers=sent, buffered=True))
    assert answer.status_code == status, f"{url} answers {answer.status_code}: {answer.text[:300]}"
    return answer


def rows(client: PageClient, slug: str, table: str) -> list[dict[str, str]]:
    """The rows of a table from its CSV file."""
    text = fetch(client, f"/c/{slug}/data/{table}.csv").get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def statements(ask: Callable[[], object]) -> int:
    """How many SQL statements an answer asks for."""
    counted: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN") and "pg_current_snapshot" not in statement:
            counted.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def test_the_page_lists_every_table_with_what_each_column_is(client: PageClient, tell: Tell) -> None:
    slug = tell().published().world.slug
    page = client.get(f"/c/{slug}/data")
    assert page.h1 == "开放数据"
    for table in TABLES.values():
        here = page.one(f"#{table.name}")
        assert [node.text() for node in here.css("code")] == [column.name for column in table.columns]
        links = [str(node.attributes["href"]) for node in here.css("a.btn")]
        assert links == [f"/c/{slug}/data/{table.name}.{ending}" for ending in KINDS]
    assert page.css(f"a[href='/c/{slug}/ocds/releases-2026.json']")
    assert any(node.text() == "开放数据" for node in page.css("footer a"))


def test_the_page_says_everything_in_english_too(client: PageClient, world: World) -> None:
    client.prefer(lang="en")
    page = client.get(f"/c/{world.slug}/data")
    assert page.h1 == "Open data"
    assert "Ceiling price in yuan" in page.one("#tenders").text()
    assert page.says("No tender has been announced yet.")


def test_every_table_comes_in_three_formats_with_the_same_rows(client: PageClient, tell: Tell) -> None:
    tendering = tell().whole()
    slug = tendering.world.slug
    for table in TABLES.values():
        names = [column.name for column in table.columns]
        for ending, kind in KINDS.items():
            answer = fetch(client, f"/c/{slug}/data/{table.name}.{ending}")
            assert answer.mimetype == kind
            assert answer.headers["Content-Disposition"] == f'attachment; filename="{slug}-{table.name}.{ending}"'
            assert answer.headers["Cache-Control"] == "public, max-age=60"
            assert "Set-Cookie" not in answer.headers
        told = json.loads(fetch(client, f"/c/{slug}/data/{table.name}.json").text)
        assert (told["table"], told["community"]) == (table.name, slug)
        plain = rows(client, slug, table.name)
        sheet = openpyxl.load_workbook(io.BytesIO(fetch(client, f"/c/{slug}/data/{table.name}.xlsx").data)).worksheets[
            0
        ]
        assert [cell.value for cell in sheet[1]] == names
        assert len(told["rows"]) == len(plain) == sheet.max_row - 1
        assert all(list(row) == names for row in [*told["rows"], *plain])
    assert {row["number"] for row in rows(client, slug, "tenders")} == {"1"}
    assert {row["amount"] for row in rows(client, slug, "contracts")} == {"260000.00"}


def test_a_bid_is_in_no_table_before_the_deadline_and_its_score_in_none_before_the_result(
    client: PageClient, tell: Tell
) -> None:
    tendering = tell().published().bids()
    slug = tendering.world.slug
    assert rows(client, slug, "bids") == []
    assert rows(client, slug, "tenders")[0]["bidders"] == ""
    tendering.opened().panel().scored().ranked()
    told = rows(client, slug, "bids")
    assert [row["price"] for row in told] == ["260000.00", "280000.00", "270000.00"]
    assert {(row["rank"], row["score"]) for row in told} == {("", "")}
    assert rows(client, slug, "awards") == []
    tendering.awarded()
    assert [row["rank"] for row in rows(client, slug, "bids")] == ["1", "2", "3"]
    assert rows(client, slug, "awards")[0]["supplier"] == "和风社工服务中心"


def test_a_running_tender_answers_with_the_same_bytes_whether_or_not_somebody_has_bid(
    client: PageClient, tell: Tell
) -> None:
    tendering = tell().published()
    slug = tendering.world.slug
    paths = [f"{tendering.url}/ocds/record.json", f"/c/{slug}/ocds/releases-2026.json", f"/c/{slug}/data"]
    paths += [f"/c/{slug}/data/{name}.{ending}" for name in ("tenders", "bids") for ending in ("csv", "json")]
    before = [fetch(client, path).data for path in paths]
    tendering.supplier(2)
    tendering.bids()
    assert [fetch(client, path).data for path in paths] == before


def test_a_record_is_kept_and_costs_nothing_until_something_happens(client: PageClient, tell: Tell) -> None:
    tendering = tell().published()
    url = f"{tendering.url}/ocds/record.json"
    first = fetch(client, url)
    assert first.mimetype == "application/json"
    assert first.headers["Cache-Control"] == "public, max-age=60"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = fetch(client, url, 304, If_None_Match=first.headers["ETag"])
    assert again.data == b""
    tendering.bids().opened()
    assert fetch(client, url, If_None_Match=first.headers["ETag"]).data != first.data


def test_a_record_tells_the_whole_story_in_chinese_with_exact_amounts(client: PageClient, tell: Tell) -> None:
    tendering = tell().whole()
    answer = fetch(client, f"{tendering.url}/ocds/record.json")
    assert "独居老人助餐" in answer.text
    assert '"value":{"amount":260000.00,"currency":"CNY"}' in answer.text
    found = json.loads(answer.text)
    record = found["records"][0]
    assert [release["tag"][0] for release in record["releases"]] == [
        "planning", "tender", "tenderUpdate", "tenderUpdate", "tenderUpdate", "award", "awardUpdate", "contract",
    ]  # fmt: skip
    assert record["compiledRelease"]["awards"][0]["status"] == "active"
    assert found["packages"] == [f"http://127.0.0.1:8000/c/{tendering.world.slug}/ocds/releases-2026.json"]
    assert client.get(tendering.url).css(f"a[href='{tendering.url}/ocds/record.json']")


def test_the_releases_of_a_year_are_those_of_its_records(client: PageClient, tell: Tell) -> None:
    tendering = tell().whole()
    slug = tendering.world.slug
    year = json.loads(fetch(client, f"/c/{slug}/ocds/releases-2026.json").text)
    whole = json.loads(fetch(client, f"/c/{slug}/ocds/records.json").text)
    assert year["releases"] == whole["records"][0]["releases"]
    assert year["publishedDate"] == year["releases"][-1]["date"]


@pytest.mark.parametrize(
    "path",
    [
        "/ocds/releases-1999.json", "/ocds/releases-0.json", "/ocds/releases-99999999999999999999.json",
        "/ocds/releases-x.json", "/tenders/99/ocds/record.json", "/tenders/99999999999999999999/ocds/record.json",
        "/tenders/0/ocds/record.json", "/data/persons.csv", "/data/tenders.pdf", "/data/../journal.csv", "/data/none.xlsx",
    ],
)  # fmt: skip
def test_an_address_of_nothing_says_so(client: PageClient, tell: Tell, path: str) -> None:
    slug = tell().published().world.slug
    page = client.get(f"/c/{slug}{path}", status=404, headers={"Accept": "text/html"})
    assert page.h1


def test_a_draft_is_nobodys_business(client: PageClient, tell: Tell) -> None:
    tendering = tell().drafted()
    slug = tendering.world.slug
    fetch(client, f"{tendering.url}/ocds/record.json", 404)
    fetch(client, f"/c/{slug}/ocds/releases-2026.json", 404)
    fetch(client, f"/c/{slug}/ocds/records.json", 404)
    assert rows(client, slug, "tenders") == []


def test_nothing_of_one_community_is_in_the_files_of_another(client: PageClient, tell: Tell) -> None:
    tendering = tell().whole()
    other = tendering.world.other_slug
    fetch(client, f"/c/{other}/tenders/{tendering.number}/ocds/record.json", 404)
    fetch(client, f"/c/{other}/ocds/releases-2026.json", 404)
    assert not client.get(f"/c/{other}/data").css("a[href*='/ocds/releases']")
    for name in TABLES:
        if name not in ("rules", "journal"):
            assert rows(client, other, name) == [], name
    assert "助餐" not in fetch(client, f"/c/{other}/data/journal.csv").text


def test_more_tenders_ask_the_database_no_more_often(client: PageClient, tell: Tell) -> None:
    first = tell().whole()
    slug = first.world.slug
    paths = {
        f"{first.url}/ocds/record.json": 8, f"/c/{slug}/ocds/releases-2026.json": 9, f"/c/{slug}/ocds/records.json": 11,
        f"/c/{slug}/data": 3, f"/c/{slug}/data/bids.csv": 9, f"/c/{slug}/data/proposals.csv": 2,
    }  # fmt: skip
    few = {path: statements(partial(fetch, client, path)) for path in paths}
    for resolution in range(12, 16):
        second = tell().drafted(resolution=resolution, deadline=first.clock.now.replace(month=6))
        actions.publish_tender(second.secretary, second.tender_id)
    many = {path: statements(partial(fetch, client, path)) for path in paths}
    assert many == few
    assert {path: n for path, n in many.items() if n > paths[path]} == {}


def test_all_communities_are_found_from_one_page(client: PageClient, world: World) -> None:
    page = client.get("/data/")
    links = [str(node.attributes["href"]) for node in page.css("#main ul.rows a[href^='/c/']")]
    assert links == [f"/c/{slug}/data" for slug in (world.other_slug, world.slug)]
    assert page.says("最高限价，元")
    assert client.get("/data/?q=梧桐").css(f"a[href='/c/{world.slug}/data']")
    assert client.get("/data/?q=没有的").says("没有找到“没有的”")


def test_programs_find_every_community_in_one_table(client: PageClient, world: World) -> None:
    text = fetch(client, "/data/communities.csv").get_data().decode("utf-8-sig")
    told = {row["slug"]: row for row in csv.DictReader(io.StringIO(text))}
    assert set(told) == {world.slug, world.other_slug}
    assert told[world.slug]["url"] == f"http://127.0.0.1:8000/c/{world.slug}/data"
    assert len(json.loads(fetch(client, "/data/communities.json").text)["rows"]) == 2
    assert openpyxl.load_workbook(io.BytesIO(fetch(client, "/data/communities.xlsx").data)).worksheets[0].max_row == 3
    fetch(client, "/data/communities.pdf", 404)


def test_the_page_costs_nothing_when_it_is_asked_for_again(client: PageClient, tell: Tell) -> None:
    url = f"/c/{tell().published().world.slug}/data"
    tag = fetch(client, url).headers["ETag"]
    assert fetch(client, url, 304, If_None_Match=tag).data == b""


def test_with_one_community_its_own_page_is_shown(app: Flask) -> None:
    from app.communities.actions import create_community

    create_community("only", "独一社区")
    assert PageClient(app).get("/data/", status=302).location == "/c/only/data"


def test_the_schema_of_our_own_fields_stands_at_a_fixed_address(client: PageClient, tell: Tell) -> None:
    tendering = tell().published()
    told = json.loads(fetch(client, f"{tendering.url}/ocds/record.json").text)
    own = told["extensions"][1]
    assert own == "http://127.0.0.1:8000/ocds/sifang/1.0/extension.json"
    extension = json.loads(fetch(client, own.removeprefix("http://127.0.0.1:8000")).text)
    schema = json.loads(fetch(client, f"/ocds/sifang/1.0/{extension['schemas'][0]}").text)
    assert {"statusDetails", "evaluationFactors"} <= set(schema["definitions"]["Tender"]["properties"])


def test_the_data_package_describes_every_column_in_both_languages(client: PageClient, world: World) -> None:
    client.prefer(lang="en")
    told = json.loads(fetch(client, f"/c/{world.slug}/data/datapackage.json").text)
    assert [one["name"] for one in told["resources"]] == list(TABLES)
    ceiling = next(
        field
        for one in told["resources"] if one["name"] == "tenders"
        for field in one["schema"]["fields"] if field["name"] == "ceiling"
    )  # fmt: skip
    assert ceiling == {
        "name": "ceiling", "type": "number", "title": "最高限价，元", "description": "最高限价，元 / Ceiling price in yuan",
    }  # fmt: skip


def test_who_is_signed_in_gets_the_same_files(client: PageClient, tell: Tell) -> None:
    tendering = tell().published()
    url = f"{tendering.url}/ocds/record.json"
    anyone = fetch(client, url).data
    client.sign_in(tendering.world.login("secretary"), PASSWORD)
    assert fetch(client, url).data == anyone


def test_every_matter_on_a_notice_is_a_row_with_its_dates_and_no_outcome_before_it_is_declared(
    client: PageClient, world: World, clock: Clock
) -> None:
    take_in(world)
    opens = clock.now + timedelta(days=16)
    notice = Draft(title="使用维修资金", items=ITEMS, notice="通知全体业主")
    made = convene(world.actor("secretary"), world.community_id, notice, opens, opens + timedelta(days=9))
    first, second = rows(client, world.slug, "assemblies")
    assert [first["title"], second["title"]] == ["更换水泵", "加装电梯"]
    assert [first["place"], second["place"], first["owners_matter"]] == ["1", "2", "5"]
    assert (first["assembly"], first["electorate"], first["state"]) == ("1", "owners", "planned")
    assert first["opens_at"].startswith("2026-03-18")
    annul_poll(world.actor("convener"), made.poll_id, "选票没有送到，通知也少了三天。")
    clock.set(opens)
    open_due()
    clock.forward(days=9, minutes=1)
    declare_due()
    first, second = rows(client, world.slug, "assemblies")
    assert (first["outcome"], bool(first["annulled_at"])) == ("", True)
    assert (second["outcome"], second["heads_participating"], second["annulled_at"]) == ("not-quorate", "0", "")
    assert int(second["heads"]) > 0
    assert second["url"].endswith(f"/c/{world.slug}/assemblies/1")
