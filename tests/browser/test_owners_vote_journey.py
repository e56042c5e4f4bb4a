"""All owners of 1,200 dwellings vote on the maintenance fund by every channel; somebody else's Python counts it again."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.assemblies.actions import open_due
from app.core.db import db
from app.core.values import Actor, Entry, Grant
from app.journal.actions import settle
from app.voting import actions, queries
from app.voting.queries import papers
from app.voting.routes.papers import print_papers
from tests.conftest import Clock
from tests.polls import speaks_for
from tests.screens import DESK, PHONE, Screen
from tests.world import PASSWORD, World

QUESTION = "您是否同意使用维修资金486,200.00元，更新消防管网和地下室排水泵？"
TITLE = "使用维修资金更新消防管网"
WAYS = ("paper", "stall", "letter", "phone", "proxy")


def sign_in(screen: Callable[..., Screen], world: World, role: str, width: int = DESK) -> Screen:
    reader = screen(width=width)
    reader.sign_in(world.login(role), PASSWORD)
    return reader


def take_register_in(desk: Screen, file: Path, slug: str) -> None:
    desk.go(f"/c/{slug}/dwellings/import")
    desk.page.set_input_files("#file", str(file))
    desk.page.click("main form button[type=submit]")
    desk.page.wait_for_url("**/dwellings/import/*")
    desk.page.click("text=确认导入")
    desk.page.wait_for_url("**/dwellings", timeout=60_000)
    expect(desk.page.locator("main")).to_contain_text("1,200户")


def vote_with_a_code(screen: Callable[..., Screen], address: str, code: str) -> None:
    """Scan the sheet: the code stands behind the # of the address."""
    reader = screen(width=PHONE)
    page = reader.go(f"{address}/code#{code}")
    expect(page.locator("#code")).to_have_value(code)
    page.get_by_role("button", name="下一步：看选票").click()
    page.get_by_text("同意", exact=True).click()
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("button", name="投出这一票").click()
    expect(page.locator("h1")).to_have_text("选票已收到")
    reader.expect_good()
    page.get_by_role("button", name="投完了，退出这张选票").click()


def vote_with_an_account(screen: Callable[..., Screen], world: World, address: str) -> None:
    reader = sign_in(screen, world, "owner", PHONE)
    page = reader.go(f"{address}/ballot")
    page.get_by_text("不同意", exact=True).click()
    page.get_by_role("button", name="下一步：核对").click()
    page.get_by_role("button", name="投出这一票").click()
    expect(page.locator("h1")).to_have_text("选票已收到")


def receive(desk: Screen, address: str, channel: str, code: str) -> None:
    """Two hands, no mouse: the field has the focus, Enter receives."""
    page = desk.go(f"{address}/desk/receive?channel={channel}")
    expect(page.locator("input[name=typed]")).to_be_focused()
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(page.locator("main [role=status]")).to_contain_text("收下了")


def type_all(desk: Screen, address: str, marks: list[str]) -> None:
    page = desk.go(f"{address}/desk/type")
    for mark in marks:
        expect(page.locator("input[name=marks]")).to_be_focused()
        page.keyboard.type(mark)
        page.keyboard.press("Enter")
        page.wait_for_load_state()


def cast_the_rest(world: World, poll_id: int, lines: list[Entry], many: int) -> None:
    """So many owners vote online, nine of ten for it."""
    grant = frozenset({Grant(world.community_id, "owner")})
    for place, entry in enumerate(lines[:many]):
        voters = queries.find_line(poll_id, entry.key).entry.voters
        actor = Actor(None, grant, frozenset(voters))
        actions.cast_ballot(actor, poll_id, entry.key, "no" if place % 10 == 0 else "yes")


