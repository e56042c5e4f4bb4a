"""The council's pages: seats, notice, roll call, motions."""

import re
from datetime import date, timedelta

from flask import Flask

from app.council import actions, queries
from tests.conftest import Clock
from tests.council_world import (
    LAMPS,
    PROPERTY_BUILDS,
    TITLE,
    Council,
    Held,
    NewClient,
    as_member,
    as_role,
    convene,
)
from tests.page_client import PageClient
from tests.world import World

HERE = "/c/wutongli"


def held_meeting(council: Council, *codes: str) -> Held:
    held = convene(council)
    held.open(*codes)
    return held


def test_anyone_sees_the_four_parties_and_who_sits_for_them(council: Council, client: PageClient) -> None:
    council.add_alternate("o1")
    page = client.get(f"{HERE}/council")
    assert page.says("党支部")
    assert page.says("王建国")
    assert page.says("候补委员：何青")
    assert len(page.css(".four > div")) == 5
    assert page.says("13席")
    seat = client.get(f"{HERE}/council/seats/o1")
    assert seat.says("业委会主任")
    assert seat.says("李敏")
    assert not seat.css("form[method=post]")


def test_an_empty_council_says_what_comes_next(app: Flask, world: World, client: PageClient) -> None:
    page = client.get(f"{HERE}/council")
    assert page.says("还没有设席位")
    assert client.get(f"{HERE}/meetings").says("现在没有将要开的会")
    assert client.get(f"{HERE}/resolutions").says("还没有决议")
    assert client.get(f"{HERE}/tasks").says("现在没有正在办的事")


def test_the_secretary_adds_a_seat_appoints_invites_and_ends(council: Council, new_client: NewClient) -> None:
    client = as_role(council, "secretary", new_client)
    sent = client.submit(client.get(f"{HERE}/council/seats/new"), party="branch", code="Ｂ４", title="支部委员")
    page = client.follow(sent)
    assert page.h1 == "支部委员"
    assert page.says("空缺")
    form = client.get(f"{HERE}/council/seats/b4/appoint")
    page = client.follow(client.submit(form, kind="holder", name="赵新", from_day="2026-03-02", to_day="2026-12-31"))
    assert page.says("赵新")
    assert page.says("还没有账号")
    shown = client.follow(client.submit(page, "form[action$=invite]"))
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", shown.one(".code").text(strip=True))
    term = queries.terms_of_seat(queries.get_seat(council.community_id, "b4", date(2026, 3, 2)).seat_id)[0]
    ended = client.submit(client.get(f"{HERE}/council/seats/b4/terms/{term.id}/end"), last_day="2026-03-31")
    assert client.follow(ended).says("2026") or client.follow(ended).says("3月31日")
    again = client.submit(
        client.get(f"{HERE}/council/seats/b4/appoint"), status=409, kind="holder", name="钱多", from_day="2026-03-31"
    )
    assert again.says("新的任期要从第二天开始")


def test_what_cannot_be_read_is_said_beside_the_field(council: Council, new_client: NewClient) -> None:
    client = as_role(council, "secretary", new_client)
    page = client.submit(client.get(f"{HERE}/council/seats/b1/appoint"), status=422, name="", from_day="３月２日")
    assert page.says("写上姓名")
    assert page.css(".errors")


def test_the_notice_lists_what_waits_in_the_order_that_was_typed(council: Council, new_client: NewClient) -> None:
    secretary = council.secretary
    first = actions.propose_agenda_item(secretary, council.community_id, LAMPS, TITLE)
    second = actions.propose_agenda_item(secretary, council.community_id, type(LAMPS)("wish", 24), "孩子打球的地方")
    client = as_role(council, "secretary", new_client)
    form = client.get(f"{HERE}/meetings/new")
    assert form.says("最早3月5日")
    when = {"day": "2026-03-06", "time": "19:00", "place": "社区二楼会议室"}
    sent = client.submit(form, **when, **{f"place-{first}": "２", f"place-{second}": "1"})
    page = client.follow(sent)
    assert page.h1 == "第1次四方联席会议"
    assert [node.text(strip=True) for node in page.css(".agenda h3")] == ["孩子打球的地方", TITLE]
    listed = client.get(f"{HERE}/meetings")
    assert listed.says("已通知")
    assert not listed.says("等着上会的事")


