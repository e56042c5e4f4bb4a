"""Every page of a tender, as each of its people reads it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.procurement import actions, queries
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.tendering import Tendering
from tests.world import PASSWORD, World

NewClient = Callable[[], PageClient]
BID: dict[str, Any] = {
    "price": "２６０，０００.００",
    "plan": "每天送一顿热饭，路线分三条。",
    "team": "五名持证社工。",
    "declarations": ["clean", "capable", "independent", "whole"],
}


@pytest.fixture
def tendering(app: Flask, world: World, clock: Clock) -> Tendering:
    """A tender still to be told."""
    return Tendering(world, clock)


@pytest.fixture
def secretary(client: PageClient, world: World) -> PageClient:
    """The buyer's secretary, signed in."""
    client.sign_in(world.login("secretary"), PASSWORD)
    return client


def supplier(new_client: NewClient, index: int) -> PageClient:
    """Somebody who acts for an organisation, signed in."""
    found = new_client()
    found.sign_in(f"supplier-{index}", PASSWORD)
    return found


TYPED: dict[str, Any] = {
    "title": "2027年独居老人助餐服务",
    "summary": "为63位独居老人每天送一顿热饭。",
    "requirements": "每天一顿。",
    "buyer": "梧桐里社区居民委员会",
    "method": "open",
    "category": "services",
    "ceiling": "286,000.00",
    "deadline_on": "2026-03-30",
    "deadline_at": "10:00",
    "term_months": "１２",
    "price_points": "15",
    "criteria-0-name": "服务方案",
    "criteria-0-points": "60",
    "criteria-0-kind": "judged",
    "criteria-0-scale": "choice",
    "criteria-0-lines": "有菜单和路线=60\n只有菜单＝30",
    "criteria-1-name": "团队证书",
    "criteria-1-points": "25",
    "criteria-1-kind": "objective",
    "criteria-1-scale": "items",
    "criteria-1-lines": "社工证=15\n健康证=10",
}


def test_an_empty_list_says_what_will_come(client: PageClient, world: World, clock: Clock) -> None:
    page = client.get(f"/c/{world.slug}/tenders")
    assert page.says("这里还没有采购")
    assert not page.says("草稿")


def test_from_mandate_to_notice_in_the_browser(tendering: Tendering, secretary: PageClient) -> None:
    tendering.mandate()
    listed = secretary.get(f"/c/{tendering.world.slug}/tenders")
    assert listed.says("等待采购的授权")
    form = secretary.get(f"/c/{tendering.world.slug}/mandates/1/tender")
    checked = secretary.follow(secretary.submit(form, **TYPED))
    assert checked.says("没有发现不合规定的地方")
    published = secretary.follow(secretary.submit(checked, button="发布公告"))
    assert published.h1.replace("\u200b", "") == TYPED["title"]
    for words in (
        "收标中",
        "公开招标",
        "时间表",
        "怎样评分",
        "服务方案",
        "社工证：15分",
        "还没有人提问",
        "运维人员在技术上有可能看到",
    ):
        assert published.says(words), words
    secretary.get(f"/c/{tendering.world.slug}/tenders/1/edit")


def test_what_breaks_a_rule_is_named_with_its_article_before_publishing(
    tendering: Tendering, secretary: PageClient
) -> None:
    tendering.mandate()
    form = secretary.get(f"/c/{tendering.world.slug}/mandates/1/tender")
    checked = secretary.follow(
        secretary.submit(form, **{**TYPED, "price_points": "9", "qualifications": "注册资本500万元"})
    )
    for words in ("价格分只占9%", "87号令第55条", "注册资本", "87号令第17条", "要改", "改好以后才能发布"):
        assert checked.says(words), words
    assert checked.css("main form[method=post]") == []
    secretary.post(f"/c/{tendering.world.slug}/tenders/1/publish", status=409)


