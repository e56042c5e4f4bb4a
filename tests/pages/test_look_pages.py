"""The parts of the look as html: every page of them is in order, and each says in words what it shows."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.core.config import ROOT
from tests.databases import close, make_app
from tests.page_client import PageClient
from tests.world import World

TEMPLATES = ROOT / "templates"
FIRST_VIEW = 60_000


@pytest.fixture
def app(database: str, built: None, tmp_path: Path) -> Iterator[Flask]:
    """The site with its gallery."""
    made = make_app(database, DEBUG_GALLERY=True, STORAGE_URL=f"file://{tmp_path / 'files'}")
    with made.app_context():
        yield made
        close(made)


def part(html: str, start: str, end: str) -> str:
    return html.split(start, 1)[1].split(end, 1)[0]


@pytest.mark.parametrize("lang", ["zh_Hans_CN", "en"])
def test_every_part_is_in_order_in_both_languages(client: PageClient, lang: str) -> None:
    client.prefer(lang)
    page = client.get("/components")
    assert len(page.css("main section")) > 25
    assert len(page.css(".seal")) >= 8


def test_the_gallery_is_not_there_unless_it_is_asked_for(database: str, built: None, tmp_path: Path) -> None:
    plain = make_app(database, STORAGE_URL=f"file://{tmp_path / 'files'}")
    with plain.app_context():
        PageClient(plain).get("/components", status=404)
        close(plain)


def test_icons_are_never_read_aloud_and_never_stand_alone(client: PageClient) -> None:
    page = client.get("/components")
    icons = page.css("svg.i")
    assert len(icons) > 80
    assert all(icon.attributes.get("aria-hidden") == "true" for icon in icons)
    for pressed in page.css("main .btn, main .tag"):
        assert pressed.text(strip=True), pressed.html


def test_every_icon_that_a_template_or_a_slice_asks_for_is_drawn() -> None:
    drawn = set(
        re.findall(r'^  "([a-z-]+)": \'<', (TEMPLATES / "components/icon.html").read_text("utf-8"), re.MULTILINE)
    )
    asked = set()
    for template in TEMPLATES.rglob("*.html"):
        asked |= set(re.findall(r'\b(?:icon|draw)\("([a-z-]+)"\)', template.read_text("utf-8")))
        asked |= set(re.findall(r'\b(?:sign|icon)="([a-z-]+)"', template.read_text("utf-8")))
    for source in (ROOT / "app/wiring").rglob("*.py"):
        asked |= set(re.findall(r'NavItem\(\s*\d+,\s*N_\("[^"]+"\),\s*"([a-z-]+)"', source.read_text("utf-8")))
    assert len(drawn) > 40
    assert asked <= drawn, f"not drawn: {sorted(asked - drawn)}"


def test_every_drawing_has_its_figures_in_words(client: PageClient) -> None:
    page = client.get("/components")
    for drawing in page.css("main svg[role=img]"):
        assert re.search(r"\d|二维码", drawing.attributes.get("aria-label") or ""), drawing.html
    for drawing in page.css("main svg:not([role=img])"):
        assert drawing.attributes.get("aria-hidden") == "true", drawing.html


def test_a_threshold_tells_what_is_missing_and_what_is_needed(client: PageClient) -> None:
    page = client.get("/components")
    for words in (
        "还差14人",
        "152 ／ 249人",
        "须166人",
        "还差1,340.55 m²",
        "13,870.39 ／ 22,816.40 m²",
        "须15,210.94 m²",
        "没达到，差1,814.90 m²",
    ):
        assert page.says(words), words
    labels = [bar.attributes.get("aria-label") or "" for bar in page.css("svg.bar[role=img]")]
    assert "参加的业主152人，占61.0%，须达到166人" in labels
    marks = {line.attributes.get("x1") for line in page.css("line.mark")}
    assert {"66.666%", "50.000%", "75.000%"} <= marks


def test_turnout_is_drawn_by_numbers_and_repeated_in_a_table(client: PageClient) -> None:
    page = client.get("/components")
    assert page.says("已收到选票157户已送达、还没投92户还没送到7户")
    table = next(table for table in page.css("figure details table") if "合计" in table.text())
    assert [cell.text() for cell in table.css("tfoot td")] == ["157", "92", "7"]
    lit = page.css("figure .skyline li")[1].css("path.lit")[0].attributes["d"] or ""
    assert lit.count("M") == 33


def test_a_form_that_comes_back_leads_to_each_mistake_and_keeps_what_was_typed(client: PageClient) -> None:
    page = client.get("/components?part=form")
    answer = client.submit(page, status=422, title="换灯", reason="三楼的灯坏了")
    links = {link.attributes["href"]: link.text() for link in answer.css(".errors a")}
    assert links["#budget"] == "写上预算金额，例如126000"
    assert links["#stance-0"] == "选一个态度"
    assert answer.says("有4处要改，您写的都还在")
    assert answer.one("#title").attributes["value"] == "换灯"
    assert answer.one("#reason").text() == "三楼的灯坏了"
    budget = answer.one("#budget")
    assert budget.attributes["aria-invalid"] == "true"
    assert budget.attributes["aria-describedby"] == "budget-hint budget-error"
    assert budget.attributes["type"] == "text", "a number field would swallow full-width digits"
    assert "aria-invalid" not in answer.one("#title").attributes
    assert answer.one("#stance").attributes["role"] == "radiogroup"


def test_full_width_text_is_not_cut_off_by_the_browser(client: PageClient) -> None:
    page = client.get("/components?part=form")
    assert not page.css("[maxlength]")
    assert "novalidate" in page.one("main form").attributes


def test_no_choice_is_preset_or_coloured(client: PageClient) -> None:
    page = client.get("/components?part=form")
    assert [box.attributes["value"] for box in page.css("input[type=radio]")] == ["yes", "no", "abstain"]
    assert not page.css("input[type=radio][checked]")
    assert {label.attributes["class"] for label in page.css("label.choice")} == {"choice"}
    assert page.says("算参加，不算同意")


def test_the_first_view_of_a_page_is_light(client: PageClient) -> None:
    page = client.get("/components")
    assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.html)
    assert len(assets) == 3
    sizes = {"html": len(gzip.compress(page.html.encode()))}
    for address in assets:
        with client.browser.get(address, headers={"Accept-Encoding": "gzip"}) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
            sizes[address] = len(answer.data)
    assert sum(sizes.values()) <= FIRST_VIEW, sizes


def test_a_page_offers_language_theme_and_type_and_remembers_them(client: PageClient) -> None:
    page = client.get("/components")
    assert "data-bs-theme" not in page.one("html").attributes, "who chose nothing follows the system"
    assert page.one("html").attributes["data-type"] == "normal"
    large = next(link for link in page.css("a") if link.text() == "大字")
    client.follow(client.get(large.attributes["href"] or "", status=303))
    dark = next(link for link in client.get("/components").css("footer a") if link.text() == "深色")
    page = client.follow(client.get(dark.attributes["href"] or "", status=303))
    html = page.one("html").attributes
    assert (html["data-type"], html["data-bs-theme"]) == ("large", "dark")
    client.lang = "en"
    english = next(link for link in page.css("footer a") if link.text() == "English")
    page = client.follow(client.get(english.attributes["href"] or "", status=303))
    assert page.one("html").attributes["lang"] == "en"
    assert page.says("Standard type")


def test_htmx_is_bound_by_the_strict_policy(client: PageClient) -> None:
    config = client.get("/components").one("meta[name=htmx-config]").attributes["content"] or ""
    for rule in (
        '"allowEval":false',
        '"allowScriptTags":false',
        '"selfRequestsOnly":true',
        '"includeIndicatorStyles":false',
    ):
        assert rule in config


@pytest.mark.parametrize("lang", ["zh_Hans_CN", "en"])
def test_a_page_that_is_not_there_says_so_and_offers_ways_on(client: PageClient, world: World, lang: str) -> None:
    client.prefer(lang)
    page = client.get(f"/c/{world.slug}/no-such-page", status=404)
    assert page.h1 == ("找不到这一页" if client.lang == "zh-CN" else "There is no such page")
    ways = {link.attributes["href"] for link in page.css("main a.btn")}
    assert f"/c/{world.slug}/" in ways or "/" in ways
    assert "data-astray" in page.one("main").attributes, "what was being written is kept"


def test_a_foreign_form_is_refused_in_a_sentence(client: PageClient) -> None:
    page = client.post("/sign-in", {"login": "x", "password": "y"}, token=False, status=403)
    assert page.h1 == "这一步不由您来做"
    assert page.css("main a.btn")


def test_long_work_renews_itself_until_it_is_done(client: PageClient) -> None:
    page = client.get("/components?part=work")
    assert page.one("#work").attributes["hx-get"] == "/components/work/1"
    assert page.one("progress").attributes["max"] == "3"
    done = client.get("/components/work/3", htmx="work")
    assert "hx-get" not in done.one("#work").attributes
    assert done.one("#work").attributes["data-announce"] == "导入完了：共3行"
