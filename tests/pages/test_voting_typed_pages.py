"""Rankings and points at the desk, the address of a QR code, mandates that say how to rank, and ballots against a mandate."""

from urllib.parse import urlencode

import pytest

from app.voting import actions, queries
from app.voting.queries import papers
from app.voting.rules import Budget
from tests.conftest import Clock
from tests.desks import FIRST, SECOND, read, received, standing
from tests.page_client import PageClient
from tests.pages.test_voting_desk_pages import DESK, POLL, another, as_, typed
from tests.polls import after_close, ballots, marked, open_method, open_owners, units
from tests.world import World


@pytest.mark.parametrize(
    ("method", "hint", "first", "second", "written"),
    [
        ("irv", "从第一位起", "213", "2、1、3", '["2","1","3"]'),
        ("schulze", "从第一位起", "3 1", "３１", '["3","1"]'),
        ("score", "写成1=5 3=2", "1=5 3=2", "3:2, 1:5", '{"1":5,"3":2}'),
        ("budget", "按勾选的数字", "31", "1 3", '["1","3"]'),
    ],
)
def test_every_kind_of_ballot_is_typed_twice_and_made(
    client: PageClient, world: World, clock: Clock, method: str, hint: str, first: str, second: str, written: str
) -> None:
    poll_id = open_method(world, method, budget=Budget(100_000_00) if method == "budget" else None)
    actions.receive_intake(world.actor(FIRST), poll_id, "paper", "r1")
    clerk, secretary = as_(client, world, "clerk"), another(client, world, "secretary")
    assert clerk.get(f"{DESK}/type").says(hint)
    typed(clerk, first)
    typed(secretary, second)
    assert marked(poll_id, "r1") == written


@pytest.mark.parametrize(
    ("method", "marks", "says"),
    [
        ("irv", "2 2", "每个只写一次"),
        ("irv", "2=1", "每个只写一次"),
        ("irv", "9", "从第一位起"),
        ("score", "1=5 1=3", "每项只写一次"),
        ("score", "1=5 3", "写成1=5 3=2"),
        ("score", "135", "写成1=5 3=2"),
    ],
)
def test_what_is_no_ranking_and_no_points_is_told_in_the_field_which_keeps_it(
    client: PageClient, world: World, clock: Clock, method: str, marks: str, says: str
) -> None:
    poll_id = open_method(world, method)
    actions.receive_intake(world.actor(FIRST), poll_id, "paper", "r1")
    page = typed(as_(client, world, "clerk"), marks, status=422)
    assert page.says(says)
    assert page.one("input[autofocus]").attributes["value"] == marks
    assert standing(poll_id, 1).readings == 0


def test_points_beyond_the_highest_are_told_and_kept(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_method(world, "score")
    actions.receive_intake(world.actor(FIRST), poll_id, "paper", "r1")
    page = typed(as_(client, world, "clerk"), "1=9", status=409)
    assert page.says("每项的分数是0到5")
    assert page.one("input[autofocus]").attributes["value"] == "1=9"


def test_the_address_of_a_qr_code_is_scanned_where_a_code_is_typed(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units(1, 3)
    poll_id = open_owners(world, roll)
    actions.issue_papers(world.actor(SECOND), poll_id, "unit")
    codes = {sheet.lines[0].key: sheet.code for sheet in papers.sheets_of(poll_id)}
    scanned = {key: f"https://sifang.example/c/{world.slug}/polls/1/code#{code}" for key, code in codes.items()}
    clerk = as_(client, world, "clerk")
    for number, key in enumerate(scanned, 1):
        page = clerk.get(f"{DESK}/receive")
        page = clerk.follow(clerk.submit(page, "main form.card", typed=scanned[key]))
        assert page.says(f"收下了：第{number}号")
    again = clerk.submit(page, "main form.card", typed=scanned["1-102"], status=409)
    assert again.says("“1号楼102”的票已经收过")
    assert clerk.get(f"{DESK}/type?{urlencode({'find': scanned['1-103']})}").says("第3号，1号楼103")
    page = clerk.submit(
        clerk.get(f"{DESK}/mandates"), "main form.card", typed=scanned["1-101"], name="何受托", phone="", instruction=""
    )
    assert clerk.follow(page).says("1号楼101委托何**")


def test_a_mandate_that_ranks_is_typed_as_a_ballot_is(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_method(world, "irv", proxy_limit=3, channels=("online", "proxy"))
    clerk = as_(client, world, "clerk")
    form = clerk.get(f"{DESK}/mandates")
    assert form.says("1 健身角 2 充电棚 3 儿童滑梯")
    for told, says in (("2 2", "每个只写一次"), ("0", "不能写明投无效票")):
        page = clerk.submit(form, "main form.card", typed="r1", name="何受托", phone="139", told=told, status=422)
        assert page.says(says)
        assert page.one("[name=told]").attributes["value"] == told
    page = clerk.follow(clerk.submit(form, "main form.card", typed="r1", name="何受托", phone="139", told="２１"))
    assert page.says("委托书写明了")
    for typed_, key in (("r2", ""), ("r3", "1 3")):
        form = clerk.get(f"{DESK}/mandates")
        clerk.follow(clerk.submit(form, "main form.card", typed=typed_, name="何受托", phone="139", told=key))
    bound = {row.key: row.bound for row in queries.mandates(queries.get_poll(poll_id))}
    assert bound == {"r1": True, "r2": False, "r3": True}


def test_a_ballot_against_its_mandate_shows_after_the_close_and_to_who_may_settle_alone(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    actions.register_mandate(world.actor(FIRST), poll_id, roll[0].key, "何受托", "139", "yes")
    number = received(world, poll_id, roll[0], "proxy")
    read(world, poll_id, number, "no")
    clerk, secretary, convener = (another(client, world, role) for role in ("clerk", "secretary", "convener"))
    addresses = (POLL, DESK, f"{DESK}/intakes", f"{DESK}/intakes/{number}", f"/c/{world.slug}/todo")
    for reader in (clerk, secretary, convener):
        assert not any(reader.get(address).says("和委托书不一致") for address in addresses)
    after_close(queries.get_poll(poll_id).closes_at, clock)
    assert PageClient(client.app).get(POLL).says("还没有结果：1张受托人的票和委托书不一致")
    assert convener.get(f"/c/{world.slug}/todo").says("1张受托人的票和委托书不一致")
    assert not clerk.get(f"{DESK}/intakes/{number}").says("和委托书不一致")
    assert secretary.get(f"{DESK}/intakes/{number}").says("要由没有录入过的第三个人裁定")
    page = convener.get(DESK)
    assert page.says("第1号，1号楼101")
    page = convener.get(f"{DESK}/intakes/{number}")
    assert not page.css("[checked]")
    wrong = convener.submit(page, "form[action*=weigh]", weighed="", status=422)
    assert wrong.says("请选一种")
    convener.follow(convener.submit(page, "form[action*=weigh]", verdict="void", weighed="没有照委托书投"))
    assert [ballot.rejected for ballot in ballots(poll_id)] == ["void"]
    assert clerk.get(f"{DESK}/intakes/{number}").says("理由：没有照委托书投")
    assert actions.declare_due() == 1
