"""Before the deadline nobody learns that anybody bids, nor how many: not by any page, feed, export, figure or line."""

import logging
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import BuildError

from app.journal.actions import settle
from app.procurement import actions, queries
from app.procurement.actions import Offer
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.tendering import CODES, DECLARED, NAMES, SECRET_WORDS, Tendering
from tests.world import NAMES as PEOPLE
from tests.world import PASSWORD, World

READERS = ("", *PEOPLE, "supplier-3")
CHANGING = re.compile(r'(name="(?:once|csrf_token)" value=")[0-9a-f]+|"request_id"[^,}]*')
OWN_TIME = frozenset({"/metrics", "/healthz", "/readyz"})


@pytest.fixture
def tendering(app: Flask, world: World, clock: Clock) -> Tendering:
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
    """Every answer that a reader gets, whatever differs from one request to the next left out."""
    found = {}
    for path in addresses(app, tendering):
        answer = client.browser.get(path)
        found[path] = (answer.status_code, CHANGING.sub(r"\1", answer.get_data(as_text=True)))
    return found


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("role", READERS)
def test_no_answer_of_the_site_changes_when_bids_come_in(app: Flask, tendering: Tendering, role: str) -> None:
    settle()
    client = reader(app, tendering, role)
    before = everything(app, tendering, client)
    assert sum(status == 200 for status, _body in before.values()) > 15
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