def test_a_draft_is_seen_by_those_who_write_it_only(
    tendering: Tendering, secretary: PageClient, new_client: NewClient
) -> None:
    tendering.drafted()
    assert secretary.get(tendering.url).says("草稿")
    reader = new_client()
    reader.get(tendering.url, status=404)
    assert not reader.get(f"/c/{tendering.world.slug}/tenders?view=drafts").says("助餐")
    reader.sign_in(tendering.world.login("resident"), PASSWORD)
    reader.get(tendering.url, status=404)


def test_an_organisation_registers_asks_and_is_answered(
    tendering: Tendering, secretary: PageClient, new_client: NewClient
) -> None:
    tendering.published()
    reader = new_client()
    reader.sign_in(tendering.world.login("supplier"), PASSWORD)
    asked = reader.get(f"{tendering.url}/questions/new")
    assert asked.says("请先登记您的机构")
    register = reader.get(asked.css("main a.btn-primary")[0].attributes["href"] or "")
    back = reader.submit(
        register,
        credit_code="52310115mj5012345-7",
        kind="service",
        name="和风社工服务中心",
        contact="和风",
        phone="１３８００００１１１１",
    )
    form = reader.follow(back)
    done = reader.submit(form, text="有多少位要软食？")
    page = reader.follow(done)
    assert page.says("有多少位要软食？")
    assert page.says("等待答复")
    assert not page.says("和风社工服务中心")
    answer = secretary.get(f"{tendering.url}/questions/1/answer")
    page = secretary.follow(secretary.submit(answer, text="软食11位。", affects="no"))
    assert page.says("软食11位。")


def test_a_bid_is_handed_in_replaced_and_withdrawn(tendering: Tendering, new_client: NewClient) -> None:
    tendering.published().supplier(0)
    bidder = supplier(new_client, 0)
    form = bidder.get(f"{tendering.url}/bid")
    receipt = bidder.follow(bidder.submit(form, **BID))
    assert receipt.says("封存")
    assert receipt.says("第1版")
    assert not receipt.says("路线分三条")
    again = bidder.follow(bidder.submit(receipt, **{**BID, "price": "25.5万元"}))
    assert again.says("第2版")
    page = bidder.get(tendering.url)
    assert page.says("您已递交")
    gone = bidder.follow(bidder.submit(bidder.get(f"{tendering.url}/bid/withdraw"), button="撤回"))
    assert gone.says("已经撤回")
    assert queries.receipts(tendering.tender_id, [1])[0].withdrawn


def test_handing_in_twice_with_one_click_is_one_bid(tendering: Tendering, new_client: NewClient) -> None:
    tendering.published().supplier(0)
    bidder = supplier(new_client, 0)
    form = bidder.get(f"{tendering.url}/bid")
    bidder.submit(form, **BID)
    bidder.submit(form, **BID)
    [receipt] = queries.receipts(tendering.tender_id, [1])
    assert receipt.sequence == 1


def test_who_is_not_signed_in_is_asked_to_and_brought_back(tendering: Tendering, client: PageClient) -> None:
    tendering.published()
    answer = client.get(f"{tendering.url}/bid", status=303)
    assert answer.location.startswith("/sign-in?next=")
    assert client.get(tendering.url).css("main form[method=post]") == []


def test_after_the_deadline_the_form_gives_way_to_its_reason(tendering: Tendering, new_client: NewClient) -> None:
    tendering.published().supplier(0)
    bidder = supplier(new_client, 0)
    form = bidder.get(f"{tendering.url}/bid")
    tendering.after_deadline(0)
    late = bidder.submit(form, status=409, **BID)
    assert late.says("没有人能通融")
    assert late.says(BID["plan"])
    assert not late.says("independent")
    assert bidder.get(f"{tendering.url}/bid").says("没有人能通融")
    assert late.css("main form[method=post]") == []
    assert queries.receipts(tendering.tender_id, [1]) == []