def test_a_notice_that_is_too_short_is_refused_with_the_rule(council: Council, new_client: NewClient) -> None:
    actions.propose_agenda_item(council.secretary, council.community_id, LAMPS, TITLE)
    client = as_role(council, "secretary", new_client)
    form = client.get(f"{HERE}/meetings/new")
    page = client.submit(form, status=409, day="2026-03-04", time="19:00", place="会议室")
    assert page.says("会议要提前3天通知")
    assert page.says("四方联席会议")


def test_a_double_click_convenes_one_meeting(council: Council, new_client: NewClient) -> None:
    actions.propose_agenda_item(council.secretary, council.community_id, LAMPS, TITLE)
    client = as_role(council, "secretary", new_client)
    form = client.get(f"{HERE}/meetings/new")
    when = {"day": "2026-03-06", "time": "19:00", "place": "会议室"}
    assert client.submit(form, **when).location == client.submit(form, **when).location
    assert len(queries.meetings(council.community_id)) == 1


def test_a_member_checks_in_on_the_telephone_and_the_quorum_grows(
    council: Council, new_client: NewClient, client: PageClient, clock: Clock
) -> None:
    held = convene(council)
    address = f"{HERE}/meetings/{held.number}"
    assert client.get(address).says("签到从")
    clock.set(held.starts_at - timedelta(minutes=30))
    member = as_member(council, "o1", new_client)
    page = member.get(address)
    assert page.css(".who-me")
    assert page.says("签到：业委会主任")
    member.follow(member.submit(page, "form[action$=check-in]"))
    fragment = client.get(address, htmx="quorum")
    assert fragment.one("#quorum").attributes["hx-trigger"] == "every 5s"
    assert fragment.says("还差6席")
    assert fragment.says("1/4席")
    assert not member.get(address).css("form[action$=check-in]")
    assert not client.get(address).css("form[method=post]")


def test_the_secretary_calls_the_roll_and_the_fragment_shows_it(
    council: Council, new_client: NewClient, clock: Clock
) -> None:
    council.add_alternate("r1", "罗兰")
    held = convene(council)
    address = f"{HERE}/meetings/{held.number}/roll"
    client = as_role(council, "secretary", new_client)
    assert client.get(address).says("签到从")
    clock.set(held.starts_at)
    page = client.get(address)
    sent = client.post(f"{address}/arrivals", _line(council, "r1-alternate"), htmx="roll")
    assert sent.location == address
    fragment = client.get(address, htmx="roll")
    assert fragment.says("候补到会")
    assert fragment.says("罗兰")
    refused = client.post(f"{address}/arrivals", _line(council, "r1"), status=409)
    assert refused.says("候补委员罗兰已经代为签到")
    client.post(f"{address}/departures", {"seat": str(council.seats["r1"])})
    client.post(f"{address}/arrivals", _line(council, "r1"))
    assert client.get(address).says("何芳")
    assert page.h1 == "点名"


def _line(council: Council, code: str) -> dict[str, str]:
    return {"seat": str(council.seats[code.removesuffix("-alternate")]), "term": str(council.terms[code])}


