"""A tender before real screens: narrow and wide, by day and night, with and without JavaScript."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.procurement import actions, queries, rules
from tests.conftest import Clock
from tests.screens import Screen
from tests.tendering import Tendering
from tests.world import PASSWORD, World

Screens = Callable[..., Screen]


@pytest.fixture
def tendering(app: Flask, world: World, clock: Clock) -> Tendering:
    """A tender still to be told."""
    return Tendering(world, clock)


def asked(tendering: Tendering) -> Tendering:
    """Published, with an answered and an open question."""
    tendering.published(qualifications=("有社会服务机构登记证书",), payment="按季度", acceptance="居民打分")
    actor, organisation_id = tendering.supplier(0)
    for text in ("多少位要软食？", "厨房可以借用吗？"):
        actions.ask_question(actor, tendering.tender_id, organisation_id, text)
    actions.answer_question(tendering.secretary, tendering.tender_id, 1, "软食11位。", affects_bids=False)
    return tendering


@pytest.mark.parametrize(
    ("width", "theme", "large"),
    [(320, "light", True), (360, "dark", False), (1280, "light", False), (1280, "dark", True)],
)
def test_a_tender_taking_bids_is_good_on_every_screen(
    tendering: Tendering, screen: Screens, width: int, theme: str, large: bool
) -> None:
    asked(tendering).bid(0)
    reader = screen(width=width, theme=theme, large=large)
    reader.go(f"/c/{tendering.world.slug}/tenders")
    reader.expect_good()
    reader.go(tendering.url)
    reader.page.click("summary")
    reader.expect_good()
    bidder = screen(width=width, theme=theme, large=large)
    bidder.sign_in("supplier-0", PASSWORD)
    for path in ("", "/bid", "/bid/withdraw", "/questions/new"):
        bidder.go(tendering.url + path)
        bidder.expect_good()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_of_the_buyer_and_the_panel_are_good(tendering: Tendering, screen: Screens, width: int) -> None:
    asked(tendering)
    tendering.mandate(resolution=12)
    buyer = screen(width=width)
    buyer.sign_in(tendering.world.login("secretary"), PASSWORD)
    for path in (f"/c/{tendering.world.slug}/mandates/2/tender", f"{tendering.url}/questions/2/answer"):
        buyer.go(path)
        buyer.expect_good()
    tendering.bids(26_000_000, 28_000_000, 12_000_000).opened()
    for path in ("/opening", "/bids/1/qualification", "/panel"):
        buyer.go(tendering.url + path)
        buyer.expect_good()
    tendering.panel()
    member = screen(width=width)
    member.sign_in("expert-0", PASSWORD)
    for path in ("/declaration", "/scores", "/bids/1/scores"):
        member.go(tendering.url + path)
        member.expect_good()
    tendering.scored()
    for path in ("/scores", "/ranking"):
        buyer.go(tendering.url + path)
        buyer.expect_good()
    tendering.ranked()
    buyer.go(f"{tendering.url}/award")
    buyer.expect_good()


@pytest.mark.parametrize("lang", ["zh_Hans_CN", "en"])
def test_result_and_contract_are_good_on_a_phone(tendering: Tendering, screen: Screens, lang: str) -> None:
    tendering.whole()
    reader = screen(width=360, lang=lang)
    reader.sign_in("supplier-1", PASSWORD)
    for path in ("", "/opening", "/result", "/contract"):
        reader.go(tendering.url + path)
        reader.expect_good()
    reader.go("/organisations/1")
    reader.expect_good()
    stranger = screen(width=360, lang=lang)
    stranger.go("/organisations/new")
    stranger.expect_good()


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_notice_to_a_sealed_bid_in_one_sitting(
    tendering: Tendering, screen: Screens, javascript: bool
) -> None:
    tendering.published()
    reader = screen(width=360, javascript=javascript)
    page = reader.go(tendering.url)
    page.click("text=去投标")
    page.wait_for_url("**/sign-in?*")
    reader.sign_in(tendering.world.login("supplier"), PASSWORD)
    page = reader.go(f"{tendering.url}/bid")
    page.click("main a.btn-primary")
    page.fill("[name=credit_code]", "52310115mj5012345 7")
    page.select_option("[name=kind]", "service")
    page.fill("[name=name]", "和风社工服务中心")
    page.fill("[name=contact]", "和风")
    page.fill("[name=phone]", "13800001111")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/bid")
    page.fill("[name=price]", "26万元")
    page.fill("[name=plan]", "每天一顿热饭。")
    page.fill("[name=team]", "五名社工。")
    page.click("main form button[type=submit]")
    assert "四项声明都要勾选" in page.inner_text("main")
    assert page.input_value("[name=plan]") == "每天一顿热饭。"
    for key in rules.DECLARATIONS:
        page.check(f"[value={key}]")
    page.click("main form button[type=submit]")
    page.wait_for_selector(".receipt")
    reader.expect_good()
    [receipt] = queries.receipts(tendering.tender_id, [1])
    assert receipt.code.replace("-", " ") in page.inner_text(".receipt .code").replace("\u00a0", " ")


def test_a_member_scores_a_bid_on_a_phone(tendering: Tendering, screen: Screens) -> None:
    tendering.published().bids().opened().panel()
    member = screen(width=360)
    member.sign_in("expert-2", PASSWORD)
    for position in (1, 2, 3):
        page = member.go(f"{tendering.url}/bids/{position}/scores")
        boxes = page.locator("main form input[inputmode=decimal]")
        boxes.nth(0).fill("５５")
        boxes.nth(1).fill("20")
        page.click("main form button[type=submit]")
        page.wait_for_url("**/scores")
    page.click("text=提交评分")
    page.wait_for_selector("text=您已提交")
    seat = queries.find_seat(tendering.tender_id, tendering.experts[2].account_id)
    assert seat is not None
    assert seat.submitted_at is not None


ROWS_OF_TABS = "() => new Set([...document.querySelectorAll('.tabs a')].map(one => one.offsetTop)).size"
CUT_OFF = """() => [...document.querySelectorAll('#ranking td, #ranking th')].filter(one => {
  const place = one.getBoundingClientRect();
  return place.right > document.documentElement.clientWidth || one.closest('.scroll');
}).length"""


def test_the_views_of_the_list_stand_in_one_row_on_a_phone(tendering: Tendering, screen: Screens) -> None:
    tendering.published()
    buyer = screen(width=360)
    buyer.sign_in(tendering.world.login("secretary"), PASSWORD)
    page = buyer.go(f"/c/{tendering.world.slug}/tenders")
    assert page.locator(".tabs a").count() == 6
    assert page.evaluate(ROWS_OF_TABS) == 1


@pytest.mark.parametrize("lang", ["zh_Hans_CN", "en"])
def test_the_ranking_is_seen_whole_on_the_narrowest_screen_in_large_type(
    tendering: Tendering, screen: Screens, lang: str
) -> None:
    tendering.whole()
    reader = screen(width=320, large=True, lang=lang)
    page = reader.go(f"{tendering.url}/result")
    assert page.evaluate(CUT_OFF) == 0
    reader.expect_good()


def test_on_paper_a_station_that_is_done_differs_from_one_to_come(tendering: Tendering, screen: Screens) -> None:
    tendering.published()
    page = screen(width=1280).go(tendering.url)
    page.emulate_media(media="print")
    ink = "one => getComputedStyle(one).color"
    # Browsers print no grounds: a white tick on a dark one would be an empty circle.
    assert page.eval_on_selector(".steps .done .dot", ink) == "rgb(0, 0, 0)"
