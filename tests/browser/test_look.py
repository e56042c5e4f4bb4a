"""The look in a real Chromium: readable for all in every theme, type and width; drafts, long work, paper."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.databases import close, make_app
from tests.screens import DESK, PHONE, Screen
from tests.world import PASSWORD, World

OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
GROUND = "getComputedStyle(document.body).backgroundColor"
DAY, NIGHT = "rgb(247, 245, 240)", "rgb(16, 23, 26)"
NARROW = 320
Screens = Callable[..., Screen]


@pytest.fixture
def app(database: str, built: None, tmp_path: Path) -> Iterator[Flask]:
    """The site with its gallery."""
    made = make_app(database, DEBUG_GALLERY=True, STORAGE_URL=f"file://{tmp_path / 'files'}")
    with made.app_context():
        yield made
        close(made)


def opened(reader: Screen, path: str = "/components") -> Page:
    page = reader.go(path)
    page.evaluate(OPEN_ALL)
    return page


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_every_part_is_readable_for_all(screen: Screens, width: int, theme: str, large: bool) -> None:
    reader = screen(width=width, theme=theme, large=large)
    opened(reader)
    reader.expect_good()


@pytest.mark.parametrize("lang", ["zh_Hans_CN", "en"])
@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
def test_nothing_is_cut_off_on_the_smallest_phone(screen: Screens, lang: str, large: bool) -> None:
    reader = screen(width=NARROW, lang=lang, large=large)
    for path in ("/components", "/components?part=form", "/sign-in"):
        opened(reader, path)
        reader.expect_no_sideways()
        reader.expect_no_small_targets()


def test_who_chose_nothing_gets_the_theme_of_the_system(screen: Screens) -> None:
    reader = screen(theme="")
    page = reader.go("/components")
    assert page.evaluate(GROUND) == DAY
    expect(page.get_by_role("link", name="深色")).to_be_visible()
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(GROUND) == NIGHT
    expect(page.get_by_role("link", name="浅色")).to_be_visible()
    reader.expect_accessible()


@pytest.mark.parametrize(("theme", "system", "ground"), [("light", "dark", DAY), ("dark", "light", NIGHT)])
def test_what_the_reader_chose_beats_the_system(screen: Screens, theme: str, system: str, ground: str) -> None:
    page = screen(theme=theme).go("/components")
    page.emulate_media(color_scheme="light" if system == "light" else "dark")
    assert page.evaluate(GROUND) == ground


def test_large_type_is_larger_and_needs_one_column(screen: Screens) -> None:
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    columns = "getComputedStyle(document.querySelector('.cols')).gridTemplateColumns.split(' ').length"
    page = screen(width=DESK).go("/components")
    assert (page.evaluate(size), page.evaluate(columns)) == (18, 2)
    page = screen(width=DESK, large=True).go("/components")
    assert (page.evaluate(size), page.evaluate(columns)) == (22, 1)


def test_no_text_is_smaller_than_sixteen_pixels_but_the_badge(screen: Screens) -> None:
    page = screen(width=PHONE).go("/components")
    small = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.checkVisibility())
          .filter(e => parseFloat(getComputedStyle(e).fontSize) < 15.99)
          .filter(e => !e.closest('svg, .count'))
          .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_the_keyboard_finds_the_main_text_first_and_shows_where_it_is(screen: Screens) -> None:
    page = screen().go("/components?part=form")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.locator("main :focus")
    assert inside.count() == 1
    assert inside.evaluate("e => getComputedStyle(e).outlineWidth") == "3px"


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_form_that_comes_back_takes_the_reader_to_its_errors(screen: Screens, javascript: bool) -> None:
    page = screen(width=PHONE, javascript=javascript).go("/components?part=form")
    page.fill("#title", "换灯")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".errors")).to_be_focused()
    expect(page.locator("#title")).to_have_value("换灯")
    page.get_by_role("link", name="写上预算金额，例如126000").click()
    expect(page.locator("#budget")).to_be_in_viewport()


def test_a_page_with_errors_is_readable_for_all(screen: Screens) -> None:
    reader = screen(width=PHONE)
    page = reader.go("/components?part=form")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".errors")).to_be_visible()
    reader.expect_good()


def write(page: Page, title: str) -> None:
    page.fill("#title", title)
    expect(page.get_by_text("已自动保存在这台设备上")).to_be_visible()


def test_a_draft_keeps_itself_until_it_is_sent(screen: Screens) -> None:
    page = screen().go("/components?part=form")
    write(page, "换灯")
    page.check("input[value=no]")
    page.fill("#secret", "not to be kept")
    page.goto(page.url)
    expect(page.locator("#title")).to_have_value("换灯")
    expect(page.locator("input[value=no]")).to_be_checked()
    expect(page.locator("#secret")).to_have_value("")
    expect(page.get_by_text("找回了您上次没写完的内容")).to_be_visible()
    page.fill("#budget", "126000")
    page.fill("#opens", "2026-12-20")
    page.check("#checked")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已经收到。")).to_be_visible()
    page.goto(page.url.replace("sent", "form"))
    expect(page.locator("#title")).to_have_value("")
    expect(page.get_by_text("找回了您上次没写完的内容")).to_be_hidden()


def test_a_draft_survives_a_dead_line_and_a_form_with_errors(screen: Screens) -> None:
    reader = screen()
    page = reader.go("/components?part=form")
    write(page, "换灯")
    page.route(
        "**/components?part=form", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.get_by_role("button", name="保存").click()
    page.unroute_all()
    reader.go("/sign-in")
    reader.go("/components?part=form")
    expect(page.locator("#title")).to_have_value("换灯")
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".errors")).to_be_visible()
    expect(page.locator("#title")).to_have_value("换灯")


def test_a_draft_can_be_thrown_away(screen: Screens) -> None:
    page = screen().go("/components?part=form")
    write(page, "换灯")
    page.reload()
    page.get_by_role("button", name="不要了，重新写").click()
    expect(page.locator("#title")).to_have_value("")
    page.reload()
    expect(page.locator("#title")).to_have_value("")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_long_work_goes_on_by_itself_and_its_end_is_said(screen: Screens) -> None:
    page = screen(width=PHONE).go("/components?part=work")
    expect(page.locator("#work-title")).to_have_text("正在导入业主名册：第0行，共3行")
    expect(page.locator("#work-title")).to_have_text("导入完了：共3行", timeout=15_000)
    expect(page.locator("#live")).to_have_text("导入完了：共3行")


def test_a_dead_line_is_told_where_the_page_says_what_goes_wrong(screen: Screens) -> None:
    reader = screen()
    page = reader.go("/components?part=work")
    page.route("**/components/work/*", lambda route: route.abort())
    expect(page.locator("#page-status")).to_contain_text("连不上网站", timeout=8_000)
    page.unroute_all()
    expect(page.locator("#work-title")).to_have_text("导入完了：共3行", timeout=15_000)
    expect(page.locator("#page-status")).to_be_empty()
    reader.troubles[:] = [trouble for trouble in reader.troubles if "console: htmx:" not in trouble]


def test_without_javascript_long_work_has_a_link_to_look_again(screen: Screens) -> None:
    page = screen(javascript=False).go("/components?part=work")
    expect(page.get_by_role("link", name="看最新进度")).to_be_visible()


def test_paper_shows_the_document_alone_in_black_on_white(screen: Screens) -> None:
    page = screen(theme="dark").go("/components")
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_be_visible()
    for hidden in (".site-nav", ".site-tools", ".site-foot", ".who", "aside", "#k-tags", ".errors"):
        for one in page.locator(hidden).all():
            expect(one).to_be_hidden()
    assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.paper')).color") == "rgb(0, 0, 0)"


def test_paper_of_an_ordinary_page_has_no_buttons_and_no_forms(screen: Screens) -> None:
    page = screen().go("/components?part=work")
    page.emulate_media(media="print")
    expect(page.locator("#work-title")).to_be_visible()
    for one in page.locator(".btn, .skip, .site-nav, .crumbs").all():
        expect(one).to_be_hidden()


def test_on_a_phone_the_main_links_stand_at_the_bottom_within_reach(screen: Screens, world: World) -> None:
    reader = screen(width=PHONE)
    page = reader.sign_in(world.login("member"), PASSWORD)
    page = reader.go(f"/c/{world.slug}/todo")
    expect(page.locator(".site-nav a[aria-current]")).to_have_text("待办")
    box = page.locator(".site-nav").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(740, abs=1)
    reader.expect_good()
