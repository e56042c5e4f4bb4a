"""What lies outside: other communities, bad input, too many statements."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select

from app.core.db import db
from app.core.values import Actor, Grant, Ref
from app.organisations.queries import find_by_code
from app.procurement import actions, queries
from app.procurement.models import Mandate, Tender
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.pages.test_procurement_pages import BID, TYPED
from tests.stories import story
from tests.tendering import CODES, Tendering
from tests.world import PASSWORD, World

NewClient = Callable[[], PageClient]
STAFF = ("secretary", "convener", "clerk", "evaluator", "operator")


@pytest.fixture
def tendering(app: Flask, world: World, clock: Clock) -> Tendering:
    """A tender still to be told."""
    return Tendering(world, clock)


@story()
def mandated(world: World, clock: Clock) -> Tendering:
    """A resolution allows a tender."""
    tendering = Tendering(world, clock)
    tendering.mandate()
    return tendering


@story()
def published(world: World, clock: Clock) -> Tendering:
    """A notice that is out, and an organisation that may bid."""
    tendering = Tendering(world, clock).published()
    tendering.supplier(0)
    return tendering


def own_routes(app: Flask, slug: str) -> Iterator[tuple[str, str, set[str]]]:
    """Every address of buying in a community, with the numbers of the first tender."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("procurement.") and rule.arguments - {"slug"}:
            values = {name: slug if name == "slug" else "1" for name in rule.arguments}
            path = app.url_map.bind("localhost").build(rule.endpoint, values)
            yield rule.endpoint, path, set(rule.methods or ())


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("role", [*STAFF, "supplier"])
def test_no_address_of_another_community_leads_to_this_ones_tenders(
    app: Flask, tendering: Tendering, client: PageClient, role: str
) -> None:
    tendering.whole()
    client.sign_in(tendering.world.login(role), PASSWORD)
    found = list(own_routes(app, tendering.world.other_slug))
    assert len(found) > 18
    token = client.csrf_token()
    for endpoint, path, methods in found:
        for method in methods & {"GET", "POST"}:
            answer = client.browser.open(path, method=method, headers={"X-CSRF-Token": token})
            assert answer.status_code in (403, 404), f"{endpoint} {method} answers {answer.status_code}"
    assert queries.get_by_id(tendering.tender_id).stage == "signed"


@pytest.mark.databases("sqlite")
def test_staff_of_another_community_with_the_same_number_see_their_own(
    app: Flask, tendering: Tendering, client: PageClient
) -> None:
    tendering.published()
    world = tendering.world
    other = Actor(world.accounts["secretary"], frozenset({Grant(world.other_id, "secretary")}))
    actions.grant_mandate(other, world.other_id, Ref("resolution", 1), Ref("proposal", 1), 100, "别的社区的采购")
    page = client.get(f"/c/{world.other_slug}/tenders")
    assert not page.says("独居老人")
    client.get(f"/c/{world.other_slug}/tenders/1", status=404)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("ceiling", "-100", "不能是负数"),
        ("ceiling", "二十八万", "写成数字"),
        ("ceiling", "286000.001", "写成数字"),
        ("ceiling", "1e9", "写成数字"),
        ("ceiling", "99999999999999", "写成数字"),
        ("ceiling", "999999999999", ""),
        ("ceiling", "0", "大于0元"),
        ("ceiling", "", "写上金额"),
        ("deadline_on", "2026/03/30", ""),
        ("deadline_on", "30.3.2026", ""),
        ("deadline_on", "", "选截止的日期"),
        ("deadline_at", "10点", ""),
        ("term_months", "-1", "1到60个月"),
        ("term_months", "一年", ""),
        ("title", "", "写上要买什么"),
        ("title", "长" * 201, "太长了"),
        ("price_points", "abc", "写成数字"),
        ("method", "lottery", ""),
        ("criteria-0-lines", "有菜单60", "达到什么=几分"),
        ("criteria-0-lines", "", "给分标准"),
        ("criteria-0-points", "", "分值"),
        ("criteria-0-name", "", "评什么"),
        ("criteria-0-kind", "x", ""),
    ],
)
def test_what_cannot_be_read_in_a_tender_is_said_and_kept(
    mandated: Tendering, client: PageClient, field: str, value: str, words: str
) -> None:
    client.sign_in(mandated.world.login("secretary"), PASSWORD)
    form = client.get(f"/c/{mandated.world.slug}/mandates/1/tender")
    if field == "ceiling" and value == "999999999999":
        client.submit(form, **{**TYPED, field: value})
        assert db.session.scalars(select(Tender.ceiling)).one() == 99999999999900
        return
    page = client.submit(form, status=422, **{**TYPED, field: value})
    assert page.css(".errors a")
    assert words in page.text
    assert page.one("[name=requirements]").text().strip() == TYPED["requirements"]
    assert db.session.scalars(select(Tender)).all() == []