def test_the_chair_opens_when_enough_have_come_and_reads_why_not_before(
    council: Council, new_client: NewClient, clock: Clock
) -> None:
    held = convene(council)
    address = f"{HERE}/meetings/{held.number}"
    clock.set(held.starts_at)
    held.arrive("b1", "r1", "o1", "b2", "r2", "o2")
    convener = as_member(council, "b1", new_client)
    page = convener.get(address)
    assert page.says("还差1席")
    assert not page.css("form[action$=open]")
    held.arrive("b3")
    assert convener.get(address).says("物业公司还没有人到会")
    held.arrive("p1")
    page = convener.follow(convener.submit(convener.get(address), "form[action$=open]"))
    assert page.says("开会中")
    assert page.says("提出动议")


def test_a_meeting_is_called_off_with_its_reason(council: Council, new_client: NewClient) -> None:
    held = convene(council)
    client = as_role(council, "secretary", new_client)
    form = client.get(f"{HERE}/meetings/{held.number}/cancel")
    page = client.follow(client.submit(form, reason="台风停课停工"))
    assert page.says("这次会议取消了：台风停课停工")
    assert client.get(f"{HERE}/meetings").says("等着上会的事")


def test_the_thread_of_a_motion_in_the_browser(council: Council, new_client: NewClient, client: PageClient) -> None:
    held = held_meeting(council)
    mover, other = as_member(council, "o1", new_client), as_member(council, "r1", new_client)
    convener = as_member(council, "b1", new_client)
    form = mover.get(f"{HERE}/meetings/{held.number}/motions/new")
    sent = mover.submit(form, text="换感应灯。\n刷墙。", ceiling="３８，６４０.50", purpose="灯具", owners_matter="")
    address = sent.location
    assert client.get(address).says("费用不超过38,640.50元，用于灯具。")
    assert mover.get(address).says("要由另一位委员附议")
    other.follow(other.submit(other.get(address), "form[action$=second]"))
    assert client.get(address).says("召集人说明谁要回避")
    interests = convener.get(f"{address}/interests")
    page = convener.follow(convener.submit(interests, property="承接本工程", seat="", seat_reason=""))
    assert page.says("物业公司")
    assert page.says("承接本工程")
    assert page.says("可以开始表决")
    page = convener.follow(convener.submit(page, "form[action$=vote]"))
    assert page.says("到会的委员投票")
    assert as_member(council, "p1", new_client).get(address).says("看投票")
    voter = as_member(council, "o2", new_client)
    assert voter.get(address).css(".who-me")
    poll = voter.get(voter.get(address).one(".who a.btn").attributes["href"] or "")
    assert poll.status == 200
    ended = convener.follow(convener.submit(convener.get(address), "form[action$=end]"))
    assert ended.says("正在表决")


def test_a_contested_recusal_is_decided_by_the_rest(
    council: Council, new_client: NewClient, client: PageClient
) -> None:
    held = held_meeting(council)
    motion_id = held.ready(PROPERTY_BUILDS)
    number = queries.get_motion_by_id(motion_id).number
    address = f"{HERE}/meetings/{held.number}/motions/{number}"
    property_ = as_member(council, "p1", new_client)
    claim = queries.claims_of([motion_id])[0].claim.id
    form = property_.get(f"{address}/contest")
    page = property_.follow(property_.submit(form, about=f"claim:{claim}", reason="我们不参加投标"))
    assert page.says("有异议，等其他委员决定")
    assert page.says("由其他委员决定")
    assert not page.css("form[action$=answer]")
    convener = as_member(council, "b1", new_client)
    assert convener.post(f"{address}/claims/{claim}/decide", status=409).says("要超过一半才能决定")
    for code in ("b1", "b2", "r1", "r2", "o1", "o2"):
        member = as_member(council, code, new_client)
        answer = "take-part" if code != "o2" else "step-back"
        member.post(f"{address}/claims/{claim}/answer", {"answer": answer})
    assert convener.post(f"{address}/claims/{claim}/answer", {"answer": "step-back"}, status=409).says("已经表过态")
    convener.post(f"{address}/claims/{claim}/decide")
    page = client.get(address)
    assert page.says("不用回避")
    assert page.says("应当回避1席，不用回避5席")
