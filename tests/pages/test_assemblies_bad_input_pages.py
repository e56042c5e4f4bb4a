"""The five steps of a notice against what goes wrong: odd signs, odd days, odd numbers, two tabs, stale pages, sessions.

Each gets a sentence that says what is wrong and what to do, and what was typed is still there.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from app.assemblies import actions, queries
from app.assemblies.rules import RESIDENTS, Draft, DraftItem
from tests.calling import take_in
from tests.conftest import Clock
from tests.page_client import Page, PageClient
from tests.stories import story
from tests.world import PASSWORD, World
from tests.wrong import rows

FORM = "main form.card"
ODD = "更换\x00水泵\u200b和\u202e管\u200f网🚰１２３号"
SHOWN = "更换水泵和管网🚰１２３号"
WHOLE = Draft(
    title="三月的业主大会",
    items=(DraftItem("更换水泵", "是否同意更换水泵？", 5),),
    opens_on="2026-03-20",
    closes_on="2026-04-02",
    notice="通知全体业主：更换水泵。",
)
ASKED = replace(
    WHOLE, electorate=RESIDENTS, items=(DraftItem("收益怎么用", "哪些先办？"),), method="approval", options=("甲", "乙")
)
STEPS = ("matters", "kinds", "rules", "notice", "check")
TYPED: dict[str, dict[str, Any]] = {
    "matters": {"title": "四月的业主大会", "items-0-title": "加装电梯", "items-0-question": "是否同意加装电梯？"},
    "kinds": {"kinds-0": "7"},
    "rules": {"opens_on": "2026-03-21", "closes_on": "2026-04-05", "proxy_limit": "4"},
    "notice": {"notice": "通知全体业主：加装电梯，请来投票。"},
}
KEPT = {"matters": "四月的业主大会", "kinds": "7", "rules": "2026-03-21", "notice": "加装电梯，请来投票"}


class Wizard:
    """A notice that is being written, before whoever convenes."""

    def __init__(self, client: PageClient, world: World, draft: Draft) -> None:
        self.client, self.world = client, world
        self.id = actions.begin_draft(world.actor("secretary"), world.community_id, draft)
        client.sign_in(world.login("secretary"), PASSWORD)

    def url(self, step: str) -> str:
        return f"/c/{self.world.slug}/assemblies/drafts/{self.id}/{step}"

    def open(self, step: str) -> Page:
        return self.client.get(self.url(step))

    def send(self, page: Page, status: int = 303, **typed: Any) -> Page:
        return self.client.submit(page, FORM, status=status, **typed)

    @property
    def draft(self) -> Draft:
        return queries.get_draft(self.world.community_id, self.id).draft


@story()
def registered(world: World, clock: Clock) -> None:
    """The register was taken in."""
    take_in(world)


@pytest.fixture
def wizard(client: PageClient, world: World, registered: None) -> Wizard:
    return Wizard(client, world, WHOLE)


@pytest.fixture
def asking(client: PageClient, world: World, registered: None) -> Wizard:
    return Wizard(client, world, ASKED)


def values(page: Page) -> str:
    """Everything that stands in the fields of a page."""
    fields = page.fields(FORM)
    return " ".join(str(value) for value in fields.values()) + page.one(FORM).text()


def test_signs_that_cannot_be_seen_are_taken_out_and_pictures_stay(wizard: Wizard) -> None:
    wizard.send(wizard.open("matters"), button="下一步", **{"items-0-title": ODD, "items-0-question": f"同意{ODD}？"})
    wizard.send(wizard.open("notice"), notice=ODD)
    found = wizard.draft
    assert (found.items[0].title, found.items[0].question, found.notice) == (SHOWN, f"同意{SHOWN}？", SHOWN)
    for step in STEPS:
        page = wizard.open(step)
        assert SHOWN in page.html
        assert "\u202e" not in page.html
        assert "\x00" not in page.html


@pytest.mark.parametrize(
    ("step", "typed", "told"),
    [
        ("matters", {"items-0-title": "\x00\u200b\u202e", "items-0-question": ""}, "请写上要表决的事，至少一件"),
        ("matters", {"items-0-title": "\u200b"}, "请写上要表决的事"),
        ("matters", {"items-0-question": "\u202e"}, "还没有写选票上的问题"),
        ("matters", {"items-0-title": "泵" * 201}, "不要超过"),
        ("matters", {"items-0-question": "泵" * 501}, "问题太长了，请不要超过500个字"),
        ("matters", {"title": "泵" * 201}, "不要超过"),
        ("kinds", {"kinds-0": "10"}, "属于哪一类"),
        ("kinds", {"kinds-0": "-1"}, "属于哪一类"),
        ("kinds", {"kinds-0": "\x00"}, "属于哪一类"),
        ("rules", {"opens_on": "2026-03-02"}, "至少要提前15天通知"),
        ("rules", {"opens_on": "2025-03-02", "closes_on": "2025-03-20"}, "至少要提前15天通知"),
        ("rules", {"opens_on": "0001-01-01", "closes_on": "0001-01-20"}, "提前15天通知"),
        ("rules", {"opens_on": "2049-10-01", "closes_on": "2049-10-20"}, "太远"),
        ("rules", {"opens_on": "9999-12-20", "closes_on": "9999-12-31"}, "太远"),
        ("rules", {"closes_on": "2049-10-20"}, "投票最多开放60天"),
        ("rules", {"closes_on": "2026-03-20"}, "投票至少要开放5天"),
        ("rules", {"closes_on": "2026-03-19"}, "截止必须晚于开始"),
        ("rules", {"channels": None}, "至少要有一种投票的方式"),
        ("rules", {"follow_majority": "y"}, "要本小区的议事规则写明"),
        ("notice", {"notice": "\u200b\x00"}, "请写上通知的正文"),
        ("notice", {"notice": "知" * 8001}, "通知太长了，请不要超过8000个字"),
    ],
)
def test_what_is_not_right_yet_is_said_and_kept(wizard: Wizard, step: str, typed: dict[str, Any], told: str) -> None:
    page = wizard.open(step)
    if "follow_majority" in typed:
        sent = {**page.fields(FORM), **typed}
        back = wizard.client.post(wizard.url(step), sent, status=409)
    else:
        button = {"button": "下一步"} if step == "matters" else {}
        back = wizard.send(page, 409, **button, **typed)
    assert told in back.one(".errors").text()
    shown = values(back)
    for value in typed.values():
        seen = (value or "").replace("\x00", "").strip("\u200b\u202e")
        assert seen in shown or step == "kinds" or value == "y"
    check = wizard.open("check")
    assert check.css(".refusal") or step == "kinds", "it cannot be convened as it is"


@pytest.mark.parametrize(
    ("step", "typed", "field"),
    [
        ("rules", {"opens_on": "2026-02-30"}, "opens_on"),
        ("rules", {"opens_on": "明天"}, "opens_on"),
        ("rules", {"opens_on": ""}, "opens_on"),
        ("rules", {"closes_on": "2026-13-01"}, "closes_on"),
        ("rules", {"closes_on": "99999-01-01"}, "closes_on"),
        ("rules", {"proxy_limit": "-3"}, "proxy_limit"),
        ("rules", {"proxy_limit": "三户"}, "proxy_limit"),
        ("rules", {"proxy_limit": "1e9"}, "proxy_limit"),
        ("rules", {"proxy_limit": "9" * 400}, "proxy_limit"),
        ("rules", {"precedence": "loudest"}, "precedence"),
        ("rules", {"choices_visible": ""}, "choices_visible"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_saved(
    wizard: Wizard, step: str, typed: dict[str, Any], field: str
) -> None:
    before = wizard.draft
    back = wizard.client.post(
        wizard.url(step), {**wizard.open(step).fields(FORM), "proxy_limit": "5", **typed}, status=422
    )
    assert back.css(".errors")
    assert back.css(f"#{field}-error")[0].text(strip=True)
    if field in ("opens_on", "closes_on", "proxy_limit"):
        assert back.one(f"#{field}").attributes["value"] == typed[field]
        assert field == "proxy_limit" or back.one("#proxy_limit").attributes["value"] == "5"
    assert wizard.draft == before


def test_figures_in_full_width_are_read(wizard: Wizard) -> None:
    wizard.send(wizard.open("rules"), proxy_limit="３", opens_on="２０２６-０３-２１", closes_on="２０２６-０４-０４")
    assert (wizard.draft.proxy_limit, wizard.draft.opens_on, wizard.draft.closes_on) == (3, "2026-03-21", "2026-04-04")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"method": "budget", "options": "健身角 ８００００\n充电棚 -5", "budget": "100000"}, "多少钱"),
        ({"method": "budget", "options": "健身角 80000\n充电棚 50000", "budget": ""}, "一共有多少钱"),
        ({"method": "budget", "options": f"健身角 {'9' * 30}\n充电棚 5", "budget": "100000"}, "钱"),
        ({"method": "approval", "options": "\u200b\n\x00"}, "选项"),
        ({"method": "approval", "options": "甲\n甲"}, "名称一样"),
        ({"method": "approval", "options": "甲"}, "选项"),
        ({"closes_on": "2026-03-01"}, "截止必须晚于开始"),
        ({"opens_on": "2026-03-01"}, "过去"),
        ({"opens_on": "2049-03-01", "closes_on": "2049-03-09"}, "太远"),
    ],
)
def test_what_residents_are_asked_is_looked_at_as_closely(asking: Wizard, typed: dict[str, str], told: str) -> None:
    page = asking.open("rules")
    sent = {"opens_on": "2026-03-05", "closes_on": "2026-03-12", **typed}
    back = asking.send(page, 409, **sent)
    assert told in back.one(".errors").text()
    assert sent["closes_on"] in values(back)
    for line in typed.get("options", "").replace("\x00", "").replace("\u200b", "").split():
        assert line in values(back)


def test_costs_in_full_width_are_costs(asking: Wizard) -> None:
    asking.send(
        asking.open("rules"),
        opens_on="2026-03-05",
        closes_on="2026-03-12",
        method="budget",
        options="健身角　８００００\n充电棚 ５００００",
        budget="１０００００",
    )
    page = asking.open("check")
    assert not page.css(".refusal")
    assert asking.draft.budget == 100_000


@pytest.mark.parametrize("step", TYPED)
def test_a_window_that_is_older_than_the_other_is_told_and_keeps_its_words(wizard: Wizard, step: str) -> None:
    old = wizard.open(step)
    wizard.send(wizard.open("notice"), notice="另一个窗口里写的通知。")
    button = {"button": "下一步"} if step == "matters" else {}
    back = wizard.send(old, 409, **button, **TYPED[step])
    assert back.says("另一个窗口里改过了")
    if step != "kinds":
        assert KEPT[step] in values(back)
    assert wizard.draft.notice == "另一个窗口里写的通知。"
    wrong = {"matters": {"items-0-question": ""}, "rules": {"opens_on": "2026-03-02"}, "notice": {"notice": ""}}
    if step in wrong:
        again = wizard.send(old, 409, **button, **{**TYPED[step], **wrong[step]})
        assert again.says("另一个窗口里改过了") or again.css(".errors")
        assert again.css(FORM), "the form comes back with what was typed"
        assert wizard.draft.notice == "另一个窗口里写的通知。"


@pytest.mark.parametrize("seen", ["x", "-1", "１", "9" * 30, "", "\x00"])
def test_a_tampered_number_of_the_save_breaks_nothing(wizard: Wizard, seen: str) -> None:
    sent = {**wizard.open("notice").fields(FORM), "seen": seen, "notice": "通知全体业主：改过一次。"}
    answer = wizard.client._outside(
        lambda: wizard.client.browser.post(
            wizard.url("notice"), data=sent, headers={"X-CSRF-Token": wizard.client.csrf_token()}
        )
    )
    assert answer.status_code in (303, 409, 422)


@pytest.mark.parametrize("step", TYPED)
def test_a_session_that_ended_keeps_what_was_typed(wizard: Wizard, step: str) -> None:
    page, before = wizard.open(step), rows()
    wizard.client.browser.delete_cookie("sf_session")
    button = {"button": "下一步"} if step == "matters" else {}
    away = wizard.send(page, **button, **TYPED[step])
    assert away.location.startswith("/sign-in")
    assert rows() == before
    assert wizard.draft == WHOLE
    signed = wizard.client.submit(
        wizard.client.get(away.location), "main form", login=wizard.world.login("secretary"), password=PASSWORD
    )
    back = wizard.client.follow(signed)
    assert back.url.split("?")[0] == wizard.url(step)
    assert KEPT[step] in values(back)


def test_the_last_step_keeps_its_place_when_the_session_ended_and_calls_once(wizard: Wizard) -> None:
    page = wizard.open("check")
    wizard.client.browser.delete_cookie("sf_session")
    away = wizard.send(page)
    signed = wizard.client.submit(
        wizard.client.get(away.location), "main form", login=wizard.world.login("secretary"), password=PASSWORD
    )
    back = wizard.client.follow(signed)
    assert back.url.split("?")[0] == wizard.url("check")
    assert queries.assemblies(wizard.world.community_id) == []
    first, second = wizard.send(back), wizard.send(back)
    assert first.location == second.location
    assert len(queries.assemblies(wizard.world.community_id)) == 1


def test_a_page_that_went_stale_says_that_the_notice_is_out(wizard: Wizard) -> None:
    old = {step: wizard.open(step) for step in STEPS}
    wizard.send(wizard.open("check"))
    assembly = f"/c/{wizard.world.slug}/assemblies/1"
    for step, page in old.items():
        assert wizard.client.get(wizard.url(step), status=303).location == assembly
        if step == "check":
            assert wizard.send(page).location == assembly
            continue
        button = {"button": "下一步"} if step == "matters" else {}
        told = wizard.send(page, 409, **button, **TYPED[step])
        assert told.says("通知已经发出，没有写在通知上的事不能表决")
        assert step not in ("matters", "notice") or told.says(KEPT[step]), "what was typed can be copied"
    assert len(queries.assemblies(wizard.world.community_id)) == 1


def test_a_page_of_a_notice_that_was_thrown_away_is_not_found(wizard: Wizard) -> None:
    old = wizard.open("notice")
    actions.drop_draft(wizard.world.actor("convener"), wizard.world.community_id, wizard.id)
    told = wizard.send(old, 404, **TYPED["notice"])
    assert told.says("可能已经删掉了")
    assert told.says("加装电梯，请来投票"), "what was typed can be copied"


def test_a_day_that_has_come_too_near_since_is_told_at_the_last_step(wizard: Wizard, clock: Clock) -> None:
    page = wizard.open("check")
    clock.forward(days=10)
    back = wizard.send(page, 409)
    assert back.says("至少要提前15天通知")
    assert queries.assemblies(wizard.world.community_id) == []


def test_nobody_of_another_community_or_without_the_office_gets_in(
    app: Flask, wizard: Wizard, new_client: Callable[[], PageClient]
) -> None:
    world, here = wizard.world, wizard.id
    for step in STEPS:
        wizard.client.get(f"/c/{world.other_slug}/assemblies/drafts/{here}/{step}", status=403)
        wizard.client.post(f"/c/{world.other_slug}/assemblies/drafts/{here}/{step}", {}, status=403)
        wizard.client.get(f"/c/nirgends/assemblies/drafts/{here}/{step}", status=404)
    for wrong in ("999", "9" * 19, "-1", "x"):
        assert wizard.client.get(f"/c/{world.slug}/assemblies/drafts/{wrong}/notice", status=404).h1
    assert wizard.client.get(f"/c/{world.slug}/assemblies/drafts/{here}/sixth", status=404).says("没有这一步")
    owner = new_client()
    owner.sign_in(world.login("owner"), PASSWORD)
    owner.get(wizard.url("matters"), status=403)
    assert wizard.draft == WHOLE


def test_more_matters_than_nine_are_not_lost(wizard: Wizard) -> None:
    sent: dict[str, Any] = {**wizard.open("matters").fields(FORM), "title": "很多事"}
    for place in range(12):
        sent |= {f"items-{place}-title": f"第{place}件", f"items-{place}-question": f"同意第{place}件？"}
    back = wizard.client.post(wizard.url("matters"), sent, status=409)
    assert back.says("一次最多表决9件事")
    assert "第11件" in values(back)
    assert "第0件" in values(back)


def test_again_or_asked_for_by_a_wrong_number_is_not_found(wizard: Wizard) -> None:
    new = f"/c/{wizard.world.slug}/assemblies/new"
    for query in ("again=99", "request=99"):
        assert wizard.client.get(f"{new}?{query}", status=404).h1
    for query in ("again=x", "request=-", "again=", "request=１"):
        status = 404 if query.endswith("１") else 200
        wizard.client.get(f"{new}?{query}", status=status)
    bad = wizard.client.submit(wizard.client.get(new), FORM, status=422, electorate=None)
    assert bad.says("请选一项再继续")