@pytest.mark.parametrize(
    ("deadline", "words"), [("2026-03-01", "已经过去"), ("2049-03-30", "一年以后"), ("2026-03-02", "已经过去")]
)
def test_deadlines_past_and_far_come_back_with_all_that_was_typed(
    mandated: Tendering, client: PageClient, deadline: str, words: str
) -> None:
    client.sign_in(mandated.world.login("secretary"), PASSWORD)
    form = client.get(f"/c/{mandated.world.slug}/mandates/1/tender")
    typed = {**TYPED, "deadline_on": deadline, "deadline_at": "09:00"}
    page = client.submit(form, status=409, **typed)
    assert page.says(words)
    assert page.one("[name='criteria-1-lines']").text().strip() == TYPED["criteria-1-lines"]


def test_unseen_signs_and_emoji_are_cleaned_or_kept(mandated: Tendering, client: PageClient) -> None:
    client.sign_in(mandated.world.login("secretary"), PASSWORD)
    form = client.get(f"/c/{mandated.world.slug}/mandates/1/tender")
    client.submit(form, **{**TYPED, "title": "助\u200b餐\x00服\u202e务🍚", "criteria-0-lines": "有菜单＝６０"})
    row = db.session.scalars(select(Tender)).one()
    assert row.title == "助餐服务🍚"
    assert queries.criteria(row.id)[0].scales[0]["steps"] == [["有菜单", 6000]]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("price", "-1", "不能是负数"),
        ("price", "０", "大于0元"),
        ("price", "便宜", "写成数字"),
        ("price", "1e3", "写成数字"),
        ("price", "2,5万", "写成数字"),
        ("price", "", "写上金额"),
        ("plan", "", "打算怎样做"),
        ("plan", "长" * 20_001, "太长了"),
        ("team", "\u200b\u202e", "由谁来做"),
        ("declarations", ["clean"], "四项声明"),
        ("declarations", ["clean", "capable", "independent", "whole", "forged"], ""),
    ],
)
def test_what_cannot_be_read_in_a_bid_is_said_and_kept(
    published: Tendering, new_client: NewClient, field: str, value: Any, words: str
) -> None:
    bidder = new_client()
    bidder.sign_in("supplier-0", PASSWORD)
    form = bidder.get(f"{published.url}/bid")
    page = bidder.submit(form, status=422, **{**BID, field: value})
    assert page.css(".errors a")
    assert words in page.text
    if field != "team":
        assert page.one("[name=team]").text().strip() == BID["team"]
    assert queries.receipts(published.tender_id, [1]) == []


@pytest.mark.parametrize("typed", ["２８７０００", "２８７，０００．００元", "２８．７万元", "￥287,000"])
def test_a_price_in_full_width_signs_is_the_same_price(published: Tendering, new_client: NewClient, typed: str) -> None:
    bidder = new_client()
    bidder.sign_in("supplier-0", PASSWORD)
    page = bidder.submit(bidder.get(f"{published.url}/bid"), status=409, **{**BID, "price": typed})
    assert page.says("287,000元")
    assert page.one("[name=price]").attributes["value"] == typed
    bidder.prefer("en")
    english = bidder.submit(bidder.get(f"{published.url}/bid"), status=409, **{**BID, "price": typed})
    assert english.one(".errors li").text().endswith("(Order 87 art. 63)")


def test_a_price_above_the_ceiling_comes_back_with_all_that_was_typed(
    published: Tendering, new_client: NewClient
) -> None:
    bidder = new_client()
    bidder.sign_in("supplier-0", PASSWORD)
    page = bidder.submit(bidder.get(f"{published.url}/bid"), status=409, **{**BID, "price": "286000.01"})
    assert page.says("高于最高限价")
    assert page.one("[name=plan]").text().strip() == BID["plan"]


def test_a_session_that_ended_keeps_the_bid_and_goes_on(published: Tendering, new_client: NewClient) -> None:
    bidder = new_client()
    bidder.sign_in("supplier-0", PASSWORD)
    form = bidder.get(f"{published.url}/bid")
    bidder.browser.delete_cookie("sf_session")
    away = bidder.submit(form, **BID)
    assert away.location.startswith("/sign-in")
    back = bidder.follow(bidder.submit(bidder.get(away.location), "main form", login="supplier-0", password=PASSWORD))
    assert back.one("[name=plan]").text().strip() == BID["plan"]
    bidder.submit(back, **BID)
    assert queries.receipts(published.tender_id, [1])[0].sequence == 1