@pytest.mark.databases("sqlite")
def test_an_owners_vote_by_every_channel_is_closed_printed_and_counted_again_by_a_stranger(
    app: Flask, screen: Callable[..., Screen], world: World, clock: Clock, shared_data: Path, tmp_path: Path
) -> None:
    address = f"/c/{world.slug}/polls/1"
    secretary, clerk = sign_in(screen, world, "secretary"), sign_in(screen, world, "clerk")
    take_register_in(clerk, shared_data / "register" / "heping-register.xlsx", world.slug)
    poll_id = convene(secretary, world, clock)
    clock.forward(days=16)
    assert open_due() == 1
    roll = [line.entry for line in queries.roll_of(poll_id)]
    assert len(roll) == 1_200

    # Papers for everybody, in one go, with progress.
    page = secretary.go(f"{address}/papers")
    page.get_by_role("button", name="开始印").click()
    expect(page.locator("progress")).to_be_visible()
    print_papers(papers.prints(poll_id)[0].id)
    page.reload()
    expect(page.locator("main")).to_contain_text("做好了1,200张")
    sheets = [
        sheet for sheet in papers.sheets_of(poll_id) if queries.find_line(poll_id, sheet.lines[0].key).entry.voters
    ]

    # One ballot by each channel.
    first = next(entry for entry in roll if entry.key == sheets[0].lines[0].key)
    speaks_for(world.accounts["owner"], *queries.find_line(poll_id, first.key).entry.voters)
    vote_with_an_account(screen, world, address)
    vote_with_a_code(screen, address, sheets[1].code)
    for sheet, channel in zip(sheets[2:], WAYS[:4], strict=False):
        receive(clerk, address, channel, sheet.code)
    give_mandate(clerk, address, sheets[6].lines[0].key)
    receive(clerk, address, "proxy", sheets[6].lines[0].key)
    type_all(clerk, address, ["1", "1", "2", "1", "1"])
    type_all(secretary, address, ["1", "1", "3", "1", "1"])
    settle_the_dispute(screen, world, address)
    used = {line.key for sheet in sheets[:7] for line in sheet.lines}
    cast_the_rest(world, poll_id, [entry for entry in roll if entry.key not in used and not _developers(entry)], 1_000)

    # The end: nothing before it, everything after it.
    clock.set(queries.get_poll(poll_id).closes_at + timedelta(seconds=31))
    actions.declare_due()
    settle()
    reader = screen(width=DESK)
    page = reader.go(address)
    expect(page.locator("#outcome")).to_have_text("通过")
    page.get_by_role("link", name="看结果公告，可以打印").click()
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")

    # A stranger with nothing but Python.
    owner = sign_in(screen, world, "owner")
    record = owner.page.request.get(f"{owner.address}{address}/record.zip")
    assert record.ok, record.text()
    with zipfile.ZipFile(io.BytesIO(record.body())) as bundle:
        bundle.extractall(tmp_path / "record")
    vkey = reader.page.request.get(f"{reader.address}/c/{world.slug}/log/vkey").text().strip()
    done = verify(tmp_path / "record", vkey)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "通过" in done.stdout
    ballots = tmp_path / "record" / "ballots.jsonl"
    ballots.write_bytes(ballots.read_bytes().replace(b'"yes"', b'"no"', 1))
    assert verify(tmp_path / "record", vkey).returncode == 1
    db.session.rollback()


def verify(folder: Path, vkey: str) -> subprocess.CompletedProcess[str]:
    """Run the program of the bundle with a bare Python in its own folder."""
    command = [sys.executable, "-I", "verify.py", vkey]
    env = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=120, check=False)


def _developers(entry: Entry) -> bool:
    return entry.head == "developer"


def convene(secretary: Screen, world: World, clock: Clock) -> int:
    """The secretary calls the owners step by step, and reads the marks before; answers with the poll."""
    page = secretary.go(f"/c/{world.slug}/assemblies/new")
    page.get_by_text("全体业主", exact=True).click()
    page.get_by_role("button", name="开始", exact=True).click()
    page.fill("#items-0-title", TITLE)
    page.fill("#items-0-question", QUESTION)
    page.get_by_role("button", name="下一步", exact=True).click()
    page.locator("input[type=radio][value='5']").check(force=True)
    page.get_by_role("button", name="下一步", exact=True).click()
    expect(page.locator("main")).to_contain_text("2/3")
    opens = (clock.now + timedelta(days=16)).date()
    page.fill("input[name=opens_on]", opens.isoformat())
    page.fill("input[name=closes_on]", (opens + timedelta(days=20)).isoformat())
    for channel in (*WAYS, "online"):
        page.locator(f"input[name=channels][value={channel}]").check(force=True)
    page.get_by_role("button", name="下一步", exact=True).click()
    page.get_by_role("button", name="下一步：核对").click()
    secretary.expect_good()
    page.get_by_role("button", name="召集", exact=True).click()
    expect(page.locator("h1")).to_contain_text("维修资金")
    return queries.polls(world.community_id)[0].id


def give_mandate(desk: Screen, address: str, key: str) -> None:
    page = desk.go(f"{address}/desk/mandates")
    page.fill("input[name=typed]", key)
    page.fill("input[name=name]", "代先生")
    page.fill("input[name=phone]", "19900000123")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("委托代")


def settle_the_dispute(screen: Callable[..., Screen], world: World, address: str) -> None:
    """Two read differently; a third person looks at the paper and settles it."""
    third = sign_in(screen, world, "convener")
    page = third.go(f"{address}/desk")
    page.locator("#h-disputes ~ div a").first.click()
    page.fill("input[name=marks]", "2")
    page.fill("textarea[name=reason]", "原票上勾的是不同意，第二个人看错了一行。")
    page.get_by_role("button", name="裁定").click()
    expect(page.locator("main")).to_contain_text("不一致的0张")
