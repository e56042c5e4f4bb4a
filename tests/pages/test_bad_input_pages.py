"""The proposal, the tender and the bid against what goes wrong between two pages: size, signs, tabs, time, sessions."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from werkzeug.routing.converters import AnyConverter, NumberConverter

from app.procurement import actions as procurement
from app.procurement import queries as tenders
from app.proposals import actions as proposals
from app.proposals.queries import get_by_number
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.pages.test_procurement_pages import BID, TYPED
from tests.pages.test_proposals_pages import BODY, TITLE
from tests.tendering import Tendering
from tests.world import PASSWORD, World
from tests.wrong import HUNDRED_MB, Desk, rows

SOURCES = sorted(Path(__file__).parents[2].glob("app/**/*.py"))
STRANGE = ("\x00", "\u202e\u200b")
FORMS = ("proposal", "revision", "tender", "bid")
ODD = "热饭\x00每天\u200b一顿\u202e，带\u200f汤🍲和１２３份菜。"
SHOWN = "热饭每天一顿，带汤🍲和１２３份菜。"


@pytest.fixture
def tendering(app: Flask, world: World, clock: Clock) -> Tendering:
    """A tender still to be told."""
    return Tendering(world, clock)


@pytest.fixture(params=FORMS)
def desk(request: pytest.FixtureRequest, client: PageClient, tendering: Tendering) -> Desk:
    """Each of the forms, before somebody who may fill it in."""
    world, kind = tendering.world, request.param
    here = f"/c/{world.slug}"
    if kind in ("proposal", "revision"):
        typed = {"title": TITLE, "body": BODY, "budget": "5"}
        login, path, longest, made = world.login("resident"), "proposals/new", "body", "proposal"
        if kind == "revision":
            proposals.submit_proposal(world.actor("resident"), world.community_id, TITLE, BODY, 500, "陈女士")
            path, made = "proposals/1/revise", "proposal_version"
            typed["body"] += "位置在东墙外。"
    elif kind == "tender":
        tendering.mandate()
        login, path, longest, made = world.login("secretary"), "mandates/1/tender", "requirements", "tender"
        typed = dict(TYPED)
    else:
        tendering.published().supplier(0)
        login, path, longest, made = "supplier-0", "tenders/1/bid", "plan", "bid"
        typed = dict(BID)
    client.sign_in(login, PASSWORD)
    return Desk(client, login, PASSWORD, f"{here}/{path}", typed, longest, made)


def test_a_hundred_megabytes_are_refused_before_they_are_read(desk: Desk) -> None:
    before = rows()
    for kind in ("", "multipart/form-data; boundary=b"):
        page = desk.post(status=413, body=b"body=", kind=kind, length=HUNDRED_MB)
        assert page.says("太大了，没有收下")
        assert page.says("您写的都还在")
    assert rows() == before


def test_three_megabytes_of_text_are_no_text(desk: Desk) -> None:
    before = rows()
    body = f"{desk.longest}=".encode() + b"a" * 3 * 1024 * 1024
    told = desk.post(status=422, body=body)
    assert any(words in told.text for words in ("最多3000字", "太长了"))
    part = f'--b\r\nContent-Disposition: form-data; name="{desk.longest}"\r\n\r\n'.encode()
    whole = part + b"a" * 3 * 1024 * 1024 + b"\r\n--b--\r\n"
    assert desk.post(status=413, body=whole, kind="multipart/form-data; boundary=b").says("把文字写短")
    assert rows() == before


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"PK\x03\x04" + b"\0" * 200, "application/zip"),
        (b'{"title": "x"}', "application/json"),
        (b"--b\r\nContent-Disposition: form-data; name=title\r\n", "multipart/form-data; boundary=b"),
        (b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.exe"\r\n\r\nMZ\r\n--b--\r\n',
         "multipart/form-data; boundary=b"),
        (b"title=%FF%FE&body=%00%00&price=%C0%80", "application/x-www-form-urlencoded"),
    ],
    ids=["a packed file", "json", "half a form", "a program", "no letters"],
)  # fmt: skip
def test_what_is_no_form_of_ours_is_told_what_is_missing(desk: Desk, body: bytes, kind: str) -> None:
    before = rows()
    # Who revises and leaves a field out leaves it as it was.
    nothing_new = desk.made == "proposal_version" and not body.startswith(b"title=")
    page = desk.post(status=409 if nothing_new else 422, body=body, kind=kind)
    assert page.css(".errors")
    assert rows() == before


def test_signs_that_cannot_be_seen_are_taken_out_and_pictures_stay(desk: Desk) -> None:
    done = desk.send(desk.form(), **{desk.longest: ODD})
    page = desk.browser.get(done.location)
    edited = page if page.says(SHOWN) else desk.form()
    if desk.made == "tender":
        edited = desk.browser.get(desk.url.replace("mandates/1/tender", "tenders/1/edit"))
    if desk.made != "bid":
        assert edited.says(SHOWN) or desk.keeps(edited, SHOWN)
    assert "\u202e" not in edited.html
    assert "\x00" not in edited.html


def test_pressing_twice_does_it_once(desk: Desk) -> None:
    form = desk.form()
    first = desk.send(form)
    after = rows()
    assert desk.send(form).location == first.location
    assert rows() == after


def test_the_same_form_with_other_words_is_not_taken_for_the_first(desk: Desk) -> None:
    form = desk.form()
    desk.send(form)
    after = rows()
    again = desk.send(form, status=409, **{desk.longest: f"{desk.typed[desk.longest]}后来又改了几个字。"})
    assert again.says("已经交过一次")
    assert desk.keeps(again, "后来又改了几个字")
    assert rows() == after


def test_a_session_that_ended_keeps_what_was_typed_and_goes_on(desk: Desk) -> None:
    form, before = desk.form(), rows()
    desk.browser.browser.delete_cookie("sf_session")
    away = desk.send(form, **{desk.longest: f"{desk.typed[desk.longest]}写了很久的话。"})
    assert away.location.startswith("/sign-in")
    assert rows() == before
    signed = desk.browser.submit(desk.browser.get(away.location), "main form", login=desk.login, password=desk.password)
    back = desk.browser.follow(signed)
    assert back.url.split("?")[0] == desk.url
    assert desk.keeps(back, "写了很久的话")
    left = {name: value for name, value in desk.typed.items() if name == "declarations"}
    desk.browser.submit(back, "main form.card", **left)
    assert rows()[desk.made] == before[desk.made] + 1


def test_what_somebody_else_kept_is_not_shown(desk: Desk, new_client: Callable[[], PageClient]) -> None:
    form = desk.form()
    desk.browser.browser.delete_cookie("sf_session")
    address = desk.send(form, **{desk.longest: "只给我自己看的话，写了很久。"})
    kept = address.location.split("kept%3D")[-1]
    other = new_client()
    other.sign_in(desk.login, desk.password)
    for guess in (kept, "%00", "x" * 5000, "１２３"):
        assert not desk.keeps(other.get(f"{desk.url}?kept={guess}"), "只给我自己看的话")


@pytest.mark.parametrize("slug", ["none", "和平里", "%00", "x" * 3000, "💡", "%E2%80%AEil", "..%2F..", "１２３"])
def test_a_community_that_does_not_exist_is_said_not_to(
    app: Flask, world: World, client: PageClient, slug: str
) -> None:
    client.sign_in(world.login("secretary"), PASSWORD)
    before = rows()
    for path in ("", "proposals/new", "mandates/1/tender", "tenders/1/bid", "dwellings/import"):
        page = client.get(f"/c/{slug}/{path}", status=404)
        assert page.says("社区") or page.says("没有这一页")
    for path in ("proposals/new", "mandates/1/tender", "tenders/1/bid", "dwellings/import"):
        assert client.post(f"/c/{slug}/{path}", {"title": TITLE, "body": BODY}, status=404).h1
    assert rows() == before


def strange_addresses(app: Flask, slug: str) -> Iterator[str]:
    """Every address that can be opened, with SIGN wherever it takes words."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        values: dict[str, object] = dict.fromkeys(rule.arguments, "SIGN")
        for name, kind in rule._converters.items():
            if isinstance(kind, NumberConverter):
                values[name] = 1
            elif isinstance(kind, AnyConverter):
                values[name] = min(kind.items)
        for one in {slug, "SIGN"} if "slug" in values else {""}:
            built = rule.build({**values, "slug": one} if one else values)
            assert built is not None, rule
            yield built[1]