def test_the_opening_page_before_and_after(tendering: Tendering, secretary: PageClient, new_client: NewClient) -> None:
    tendering.published().bids()
    reader = new_client()
    assert reader.get(f"{tendering.url}/opening").says("还没有开标")
    assert not reader.get(f"{tendering.url}/opening").says("和风")
    tendering.after_deadline()
    opened = secretary.follow(secretary.submit(secretary.get(f"{tendering.url}/opening"), button="开标"))
    assert opened.says("3家投标")
    assert opened.says("260,000.00元")
    page = reader.get(f"{tendering.url}/opening")
    assert page.says("和风社工服务中心")
    assert page.css("main form[method=post]") == []
    assert not page.says("送餐路线")


def test_the_buyer_examines_appoints_and_the_panel_scores_on_the_page(
    tendering: Tendering, secretary: PageClient, new_client: NewClient
) -> None:
    tendering.published().bids().after_deadline()
    actions.open_bids(tendering.secretary, tendering.tender_id)
    for position in (1, 2, 3):
        form = secretary.get(f"{tendering.url}/bids/{position}/qualification")
        assert form.says("送餐路线")
        page = secretary.follow(secretary.submit(form, qualified="yes"))
    assert page.says("合格")
    tendering.panel(declared=False)
    assert secretary.get(f"{tendering.url}/panel").says("还没有申报")
    expert = new_client()
    expert.sign_in("expert-0", PASSWORD)
    assert expert.get(f"{tendering.url}/scores").says("先申报")
    expert.follow(expert.submit(expert.get(f"{tendering.url}/declaration"), conflicted="no"))
    names = [f"c{row.id}" for row in queries.criteria(tendering.tender_id)[:2]]
    bad = expert.submit(expert.get(f"{tendering.url}/bids/1/scores"), status=422, **{names[0]: "60.01", names[1]: "25"})
    assert bad.says("应当在0和60之间")
    for position in (1, 2, 3):
        form = expert.get(f"{tendering.url}/bids/{position}/scores")
        overview = expert.follow(expert.submit(form, **{names[0]: "５５.5", names[1]: "25"}))
    assert overview.says("80.5分，不含价格")
    done = expert.follow(expert.submit(overview, button="提交评分"))
    assert done.says("您已提交")
    assert secretary.get(f"{tendering.url}/scores").says("评审小组进展")


def test_points_of_others_are_seen_by_nobody_while_they_score(
    tendering: Tendering, secretary: PageClient, new_client: NewClient
) -> None:
    tendering.published().bids().opened().panel()
    tendering.score(tendering.experts[0], 1, 4321, 1234)
    other = new_client()
    other.sign_in("expert-1", PASSWORD)
    for page in (other.get(f"{tendering.url}/scores"), other.get(f"{tendering.url}/bids/1/scores")):
        assert "43.21" not in page.html
    assert "43.21" not in secretary.get(f"{tendering.url}/scores").html


