"""Meetings in the database: no step out of order, nothing counted that was not there."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from app.bylaws.actions import publish_rule
from app.core.errors import Forbidden, NotFound, Refused
from app.core.values import Ref
from app.council import actions, queries
from app.journal.actions import settle
from app.voting.actions import cast_ballot, declare_due
from app.voting.queries import get_poll
from app.voting.queries import roll_of as poll_roll
from tests.conftest import Clock
from tests.council_world import LAMPS, PROPERTY_BUILDS, SEATS, TITLE, Council, Held, convene
from tests.stories import story
from tests.world import World

EIGHT = ("b1", "b2", "r1", "r2", "o1", "o2", "p1", "p2")


@story()
def held(council: Council) -> Held:
    """A meeting that the convener has opened, with all thirteen there."""
    return opened(council)


def opened(council: Council, *codes: str) -> Held:
    held = convene(council)
    held.open(*codes)
    return held


def test_the_agenda_is_frozen_on_the_notice(council: Council) -> None:
    held = convene(council)
    late = actions.propose_agenda_item(council.secretary, council.community_id, Ref("wish", 9), "后来的事")
    held.open()
    with pytest.raises(Refused, match="没有写在会议通知上"):
        actions.move(council.member("o1"), held.id, late, "顺便也决定一下")
    assert [item.id for item in queries.waiting_items(council.community_id)] == [late]


def test_a_matter_stands_on_one_notice_at_a_time(council: Council, clock: Clock) -> None:
    held = convene(council)
    with pytest.raises(Refused, match="已经列入别的会议"):
        actions.convene_meeting(
            council.secretary, council.community_id, clock.now + timedelta(days=9), "会议室", held.items
        )


def test_a_community_may_ask_for_longer_notice(council: Council, clock: Clock) -> None:
    publish_rule(
        council.convener, council.community_id, "council.notice", Fraction(7), date(2026, 3, 3), "规则 2", "大家要准备"
    )
    clock.forward(days=1)
    with pytest.raises(Refused, match="天通知"):
        convene(council, days=6)
    held = convene(council, days=7)
    assert queries.get_meeting(council.community_id, held.number).notice_rule.endswith("community-1")


def test_what_was_cancelled_waits_again(council: Council) -> None:
    held = convene(council)
    actions.cancel_meeting(council.secretary, held.id, "台风停课停工")
    assert [item.matter for item in queries.waiting_items(council.community_id)] == [LAMPS]
    with pytest.raises(Refused, match="已经取消"):
        actions.cancel_meeting(council.secretary, held.id, "台风停课停工")
    with pytest.raises(Refused, match="已经取消"):
        actions.check_in(council.member("o1"), held.id)


def test_a_member_checks_in_once_and_for_their_own_seat(council: Council, clock: Clock) -> None:
    held = convene(council)
    clock.set(held.starts_at)
    actions.check_in(council.member("o1"), held.id)
    with pytest.raises(Refused, match="已经签到"):
        actions.check_in(council.member("o1"), held.id)
    roll = queries.roll_of(queries.get_meeting(council.community_id, held.number), date(2026, 3, 6))
    assert [(line.seat_id, line.by) for line in roll.lines] == [(council.seats["o1"], "self")]


def test_nobody_checks_in_who_holds_no_seat_today(council: Council, world: World, clock: Clock) -> None:
    held = convene(council)
    clock.set(held.starts_at)
    with pytest.raises(Refused, match="没有担任"):
        actions.check_in(world.actor("member"), held.id)
    with pytest.raises(Forbidden):
        actions.check_in(world.actor("resident"), held.id)
    with pytest.raises(NotFound):
        actions.record_arrival(council.secretary, held.id, 999, council.terms["o1"])
    with pytest.raises(Refused, match="没有担任"):
        actions.record_arrival(council.secretary, held.id, council.seats["o1"], council.terms["o2"])


def test_exactly_half_does_not_open_and_one_more_does(council: Council, clock: Clock) -> None:
    seats = council.secretary, council.community_id
    actions.add_seat(*seats, "p3", "property", "委员", date(2025, 1, 1))
    held = convene(council)
    clock.set(held.starts_at)
    held.arrive("b1", "b2", "r1", "r2", "o1", "o2", "p1")
    with pytest.raises(Refused, match="还差"):
        actions.open_meeting(council.convener, held.id)
    held.arrive("b3")
    actions.open_meeting(council.convener, held.id)
    found = queries.get_meeting(council.community_id, held.number)
    assert (found.chair, found.recorder, found.opened_at) == ("王建国", "林秘书", held.starts_at)


def test_the_secretary_opens_for_the_first_of_the_branch_who_came(council: Council, clock: Clock) -> None:
    held = convene(council)
    clock.set(held.starts_at)
    held.arrive(*[code for code in SEATS if code != "b1"])
    actions.open_meeting(council.secretary, held.id)
    assert queries.get_meeting(council.community_id, held.number).chair == "孙丽"


def test_a_motion_takes_its_steps_in_order(held: Held, council: Council) -> None:
    convener = council.convener
    motion_id = held.motion(second=None)
    with pytest.raises(Refused, match="还没有人附议"):
        actions.put_to_vote(convener, motion_id)
    with pytest.raises(Refused, match="还没有人附议"):
        actions.state_interests(convener, motion_id, [])
    with pytest.raises(Refused, match="另一位"):
        actions.second(council.member("o1"), motion_id)
    with pytest.raises(Refused, match="一次只议一件事"):
        held.motion(by="o2")
    actions.second(council.member("r1"), motion_id)
    with pytest.raises(Refused, match="还没有说明谁要回避"):
        actions.put_to_vote(convener, motion_id)
    with pytest.raises(Refused, match="没有结果"):
        held.close()
    with pytest.raises(Refused, match="还没有开始"):
        actions.end_vote(convener, motion_id)
    actions.state_interests(convener, motion_id, [])
    with pytest.raises(Refused, match="已经说明过"):
        actions.state_interests(convener, motion_id, [PROPERTY_BUILDS])
    actions.put_to_vote(convener, motion_id)
    with pytest.raises(Refused, match="表决已经开始"):
        actions.put_to_vote(convener, motion_id)
    with pytest.raises(Refused, match="表决已经开始"):
        actions.withdraw(council.member("o1"), motion_id)


def test_a_withdrawn_motion_makes_room_for_a_better_one(held: Held, council: Council) -> None:
    first = held.motion(text="全部换成红灯")
    with pytest.raises(Refused, match="只能由提出的人或召集人"):
        actions.withdraw(council.member("r1"), first)
    actions.withdraw(council.member("o1"), first)
    second = held.ready()
    assert queries.get_motion_by_id(second).number == 2
    held.vote(second)
    held.close()
    told = [block.text for block in queries.get_minutes(held.id).blocks]
    assert "动议撤回，没有表决。动议内容：全部换成红灯。" in told


def test_the_vote_freezes_presence_and_recusal(council: Council) -> None:
    held = opened(council, *EIGHT)
    motion_id = held.ready(PROPERTY_BUILDS)
    poll_id = actions.put_to_vote(council.convener, motion_id)
    actions.check_in(council.member("b3"), held.id)
    actions.record_leaving(council.secretary, held.id, council.seats["o2"])
    lines = {line.entry.key: line.entry for line in poll_roll(poll_id)}
    assert not lines["b3"].present
    assert lines["o2"].present
    assert {key for key, entry in lines.items() if entry.recused} == {"p1", "p2"}
    with pytest.raises(Refused, match="点名时您不在场"):
        cast_ballot(council.member("b3"), poll_id, "b3", "yes")
    with pytest.raises(Refused, match="已经回避"):
        cast_ballot(council.member("p1"), poll_id, "p1", "yes")
    with pytest.raises(Refused, match="名册里没有您的席位"):
        cast_ballot(council.member("r1"), poll_id, "r2", "yes")


def test_whoever_came_late_counts_in_the_next_vote(council: Council) -> None:
    held = convene(council, (LAMPS, TITLE), (Ref("wish", 24), "孩子打球的地方"))
    held.open(*EIGHT)
    first = held.ready(PROPERTY_BUILDS)
    poll_id = actions.put_to_vote(council.convener, first)
    held.arrive("b3")
    for code in ("b1", "b2", "r1", "r2", "o1", "o2"):
        cast_ballot(council.member(code), poll_id, code, "yes")
    actions.end_vote(council.convener, first)
    assert queries.get_motion_by_id(first).outcome == "adopted"
    second = held.ready(item=held.items[1])
    later = {line.entry.key for line in poll_roll(actions.put_to_vote(council.convener, second)) if line.entry.present}
    assert later == {*EIGHT, "b3"}


def test_a_recusal_that_breaks_the_quorum_stops_the_vote(council: Council) -> None:
    held = opened(council, "b1", "b2", "b3", "r1", "r2", "o1", "p1", "p2")
    motion_id = held.ready(("branch", None, "支部承办这项活动"), ("residents", None, "居委会承办这项活动"))
    with pytest.raises(Refused, match="超过一半"):
        actions.put_to_vote(council.convener, motion_id)


def test_a_vote_in_which_all_have_voted_closes_by_itself(held: Held) -> None:
    motion_id = held.ready()
    held.vote(motion_id, end=False)
    assert queries.get_motion_by_id(motion_id).outcome == ""
    settle()
    assert queries.get_motion_by_id(motion_id).outcome == "adopted"
    settle()
    assert len(queries.resolutions_of([held.id])) == 1


def test_a_vote_that_the_chair_ends_early_waits_for_what_is_under_way(held: Held, clock: Clock) -> None:
    motion_id = held.ready()
    held.vote(motion_id, silent="b3 r4 o4")
    assert queries.get_motion_by_id(motion_id).outcome == ""
    with pytest.raises(Refused, match="没有结果"):
        held.close()
    clock.forward(seconds=31)
    assert declare_due() == 1
    assert queries.get_motion_by_id(motion_id).outcome == "adopted"
    votes = {one.party: one for one in queries.get_motion_by_id(motion_id).votes}
    assert (votes["branch"].yes, votes["branch"].silent, votes["branch"].present) == (2, 1, 3)


def test_a_vote_that_nobody_ends_ends_by_itself(held: Held, council: Council, clock: Clock) -> None:
    motion_id = held.ready()
    poll_id = actions.put_to_vote(council.convener, motion_id)
    clock.forward(hours=12, seconds=31)
    declare_due()
    assert get_poll(poll_id).outcome == "rejected"
    assert queries.get_motion_by_id(motion_id).outcome == "rejected"


@pytest.mark.parametrize(
    ("no", "outcome"), [("r1 r2", "adopted"), ("r1 r2 o1 o2", "rejected"), ("r1 r2 r3", "adopted")]
)
def test_three_of_four_parties_adopt_and_half_a_party_is_not_in_favour(held: Held, no: str, outcome: str) -> None:
    motion_id = held.ready()
    held.vote(motion_id, no=no)
    motion = queries.get_motion_by_id(motion_id)
    assert motion.outcome == outcome
    assert motion.mark == "3/4"
    residents = next(one for one in motion.votes if one.party == "residents")
    assert not residents.in_favour


def test_a_rejected_matter_is_settled_when_the_meeting_closes(held: Held, council: Council) -> None:
    held.vote(held.ready(), no="r1 r2 r3 o1 o2 o3")
    assert queries.resolutions_of([held.id]) == []
    assert queries.items_of([held.id])[0].result == ""
    better = held.ready(text="只换楼道灯，不装路灯。")
    held.vote(better)
    held.close()
    assert queries.items_of([held.id])[0].result == "adopted"
    assert queries.waiting_items(council.community_id) == []
    with pytest.raises(Refused, match="已经结束"):
        held.close()


def test_what_was_voted_down_stays_down_and_what_was_not_moved_waits(council: Council) -> None:
    held = convene(council, (LAMPS, TITLE), (Ref("wish", 24), "孩子打球的地方"))
    held.open()
    held.vote(held.ready(), no="r1 r2 r3 o1 o2 o3")
    held.close()
    assert [item.result for item in queries.items_of([held.id])] == ["rejected", "postponed"]
    assert [item.matter for item in queries.waiting_items(council.community_id)] == [Ref("wish", 24)]


def test_an_adopted_matter_is_not_moved_again(held: Held) -> None:
    held.vote(held.ready())
    with pytest.raises(Refused, match="已经有决议"):
        held.motion()


def test_resolutions_are_numbered_by_the_year_without_gaps(council: Council, clock: Clock) -> None:
    first = convene(council, (LAMPS, TITLE), (Ref("wish", 24), "孩子打球的地方"))
    first.open()
    for number, item in enumerate(first.items, 1):
        first.vote(first.ready(item=item))
        assert queries.resolutions_of([first.id])[-1].label == f"梧议〔2026〕{number}号"
    first.close()
    clock.set(clock.now.replace(year=2027))
    later = convene(council, (Ref("wish", 25), "下一年的事"))
    later.open()
    later.vote(later.ready())
    assert queries.resolutions_of([later.id])[0].label == "梧议〔2027〕1号"


def test_a_resolution_on_an_owners_matter_is_marked_as_advice(held: Held, council: Council) -> None:
    held.vote(held.ready(owners_matter=5))
    found = queries.resolutions_of([held.id])[0]
    assert found.owners_matter == 5
    held.close()
    told = [block.text for block in queries.get_minutes(held.id).blocks]
    assert any("本决议是建议，由业主投票决定" in text for text in told)
    with pytest.raises(Refused, match="只有九类"):
        opened(council).motion(owners_matter=10)


def test_a_contested_recusal_is_decided_by_the_rest(held: Held, council: Council) -> None:
    motion_id = held.ready(PROPERTY_BUILDS)
    claim = queries.claims_of([motion_id])[0].claim.id
    actions.contest_recusal(council.member("p1"), motion_id, claim, "我们不参加投标")
    with pytest.raises(Refused, match="还有异议"):
        actions.put_to_vote(council.convener, motion_id)
    with pytest.raises(Refused, match="由其他委员决定"):
        actions.answer_recusal(council.member("p2"), motion_id, claim, "take-part")
    for code in ("b1", "b2", "b3", "r1", "r2"):
        actions.answer_recusal(council.member(code), motion_id, claim, "step-back" if code == "b1" else "take-part")
    with pytest.raises(Refused, match="超过一半"):
        actions.decide_recusal(council.convener, motion_id, claim)
    actions.answer_recusal(council.member("o1"), motion_id, claim, "step-back")
    with pytest.raises(Refused, match="已经表过态"):
        actions.answer_recusal(council.member("o1"), motion_id, claim, "take-part")
    assert not actions.decide_recusal(council.convener, motion_id, claim)
    held.vote(motion_id)
    assert {one.party for one in queries.get_motion_by_id(motion_id).votes} == {
        "branch",
        "residents",
        "owners",
        "property",
    }
    held.close()
    told = "".join(block.text for block in queries.get_minutes(held.id).blocks)
    assert "物业公司郑强对物业公司回避提出异议。其他委员表态：应当回避2席，不用回避4席，决定不用回避。" in told


def test_a_member_may_ask_that_one_person_steps_back(held: Held, council: Council) -> None:
    motion_id = held.ready()
    actions.claim_recusal(council.member("r1"), motion_id, "owners", council.seats["o2"], "是承包人的亲属")
    claim = queries.claims_of([motion_id])[0].claim
    for code in ("b1", "b2", "b3", "r1", "r2", "r3", "o1"):
        actions.answer_recusal(council.member(code), motion_id, claim.id, "step-back")
    assert actions.decide_recusal(council.convener, motion_id, claim.id)
    poll_id = actions.put_to_vote(council.convener, motion_id)
    assert [line.entry.key for line in poll_roll(poll_id) if line.entry.recused] == ["o2"]
    with pytest.raises(NotFound):
        actions.decide_recusal(council.convener, motion_id, 999)


def test_dissent_is_for_those_who_voted_otherwise(held: Held, council: Council) -> None:
    motion_id = held.ready(PROPERTY_BUILDS)
    held.vote(motion_id, no="r2")
    for code, words in (("r1", "和结果一致"), ("p1", "没有参加")):
        with pytest.raises(Refused, match=words):
            actions.record_dissent(council.member(code), motion_id, "我有话要说")
    actions.record_dissent(council.member("r2"), motion_id, "路灯应装在西侧坡道")
    with pytest.raises(Refused, match="已经记下"):
        actions.record_dissent(council.member("r2"), motion_id, "还要再说一遍")


@pytest.mark.parametrize("role", ["resident", "owner", "supplier", "evaluator", "auditor", "clerk", "operator"])
def test_other_roles_do_not_run_meetings(held: Held, council: Council, world: World, role: str) -> None:
    motion_id = held.ready()
    actor = world.actor(role)
    for act in (
        lambda: actions.convene_meeting(actor, world.community_id, held.starts_at, "会议室", []),
        lambda: actions.open_meeting(actor, held.id),
        lambda: actions.close_meeting(actor, held.id),
        lambda: actions.cancel_meeting(actor, held.id, "取消会议"),
        lambda: actions.record_arrival(actor, held.id, council.seats["b1"], council.terms["b1"]),
        lambda: actions.record_leaving(actor, held.id, council.seats["b1"]),
        lambda: actions.move(actor, held.id, held.items[0], "换灯泡吧"),
        lambda: actions.second(actor, motion_id),
        lambda: actions.withdraw(actor, motion_id),
        lambda: actions.state_interests(actor, motion_id, []),
        lambda: actions.put_to_vote(actor, motion_id),
        lambda: actions.end_vote(actor, motion_id),
        lambda: actions.record_dissent(actor, motion_id, "不同意"),
        lambda: actions.assign_task(actor, held.id, "owners", held.starts_at.date(), "办一件事"),
    ):
        with pytest.raises(Forbidden):
            act()


def test_a_convener_of_another_community_runs_nothing_here(held: Held, council: Council) -> None:
    from app.core.values import Actor, Grant

    motion_id = held.ready()
    there = frozenset(Grant(council.world.other_id, role) for role in ("convener", "secretary", "member"))
    stranger = Actor(council.accounts["b2"], there, council.member("b2").acts_as)
    for act in (
        lambda: actions.close_meeting(stranger, held.id),
        lambda: actions.put_to_vote(stranger, motion_id),
        lambda: actions.second(stranger, motion_id),
    ):
        with pytest.raises(Forbidden):
            act()
