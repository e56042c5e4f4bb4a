"""What a reader of a vote sees."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import event

from app.core.db import db
from app.core.house import Link, house
from app.core.law.rows import law_row
from app.core.values import Ref
from app.voting import actions, queries
from app.voting.rules import owners_terms
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.polls import (
    MATTER,
    QUESTION,
    TODAY,
    open_approval,
    open_council,
    open_owners,
    seats,
    speaks_for,
    units,
    voter,
)
from tests.world import PASSWORD, World


def signed_in(client: PageClient, world: World, role: str, *refs: Ref) -> PageClient:
    speaks_for(world.accounts[role], *refs)
    client.sign_in(world.login(role), PASSWORD)
    return client


def test_before_the_first_vote_the_list_says_what_will_come(client: PageClient, world: World) -> None:
    assert client.get(f"/c/{world.slug}/polls").says("还没有表决")


def test_votes_are_listed_newest_first_with_their_state(client: PageClient, world: World, clock: Clock) -> None:
    open_council(world)
    open_owners(world)
    page = client.get(f"/c/{world.slug}/polls")
    assert [node.text(strip=True) for node in page.css("ul.rows .tag")] == ["投票中", "投票中"]
    assert page.css("ul.rows a")[0].attributes["href"] == f"/c/{world.slug}/polls/2"


def test_a_vote_is_listed_under_the_title_of_its_matter(client: PageClient, world: World, clock: Clock) -> None:
    open_council(world)
    house().describers[MATTER.kind] = lambda ids: {number: Link("楼道灯", "/c/wutongli/stories/1") for number in ids}
    page = client.get(f"/c/{world.slug}/polls")
    assert page.one("ul.rows a").text(strip=True) == "楼道灯"
    assert page.says("由主持人宣布截止")
    poll = client.get(f"/c/{world.slug}/polls/1")
    assert poll.h1 == "楼道灯"
    assert poll.one("p.ballot-q").text(strip=True) == "是否同意更换楼道灯？"


def test_the_days_of_an_owners_vote_are_drawn_with_today_in_them(
    client: PageClient, world: World, clock: Clock
) -> None:
    open_owners(world, days=15)
    clock.forward(days=3)
    days = client.get(f"/c/{world.slug}/polls/1").one("svg.days")
    assert days.attributes["aria-label"] == "共16天，今天是第4天"
    assert len(days.css("rect")) == 16


def test_an_announced_vote_tells_what_must_be_reached_before_anybody_is_on_its_roll(
    client: PageClient, world: World, clock: Clock
) -> None:
    terms, opens = owners_terms(6, TODAY, law_row), clock.now + timedelta(days=15)
    actions.announce_poll(
        world.actor("secretary"), world.community_id, MATTER, QUESTION, terms, opens, opens + timedelta(days=7)
    )
    page = client.get(f"/c/{world.slug}/polls/1")
    assert page.says("3/4以上（正好3/4也算）")
    assert page.says("在投票开始时按房屋名册确定")
    assert not page.says("名册校验值")
    assert not page.says("已有多少人参加")
    signed_in(client, world, "owner", Ref("person", 101))
    assert client.get(f"/c/{world.slug}/polls/1/ballot").says("投票还没有开始，3月17日")


def test_a_long_list_of_votes_is_read_page_by_page(client: PageClient, world: World, clock: Clock) -> None:
    for _ in range(queries.PAGE + 1):
        open_council(world)
    first = client.get(f"/c/{world.slug}/polls")
    assert len(first.css("ul.rows li")) == queries.PAGE
    rest = client.get(first.one("nav.pager a").attributes["href"] or "")
    assert [node.attributes["href"] for node in rest.css("ul.rows a")] == [f"/c/{world.slug}/polls/1"]


def test_anyone_sees_a_live_vote_of_the_council_seat_by_seat(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1, branch_1={"recused": True}, property_1={"present": False})
    poll_id = open_council(world, roll)
    actions.cast_ballot(voter(roll[1], world), poll_id, "residents-1", "yes")
    page = client.get(f"/c/{world.slug}/polls/1")
    assert page.h1 == "是否同意更换楼道灯？"
    four = [node.text(separator=" ", strip=True) for node in page.css(".four > div")]
    assert four[0].startswith("党支部 回避")
    assert four[1].startswith("居委会 同意 1/1席")
    assert "已投0席" in four[2]
    assert four[3].startswith("物业公司 没有到会")
    assert page.says("到会的席位 达到 2 ／ 3席")
    assert page.says("登录以后才能投票。")
    assert not page.css("main form[method=post]")


def test_anyone_sees_turnout_of_a_sealed_vote_and_nothing_of_how_it_stands(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units(2, 6)
    poll_id = open_owners(world, roll)
    before = client.get(f"/c/{world.slug}/polls/1")
    for entry in roll[:3]:
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, "no")
    page = client.get(f"/c/{world.slug}/polls/1")
    assert page.says("参加的业主 还差5人 3 ／ 12人")
    assert page.says("还差447.50 m²")
    assert page.says("同意多少，现在谁也看不到。")
    assert page.says("1号楼 3/6户")
    assert not page.says("同意的业主")
    rest = [node.text() for node in page.css("main .measure")]
    assert len(rest) == len(before.css("main .measure")) == 2


def test_the_chair_closes_and_everybody_reads_the_outcome_with_its_numbers(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    for entry, choice in zip(roll, ("yes", "yes", "yes", "no"), strict=True):
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, choice)
    client.sign_in(world.login("convener"), PASSWORD)
    page = client.get(f"/c/{world.slug}/polls/1")
    done = client.follow(client.submit(page, "aside form[method=post]", button="宣布截止"))
    assert done.one("#outcome").text(strip=True) == "通过"
    assert done.one(".four .seal").text(strip=True) == "通过"
    assert done.says("同意的方数须达到3方，有3方，达到了。")
    assert done.says("物业公司同意的席位须达到1席，有0席，还差1席。")
    assert done.says("3 × 4 = 12，4 × 3 = 12")
    assert done.says("四方联席会议")
    assert not done.css("[hx-trigger]")
    assert not client.get(f"/c/{world.slug}/polls/1").css("aside form[method=post]")


def test_nobody_else_sees_the_button_that_closes(client: PageClient, world: World, clock: Clock) -> None:
    open_council(world)
    client.sign_in(world.login("member"), PASSWORD)
    assert not client.get(f"/c/{world.slug}/polls/1").css("aside form[method=post]")
    client.post(f"/c/{world.slug}/polls/1/close", status=403)


def test_an_owners_vote_is_not_closed_by_hand(client: PageClient, world: World, clock: Clock) -> None:
    open_owners(world)
    client.sign_in(world.login("convener"), PASSWORD)
    assert not client.get(f"/c/{world.slug}/polls/1").css("aside form[method=post]")
    assert client.post(f"/c/{world.slug}/polls/1/close", status=409).says("不能提前结束")


def test_after_the_close_an_owners_vote_is_counting_and_then_explains_its_outcome(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll, follow_majority=True)
    for entry in roll[:6]:
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes")
    clock.forward(days=10, seconds=1)
    counting = client.get(f"/c/{world.slug}/polls/1")
    assert counting.says("计票中")
    assert counting.says("同意多少，现在谁也看不到。")
    clock.forward(seconds=30)
    assert actions.declare_due() == 1
    page = client.get(f"/c/{world.slug}/polls/1")
    assert page.one("#outcome").text(strip=True) == "参加的不够，不能作决定"
    assert page.says("参加的业主须达到8人，有6人，还差2人。")
    assert page.says("没投的票计入多数以后")
    assert page.says("同意的业主须达到7人，有12人，达到了。")
    assert page.says("民法典第278条")


def test_who_took_part_is_public_after_the_close_and_how_only_for_the_owners(
    client: PageClient, new_client: Any, world: World, clock: Clock
) -> None:
    roll = units(2, 60)
    poll_id = open_owners(world, roll)
    actions.cast_ballot(voter(roll[0], world), poll_id, roll[0].key, "no")
    path = f"/c/{world.slug}/polls/1/roll"
    before = client.get(path)
    assert before.says("哪些户参加了，截止以后公布。")
    assert not before.css("table")
    clock.forward(days=11)
    actions.declare_due()
    page = client.get(path)
    assert len(page.css("tbody tr")) == 100
    assert page.css("tbody tr")[0].text(separator=" ", strip=True).split() == ["1号楼101", "参加了"]
    assert page.says("只有本次投票的业主登录后可以看")
    rest = client.get(page.one("nav.pager a").attributes["href"] or "")
    assert len(rest.css("tbody tr")) == 20
    owner = signed_in(new_client(), world, "owner", *roll[1].voters)
    assert owner.get(path).css("tbody tr")[0].text(separator=" ", strip=True).split() == [
        "1号楼101",
        "参加了",
        "不同意",
    ]
    client.get(f"/c/{world.other_slug}/polls/1/roll", status=404)


def test_who_took_part_in_a_residents_poll_stays_their_own_affair(
    client: PageClient, world: World, clock: Clock
) -> None:
    open_approval(world)
    clock.forward(days=11)
    actions.declare_due()
    assert client.get(f"/c/{world.slug}/polls/1/roll").says("只公布人数，不公布谁投了票")


def test_an_approval_poll_shows_its_votes_only_after_the_close(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_approval(world)
    for number, chosen in ((1, ["1"]), (2, ["1", "2"]), (3, ["2", "3"])):
        who = world.actor("resident", Ref("person", number))
        actions.cast_ballot(who, poll_id, f"r{number}", chosen)
    page = client.get(f"/c/{world.slug}/polls/1")
    assert page.says("谁选了什么，现在谁也看不到。")
    assert not page.says("健身角")
    clock.forward(days=10, minutes=1)
    actions.declare_due()
    page = client.get(f"/c/{world.slug}/polls/1")
    table = [node.text(separator=" ", strip=True) for node in page.css("#standing tbody tr")]
    assert [row.split() for row in table] == [
        ["健身角", "得票最多", "2"],
        ["充电棚", "得票最多", "2"],
        ["儿童滑梯", "1"],
    ]
    assert page.says("征求意见")


def test_a_live_standing_is_read_again_as_a_fragment(client: PageClient, world: World, clock: Clock) -> None:
    open_council(world)
    page = client.get(f"/c/{world.slug}/polls/1")
    standing = page.one("#standing").attributes
    assert standing["hx-get"] == f"/c/{world.slug}/polls/1"
    fragment = client.get(f"/c/{world.slug}/polls/1", htmx="standing")
    assert fragment.html.strip().startswith('<div id="standing"')
    assert "<h1" not in fragment.html


def test_a_vote_of_another_community_is_not_found_here(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1)
    open_council(world, roll)
    reader = signed_in(client, world, "convener", *roll[0].voters)
    for path in ("polls/1", "polls/1/ballot", "polls/1/receipts/AAAA-AAAA"):
        assert reader.get(f"/c/{world.other_slug}/{path}", status=404).says("没有这次表决")
    reader.post(f"/c/{world.other_slug}/polls/1/close", status=403)
    reader.post(
        f"/c/{world.other_slug}/polls/1/ballot", {"key": "branch-1", "choice": "yes", "step": "cast"}, status=404
    )
    assert not reader.get(f"/c/{world.other_slug}/polls").says("更换楼道灯")
    assert queries.silent_lines(1) == 4


def test_whatever_waits_for_a_voter_stands_on_their_first_screen(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    assert reader.get(f"/c/{world.slug}/todo").says("branch席1还没有投票")
    actions.cast_ballot(voter(roll[0], world), poll_id, "branch-1", "yes")
    clock.forward(minutes=1)
    assert not reader.get(f"/c/{world.slug}/todo").says("branch席1")


def test_a_vote_is_found_by_its_words(client: PageClient, world: World, clock: Clock) -> None:
    open_council(world)
    assert client.get(f"/c/{world.slug}/search?q=楼道灯").says("是否同意更换楼道灯？")


def test_a_matter_shows_its_vote_as_a_station_and_whose_turn_it_is(app: Flask, world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    with app.test_request_context(f"/c/{world.slug}/polls"):
        app.preprocess_request()
        station = queries.stations(MATTER)[0]
        assert (station.name, station.state) == ("vote", "now")
        [turn] = queries.turns(MATTER, voter(roll[0], world))
        assert (turn.mine, turn.button) == (True, "去投票")
        assert [turn.mine for turn in queries.turns(MATTER, world.actor("resident"))] == [False]
        assert queries.links([poll_id])[poll_id].url == f"/c/{world.slug}/polls/1"
    for entry in roll:
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes")
    actions.close_poll(world.actor("convener"), poll_id)
    with app.test_request_context(f"/c/{world.slug}/polls"):
        app.preprocess_request()
        assert queries.stations(MATTER)[0].state == "done"
        assert queries.turns(MATTER, world.actor("resident")) == []


def _statements(client: PageClient, url: str) -> int:
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client.get(url)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def test_pages_ask_the_database_a_constant_number_of_times(new_client: Any, world: World, clock: Clock) -> None:
    small, large = units(1, 2), units(8, 30)
    open_owners(world, small)
    open_owners(world, large)
    open_council(world, seats(1))
    open_council(world, seats(6))
    open_owners(world, small)
    anyone, owner = new_client(), new_client()
    signed_in(owner, world, "owner", *(voter for entry in large for voter in entry.voters[:1]))
    base = f"/c/{world.slug}/polls"
    for reader, most in ((anyone, 8), (owner, 12)):
        reader.get(base)
        reader.get(f"{base}/5")  # all five have one matter, and what hangs about it is remembered for a moment
        counts = [_statements(reader, f"{base}/{number}") for number in (1, 2, 3, 4)]
        assert max(counts) <= most, counts
        assert counts[0] == counts[1]
        assert counts[2] == counts[3]
        assert _statements(reader, base) <= most


def test_a_closed_vote_reads_in_english_too(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    for entry in roll:
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, "yes")
    actions.close_poll(world.actor("convener"), poll_id)
    client.prefer("en")
    page = client.get(f"/c/{world.slug}/polls/1")
    assert page.one("#outcome").text(strip=True) == "Adopted"
    assert page.says("Parties in favour: 3 parties needed, 4 parties counted: reached.")
