"""What a posting tells: an annulled outcome no more, a resolution on its own, a call to the residents home by home."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.assemblies.actions import convene, convene_residents
from app.assemblies.rules import Draft
from app.core.errors import Forbidden
from app.core.values import Ref
from app.core.workdays import Workdays
from app.council.queries import resolutions_of
from app.publication import actions, queries, rules
from app.publication.queries import PostingRow
from app.register.actions import import_register
from app.register.queries.rolls import homes_roll
from app.voting.actions import annul_poll
from app.voting.queries import get_poll
from tests.actions.test_owners_decisions_actions import REASON, admitted, vote
from tests.books import SMALL, TODAY, read
from tests.calling import ITEMS
from tests.conftest import Clock
from tests.council_world import minutes_of, seat_council
from tests.postings import posted
from tests.world import World


def hanging(world: World, kind: str) -> list[PostingRow]:
    return [row for row in queries.in_full(world.community_id) if row.kind == kind]


@pytest.mark.parametrize("days", [1, 40])
def test_when_a_vote_is_annulled_its_outcome_is_marked_as_withdrawn_even_after_its_term(
    app: Flask, world: World, clock: Clock, days: int
) -> None:
    matter = admitted(world, owners_matter=5)
    poll_id = vote(world, clock, matter, yes=8)
    (row,) = hanging(world, rules.OUTCOME)
    assert (row.matter, row.source) == (matter, Ref("poll", poll_id))
    clock.forward(days=days)
    actions.end_due()
    annul_poll(world.actor("convener"), poll_id, REASON)
    (row,) = hanging(world, rules.OUTCOME)
    assert row.state == rules.WITHDRAWN
    assert row.withdrawn_reason == f"第{get_poll(poll_id).number}号投票已经撤销，这里公示的内容没有效力：{REASON}"
    assert row.body.startswith("同意吗？")


def test_the_vote_in_its_place_is_posted_anew_and_names_the_first(app: Flask, world: World, clock: Clock) -> None:
    matter = admitted(world, owners_matter=5)
    first = vote(world, clock, matter, yes=8)
    annul_poll(world.actor("convener"), first, REASON)
    again = vote(world, clock, matter, yes=9, succeeds=first)
    old, new = hanging(world, rules.OUTCOME)
    assert (old.state, new.state) == (rules.WITHDRAWN, rules.RUNNING)
    assert new.source == Ref("poll", again)
    assert f"这是第{get_poll(first).number}号投票撤销以后的重新投票。" in new.body
    assert "重新投票" not in old.body


def test_a_correction_of_an_outcome_is_withdrawn_with_it_and_a_long_reason_is_cut(
    app: Flask, world: World, clock: Clock
) -> None:
    matter = admitted(world, owners_matter=5)
    poll_id = vote(world, clock, matter, yes=8)
    (row,) = hanging(world, rules.OUTCOME)
    posted(world, [], corrects=row.number, kind=rules.OUTCOME, begins=clock.now.date(), matter=matter)
    annul_poll(world.actor("convener"), poll_id, "程序不合规定。" * 100)
    both = hanging(world, rules.OUTCOME)
    assert [one.state for one in both] == [rules.WITHDRAWN] * 2
    assert {len(one.withdrawn_reason) for one in both} == {rules.LONGEST_REASON}


def test_the_call_is_taken_down_once_no_vote_of_it_is_left(app: Flask, world: World, clock: Clock) -> None:
    import_register(world.actor("operator"), world.community_id, read(SMALL), "a" * 64, TODAY)
    opens = clock.now + timedelta(days=16)
    notice = Draft(title="使用维修资金", items=ITEMS, notice="通知全体业主")
    made = convene(world.actor("secretary"), world.community_id, notice, opens, opens + timedelta(days=9))
    polls = [made.poll_id, made.poll_id + 1]
    for poll_id, state in zip(polls, (rules.RUNNING, rules.WITHDRAWN), strict=True):
        annul_poll(world.actor("convener"), poll_id, REASON)
        (row,) = hanging(world, rules.OWNERS_NOTICE)
        assert row.state == state
    assert row.source == Ref("assembly", made.assembly_id)


def test_only_who_may_take_down_marks_what_told_something(app: Flask, world: World, clock: Clock) -> None:
    with pytest.raises(Forbidden):
        actions.withdraw_what_told(world.actor("clerk"), world.community_id, Ref("poll", 1), REASON)
    assert actions.withdraw_what_told(world.actor("convener"), world.community_id, Ref("poll", 1), REASON) == 0


def test_a_resolution_hangs_on_its_own_once_the_minutes_are_signed(app: Flask, world: World, clock: Clock) -> None:
    held = minutes_of(seat_council(world))
    assert hanging(world, rules.RESOLUTION) == []
    held.sign("b1", "r1", "o1")
    assert hanging(world, rules.RESOLUTION) == []
    held.sign("p1")
    (resolution,) = resolutions_of([held.id])
    (row,) = hanging(world, rules.RESOLUTION)
    assert (row.source, row.matter, row.automatic) == (resolution.ref, resolution.matter, True)
    assert row.title == f"决议：{resolution.title}"
    assert row.body.startswith(f"第1次四方联席会议通过{resolution.label}。\n1. ")
    for words in ("表决：", "不同意见：", "路灯应装在西侧坡道", "全文见本站的决议页和会议纪要。"):
        assert words in row.body
    assert "公布施工时间表" not in row.body
    assert (row.days, row.in_workdays) == (5, True)
    assert Workdays().workdays_between(row.span.begins, row.span.last) == 5


def test_residents_are_called_home_by_home_and_a_notice_in_the_building_reaches_them(
    app: Flask, world: World, clock: Clock
) -> None:
    import_register(world.actor("operator"), world.community_id, read(SMALL), "a" * 64, TODAY)
    opens = clock.now + timedelta(days=1)
    convene_residents(
        world.actor("secretary"), world.community_id, "广场舞几点结束", "几点？", opens, opens + timedelta(days=1)
    )
    (row,) = hanging(world, rules.RESIDENTS_NOTICE)
    homes = homes_roll(world.community_id, date(2026, 3, 2))
    assert row.lines == len(homes) > 0
    assert row.body.startswith("请在2026年3月3日9:00至2026年3月4日9:00之间投票。\n问大家的事：广场舞几点结束。")
    assert row.span.last == date(2026, 3, 9), "five working days, longer than the vote"
    building = homes[0].building
    done = actions.record_service(world.actor("clerk"), row.id, rules.NOTICE, date(2026, 3, 2), building=building)
    left = queries.unreached_lines(row)
    assert {line.building for line in left}.isdisjoint({building})
    assert done.added + len(left) == row.lines
