"""Whoever is concerned with a purchase finds the next thing to do, and reads words where the house keeps names of its own."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.procurement import actions
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.tendering import Tendering
from tests.world import PASSWORD, World

NewClient = Callable[[], PageClient]


@pytest.fixture
def tendering(app: Flask, world: World, clock: Clock) -> Tendering:
    """A tender still to be told."""
    return Tendering(world, clock)


def reader(new_client: NewClient, login: str) -> PageClient:
    """Somebody signed in."""
    client = new_client()
    client.sign_in(login, PASSWORD)
    return client


def secretary(tendering: Tendering, new_client: NewClient) -> PageClient:
    """Who buys, signed in."""
    return reader(new_client, tendering.world.login("secretary"))


def test_a_mandate_waits_for_the_secretary_until_its_tender_is_drafted(
    tendering: Tendering, new_client: NewClient
) -> None:
    mandate = tendering.mandate()
    buyer, todo = secretary(tendering, new_client), f"/c/{tendering.world.slug}/todo"
    page = buyer.get(todo)
    assert page.says("决议授权了这项采购，等待起草。")
    draft = f"/c/{tendering.world.slug}/mandates/{mandate}/tender"
    assert page.one(f"a.btn[href='{draft}']").text() == "去起草"
    assert buyer.get(draft).one("[name=ceiling]").attributes["value"] == "286000.00"
    tendering.drafted(resolution=12)
    assert buyer.get(todo).text.count("等待起草") == 1


def test_a_finding_says_where_in_the_words_of_the_form(tendering: Tendering, new_client: NewClient) -> None:
    tendering.drafted(qualifications=("注册资本100万元以上",))
    page = secretary(tendering, new_client).get(f"{tendering.url}/publish")
    assert page.says("参加的条件，第1条")
    assert "qualifications" not in page.one("main").text()


def test_the_buyer_is_not_asked_to_bid_and_a_stranger_learns_how_to_begin(
    tendering: Tendering, new_client: NewClient
) -> None:
    tendering.published(performance_bond=500)
    page = secretary(tendering, new_client).get(tendering.url)
    assert page.says("5%（占合同金额）")
    assert not page.says("去投标")
    page = new_client().get(tendering.url)
    assert page.says("去投标")
    assert page.one("a[href^='/organisations/new']").text() == "登记机构，同时开账号"


def test_the_record_of_the_opening_leads_to_the_next_step(tendering: Tendering, new_client: NewClient) -> None:
    tendering.published().bids().after_deadline()
    buyer = secretary(tendering, new_client)
    assert buyer.get(f"{tendering.url}/scores").says("还没有评审小组")
    tendering.opened()
    page = buyer.get(f"{tendering.url}/opening")
    assert page.one(".who a.btn").attributes["href"] == f"{tendering.url}/panel"
    assert page.says("统一社会信用代码")
    assert not new_client().get(f"{tendering.url}/opening").says("组成评审小组")
    assert reader(new_client, "supplier-0").get(tendering.url).one(".seal").text() == "已开"


def test_a_member_with_an_interest_is_for_the_buyer_to_replace(tendering: Tendering, new_client: NewClient) -> None:
    tendering.published().bids().opened().panel(declared=False)
    buyer, todo = secretary(tendering, new_client), f"/c/{tendering.world.slug}/todo"
    assert not buyer.get(todo).says("助餐")
    actions.declare_conflict(tendering.experts[2], tendering.tender_id, True)
    page = buyer.get(todo)
    assert page.says("换下申报了利害关系的评委")
    assert page.one(f"a.btn[href='{tendering.url}/panel']").text() == "去换人"
    assert buyer.get(f"{tendering.url}/panel").says("87号令第47条")
    for expert in tendering.experts[:2]:
        actions.declare_conflict(expert, tendering.tender_id, False)
        for position in (1, 2, 3):
            tendering.score(expert, position, 5000, 2000)
        actions.submit_scores(expert, tendering.tender_id)
    # Others are done already: the one is replaced all the same, and not by themselves.
    page = buyer.get(f"{tendering.url}/panel")
    offered = [box.attributes["value"] for box in page.css("input[name=experts]")]
    assert str(tendering.experts[0].account_id) in offered
    assert str(tendering.experts[2].account_id) not in offered


def test_who_won_is_told_to_sign_and_then_to_deliver(tendering: Tendering, new_client: NewClient) -> None:
    tendering.published().bids().opened().panel().scored().ranked().awarded()
    todo = f"/c/{tendering.world.slug}/todo"
    winner, loser = reader(new_client, "supplier-0"), reader(new_client, "supplier-1")
    assert winner.get(todo).says("贵机构中标了，过了质疑期就和采购人签合同。")
    assert not loser.get(todo).says("助餐")
    tendering.after_challenges()
    winner, loser = reader(new_client, "supplier-0"), reader(new_client, "supplier-1")
    assert winner.get(todo).says("贵机构中标了")
    buyer = secretary(tendering, new_client)
    form = buyer.get(f"{tendering.url}/contract/new")
    # Twelve months end the day before.
    starts, ends = (form.one(f"[name={name}]").attributes["value"] for name in ("starts_on", "ends_on"))
    assert (starts, ends) == ("2026-04-11", "2027-04-10")
    tendering.signed()
    assert winner.get(todo).says("按合同交付，到节点由采购人验收。")
    assert not loser.get(todo).says("助餐")


def test_an_article_that_a_page_names_is_read_in_english_too(tendering: Tendering, new_client: NewClient) -> None:
    tendering.published().bids().opened().panel().scored().ranked().awarded()
    client = new_client()
    assert client.get(f"{tendering.url}/result").says("94号令第10、13、17条")
    client.prefer("en")
    assert client.get(f"{tendering.url}/result").says("Order 94 arts. 10, 13, 17")


def test_a_draft_written_in_english_is_in_the_language_of_the_record(
    tendering: Tendering, new_client: NewClient
) -> None:
    tendering.mandate()
    buyer = secretary(tendering, new_client)
    buyer.prefer("en")
    form = buyer.get(f"/c/{tendering.world.slug}/mandates/1/tender")
    assert form.one("[name=buyer]").attributes["value"] == "梧桐里社区居民委员会"
    typed = {
        "title": "助餐服务", "summary": "热饭", "requirements": "每天一顿", "deadline_on": "2026-03-30", "price_points": "40",
        "criteria-0-name": "方案", "criteria-0-points": "60", "criteria-0-lines": "写清=60",
    }  # fmt: skip
    buyer.follow(buyer.submit(form, **typed))
    buyer.prefer()
    assert buyer.get(f"/c/{tendering.world.slug}/tenders/1/publish").css("tr > th")[-2].text().startswith("价格")


def test_where_too_few_bid_the_bids_stay_sealed_and_no_further_day_is_promised(
    tendering: Tendering, new_client: NewClient
) -> None:
    tendering.published().bid(0)
    tendering.after_deadline()
    actions.open_bids(tendering.secretary, tendering.tender_id)
    page = reader(new_client, "supplier-0").get(tendering.url)
    assert page.says("这次采购失败了")
    assert page.one(".seal").text() == "封存"
    assert not page.says("采购人确定中标")
    assert reader(new_client, "supplier-0").get(f"{tendering.url}/bid").one(".seal").text() == "封存"


def test_what_an_organisation_has_to_mend_is_told_in_the_order_of_the_page(
    tendering: Tendering, new_client: NewClient
) -> None:
    client = new_client()
    form = client.get("/organisations/new")
    assert [label.text() for label in form.css("label .form-text")] == ["（可以不填）", "（可以不填）"]
    page = client.submit(form, status=422)
    told = [str(link.attributes["href"]).removeprefix("#") for link in page.css(".errors a")]
    order = [str(box.attributes["id"]) for box in page.css("main form [id][name]") if box.attributes["id"] in told]
    assert told == order
    assert told[0] == "credit_code"
