"""The desk by the keyboard: receive, type, withdraw, settle, make void; what voters and staff are told."""

from io import BytesIO

import pytest
from PIL import Image

from app.core.house import house
from app.core.values import Entry, Ref
from app.voting import actions, queries
from tests.conftest import Clock
from tests.desks import FIRST, handed_in, read, received, standing
from tests.page_client import Page, PageClient
from tests.pages.test_statement_counts import MOST, QUIET, counted
from tests.polls import after_close, ballots, cast, marked, open_approval, open_owners, speaks_for, units
from tests.world import PASSWORD, World

DESK = "/c/wutongli/polls/1/desk"
POLL = "/c/wutongli/polls/1"


def as_(client: PageClient, world: World, role: str) -> PageClient:
    client.sign_in(world.login(role), PASSWORD)
    return client


def another(client: PageClient, world: World, role: str) -> PageClient:
    return as_(PageClient(client.app), world, role)


def typed(reader: PageClient, marks: str, status: int = 303) -> Page:
    """Type a number and press Enter, without touching anything else."""
    page = reader.submit(reader.get(f"{DESK}/type"), "main form.card", marks=marks, status=status)
    return reader.follow(page) if status == 303 else page


def test_a_code_and_enter_receives_and_the_field_is_ready_for_the_next(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    open_owners(world, roll)
    clerk = as_(client, world, "clerk")
    page = clerk.get(f"{DESK}/receive?channel=stall")
    assert page.one("input[autofocus]").attributes["name"] == "typed"
    assert page.one("input[type=radio][checked]").attributes["value"] == "stall"
    page = clerk.follow(clerk.submit(page, "main form.card", typed="1-101"))
    assert page.says("收下了：第1号，1号楼101")
    assert page.one("input[type=radio][checked]").attributes["value"] == "stall"
    assert page.one("input[autofocus]").attributes.get("value", "") in ("", None)
    again = clerk.submit(page, "main form.card", typed="1-101", status=409)
    assert again.says("已经收过，是第1号")
    assert again.one("input[autofocus]").attributes["value"] == "1-101"
    assert clerk.submit(page, "main form.card", typed="9-999", status=409).says("没有这一户")
    assert clerk.submit(page, "main form.card", typed="", status=422).says("请扫码")


def test_two_people_type_by_number_keys_and_see_only_how_many_are_left(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    for entry in roll[:3]:
        received(world, poll_id, entry)
    clerk, secretary = as_(client, world, "clerk"), another(client, world, "secretary")
    page = clerk.get(f"{DESK}/type")
    assert page.says("第1号，1号楼101")
    assert page.says("等您录入的还有3张")
    assert page.one("input[autofocus]").attributes["name"] == "marks"
    assert page.says("1 同意 2 不同意 3 弃权 0 无效票")
    page = typed(clerk, "1")
    assert page.says("第2号，1号楼102")
    assert page.says("等您录入的还有2张")
    typed(clerk, "２")
    assert typed(clerk, "0").says("您能录的都录完了")
    assert ballots(poll_id) == []
    typed(secretary, "1")
    typed(secretary, "3")
    assert typed(secretary, "0").says("都录完了")
    assert [ballot.choice for ballot in ballots(poll_id)] == ["yes", "invalid"]
    assert [row.number for row in queries.disputes(queries.get_poll(poll_id))] == [2]


@pytest.mark.parametrize("marks", ["", "9", "abc", "1 2", "一", "1;DROP", "11"])
def test_what_is_no_mark_is_told_in_the_field_which_keeps_it(
    client: PageClient, world: World, clock: Clock, marks: str
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    received(world, poll_id, roll[0])
    page = typed(as_(client, world, "clerk"), marks, status=409 if marks == "1 2" else 422)
    assert page.css(".form-error")
    assert page.says("第1号，1号楼101")
    assert page.one("input[autofocus]").attributes["value"] == marks
    assert standing(poll_id, 1).readings == 0


def test_who_pressed_the_wrong_key_takes_it_back_and_types_again(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    received(world, poll_id, roll[0])
    received(world, poll_id, roll[1])
    clerk = as_(client, world, "clerk")
    page = typed(clerk, "2")
    assert page.says("上一张按错了（第1号，1号楼101）")
    page = clerk.follow(clerk.submit(page, "main details form[method=post]"))
    assert page.says("第1号，1号楼101")
    typed(clerk, "1")
    secretary = another(client, world, "secretary")
    typed(secretary, "1")
    assert marked(poll_id, "1-101") == "yes"
    assert not clerk.get(f"{DESK}/type").css("main details form[action*=withdraw]")


def test_the_ballot_in_hand_is_found_by_its_code_number_or_door(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    for entry in roll[:4]:
        received(world, poll_id, entry)
    clerk = as_(client, world, "clerk")
    for asked, says in (("1-103", "第3号"), ("4", "第4号"), ("1号楼102", "第2号")):
        assert clerk.get(f"{DESK}/type?find={asked}").says(f"{says}，")
    page = clerk.get(f"{DESK}/type?find=nothing")
    assert page.says("现在不用您录入")
    assert page.says("第1号")


def test_an_approval_paper_takes_several_numbers(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_approval(world)
    actions.receive_intake(world.actor(FIRST), poll_id, "paper", "r1")
    clerk, secretary = as_(client, world, "clerk"), another(client, world, "secretary")
    typed(clerk, "13")
    typed(secretary, "3, 1")
    assert ballots(poll_id)[0].choice == '["1","3"]'


def test_a_third_person_settles_and_is_not_shown_what_the_two_typed(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    read(world, poll_id, number, "yes", "no")
    convener = as_(client, world, "convener")
    assert convener.get(f"/c/{world.slug}/todo").says("1张票两个人录得不一致")
    desk = convener.get(DESK)
    assert desk.says("等第三个人裁定")
    page = convener.get(f"{DESK}/intakes/{number}")
    assert page.says("两个人各录了什么，这里不显示")
    assert not page.css("[checked], [selected]")
    refused = convener.submit(page, "#h-settle ~ div form", marks="7", reason="", status=422)
    assert len(refused.css(".form-error")) >= 2
    page = convener.follow(convener.submit(page, "#h-settle ~ div form", marks="2", reason="勾在第二格"))
    assert page.says("已录入1张，共收到1张")
    assert marked(poll_id, roll[0].key) == "no"
    secretary = another(client, world, "secretary")
    assert secretary.get(f"{DESK}/intakes/{number}").says("理由：勾在第二格")


def test_who_typed_it_reads_why_they_do_not_settle_it(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    read(world, poll_id, number, "yes", "no")
    page = as_(client, world, "secretary").get(f"{DESK}/intakes/{number}")
    assert page.says("要由没有录入过的第三个人裁定")
    assert not page.css("form[action*=settle]")


def test_what_was_received_by_mistake_is_void_with_a_reason(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    clerk = as_(client, world, "clerk")
    page = clerk.get(f"{DESK}/intakes/{number}")
    clerk.submit(page, "form[action*=void]", reason="", status=422)
    page = clerk.follow(clerk.submit(page, "form[action*=void]", reason="扫错了楼"))
    assert page.says("理由：扫错了楼")
    assert clerk.get(DESK).says("另有1张已作废")
    made = handed_in(world, poll_id, roll[1], "yes")
    page = clerk.get(f"{DESK}/intakes/{made}")
    assert page.says("要作废，请秘书办理")
    assert not page.css("form[action*=void]")


def test_the_desk_says_what_an_outcome_waits_for_and_so_does_the_poll(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units(1, 4)
    poll_id = open_owners(world, roll, days=1)
    numbers = [received(world, poll_id, entry) for entry in roll[:3]]
    read(world, poll_id, numbers[0], "yes", "no")
    reader = PageClient(client.app)
    assert reader.get(POLL).says("另有3张已经收到，等两个人录入以后计入")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    for page in (reader.get(POLL), as_(client, world, "convener").get(DESK)):
        assert page.says("还没有结果：2张收到的票还没有录入完，1张票两次录入不一致")
    for number in numbers[1:]:
        read(world, poll_id, number, "yes")
    assert reader.get(POLL).says("还没有结果：1张票两次录入不一致")
    actions.settle_intake(world.actor("convener"), poll_id, numbers[0], "yes", "勾在第一格")
    actions.declare_due()
    page = reader.get(POLL)
    assert page.says("已通过")
    assert page.says("纸质 3")


def test_staff_are_told_what_waits_for_them_and_not_what_they_typed_themselves(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    for entry in roll[:2]:
        received(world, poll_id, entry)
    clerk, secretary = as_(client, world, "clerk"), another(client, world, "secretary")
    assert clerk.get(f"/c/{world.slug}/todo").says("2张收到的票等您录入")
    typed(clerk, "1")
    assert clerk.get(f"/c/{world.slug}/todo").says("1张收到的票等您录入")
    assert secretary.get(f"/c/{world.slug}/todo").says("2张收到的票等您录入")
    assert not another(client, world, "owner").get(f"/c/{world.slug}/todo").says("等您录入")


def test_a_voter_is_told_when_another_way_superseded_theirs(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    speaks_for(world.accounts["owner"], *roll[0].voters)
    cast(world, poll_id, roll[0], "yes")
    owner = as_(client, world, "owner")
    assert not owner.get(POLL).says("收到的票")
    clock.forward(minutes=5)
    number = received(world, poll_id, roll[0], "letter")
    assert owner.get(POLL).says("信件，")
    assert owner.get(POLL).says("已收到，等录入")
    read(world, poll_id, number, "no")
    page = owner.get(POLL)
    assert page.says("算这一张")
    assert page.says("被取代，不算")
    assert page.says("信件，由工作人员录入")


@pytest.fixture
def proxied(world: World, clock: Clock) -> tuple[int, Entry]:
    """An owner has given a mandate to a neighbour whom the register knows."""
    roll = units()
    poll_id = open_owners(world, roll)
    house().people.append(lambda _, name, _phone: Ref("person", 900) if name == "何受托" else None)
    speaks_for(world.accounts["resident"], Ref("person", 900))
    speaks_for(world.accounts["owner"], *roll[0].voters)
    return poll_id, roll[0]


def test_a_mandate_is_registered_at_the_desk_and_used_and_taken_back_online(
    client: PageClient, world: World, proxied: tuple[int, Entry]
) -> None:
    poll_id, entry = proxied
    clerk, neighbour, owner = (another(client, world, role) for role in ("clerk", "resident", "owner"))
    form = clerk.get(f"{DESK}/mandates")
    page = clerk.submit(
        form, "main form.card", typed=entry.key, name="何受托", phone="138 0000 0900", instruction="yes"
    )
    page = clerk.follow(page)
    assert page.says("1号楼101委托何**")
    assert page.says("这里不显示")
    assert neighbour.get(f"/c/{world.slug}/todo").says("1号楼101还没有投票")
    page = neighbour.get(POLL)
    assert page.says("代投这一票")
    review = neighbour.submit(page, "#ballot form", status=200, choice="no")
    refused = neighbour.submit(review, "main form.card", button="投出这一票", status=409)
    assert refused.says("和委托书不一致")
    review = neighbour.submit(neighbour.get(f"{POLL}/ballot"), "#ballot form", status=200, choice="yes")
    receipt = neighbour.follow(neighbour.submit(review, "main form.card", button="投出这一票"))
    assert receipt.says("受托人")
    page = owner.get(POLL)
    assert page.says("委托了何**代投")
    back = owner.get(page.one("a[href*=revoke]").attributes["href"] or "")
    owner.follow(owner.submit(back, "main form.card"))
    assert neighbour.get(POLL).says("名册里没有您名下的房")
    assert marked(poll_id, entry.key) == "yes"


def test_a_neighbour_cannot_take_back_somebody_elses_mandate(
    client: PageClient, world: World, proxied: tuple[int, Entry]
) -> None:
    poll_id, entry = proxied
    number = actions.register_mandate(world.actor(FIRST), poll_id, entry.key, "何受托", "")
    neighbour = another(client, world, "resident")
    neighbour.get(f"{POLL}/mandates/{number}/revoke", status=404)
    neighbour.post(f"{POLL}/mandates/{number}/revoke", status=404)
    clerk = another(client, world, "clerk")
    page = clerk.get(f"{DESK}/mandates/{number}")
    page = clerk.follow(clerk.submit(page, "form[action*=revoke]", reason="业主当面说不用了"))
    assert page.says("理由：业主当面说不用了")


def test_the_desk_of_a_vote_without_a_desk_says_so(client: PageClient, world: World, clock: Clock) -> None:
    open_owners(world, units(), channels=("online",), proxy_limit=0)
    clerk = as_(client, world, "clerk")
    assert clerk.get(f"{DESK}/receive").says("没有公布这种投票方式")
    assert clerk.get(f"{DESK}/mandates").says("不接受委托投票")


def test_a_hundred_arrivals_stand_on_pages(client: PageClient, world: World, clock: Clock) -> None:
    roll = units(2, 30)
    poll_id = open_owners(world, roll)
    for entry in roll[:52]:
        received(world, poll_id, entry)
    clerk = as_(client, world, "clerk")
    page = clerk.get(f"{DESK}/intakes")
    assert page.says("第52号")
    assert not page.says("第2号，")
    older = clerk.get(page.one(".pager a").attributes["href"] or "")
    assert older.says("第2号，")
    assert older.says("第1号，")


@pytest.mark.databases("sqlite")
def test_no_page_of_the_desk_asks_too_often_however_much_lies_there(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units(3, 20)
    poll_id = open_owners(world, roll)
    speaks_for(world.accounts["clerk"], *roll[0].voters)
    actions.register_mandate(world.actor(FIRST), poll_id, roll[0].key, "何受托", "139")
    clerk = as_(client, world, "clerk")
    desk = ("", "/receive", "/type", "/intakes", "/intakes/1", "/mandates", "/refused", "/refused/1")
    paths = ("", *(f"/desk{path}" for path in desk))
    asked: list[dict[str, int]] = []
    for entries in (roll[:2], roll[2:50]):
        for entry in entries:
            received(world, poll_id, entry)
            actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", f"9-{entry.key}")
        cast(world, poll_id, roll[0], "yes")
        asked.append({})
        for path in paths:
            clerk.get(f"{POLL}{path}")
            with counted() as statements:
                clerk.get(f"{POLL}{path}")
            asked[-1][path] = len([one for one in statements if not one.startswith(QUIET)])
    assert {path: many for path, many in asked[1].items() if many > MOST["signed in"]} == {}
    assert {path: many for path, many in asked[1].items() if many > asked[0][path]} == {}


def test_a_scan_is_attached_and_read_by_those_who_read_and_settle_alone(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    clerk = as_(client, world, "clerk")
    page = clerk.get(f"{DESK}/intakes/{number}")
    add = next(link.attributes["href"] for link in page.css("main a.btn") if "attachments" in str(link.attributes))
    sent = clerk.submit(clerk.get(add or ""), "main form", file=(BytesIO(picture()), "scan.png"))
    page = clerk.follow(sent)
    assert page.says("scan.png")
    assert page.says("不公开")
    scan = page.css("main .rows a[href*=attachments]")[0].attributes["href"] or ""
    another(client, world, "convener").get(scan)
    for role in ("auditor", "owner", "member"):
        another(client, world, role).get(scan, status=403)


def picture() -> bytes:
    """A small scan."""
    kept = BytesIO()
    Image.new("RGB", (40, 60), "white").save(kept, "PNG")
    return kept.getvalue()


def test_a_double_click_receives_and_types_once(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    clerk = as_(client, world, "clerk")
    page = clerk.get(f"{DESK}/receive")
    first = clerk.submit(page, "main form.card", typed="1-101")
    assert clerk.submit(page, "main form.card", typed="1-101").location == first.location
    page = clerk.get(f"{DESK}/type")
    first = clerk.submit(page, "main form.card", marks="1")
    assert clerk.submit(page, "main form.card", marks="1").location == first.location
    assert standing(poll_id, 1).readings == 1
