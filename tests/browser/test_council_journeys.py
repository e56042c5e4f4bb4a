"""A joint meeting in a real browser: by telephone and at the desk, with and without scripts, readable for all."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.council import actions, queries
from tests.conftest import Clock
from tests.council_world import PROPERTY_BUILDS, SEATS, Council, Held, convene, minutes_of
from tests.screens import DESK, PHONE, Screen
from tests.world import PASSWORD

OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"


def _before(council: Council, clock: Clock) -> Held:
    held = convene(council)
    clock.set(held.starts_at)
    return held


def _signed_in(screen: Callable[..., Screen], login: str, **wishes: object) -> Screen:
    reader = screen(**wishes)
    reader.sign_in(login, PASSWORD)
    return reader


def test_the_quorum_fills_in_by_itself_as_members_come(
    screen: Callable[..., Screen], council: Council, clock: Clock
) -> None:
    held = _before(council, clock)
    page = screen(width=PHONE).go("/c/wutongli/meetings/1")
    expect(page.locator("#quorum")).to_contain_text("还差7席")
    held.arrive("b1", "r1", "o1", "p1", "b2", "r2", "o2")
    expect(page.locator(".four-c")).to_contain_text("够人数", timeout=15_000)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_member_checks_in_moves_and_sees_the_second(
    screen: Callable[..., Screen], council: Council, clock: Clock, javascript: bool
) -> None:
    held = _before(council, clock)
    reader = _signed_in(screen, council.login("o1"), width=PHONE, javascript=javascript)
    page = reader.go("/c/wutongli/meetings/1")
    page.get_by_role("button", name="我到了").click()
    expect(page.locator("#quorum")).to_contain_text("1/4席")
    held.open(*[code for code in SEATS if code != "o1"])
    page = reader.go("/c/wutongli/meetings/1/motions/new")
    page.get_by_label("动议", exact=True).fill("换感应灯。")
    reader.expect_good()
    page.get_by_role("button", name="提出动议").click()
    expect(page.locator("main")).to_contain_text("另一位到会的委员附议")
    actions.second(council.member("r1"), queries.motions_of([held.id])[0].id)
    if not javascript:
        page.reload()
    expect(page.locator("main")).to_contain_text("召集人说明谁要回避", timeout=15_000)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_the_secretary_calls_the_roll_and_the_focus_stays_on_the_line(
    screen: Callable[..., Screen], council: Council, clock: Clock, javascript: bool
) -> None:
    _before(council, clock)
    reader = _signed_in(screen, council.world.login("secretary"), width=DESK, javascript=javascript)
    page = reader.go("/c/wutongli/meetings/1/roll")
    page.get_by_role("button", name="何芳到会", exact=True).click()
    expect(page.locator("#roll")).to_contain_text("1席")
    expect(page.get_by_role("button", name="何芳离席")).to_be_visible()
    reader.expect_good()
    if javascript:
        expect(page.get_by_role("button", name="何芳离席")).to_be_focused()


def test_the_convener_keeps_the_focus_while_the_page_renews_itself(
    screen: Callable[..., Screen], council: Council, clock: Clock
) -> None:
    held = _before(council, clock)
    held.open()
    held.ready(PROPERTY_BUILDS)
    page = _signed_in(screen, council.login("b1"), width=DESK).go("/c/wutongli/meetings/1/motions/1")
    button = page.get_by_role("button", name="开始表决")
    button.focus()
    with page.expect_response(lambda answer: answer.request.headers.get("hx-target") == "motion", timeout=15_000):
        pass
    expect(button).to_be_focused()
    button.press("Enter")
    expect(page.locator("main")).to_contain_text("正在进行")


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_member_signs_the_minutes(
    screen: Callable[..., Screen], council: Council, clock: Clock, javascript: bool
) -> None:
    held = minutes_of(council)
    held.sign("b1", "r1", "p1")
    reader = _signed_in(screen, council.login("o2"), width=PHONE, javascript=javascript)
    page = reader.go("/c/wutongli/meetings/1/minutes")
    page.get_by_role("button", name="签署纪要").click()
    expect(page.locator(".errors")).to_contain_text("请先核对，再打勾")
    page.get_by_label("我核对过").check()
    page.get_by_role("button", name="签署纪要").click()
    expect(page.locator("main")).to_contain_text("纪要已公布")
    assert queries.get_minutes(held.id).published_at is not None


@pytest.mark.parametrize(
    ("width", "theme", "large"),
    [(320, "light", True), (320, "dark", False), (DESK, "light", False), (DESK, "dark", True)],
)
def test_the_council_is_readable_for_all(
    screen: Callable[..., Screen], council: Council, clock: Clock, width: int, theme: str, large: bool
) -> None:
    council.add_alternate("o1")
    minutes_of(council)
    clock.forward(days=3)
    held = convene(council)
    held.open("b1", "b2", "r1", "r2", "o1-alternate", "o2", "p1")
    motion_id = held.ready(PROPERTY_BUILDS, by="o2")
    claim = queries.claims_of([motion_id])[0].claim.id
    actions.contest_recusal(council.member("p1"), motion_id, claim, "我们不参加投标")
    member = _signed_in(screen, council.login("b2"), width=width, theme=theme, large=large)
    for path in ("meetings", "meetings/1", "meetings/1/minutes", "meetings/1/motions/1", "meetings/2",
                 "meetings/2/motions/1", "meetings/2/motions/1/contest", "council", "resolutions", "tasks"):  # fmt: skip
        _look(member, member.go(f"/c/wutongli/{path}"))
    staff = _signed_in(screen, council.world.login("secretary"), width=width, theme=theme, large=large)
    for path in ("meetings/2/roll", "meetings/new", "council/seats/o1", "council/seats/o1/appoint",
                 "meetings/2/tasks/new"):  # fmt: skip
        _look(staff, staff.go(f"/c/wutongli/{path}"))


def _look(reader: Screen, page: Page) -> None:
    page.evaluate(OPEN_ALL)
    reader.expect_good()


def test_the_printed_minutes_are_the_paper_alone(screen: Callable[..., Screen], council: Council, clock: Clock) -> None:
    minutes_of(council).sign()
    page = screen(width=DESK).go("/c/wutongli/meetings/1/minutes")
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_be_visible()
    expect(page.locator(".signs .seal").first).to_be_visible()
    for hidden in ("nav.site-nav", "aside", ".four", "main h1"):
        expect(page.locator(hidden).first).to_be_hidden()
