"""Before the deadline nobody learns that anybody bids, nor how many: not by any page, feed, export, figure or line."""

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import BuildError

from app.journal.actions import settle
from app.procurement import actions, queries
from app.procurement.actions import Offer
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.stories import story
from tests.tendering import CODES, DECLARED, NAMES, SECRET_WORDS, Tendering
from tests.world import PASSWORD, World

READERS = ("", "resident", "member", "secretary", "evaluator", "auditor", "operator", "supplier-3")
CHANGING = re.compile(r'(name="(?:once|csrf_token)" value=")[0-9a-f]+|"request_id"[^,}]*')
LINKS = re.compile(r'href="(/[^"#]*)')
LEFT_OUT = ("/static/", "/preferences", "/sign-in", "/sign-out")
PACKED = ("application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
PAPER = "application/pdf"
MOST = 400
OWN_TIME = frozenset({"/metrics", "/healthz", "/readyz"})


@story()
def tendering(world: World, clock: Clock) -> Tendering:
    """A published tender, and four organisations that may bid."""
    tendering = Tendering(world, clock).published()
    tendering.supplier(3)
    return tendering


def addresses(app: Flask, tendering: Tendering) -> Iterator[str]:
    """Every address of the site that can be read, with the numbers that exist."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        values = {name: tendering.world.slug if name == "slug" else "1" for name in rule.arguments}
        with app.test_request_context():
            try:
                path = app.url_map.bind("localhost").build(rule.endpoint, values)
            except (BuildError, ValueError):
                continue
        if path not in OWN_TIME:
            yield path


def reader(app: Flask, tendering: Tendering, role: str) -> PageClient:
    """Somebody's browser, signed in unless `role` is empty."""
    client = PageClient(app)
    if role:
        client.sign_in(role if role.startswith("supplier-") else tendering.world.login(role), PASSWORD)
    return client


def everything(app: Flask, tendering: Tendering, client: PageClient) -> dict[str, tuple[int, str]]:
    """Every answer that a reader gets, links followed, whatever differs from one request to the next left out."""
    search = f"/c/{tendering.world.slug}/search?q="
    waiting = [*addresses(app, tendering), f"{search}{NAMES[0]}", f"{search}{SECRET_WORDS}", f"{search}260000"]
    found: dict[str, tuple[int, str]] = {}
    while waiting and len(found) < MOST:
        path = waiting.pop(0)
        if path in found:
            continue
        answer = client.browser.get(path)
        body = answer.get_data()
        # A paper says the same in the same octets, whatever they are as text.
        text = (
            _plain(body)
            if answer.mimetype in PACKED
            else body.decode("latin-1" if answer.mimetype == PAPER else "utf-8")
        )
        found[path] = (answer.status_code, CHANGING.sub(r"\1", text))
        if answer.mimetype == "text/html":
            waiting += [link for link in LINKS.findall(text) if not link.startswith(LEFT_OUT)]
    return found


def _plain(packed: bytes) -> str:
    """The texts inside a packed file, without the times at which it was packed."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return "".join(
            archive.read(name).decode("utf-8", "replace")
            for name in sorted(archive.namelist())
            if "docProps" not in name
        )


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("role", READERS)
def test_no_answer_of_the_site_changes_when_bids_come_in(app: Flask, tendering: Tendering, role: str) -> None:
    settle()
    client = reader(app, tendering, role)
    before = everything(app, tendering, client)
    read = [path for path, (status, _body) in before.items() if status == 200]
    assert any(path.endswith("tenders.csv") for path in read)
    assert any(path.endswith("tenders.xlsx") for path in read)
    assert any("ocds" in path for path in read)
    assert len(read) > 30
    for index in range(3):
        tendering.bid(index)
    tendering.bid(0, 25_000_000)
    actor, organisation_id = tendering.supplier(1)
    actions.withdraw_bid(actor, tendering.tender_id, organisation_id)
    settle()
    after = everything(app, tendering, client)
    changed = [path for path in before if before[path] != after[path]]
    assert changed == []


@pytest.mark.databases("sqlite")
def test_after_the_deadline_the_same_site_tells_everything(app: Flask, tendering: Tendering) -> None:
    tendering.bids().after_deadline()
    actions.open_bids(tendering.secretary, tendering.tender_id)
    settle()
    told = "".join(body for _status, body in everything(app, tendering, PageClient(app)).values())
    assert all(name in told for name in NAMES[:3])
    assert NAMES[3] not in told.replace(f"{NAMES[3]}</h1>", "").replace(f"<title>{NAMES[3]}", "")


def test_no_figure_and_no_line_of_the_log_counts_bids(
    app: Flask, tendering: Tendering, caplog: pytest.LogCaptureFixture
) -> None:
    client = PageClient(app)
    client.sign_in("supplier-0", PASSWORD)
    form = client.get(f"{tendering.url}/bid")
    with caplog.at_level(logging.DEBUG):
        client.submit(form, price="260000", plan=SECRET_WORDS, team="五人", declarations=list(DECLARED))
        client.get(f"{tendering.url}/bid/withdraw")
        client.get(tendering.url)
    figures = client.browser.get("/metrics").get_data(as_text=True)
    lines = "\n".join(record.getMessage() for record in caplog.records)
    for word in ("submit_bid", "withdraw_bid", SECRET_WORDS, NAMES[0], "260000"):
        assert word not in figures
        assert word not in lines
    assert "procurement.tender" in figures


def test_a_receipt_before_the_deadline_says_only_that_it_waits(app: Flask, tendering: Tendering) -> None:
    code = tendering.bid(0)
    settle()
    answer = PageClient(app).browser.get(f"/c/{tendering.world.slug}/receipts/{code}.json")
    told = answer.get_data(as_text=True)
    assert "BidSubmitted" not in told
    assert NAMES[0] not in told


def test_bids_of_another_organisation_are_nobodys_business(
    app: Flask, tendering: Tendering, new_client: Callable[[], PageClient]
) -> None:
    tendering.bid(0)
    other = new_client()
    other.sign_in("supplier-1", PASSWORD)
    page = other.get(f"{tendering.url}/bid")
    assert not page.says("封存")
    assert tendering.codes[0].replace("-", " ") not in page.text
    forged = other.submit(
        page, price="1", plan="x", team="y", declarations=list(DECLARED), organisation="1", status=422
    )
    assert forged.css(".errors")
    assert queries.receipts(tendering.tender_id, [1])[0].sequence == 1


def test_numbers_of_bids_are_drawn_at_random(tendering: Tendering) -> None:
    actor, organisation_id = tendering.supplier(0)
    offer = Offer(1, "方案", "团队", DECLARED)
    codes = {actions.submit_bid(actor, tendering.tender_id, organisation_id, offer) for _ in range(5)}
    assert len(codes) == 5
    assert not any(code in CODES for code in codes)


def test_the_export_of_open_data_does_not_change_when_bids_come_in(
    app: Flask, tendering: Tendering, tmp_path: Path
) -> None:
    def export(name: str) -> str:
        file = tmp_path / name
        done = app.test_cli_runner().invoke(
            args=["opendata", "ocds", "--community", tendering.world.slug, "--out", str(file)]
        )
        assert done.exit_code == 0, done.output
        return file.read_text("utf-8")

    before = export("before.json")
    tendering.bids()
    settle()
    frozen = tendering.clock.now
    assert "助餐" in before
    tendering.clock.set(frozen.replace(hour=1, minute=0, second=0, microsecond=0))
    assert export("after.json") == before