@pytest.mark.parametrize("path", ["0", "99999999", "1/bids/99/scores", "1/questions/99/answer", "1/milestones/99"])
def test_numbers_that_do_not_exist_are_said_not_to(tendering: Tendering, client: PageClient, path: str) -> None:
    tendering.published()
    client.sign_in(tendering.world.login("secretary"), PASSWORD)
    client.get(f"/c/{tendering.world.slug}/tenders/{path}", status=404)


def test_an_organisation_whose_code_is_wrong_is_told_what_is_wrong(
    world: World, client: PageClient, clock: Clock
) -> None:
    form = client.get("/organisations/new")
    good = {
        "kind": "service", "name": "和风社工", "contact": "和风", "phone": "13800001111",
        "own_name": "和风", "login": "hefeng", "password": PASSWORD,
    }  # fmt: skip
    for code, words in (("123", "有18位"), (CODES[0][:-1] + "8", "校验位"), ("I" * 18, "I、O、S、V、Z")):
        page = client.submit(form, status=422, credit_code=code, **good)
        assert words in page.text
        assert page.one("[name=name]").attributes["value"] == "和风社工"
    page = client.submit(form, status=422, credit_code=CODES[2], **good)
    assert "不一致" in page.text
    page = client.submit(form, status=422, credit_code="123101154250123459", **{**good, "kind": "public_first"})
    assert "既不能购买也不能承接" in page.text
    page = client.submit(form, status=422, credit_code=CODES[0], **{**good, "phone": "call me"})
    assert "只写数字" in page.text
    assert find_by_code(CODES[0]) is None


def test_an_organisation_registers_without_an_account_and_signs_in(
    world: World, client: PageClient, clock: Clock
) -> None:
    form = client.get("/organisations/new?next=//evil.example/")
    done = client.submit(
        form,
        credit_code=CODES[0],
        kind="service",
        name="和风社工",
        contact="和风",
        phone="13800001111",
        own_name="和风",
        login="hefeng",
        password=PASSWORD,
    )
    assert done.location == "/sign-in?next=/organisations/1"
    client.sign_in("hefeng", PASSWORD)
    own = client.get("/organisations/1")
    assert own.says("13800001111")
    again = client.submit(
        client.get("/organisations/new"), status=422,
        credit_code=CODES[0], kind="service", name="和风二号", contact="和风", phone="13800001111",
    )  # fmt: skip
    assert again.says("已经登记过了")
    revised = client.follow(client.submit(client.get("/organisations/1/edit"), name="和风社工服务中心"))
    assert revised.h1 == "和风社工服务中心"


def test_the_telephone_of_an_organisation_is_for_its_own_people(
    tendering: Tendering, client: PageClient, new_client: NewClient
) -> None:
    tendering.supplier(0)
    assert not client.get("/organisations/1").says("13800001111")
    client.sign_in(tendering.world.login("secretary"), PASSWORD)
    assert not client.get("/organisations/1").says("13800001111")
    assert client.get("/organisations/1/edit").says("不能替它办事")
    client.post("/organisations/1/edit", {"name": "盗名", "contact": "x", "phone": "123456"}, status=409)
    client.get("/organisations/99", status=404)


class Statements:
    """How many statements the database was asked while this is open."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        self.said.append(statement)

    def __enter__(self) -> "Statements":
        event.listen(Engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(Engine, "before_cursor_execute", self._note)


def statements(client: PageClient, url: str) -> int:
    """The statements of one page, asked for the second time."""
    client.get(url)
    with Statements() as counted:
        client.get(url)
    return sum(not one.lstrip().upper().startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")) for one in counted.said)


@pytest.mark.parametrize("path", ["", "/opening", "/result", "/contract"])
def test_a_page_asks_few_statements(tendering: Tendering, client: PageClient, path: str) -> None:
    tendering.whole()
    url = tendering.url + path
    assert statements(client, url) <= 8
    client.sign_in(tendering.world.login("secretary"), PASSWORD)
    assert statements(client, url) <= 12


def test_a_tender_taking_bids_asks_few_statements_of_everybody(
    tendering: Tendering, client: PageClient, new_client: NewClient
) -> None:
    tendering.published().bids()
    assert statements(client, tendering.url) <= 8
    client.sign_in(tendering.world.login("secretary"), PASSWORD)
    assert statements(client, tendering.url) <= 12
    bidder = new_client()
    bidder.sign_in("supplier-0", PASSWORD)
    assert statements(bidder, tendering.url) <= 12


def test_the_list_asks_as_many_statements_for_one_as_for_many(tendering: Tendering, client: PageClient) -> None:
    url = f"/c/{tendering.world.slug}/tenders"
    tendering.published()
    one = statements(client, url)
    for number in range(20):
        tendering.published(resolution=100 + number, title=f"第{number}项")
    assert statements(client, url) == one <= 8
    client.sign_in(tendering.world.login("secretary"), PASSWORD)
    assert statements(client, url) <= 12
    assert db.session.scalars(select(Mandate)).all()
