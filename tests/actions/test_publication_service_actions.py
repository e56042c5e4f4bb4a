"""Entering whom a posting reached, and taking back what was wrong, on both databases."""

from datetime import date, timedelta

import pytest

from app.core.errors import Forbidden, NotFound, Refused
from app.core.values import Ref
from app.journal.queries import history
from app.journal.rules import commitment
from app.publication import actions, queries, rules
from app.publication.actions import Entered
from app.publication.queries import BuildingService
from app.publication.rules import ABSENT, HANDED, LETTER, NOTICE, WITNESSED
from tests.conftest import Clock
from tests.postings import TODAY, households, posted
from tests.world import World

DAY = timedelta(days=1)


def enter(world: World, posting_id: int, way: str, *keys: str, role: str = "clerk", **other: object) -> Entered:
    return actions.record_service(world.actor(role), posting_id, way, TODAY, keys=keys, **other)


def ways(posting_id: int, key: str) -> tuple[str, ...]:
    return rules.ways_of(queries.get_line(posting_id, key).ways)


def events(world: World, posting_id: int) -> list[str]:
    return [line.event for line in reversed(history(world.community_id, Ref("posting", posting_id)))]


def test_what_was_handed_over_at_some_doors_is_counted_by_building(world: World, clock: Clock) -> None:
    made = posted(world)
    first = enter(world, made.posting_id, HANDED, "1-1-101", "1-1-102", "2-1-201")
    assert (first.added, first.known, first.first) == (3, 0, "1号楼1单元101")
    row = queries.get_by_id(made.posting_id)
    assert queries.by_building(row) == [BuildingService("1", 4, 2, 2), BuildingService("2", 4, 1, 1)]
    assert [line.key for line in queries.unreached(row)[0]] == ["1-1-201", "1-1-202", "2-1-101", "2-1-102", "2-1-202"]
    assert [line.key for line in queries.unreached(row, "2")[0]] == ["2-1-101", "2-1-102", "2-1-202"]


def test_the_same_entry_twice_is_one(world: World, clock: Clock) -> None:
    made = posted(world)
    first = enter(world, made.posting_id, HANDED, "1-1-101")
    again = enter(world, made.posting_id, HANDED, "1-1-101", role="secretary")
    assert again == Entered(None, 0, 1, "1号楼1单元101")
    more = enter(world, made.posting_id, HANDED, "1-1-101", "1-1-102")
    assert (more.added, more.known) == (1, 1)
    assert first.act_id is not None
    assert events(world, made.posting_id) == ["PostingPublished", "ServiceRecorded", "ServiceRecorded"]


def test_a_whole_building_is_entered_by_one_act(world: World, clock: Clock) -> None:
    made = posted(world)
    done = enter(world, made.posting_id, NOTICE, building="2")
    assert (done.added, events(world, made.posting_id)) == (4, ["PostingPublished", "ServiceRecorded"])
    row = queries.get_by_id(made.posting_id)
    assert [one.served for one in queries.by_building(row)] == [0, 0]  # a vote is brought to the door first
    enter(world, made.posting_id, ABSENT, "2-1-101")
    assert [one.served for one in queries.by_building(row)] == [0, 1]
    with pytest.raises(Refused):
        enter(world, made.posting_id, NOTICE, building="9")


def test_an_unknown_door_is_told_and_nothing_is_entered(world: World, clock: Clock) -> None:
    made = posted(world)
    with pytest.raises(Refused) as caught:
        enter(world, made.posting_id, HANDED, "1-1-101", "9-9-999")
    assert caught.value.refusal.values == {"named": "9-9-999"}
    assert ways(made.posting_id, "1-1-101") == ()
    with pytest.raises(Refused):
        enter(world, made.posting_id, HANDED)


def test_better_evidence_stands_beside_what_was_there(world: World, clock: Clock) -> None:
    made = posted(world)
    for way in (ABSENT, NOTICE, HANDED):
        enter(world, made.posting_id, way, "1-1-101")
    assert ways(made.posting_id, "1-1-101") == (HANDED, NOTICE, ABSENT)
    line = queries.get_line(made.posting_id, "1-1-101")
    assert [(one.way, one.entered_by) for one in queries.evidence(line.id)] == [
        (HANDED, "赵工作"),
        (NOTICE, "赵工作"),
        (ABSENT, "赵工作"),
    ]


