"""What a reader of a vote sees, and how a ballot is cast in two steps."""

from typing import Any

from flask import Flask
from sqlalchemy import event

from app.core.db import db
from app.core.values import Ref
from app.voting import actions, queries
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.polls import MATTER, open_approval, open_council, open_owners, seats, speaks_for, units, voter
from tests.world import PASSWORD, World

YES = {"choice": "yes"}


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
    assert four[3].startswith("物业 没有到会")
    assert page.says("到会的席位 达到 2 ／ 3席")
    assert page.says("登录以后才能投票。")
    assert not page.css("main form")


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


def test_a_ballot_is_marked_looked_at_once_more_and_cast(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    page = reader.get(f"/c/{world.slug}/polls/1")
    assert page.says("branch席1的选票")
    assert not page.css("main input[type=radio][checked]")
    review = reader.submit(page, "#ballot form", status=200, button="下一步：核对", **YES)
    assert review.says("您选的是： 同意")
    assert review.says("投出以后不能更改")
    assert queries.silent_lines(poll_id) == 4
    receipt = reader.follow(reader.submit(review, "main form.card", button="投出这一票"))
    assert receipt.h1 == "选票已收到"
    assert receipt.one(".seal").text(strip=True) == "收讫"
    line = queries.find_line(poll_id, "branch-1")
    assert line is not None
    assert line.choice == "yes"
    code = receipt.one(".receipt .code").text(strip=True)
    assert reader.get(f"/c/{world.slug}/receipts/{code.replace(' ', '-')}").says("第1号表决收到一张选票")


def test_whoever_looks_once_more_may_change_their_mind(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1)
    open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    ballot = reader.get(f"/c/{world.slug}/polls/1/ballot")
    review = reader.submit(ballot, "#ballot form", status=200, choice="no")
    again = reader.submit(review, "main form.card", status=200, button="返回修改")
    assert again.one("input[type=radio][checked]").attributes["value"] == "no"


def test_a_ballot_without_a_mark_says_what_to_do_and_nothing_is_cast(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    ballot = reader.get(f"/c/{world.slug}/polls/1/ballot")
    for typed in ({}, {"choice": "maybe"}, {"choice": ["yes", "no"]}):
        page = reader.submit(
            ballot, "#ballot form", status=422 if typed.get("choice") != ["yes", "no"] else 200, **typed
        )
        assert page.css(".errors") or page.says("您选的是")
    assert queries.silent_lines(poll_id) == 4


def test_casting_twice_by_a_double_click_is_one_ballot(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    reader = signed_in(client, world, "owner", *roll[0].voters)
    review = reader.submit(reader.get(f"/c/{world.slug}/polls/1/ballot"), "#ballot form", status=200, **YES)
    first = reader.submit(review, "main form.card", button="投出这一票")
    second = reader.submit(review, "main form.card", button="投出这一票")
    assert first.location == second.location
    assert _ballots(poll_id) == 1


def _ballots(poll_id: int) -> int:
    from app.voting.models import Ballot

    return db.session.query(Ballot).filter_by(poll_id=poll_id).count()


def test_a_vote_that_stands_cannot_be_cast_again_and_the_page_says_so(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    review = reader.submit(reader.get(f"/c/{world.slug}/polls/1/ballot"), "#ballot form", status=200, **YES)
    reader.submit(review, "main form.card", button="投出这一票")
    assert reader.get(f"/c/{world.slug}/polls/1/ballot").says("投出的票不能更改")
    refused = reader.post(
        f"/c/{world.slug}/polls/1/ballot", {"key": "branch-1", "choice": "no", "step": "cast"}, status=409
    )
    assert refused.says("投出的票不能更改")
    assert _ballots(poll_id) == 1


def test_an_owner_of_two_units_votes_for_each_and_may_change(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    reader = signed_in(client, world, "owner", *roll[0].voters, *roll[7].voters)
    page = reader.get(f"/c/{world.slug}/polls/1")
    assert page.says("您还没有投的票")
    review = reader.submit(page, "#ballot form", status=200, **YES)
    receipt = reader.follow(reader.submit(review, "main form.card", button="投出这一票"))
    assert receipt.says("2号楼102")
    page = reader.get(f"/c/{world.slug}/polls/1")
    assert page.says("2号楼102的选票")
    assert page.says("改投")
    change = reader.get(f"/c/{world.slug}/polls/1/ballot?key=1-101")
    review = reader.submit(change, "#ballot form", status=200, choice="abstain")
    clock.forward(minutes=5)
    reader.submit(review, "main form.card", button="投出这一票")
    line = queries.find_line(poll_id, "1-101")
    assert line is not None
    assert line.choice == "abstain"
    assert _ballots(poll_id) == 2


def test_an_approval_ballot_takes_several_ideas(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_approval(world, most=2)
    reader = signed_in(client, world, "resident", Ref("person", 1))
    ballot = reader.get(f"/c/{world.slug}/polls/1/ballot")
    too_many = reader.submit(ballot, "#ballot form", status=422, choice=["1", "2", "3"])
    assert too_many.says("最多选2项。")
    assert len(too_many.css("input[type=checkbox][checked]")) == 3
    review = reader.submit(ballot, "#ballot form", status=200, choice=["3", "1"])
    assert review.says("健身角 儿童滑梯")
    reader.submit(review, "main form.card", button="投出这一票")
    line = queries.find_line(poll_id, "r1")
    assert line is not None
    assert line.choice == '["1","3"]'


def test_whoever_is_not_on_the_roll_reads_why_there_is_no_ballot(
    client: PageClient, world: World, clock: Clock
) -> None:
    open_council(world)
    client.sign_in(world.login("resident"), PASSWORD)
    assert client.get(f"/c/{world.slug}/polls/1").says("名册里没有您的席位")
    page = client.get(f"/c/{world.slug}/polls/1/ballot")
    assert page.says("名册里没有您的席位")
    assert not page.css("#ballot")
    client.post(f"/c/{world.slug}/polls/1/ballot", {"key": "branch-1", "choice": "yes", "step": "cast"}, status=200)
    assert queries.silent_lines(1) == 8


def test_somebody_elses_ballot_is_never_cast(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    reader = signed_in(client, world, "member", *roll[0].voters)
    page = reader.post(f"/c/{world.slug}/polls/1/ballot", {"key": "owners-1", "choice": "yes", "step": "cast"})
    assert "receipts" in page.location
    owners, own = queries.find_line(poll_id, "owners-1"), queries.find_line(poll_id, "branch-1")
    assert owners is not None
    assert own is not None
    assert (owners.choice, own.choice) == (None, "yes")


def test_a_vote_needs_a_signed_in_voter(client: PageClient, world: World, clock: Clock) -> None:
    open_council(world)
    assert client.get(f"/c/{world.slug}/polls/1/ballot", status=303).location.startswith("/sign-in")


def test_a_receipt_is_for_whoever_may_cast_that_ballot(client: PageClient, world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    code = actions.cast_ballot(voter(roll[0], world), poll_id, "branch-1", "yes").code
    reader = signed_in(client, world, "member", *roll[1].voters)
    assert reader.get(f"/c/{world.slug}/polls/1/receipts/{code}", status=404).says("您名下没有这张回执")


def test_the_chair_closes_and_everybody_reads_the_outcome_with_its_numbers(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    for entry, choice in zip(roll, ("yes", "yes", "yes", "no"), strict=True):
        actions.cast_ballot(voter(entry, world), poll_id, entry.key, choice)
    client.sign_in(world.login("convener"), PASSWORD)
    page = client.get(f"/c/{world.slug}/polls/1")
    done = client.follow(client.submit(page, "aside form", button="宣布截止"))
    assert done.one("#outcome").text(strip=True) == "通过"
    assert done.one(".four .seal").text(strip=True) == "通过"
    assert done.says("同意的方数须达到3方，有3方，达到了。")
    assert done.says("物业同意的席位须达到1席，有0席，还差1席。")
    assert done.says("3 × 4 = 12，4 × 3 = 12")
    assert done.says("四方联席会议")
    assert not done.css("[hx-trigger]")
    assert not client.get(f"/c/{world.slug}/polls/1").css("aside form")


def test_nobody_else_sees_the_button_that_closes(client: PageClient, world: World, clock: Clock) -> None:
    open_council(world)
    client.sign_in(world.login("member"), PASSWORD)
    assert not client.get(f"/c/{world.slug}/polls/1").css("aside form")
    client.post(f"/c/{world.slug}/polls/1/close", status=403)


def test_an_owners_vote_is_not_closed_by_hand(client: PageClient, world: World, clock: Clock) -> None:
    open_owners(world)
    client.sign_in(world.login("convener"), PASSWORD)
    assert not client.get(f"/c/{world.slug}/polls/1").css("aside form")
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
    assert page.says("民法典 278")


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
    anyone, owner = new_client(), new_client()
    signed_in(owner, world, "owner", *(voter for entry in large for voter in entry.voters[:1]))
    base = f"/c/{world.slug}/polls"
    for reader, most in ((anyone, 8), (owner, 12)):
        reader.get(base)
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