def test_award_result_contract_and_acceptance_on_the_page(
    tendering: Tendering, secretary: PageClient, new_client: NewClient
) -> None:
    tendering.published().bids().opened().panel().scored()
    ranked = secretary.follow(secretary.submit(secretary.get(f"{tendering.url}/ranking"), button="汇总"))
    assert ranked.says("91")
    reader = new_client()
    reader.get(f"{tendering.url}/result", status=404)
    assert not reader.get(tendering.url).says("中标结果")
    decided = secretary.follow(secretary.submit(ranked, button="确定"))
    result = secretary.follow(secretary.submit(decided, button="公告结果"))
    assert result.says("和风社工服务中心")
    public = reader.get(f"{tendering.url}/result")
    assert public.says("专家0")
    assert not public.says("各位评委的平均分")
    bidder = supplier(new_client, 1)
    own = bidder.get(f"{tendering.url}/result")
    assert own.says("晚晴养老服务社的得分")
    assert own.says("13.92")
    assert not own.says("和风社工服务中心的得分")
    assert secretary.get(f"{tendering.url}/contract/new").says("质疑期")
    tendering.after_challenges()
    secretary.sign_in(tendering.world.login("secretary"), PASSWORD)
    form = secretary.get(f"{tendering.url}/contract/new")
    steps = {
        "milestones-0-title": "上半年", "milestones-0-due": "2026-10-31", "milestones-0-amount": "130000",
        "milestones-1-title": "下半年", "milestones-1-due": "2027-03-31", "milestones-1-amount": "129999.99",
    }  # fmt: skip
    dates = {"starts_on": "2026-05-01", "ends_on": "2027-04-30"}
    short = secretary.submit(form, status=409, **steps, **dates)
    assert short.says("中标价")
    assert short.one("[name='milestones-1-amount']").attributes["value"] == "129999.99"
    contract = secretary.follow(secretary.submit(form, **{**steps, "milestones-1-amount": "130,000.00"}, **dates))
    assert contract.says("合同第1号")
    done = secretary.follow(secretary.submit(secretary.get(f"{tendering.url}/milestones/1"), note="居民满意"))
    assert done.says("已验收")
    assert done.says("居民满意")
    assert reader.get(tendering.url).says("履约中")


@pytest.mark.parametrize("lang", ["zh_Hans_CN", "en"])
def test_every_page_of_a_finished_tender_is_in_order_in_both_languages(
    tendering: Tendering, secretary: PageClient, lang: str
) -> None:
    tendering.whole()
    secretary.sign_in(tendering.world.login("secretary"), PASSWORD)
    secretary.prefer(lang)
    for path in ("", "/opening", "/result", "/contract", "/bid", "/panel", "/award", "/ranking", "/scores"):
        secretary.get(tendering.url + path)
    for path in ("/contract/new", "/milestones/1", "/questions/new", "/publish", "/edit", "/award/publish"):
        secretary.get(tendering.url + path)


def test_the_list_is_filtered_searched_and_paged(tendering: Tendering, client: PageClient) -> None:
    for number in range(27):
        tendering.published(resolution=100 + number, title=f"第{number}项采购")
    base = f"/c/{tendering.world.slug}/tenders"
    first = client.get(base)
    assert len(first.css("ul.rows h2")) == queries.PAGE
    older = client.get(base + (first.css("nav.pager a")[-1].attributes["href"] or ""))
    assert len(older.css("ul.rows h2")) == 2
    assert client.get(f"{base}?q=第26项").says("第26项采购")
    assert client.get(f"{base}?q=没有的").says("没有找到")
    assert client.get(f"{base}?view=contract").says("还没有采购")
    client.get(f"{base}?view=nonsense&before=-1&q=%00%")


def test_the_feed_tells_the_newest(tendering: Tendering, client: PageClient) -> None:
    tendering.published()
    feed = client.get(f"/c/{tendering.world.slug}/tenders/feed.atom")
    assert feed.response.mimetype == "application/atom+xml"
    assert "2027年独居老人助餐服务" in feed.text or "2027年独居老人助餐服务" in feed.response.text


def test_what_waits_for_whom(tendering: Tendering, secretary: PageClient, new_client: NewClient) -> None:
    tendering.drafted()
    todo = f"/c/{tendering.world.slug}/todo"
    assert secretary.get(todo).says("核对草稿，发布公告")
    actions.publish_tender(tendering.secretary, tendering.tender_id)
    tendering.bids().after_deadline()
    tendering.clock.forward(seconds=20)
    assert secretary.get(todo).says("当众开标")
    tendering.opened().panel(declared=False)
    expert = new_client()
    expert.sign_in("expert-0", PASSWORD)
    assert expert.get(todo).says("先申报有没有利害关系")
    resident = new_client()
    resident.sign_in(tendering.world.login("resident"), PASSWORD)
    assert not resident.get(todo).says("助餐")