def test_who_refuses_to_sign_is_entered_with_two_witnesses_whom_the_record_only_commits_to(
    world: World, clock: Clock
) -> None:
    made = posted(world)
    with pytest.raises(Refused):
        enter(world, made.posting_id, WITNESSED, "1-1-101", witnesses=("王强",))
    done = enter(
        world, made.posting_id, WITNESSED, "1-1-101", witnesses=("王强", "赵敏"), note="family", attachment="a" * 64
    )
    assert done.act_id is not None
    act = queries.get_act(done.act_id)
    (last, _first) = history(world.community_id, Ref("posting", made.posting_id))
    assert "王强" not in str(last.told)
    said = {
        "posting": 1,
        "way": WITNESSED,
        "on": "2026-03-02",
        "keys": queries.keys_of_act(done.act_id),
        "note": "family",
        "witnesses": ["王强", "赵敏"],
        "attachment": "a" * 64,
    }
    assert last.told["evidence"] == act.digest == commitment(bytes.fromhex(act.salt), said)
    (found,) = queries.evidence(queries.get_line(made.posting_id, "1-1-101").id)
    assert (found.witnesses, found.note, found.attachment) == (("王强", "赵敏"), "family", "a" * 64)


def test_a_wrong_entry_is_taken_back_by_a_later_one_and_both_stay(world: World, clock: Clock) -> None:
    made = posted(world)
    enter(world, made.posting_id, ABSENT, "1-1-101")
    wrong = enter(world, made.posting_id, HANDED, "1-1-101", "1-1-102")
    assert wrong.act_id is not None
    assert actions.undo_service(world.actor("secretary"), wrong.act_id) == 2
    assert [ways(made.posting_id, key) for key in ("1-1-101", "1-1-102")] == [(ABSENT,), ()]
    line = queries.get_line(made.posting_id, "1-1-101")
    assert [(one.way, one.undone_by) for one in queries.evidence(line.id)] == [(HANDED, "林秘书"), (ABSENT, "")]
    assert [(one.way, one.lines, one.left) for one in queries.recent_acts(made.posting_id)] == [
        ("undone", 2, 0),
        (HANDED, 2, 0),
        (ABSENT, 1, 1),
    ]
    with pytest.raises(Refused):
        actions.undo_service(world.actor("secretary"), wrong.act_id)
    assert enter(world, made.posting_id, HANDED, "1-1-101").added == 1


def test_one_household_of_a_whole_building_is_taken_back(world: World, clock: Clock) -> None:
    made = posted(world)
    done = enter(world, made.posting_id, LETTER, building="1")
    assert done.act_id is not None
    assert actions.undo_service(world.actor("clerk"), done.act_id, "1-1-202") == 1
    assert [ways(made.posting_id, key) for key in ("1-1-201", "1-1-202")] == [(LETTER,), ()]
    assert queries.recent_acts(made.posting_id)[1].left == 3
    with pytest.raises(Refused):
        actions.undo_service(world.actor("clerk"), done.act_id, "2-1-101")
    undoing = queries.recent_acts(made.posting_id)[0].id
    with pytest.raises(Refused):
        actions.undo_service(world.actor("clerk"), undoing)
    with pytest.raises(NotFound):
        actions.undo_service(world.actor("clerk"), 999_999)


@pytest.mark.parametrize("role", ["resident", "owner", "member", "auditor", "supplier", "evaluator"])
def test_others_may_not_enter_or_take_back(world: World, clock: Clock, role: str) -> None:
    made = posted(world)
    done = enter(world, made.posting_id, HANDED, "1-1-101")
    assert done.act_id is not None
    with pytest.raises(Forbidden):
        enter(world, made.posting_id, HANDED, "1-1-102", role=role)
    with pytest.raises(Forbidden):
        actions.undo_service(world.actor(role), done.act_id)


def test_nothing_is_entered_before_or_after_the_term_or_once_it_was_taken_down(world: World, clock: Clock) -> None:
    made = posted(world, begins=TODAY + DAY)
    with pytest.raises(Refused):
        enter(world, made.posting_id, HANDED, "1-1-101")
    clock.forward(days=20)
    clerk = world.actor("clerk")
    assert actions.record_service(clerk, made.posting_id, HANDED, date(2026, 3, 18), keys=["1-1-101"]).added == 1
    with pytest.raises(Refused):
        actions.record_service(clerk, made.posting_id, HANDED, date(2026, 3, 19), keys=["1-1-102"])
    other = posted(world, begins=date(2026, 3, 22))
    actions.withdraw_posting(world.actor("secretary"), other.posting_id, "日期写错了")
    with pytest.raises(Refused):
        actions.record_service(clerk, other.posting_id, HANDED, date(2026, 3, 22), keys=["1-1-101"])


def test_the_unreached_are_read_page_by_page(world: World, clock: Clock) -> None:
    made = posted(world, households(3, 6))
    row = queries.get_by_id(made.posting_id)
    first, after = queries.unreached(row, limit=10)
    assert (len(first), after) == (10, 10)
    second, end = queries.unreached(row, after=after or 0, limit=10)
    assert [line.key for line in [*first, *second]] == [one.key for one in households(3, 6)]
    assert end is None
    assert queries.unreached_lines(row) == [*first, *second]
