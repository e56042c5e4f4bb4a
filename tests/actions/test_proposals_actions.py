"""From the draft to the agenda and the resolution, on both databases."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import Conflict, Forbidden, NotFound, Refused
from app.core.permissions import RESIDENT
from app.core.questions import answers
from app.core.values import Actor, Grant, Ref
from app.discussion.queries import find_thread
from app.identity.actions import create_account
from app.journal.models import JournalEntry
from app.proposals import actions, queries, rules
from app.proposals.models import ProposalSupport, ProposalWord
from tests.conftest import Clock
from tests.world import PASSWORD, World

TITLE = "在3号楼东侧空地建电动自行车充电棚"
BODY = "建一座能停48辆、带自动断电和喷淋的充电棚，楼道里不再充电。"
RESOLUTION = Ref("resolution", 5)


def submitted(
    world: World, title: str = TITLE, body: str = BODY, budget: int | None = 12_600_000
) -> queries.ProposalRow:
    number = actions.submit_proposal(world.actor("resident"), world.community_id, title, body, budget, "陈女士，2号楼")
    return queries.get_by_number(world.community_id, number)


def neighbours(world: World, many: int) -> list[Actor]:
    return [
        Actor(create_account(f"邻居{n}", f"neighbour-{n}", PASSWORD), frozenset({Grant(world.community_id, RESIDENT)}))
        for n in range(many)
    ]


def supported(world: World, many: int = 10) -> tuple[queries.ProposalRow, list[Actor]]:
    row, crowd = submitted(world), neighbours(world, many)
    for one in crowd:
        actions.support_proposal(one, row.id, row.version)
    return queries.get_proposal(row.id), crowd


def test_a_proposal_gets_the_next_number_of_its_community_and_a_discussion(world: World) -> None:
    first, second = submitted(world), submitted(world, "更换楼道灯和夜间照明")
    assert (first.number, second.number, first.state) == (1, 2, rules.GATHERING)
    assert find_thread(first.matter) is not None


@pytest.mark.parametrize(("title", "body"), [("灯", BODY), (TITLE, "短")])
def test_a_proposal_without_a_title_or_a_reason_takes_no_number(world: World, title: str, body: str) -> None:
    with pytest.raises(Refused):
        submitted(world, title, body)
    assert submitted(world).number == 1


@pytest.mark.parametrize("role", ["clerk", "supplier", "evaluator", "auditor"])
def test_who_does_not_live_or_own_here_cannot_propose_or_support(world: World, role: str) -> None:
    row = submitted(world)
    with pytest.raises(Forbidden):
        actions.submit_proposal(world.actor(role), world.community_id, TITLE, BODY, None, "某人")
    with pytest.raises(Forbidden):
        actions.support_proposal(world.actor(role), row.id, 1)


def test_the_desk_writes_down_a_proposal_for_somebody_without_the_web(world: World) -> None:
    number = actions.enter_proposal(world.actor("clerk"), world.community_id, TITLE, BODY, None, "刘奶奶，1号楼")
    row = queries.get_by_number(world.community_id, number)
    assert (row.by_desk, row.account_id, row.label) == (True, None, "刘奶奶，1号楼")
    with pytest.raises(Forbidden):
        actions.enter_proposal(world.actor("resident"), world.community_id, TITLE, BODY, None, "别人")


def test_a_support_counts_once_and_can_be_taken_back(world: World) -> None:
    row, owner = submitted(world), world.actor("owner")
    for _ in range(3):
        actions.support_proposal(owner, row.id, 1)
    seen = queries.get_proposal(row.id, owner.account_id)
    assert (seen.supports, seen.supports_now, seen.supported) == (1, 1, 1)
    for _ in range(2):
        actions.withdraw_support(owner, row.id)
    seen = queries.get_proposal(row.id, owner.account_id)
    assert (seen.supports, seen.supports_now, seen.supported) == (0, 0, None)


def test_the_author_does_not_support_their_own(world: World) -> None:
    row = submitted(world)
    with pytest.raises(Refused, match="您提出"):
        actions.support_proposal(world.actor("resident"), row.id, 1)


def test_nine_supporters_are_not_enough_and_the_tenth_is(world: World, clock: Clock) -> None:
    row, crowd = supported(world, 9)
    secretary = world.actor("secretary")
    assert row.state == rules.GATHERING
    with pytest.raises(Refused, match="还差"):
        actions.admit_proposal(secretary, row.id, 1)
    actions.support_proposal(world.actor("owner"), row.id, 1)
    assert queries.get_proposal(row.id).state == rules.READY
    actions.withdraw_support(crowd[0], row.id)
    assert queries.get_proposal(row.id).state == rules.READY
    actions.admit_proposal(secretary, row.id, 1)
    assert queries.get_proposal(row.id).state == rules.ADMITTED


def test_only_the_desk_admits_and_returns(world: World) -> None:
    row, _ = supported(world)
    for role in ("resident", "owner", "member", "clerk", "operator"):
        with pytest.raises(Forbidden):
            actions.admit_proposal(world.actor(role), row.id, 1)
        with pytest.raises(Forbidden):
            actions.return_proposal(world.actor(role), row.id, "没有预算", "写上预算")


def test_admitting_names_who_decides_in_the_end(world: World) -> None:
    row, _ = supported(world)
    with pytest.raises(ValueError, match="no such matter"):
        actions.admit_proposal(world.actor("secretary"), row.id, 1, 10)
    actions.admit_proposal(world.actor("secretary"), row.id, 1, 8)
    assert queries.get_proposal(row.id).owners_matter == 8


def test_a_returned_proposal_shows_why_and_what_to_change(world: World) -> None:
    row, _ = supported(world)
    with pytest.raises(Refused, match="写清楚"):
        actions.return_proposal(world.actor("secretary"), row.id, "没有预算", " ")
    actions.return_proposal(world.actor("secretary"), row.id, "没有预算", "写上预算和位置")
    back = queries.get_proposal(row.id)
    assert (back.state, back.return_reason, back.return_wish) == (rules.RETURNED, "没有预算", "写上预算和位置")
    with pytest.raises(Refused, match="退回"):
        actions.support_proposal(world.actor("owner"), row.id, 1)


def test_what_was_returned_after_enough_support_goes_back_to_the_desk_at_once(world: World, clock: Clock) -> None:
    row, _ = supported(world)
    actions.return_proposal(world.actor("secretary"), row.id, "没有预算", "写上预算")
    clock.forward(days=2)
    version = actions.revise_proposal(world.actor("resident"), row.id, 1, TITLE, BODY, 9_900_000, "写上了预算")
    back = queries.get_proposal(row.id)
    assert (version, back.state, back.supports, back.supports_now) == (2, rules.READY, 10, 0)
    assert back.facts.reached_at == clock.now
    assert back.return_reason == ""
    actions.admit_proposal(world.actor("secretary"), row.id, 2)


def test_what_was_returned_before_enough_support_goes_on_gathering(world: World) -> None:
    row, _ = supported(world, 3)
    actions.return_proposal(world.actor("secretary"), row.id, "和另一件重复", "写清不同在哪里")
    actions.revise_proposal(world.actor("resident"), row.id, 1, TITLE, BODY + "和第2号不同。", None, "")
    assert queries.get_proposal(row.id).state == rules.GATHERING


def test_supports_stay_with_the_version_that_was_supported(app: Flask, world: World, clock: Clock) -> None:
    row, crowd = supported(world, 10)
    actions.revise_proposal(world.actor("resident"), row.id, 1, TITLE, BODY + "改停96辆。", 20_000_000, "加倍")
    changed = queries.get_proposal(row.id, crowd[0].account_id)
    assert (changed.state, changed.supports, changed.supports_now, changed.supported) == (rules.GATHERING, 10, 0, 1)
    stored = list(db.session.scalars(select(ProposalSupport.version)))
    assert stored == [1] * 10
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        (asked,) = answers(queries.waiting(world.community_id, crowd[0]))
        assert asked.ref == row.matter
        with pytest.raises(Conflict):
            actions.support_proposal(crowd[0], row.id, 1)
        actions.support_proposal(crowd[0], row.id, 2)
        assert list(answers(queries.waiting(world.community_id, crowd[0]))) == []
    again = queries.get_proposal(row.id, crowd[0].account_id)
    assert (again.supports, again.supports_now, again.supported) == (10, 1, 2)
    actions.withdraw_support(crowd[1], row.id)
    assert queries.get_proposal(row.id).supports_now == 1


def test_only_the_author_revises_and_a_stale_window_changes_nothing(world: World) -> None:
    row = submitted(world)
    with pytest.raises(Refused, match="提案人"):
        actions.revise_proposal(world.actor("owner"), row.id, 1, TITLE, BODY + "改。", None, "")
    actions.revise_proposal(world.actor("resident"), row.id, 1, TITLE, BODY + "改。", None, "")
    with pytest.raises(Conflict):
        actions.revise_proposal(world.actor("resident"), row.id, 1, TITLE, BODY + "另改。", None, "")
    assert queries.get_proposal(row.id).body == BODY + "改。"
    with pytest.raises(Refused, match="没有改动"):
        actions.revise_proposal(world.actor("resident"), row.id, 2, TITLE, BODY + "改。", None, "")


def test_every_version_is_kept_with_its_return(world: World) -> None:
    row = submitted(world)
    actions.return_proposal(world.actor("secretary"), row.id, "太短", "写长一点")
    actions.revise_proposal(world.actor("resident"), row.id, 1, "新的题目", BODY, None, "换题目")
    newest, oldest = queries.versions(row.id)
    assert (newest.version, newest.title, newest.note, newest.returned_at) == (2, "新的题目", "换题目", None)
    assert (oldest.title, oldest.reason, oldest.wish) == (TITLE, "太短", "写长一点")


def test_withdrawing_closes_the_talk_and_keeps_the_text(world: World, clock: Clock) -> None:
    row = submitted(world)
    with pytest.raises(Refused, match="提案人"):
        actions.withdraw_proposal(world.actor("owner"), row.id)
    actions.withdraw_proposal(world.actor("resident"), row.id)
    gone = queries.get_proposal(row.id)
    assert (gone.state, gone.body) == (rules.WITHDRAWN, BODY)
    thread = find_thread(row.matter)
    assert thread is not None
    assert thread.closed_at == clock.now
    with pytest.raises(Refused, match="撤回"):
        actions.support_proposal(world.actor("owner"), row.id, 1)


def test_what_is_on_the_agenda_is_neither_revised_nor_withdrawn_nor_returned(world: World) -> None:
    row, _ = supported(world)
    actions.admit_proposal(world.actor("secretary"), row.id, 1)
    with pytest.raises(Refused, match="议程"):
        actions.revise_proposal(world.actor("resident"), row.id, 1, TITLE, BODY + "改。", None, "")
    with pytest.raises(Refused, match="会上"):
        actions.withdraw_proposal(world.actor("resident"), row.id)
    with pytest.raises(Refused, match="议程"):
        actions.return_proposal(world.actor("secretary"), row.id, "晚了", "不用改")


def test_a_resolution_settles_what_is_on_the_agenda_and_nothing_else(world: World, clock: Clock) -> None:
    row, _ = supported(world)
    with pytest.raises(Refused, match="还没有列入议程"):
        actions.settle_proposal(world.actor("secretary"), row.id, "adopted", RESOLUTION)
    actions.admit_proposal(world.actor("secretary"), row.id, 1)
    with pytest.raises(Refused):
        actions.settle_proposal(world.actor("secretary"), row.id, "not-quorate", RESOLUTION)
    actions.settle_proposal(world.actor("secretary"), row.id, "adopted", RESOLUTION)
    done = queries.get_proposal(row.id)
    assert (done.state, done.resolution) == (rules.ADOPTED, RESOLUTION)
    with pytest.raises(Refused, match="已经有决议"):
        actions.settle_proposal(world.actor("secretary"), row.id, "rejected", RESOLUTION)
    assert [one.number for one in queries.overview(world.community_id).settled] == [row.number]


def test_the_desk_sees_what_waits_and_until_when(app: Flask, world: World, clock: Clock) -> None:
    row, _ = supported(world)
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        (todo,) = answers(queries.waiting(world.community_id, world.actor("secretary")))
        # The clock shows Monday, 2 March 2026: five working days end on Monday the 9th at 18:00.
        assert (todo.ref, todo.by and todo.by.isoformat()) == (row.matter, "2026-03-09T18:00:00+08:00")
        assert list(answers(queries.waiting(world.other_id, world.actor("secretary")))) == []
        actions.return_proposal(world.actor("secretary"), row.id, "没有预算", "写上预算")
        assert list(answers(queries.waiting(world.community_id, world.actor("secretary")))) == []
        (back,) = answers(queries.waiting(world.community_id, world.actor("resident")))
        assert back.ref == row.matter


def test_each_tab_lists_what_belongs_there_page_by_page(world: World) -> None:
    rows = [submitted(world, f"第{n}件要办的事") for n in range(7)]
    crowd = neighbours(world, 10)
    for row in rows[:2]:
        for one in crowd:
            actions.support_proposal(one, row.id, 1)
        actions.admit_proposal(world.actor("secretary"), row.id, 1)
    actions.settle_proposal(world.actor("secretary"), rows[0].id, "rejected", RESOLUTION)
    actions.withdraw_proposal(world.actor("resident"), rows[2].id)

    def numbers(tab: str) -> list[int]:
        seen: list[int] = []
        before: int | None = None
        while True:
            page, before = queries.proposals(world.community_id, tab, before, limit=2)
            seen += [one.number for one in page]
            if before is None:
                return seen

    assert numbers(queries.TALKED) == [7, 6, 5, 4]
    assert numbers(queries.AGENDA) == [2]
    assert numbers(queries.DONE) == [1]
    assert numbers(queries.ALL) == [7, 6, 5, 4, 3, 2, 1]
    assert queries.proposals(world.other_id, queries.ALL) == ([], None)


@pytest.mark.parametrize("words", ["充电棚", "自行车 充电", "3号楼", "第1号", "1", "１", "喷淋", "东侧空地"])
def test_a_proposal_is_found_by_its_words_its_place_and_its_number(world: World, words: str) -> None:
    submitted(world)
    submitted(world, "更换楼道灯和夜间照明", "楼道的灯坏了一半，老人夜里看不见。")
    assert [one.number for one in queries.find_by_words(world.community_id, words)] == [1]
    assert queries.find_by_words(world.other_id, words) == []


@pytest.mark.parametrize("words", ["", "%", "_", "的", "地铁站", "' OR 1=1", "\x00"])
def test_what_stands_nowhere_finds_nothing(world: World, words: str) -> None:
    submitted(world)
    assert queries.find_by_words(world.community_id, words) == []


def test_words_of_an_old_version_find_nothing_any_more(world: World) -> None:
    row = submitted(world)
    actions.revise_proposal(
        world.actor("resident"), row.id, 1, "更换楼道灯和夜间照明", "楼道的灯坏了一半。老人看不见。", None, ""
    )
    assert queries.find_by_words(world.community_id, "充电棚") == []
    assert len(queries.find_by_words(world.community_id, "楼道灯")) == 1
    assert (db.session.scalar(select(func.count()).select_from(ProposalWord)) or 0) > 5


def test_a_draft_is_kept_as_typed_for_its_writer_alone(world: World) -> None:
    resident, here = world.actor("resident"), world.community_id
    assert actions.save_draft(resident, here, "充", "", "十二万") == 1
    assert actions.save_draft(resident, here, "充电", "", "十二万", 1) == 2
    draft = queries.find_draft(here, world.accounts["resident"])
    assert draft is not None
    assert (draft.title, draft.body, draft.budget) == ("充电", "", "十二万")
    assert queries.find_draft(here, world.accounts["owner"]) is None
    assert queries.find_draft(world.other_id, world.accounts["resident"]) is None
    with pytest.raises(Forbidden):
        actions.save_draft(world.actor("supplier"), here, "x", "", "")


def test_a_second_window_never_writes_over_a_newer_draft(world: World) -> None:
    resident, here = world.actor("resident"), world.community_id
    first = actions.save_draft(resident, here, "第一个窗口", "", "")
    actions.save_draft(resident, here, "第一个窗口又写", "", "", first)
    with pytest.raises(Conflict):
        actions.save_draft(resident, here, "第二个窗口", "", "", first)
    draft = queries.find_draft(here, world.accounts["resident"])
    assert draft is not None
    assert draft.title == "第一个窗口又写"


def test_handing_in_or_throwing_away_ends_the_draft(world: World) -> None:
    resident, here = world.actor("resident"), world.community_id
    actions.save_draft(resident, here, "写着", "", "")
    submitted(world)
    assert queries.find_draft(here, world.accounts["resident"]) is None
    actions.save_draft(resident, here, "又写", "", "")
    actions.drop_draft(resident, here)
    assert queries.find_draft(here, world.accounts["resident"]) is None


def test_no_title_text_or_name_stands_in_the_record(world: World) -> None:
    row, _ = supported(world)
    actions.return_proposal(world.actor("secretary"), row.id, "理由不进账本", "写上预算")
    texts = " ".join(db.session.scalars(select(JournalEntry.text).where(JournalEntry.matter_kind == "proposal")))
    assert "ProposalReturned" in texts
    assert not any(word in texts for word in ("充电", "喷淋", "陈女士", "理由不进"))


def test_an_unknown_proposal_is_not_found(world: World) -> None:
    row = submitted(world)
    for act in (
        lambda: queries.get_by_number(world.other_id, row.number),
        lambda: queries.get_proposal(row.id + 99),
        lambda: actions.withdraw_support(world.actor("owner"), row.id + 99),
    ):
        with pytest.raises(NotFound):
            act()


def test_time_alone_changes_no_state(world: World, clock: Clock) -> None:
    row, _ = supported(world)
    clock.set(clock.now + timedelta(days=3650))
    assert queries.get_proposal(row.id).state == rules.READY