@pytest.mark.databases("postgresql")
def test_no_address_breaks_by_signs_that_cannot_be_seen(app: Flask, world: World, client: PageClient) -> None:
    client.sign_in(world.login("secretary"), PASSWORD)
    asked = {name for path in SOURCES for name in re.findall(r"args(?:\.get\(|\[)\"(\w+)\"", path.read_text("utf-8"))}
    assert {"q", "kept", "next", "before"} <= asked
    broken = []
    for path in strange_addresses(app, world.slug):
        for sign in STRANGE:
            query = urlencode(dict.fromkeys(asked, sign))
            answer = client._outside(partial(client.browser.get, path.replace("SIGN", quote(sign)), query_string=query))
            if answer.status_code >= 500:
                broken.append(f"{path} with {sign[:5]!r} answers {answer.status_code}")
    assert not broken, "\n".join(broken)


def test_a_proposal_that_was_put_on_the_agenda_meanwhile_keeps_its_text(
    world: World, client: PageClient, clock: Clock
) -> None:
    proposals.submit_proposal(world.actor("resident"), world.community_id, TITLE, BODY, None, "陈女士")
    client.sign_in(world.login("resident"), PASSWORD)
    form = client.get(f"/c/{world.slug}/proposals/1/revise")
    row = get_by_number(world.community_id, 1)
    proposals.withdraw_proposal(world.actor("resident"), row.id)
    before = rows()
    page = client.submit(form, "main form.card", status=409, body=BODY + "写了很久的话。")
    assert "写了很久的话" in page.html
    assert rows() == before


