"""The desk refuses on record by the keyboard, everybody reads how many and why, the home sees its own, a mistake is undone."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from app.journal import actions as journal
from app.voting import actions, queries
from app.voting.queries import papers
from app.voting.rules.terms import FIRST as FIRST_COUNTS
from tests.conftest import Clock
from tests.desks import FIRST, handed_in, received, standing
from tests.page_client import PageClient
from tests.pages.test_voting_desk_pages import DESK, POLL, another, as_, picture
from tests.pages.test_voting_record_pages import unpacked, verified
from tests.polls import after_close, cast, open_owners, speaks_for, units
from tests.world import World

REFUSE = {"step": "refuse"}


def test_what_cannot_be_received_is_refused_by_a_second_press_and_a_typo_is_corrected_instead(
    client: PageClient, world: World, clock: Clock
) -> None:
    open_owners(world, units())
    clerk = as_(client, world, "clerk")
    page = clerk.submit(clerk.get(f"{DESK}/receive"), "main form.card", typed="9-999", status=409)
    assert page.says("登记拒收：不在名册上")
    assert page.one("input[autofocus]").attributes["value"] == "9-999"
    assert page.css("main form.card button")[0].text() == "收下"
    again = clerk.follow(clerk.submit(page, "main form.card", typed="1-101"))
    assert again.says("收下了：第1号，1号楼101")
    page = clerk.submit(clerk.get(f"{DESK}/receive"), "main form.card", typed="1-101", status=409)
    assert not page.css("button[name=step]")
    page = clerk.submit(clerk.get(f"{DESK}/receive"), "main form.card", typed="9-999", status=409)
    page = clerk.follow(clerk.submit(page, "main form.card", typed="9-999", **REFUSE))
    assert page.says("登记了：拒收第1号，不在名册上")
    assert PageClient(client.app).get(POLL).says("拒收的票1张：不在名册上1。")


def test_late_ballots_are_recorded_after_the_close_and_after_the_outcome(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    cast(world, poll_id, roll[0], "yes")
    clerk = as_(client, world, "clerk")
    early = clerk.get(f"{DESK}/receive")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    clerk.submit(early, "main form.card", typed="1-103", status=409)
    for number, declared in enumerate((False, True), 1):
        if declared:
            actions.declare_due()
        page = clerk.get(f"{DESK}/receive")
        assert page.says("投票已在")
        assert [button.text() for button in page.css("main form.card button")] == ["登记拒收"]
        page = clerk.follow(clerk.submit(page, "main form.card", typed=roll[number].key, **REFUSE))
        assert page.says(f"登记了：拒收第{number}号，迟到")
    refused = clerk.submit(page, "main form.card", typed=roll[2].key, status=409, **REFUSE)
    assert refused.says("已经登记过，是拒收第2号")
    actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", "9-999")
    stranger = PageClient(client.app)
    for address in (POLL, f"{POLL}/result"):
        assert stranger.get(address).says("拒收的票3张：迟到2，不在名册上1。")
        assert not stranger.get(address).says("1号楼102")
    assert clerk.get(DESK).says("登记迟到的票")
    page = clerk.get(f"{DESK}/refused")
    assert page.says("拒收第1号，1号楼102")
    assert page.says("拒收第3号")
    assert queries.desk_count(poll_id).received == 0


def test_ballots_made_void_stay_in_the_public_numbers(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    for entry in roll[:2]:
        actions.void_intake(world.actor(FIRST), poll_id, received(world, poll_id, entry), "空信封")
    assert PageClient(client.app).get(POLL).says("作废的票2张")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_due()
    assert PageClient(client.app).get(f"{POLL}/result").says("作废的票2张")


def test_the_home_whose_ballot_was_refused_reads_it_and_why(client: PageClient, world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    speaks_for(world.accounts["owner"], *roll[0].voters)
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.refuse_ballot(world.actor(FIRST), poll_id, "letter", roll[0].key)
    page = as_(client, world, "owner").get(POLL)
    assert page.says("1号楼101收到的票")
    assert page.says("拒收，不算 迟到")


def test_a_refusal_by_mistake_is_put_right_on_its_page(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_owners(world, units())
    actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", "1-1O1")
    actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", "1-1O2")
    clerk = as_(client, world, "clerk")
    page = clerk.get(f"{DESK}/refused/1")
    assert page.says("方式 纸质")
    clerk.submit(page, "form[action*=receive]", typed="", reason="", status=422)
    wrong = clerk.submit(page, "form[action*=receive]", typed="7-777", reason="看成了字母", status=409)
    assert wrong.one("form[action*=receive] [name=reason]").attributes["value"] == "看成了字母"
    page = clerk.follow(clerk.submit(page, "form[action*=receive]", typed="1-101", reason="看成了字母"))
    assert page.says("第1号，1号楼101")
    assert standing(poll_id, 1).key == "1-101"
    assert clerk.get(f"{DESK}/refused/1").says("理由：看成了字母")
    assert not clerk.get(f"{DESK}/refused/1").css("form[action*=refused]")
    page = clerk.get(f"{DESK}/refused/2")
    page = clerk.follow(clerk.submit(page, "form[action*=withdraw]", reason="没有这张票"))
    assert page.says("已更正")
    assert not PageClient(client.app).get(POLL).says("拒收的票")


def test_a_scan_of_a_refused_ballot_is_attached_and_not_public(client: PageClient, world: World, clock: Clock) -> None:
    poll_id = open_owners(world, units())
    actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", "9-999")
    clerk = as_(client, world, "clerk")
    page = clerk.get(f"{DESK}/refused/1")
    add = next(link.attributes["href"] for link in page.css("main a.btn") if "attachments" in str(link.attributes))
    sent = clerk.submit(clerk.get(add or ""), "main form", file=(BytesIO(picture()), "late.png"))
    page = clerk.follow(sent)
    assert page.says("拒收第1号")
    assert page.says("late.png")
    scan = page.css("main .rows a[href*=attachments]")[0].attributes["href"] or ""
    another(client, world, "owner").get(scan, status=403)


def test_after_the_close_who_refused_it_reads_why_another_has_to_put_it_right(
    client: PageClient, world: World, clock: Clock
) -> None:
    poll_id = open_owners(world, units(), days=1)
    actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", "1-1O1")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    page = as_(client, world, "clerk").get(f"{DESK}/refused/1")
    assert page.says("要由另一个人来更正")
    assert not page.css("form[action*=refused]")
    assert another(client, world, "convener").get(f"{DESK}/refused/1").css("form[action*=receive]")
    assert another(client, world, "auditor").get(f"{DESK}/refused/1").says("由服务台、秘书或召集人更正")


def test_a_late_paper_for_two_homes_is_one_page_and_is_put_right_there(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = [replace(entry, head="h1" if number < 2 else "h2") for number, entry in enumerate(units(1, 3))]
    poll_id = open_owners(world, roll, days=1)
    actions.issue_papers(world.actor("secretary"), poll_id, "owner")
    code = next(sheet.code for sheet in papers.sheets_of(poll_id) if len(sheet.lines) == 2)
    after_close(queries.get_poll(poll_id).closes_at, clock)
    clerk = as_(client, world, "clerk")
    page = clerk.follow(clerk.submit(clerk.get(f"{DESK}/receive"), "main form.card", typed=code, **REFUSE))
    assert page.says("登记了：拒收第1、2号，迟到")
    assert page.says("一张票上有2户：1号楼101、1号楼102。")
    listed = clerk.get(f"{DESK}/refused")
    assert len(listed.css("main ul.rows > li")) == 1
    assert listed.says("拒收第1、2号，1号楼101、1号楼102")
    actions.declare_due()
    other = another(client, world, "convener")
    page = other.get(f"{DESK}/refused/2")
    wrong = other.submit(page, "form[action*=receive]", typed=code, reason="看错了", status=409)
    assert wrong.says("改成的和原来记的一样")
    assert wrong.one("form[action*=receive] [name=reason]").attributes["value"] == "看错了"
    page = other.follow(other.submit(page, "form[action*=receive]", typed="1-103", reason="看错了房号"))
    assert page.says("拒收第3号，1号楼103")
    assert page.says("由拒收第1号改记，来的时间不变")
    old = other.get(f"{DESK}/refused/1")
    assert old.says("改记为拒收第3号")
    assert not old.css("form[action*=refused]")
    assert PageClient(client.app).get(f"{POLL}/result").says("拒收的票1张：迟到1。")
    assert page.says("要由另一个人来更正")
    page = clerk.follow(clerk.submit(clerk.get(f"{DESK}/refused/3"), "form[action*=withdraw]", reason="没有这张票"))
    assert page.says("已更正")
    assert not PageClient(client.app).get(f"{POLL}/result").says("拒收的票")


def test_a_ballot_refused_for_the_wrong_home_is_recorded_for_the_right_one_where_it_counts_neither(
    client: PageClient, world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll, changes=False, precedence=FIRST_COUNTS)
    cast(world, poll_id, roll[0], "yes")
    actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", "1-1O1")
    clerk = as_(client, world, "clerk")
    page = clerk.get(f"{DESK}/refused/1")
    assert not page.css("button[name=step]")
    page = clerk.submit(page, "form[action*=receive]", typed="1-101", reason="看成了字母", status=409)
    assert page.says("改记拒收：已经投过，不能更改")
    page = clerk.follow(clerk.submit(page, "form[action*=receive]", typed="1-101", reason="看成了字母", **REFUSE))
    assert page.says("拒收第2号，1号楼101")


@pytest.mark.parametrize("path", ["/refused", "/refused/1"])
def test_refusals_are_the_desks_own(client: PageClient, world: World, clock: Clock, path: str) -> None:
    poll_id = open_owners(world, units())
    actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", "9-999")
    for role, status in (("owner", 403), ("member", 403), ("auditor", 200)):
        another(client, world, role).get(f"{DESK}{path}", status=status)
    as_(client, world, "clerk").get(f"{DESK}/refused/99", status=404)


def test_the_record_of_a_vote_says_how_many_were_refused_and_still_verifies(
    client: PageClient, world: World, clock: Clock, tmp_path: Path
) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    handed_in(world, poll_id, roll[0], "yes")
    actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", "9-999")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_outcome(poll_id)
    journal.seal()
    first = client.get(f"{POLL}/record.zip")
    actions.refuse_ballot(world.actor(FIRST), poll_id, "paper", roll[1].key)
    journal.seal()
    second = client.get(f"{POLL}/record.zip")
    assert first.response.headers["ETag"] != second.response.headers["ETag"]
    files = unpacked(second)
    assert "服务台拒收的票2张：迟到1，不在名册上1。" in files["README.txt"].decode()
    assert len(files["ballots.jsonl"].splitlines()) == 1
    assert verified(files, tmp_path / "record")[0] == 0