def test_a_tender_that_was_published_from_another_tab_keeps_what_was_typed(
    tendering: Tendering, client: PageClient
) -> None:
    tendering.drafted()
    client.sign_in(tendering.world.login("secretary"), PASSWORD)
    form = client.get(f"{tendering.url}/edit")
    procurement.publish_tender(tendering.secretary, tendering.tender_id)
    before = rows()
    page = client.submit(form, "main form.card", status=409, **{**TYPED, "requirements": "每天一顿，写了很久的话。"})
    assert "写了很久的话" in page.html
    assert rows() == before
    assert tenders.get_by_id(tendering.tender_id).requirements == "每天一顿，热的。"


def test_two_tabs_with_one_mandate_make_one_tender(tendering: Tendering, client: PageClient) -> None:
    tendering.mandate()
    client.sign_in(tendering.world.login("secretary"), PASSWORD)
    one, other = (client.get(f"/c/{tendering.world.slug}/mandates/1/tender") for _ in range(2))
    client.submit(one, "main form.card", **TYPED)
    before = rows()
    page = client.submit(other, "main form.card", status=409, **{**TYPED, "requirements": "写了很久的另一份要求。"})
    assert "写了很久的另一份要求" in page.html
    assert rows() == before


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(days=400)])
def test_a_bid_that_comes_after_the_deadline_keeps_what_was_typed(
    tendering: Tendering, client: PageClient, clock: Clock, late: timedelta
) -> None:
    tendering.published().supplier(0)
    client.sign_in("supplier-0", PASSWORD)
    form = client.get(f"{tendering.url}/bid")
    clock.set(tenders.get_by_id(tendering.tender_id).deadline + late)
    client.sign_in("supplier-0", PASSWORD)
    before = rows()
    page = client.submit(form, "main form.card", status=409, **BID)
    assert BID["plan"] in page.html
    assert rows() == before


def test_two_tabs_with_a_bid_leave_two_versions_and_both_receipts(tendering: Tendering, client: PageClient) -> None:
    tendering.published().supplier(0)
    client.sign_in("supplier-0", PASSWORD)
    one, other = (client.get(f"{tendering.url}/bid") for _ in range(2))
    client.submit(one, "main form.card", **BID)
    page = client.follow(client.submit(other, "main form.card", **{**BID, "price": "250000"}))
    assert page.says("第2版")
