"""What cannot count is refused on record: late, unknown, replaced, off the roll; a mistake is undone and the ballot counts."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.core.values import Entry
from app.journal.models import JournalEntry
from app.voting import actions, queries
from app.voting.models import RefusedBallot
from app.voting.queries import papers
from app.voting.rules.terms import FIRST as FIRST_COUNTS
from tests.conftest import Clock
from tests.desks import FIRST, SECOND, THIRD, handed_in, read, received, standing
from tests.polls import after_close, ballots, cast, marked, open_council, open_owners, units
from tests.world import World


def refused(world: World, poll_id: int, typed: str, channel: str = "paper", role: str = FIRST) -> list[int]:
    return actions.refuse_ballot(world.actor(role), poll_id, channel, typed)


def sentence(act: object) -> str:
    with pytest.raises(Refused) as refusal:
        act()  # type: ignore[operator]  # a lambda
    return refusal.value.refusal.sentence


def counts(poll_id: int) -> dict[str, int]:
    return dict(queries.counts(poll_id).refused)


def test_a_late_paper_is_on_record_and_never_counts(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    handed_in(world, poll_id, roll[0], "yes")
    after_close(queries.get_poll(poll_id).closes_at, clock)
    assert refused(world, poll_id, roll[1].key) == [1]
    actions.declare_due()
    clock.forward(days=1)
    assert refused(world, poll_id, roll[2].label, "letter") == [2]
    assert counts(poll_id) == {"after-closing": 2}
    assert len(ballots(poll_id)) == 1
    row = queries.get_refused(queries.get_poll(poll_id), 2)
    assert (row.keys, row.channel, row.refused_at) == ([roll[2].key], "letter", clock.now)
    answer = json.loads(queries.get_answer(queries.get_poll(poll_id)) or "")
    assert (answer["heads"]["participating"], answer["rejected"]) == (1, [])


def test_unknown_replaced_and_standing_are_told_apart(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, changes=False, precedence=FIRST_COUNTS)
    actions.issue_papers(world.actor(SECOND), poll_id, "unit")
    old = next(sheet.code for sheet in papers.sheets_of(poll_id) if sheet.lines[0].key == roll[0].key)
    actions.reissue_paper(world.actor(SECOND), poll_id, roll[0].key)
    cast(world, poll_id, roll[1], "yes")
    for typed in ("9-999", "ABCD-EFGH-2345", old.lower(), roll[1].key):
        refused(world, poll_id, typed)
    refused(world, poll_id, roll[2].key, "proxy")
    assert counts(poll_id) == {
        "unknown-code": 1,
        "unknown-unit": 1,
        "replaced": 1,
        "already-voted": 1,
        "no-mandate": 1,
    }
    kept = db.session.scalars(select(RefusedBallot.said_print)).all()
    assert not any("ABCD" in print_ or old in print_ for print_ in kept)


def test_what_can_be_received_or_was_is_not_refused_and_nothing_twice(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    assert "照常收下" in sentence(lambda: refused(world, poll_id, roll[0].key))
    received(world, poll_id, roll[0])
    assert "已经收过" in sentence(lambda: refused(world, poll_id, roll[0].key))
    refused(world, poll_id, "abcd efgh 2345")
    assert "已经登记过" in sentence(lambda: refused(world, poll_id, "ＡＢＣＤ-EFGH-2345"))
    assert counts(poll_id) == {"unknown-code": 1}
    council = open_council(world)
    for typed in ("branch-1", "9-999"):
        assert "没有公布这种投票方式" in sentence(lambda typed=typed: refused(world, council, typed))
    assert counts(council) == {}


def test_the_paper_of_another_vote_belongs_to_its_own_desk(world: World, clock: Clock) -> None:
    roll = units(1, 2)
    first, second = open_owners(world, roll), open_owners(world, roll)
    actions.issue_papers(world.actor(SECOND), second, "unit")
    code = papers.sheets_of(second)[0].code
    acts: list[Callable[[], object]] = [
        lambda: refused(world, first, code),
        lambda: actions.receive_intake(world.actor(FIRST), first, "paper", f"https://x/c/y/polls/2/code#{code}"),
    ]
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert "不是这一次的" in refusal.value.refusal.sentence
        assert refusal.value.refusal.values == {"number": 2}


def test_what_was_refused_by_mistake_is_received_with_the_time_at_which_it_came(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    clock.set(queries.get_poll(poll_id).closes_at)
    came = clock.now
    [number] = refused(world, poll_id, "1-1O1")
    clock.forward(hours=1)
    fix = (poll_id, number, roll[0].key, "把0看成了O")
    assert "另一个人" in sentence(lambda: actions.receive_refused(world.actor(FIRST), *fix))
    [intake] = actions.receive_refused(world.actor(SECOND), *fix)
    assert standing(poll_id, intake).received_at == came
    assert read(world, poll_id, intake, "yes") == "read"
    assert (ballots(poll_id)[0].at, marked(poll_id, roll[0].key)) == (came, "yes")
    assert counts(poll_id) == {}
    row = queries.get_refused(queries.get_poll(poll_id), number)
    assert (row.intakes, row.undone_reason) == ([intake], "把0看成了O")
    assert "已经更正过" in sentence(lambda: actions.receive_refused(world.actor(THIRD), *fix))


def test_a_refusal_without_a_ballot_is_taken_back_and_the_same_may_be_refused_again(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    [number] = refused(world, poll_id, "9-999")
    assert "请写明" in sentence(lambda: actions.withdraw_refusal(world.actor(FIRST), poll_id, number, " "))
    actions.withdraw_refusal(world.actor(FIRST), poll_id, number, "按错了")
    assert counts(poll_id) == {}
    assert refused(world, poll_id, "9-999") == [number + 1]


def test_what_came_late_stays_refused_and_nothing_is_undone_after_the_outcome(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    [early] = refused(world, poll_id, "9-999")

    who = world.actor(SECOND)
    after_close(queries.get_poll(poll_id).closes_at, clock)
    for typed in (roll[0].key, "8-888"):
        [late] = refused(world, poll_id, typed)
        assert "迟到" in sentence(lambda late=late: actions.receive_refused(who, poll_id, late, "1-102", "误会"))
    actions.declare_due()
    for act in (
        lambda: actions.receive_refused(who, poll_id, early, "1-102", "误会"),
        lambda: actions.correct_refusal(who, poll_id, early, "1-102", "误会"),
        lambda: actions.withdraw_refusal(who, poll_id, early, "误会"),
    ):
        assert "结果已经公布" in sentence(act)
    assert counts(poll_id) == {"unknown-unit": 2, "after-closing": 1}


def closed_with_a_late(world: World, clock: Clock, roll: list[Entry], typed: str) -> tuple[int, int]:
    """A vote that is over, and the number of a paper that came a moment too late and was recorded as typed."""
    poll_id = open_owners(world, roll, days=1)
    clock.set(queries.get_poll(poll_id).closes_at + timedelta(microseconds=1))
    [number] = refused(world, poll_id, typed)
    return poll_id, number


def test_a_late_ballot_of_the_wrong_unit_is_put_right_with_its_time_even_after_the_outcome(
    world: World, clock: Clock
) -> None:
    roll = units()
    poll_id, number = closed_with_a_late(world, clock, roll, roll[0].key)
    came = clock.now
    fix = (poll_id, number, roll[1].label, "看错了房号")
    assert "另一个人" in sentence(lambda: actions.correct_refusal(world.actor(FIRST), *fix))
    after_close(queries.get_poll(poll_id).closes_at, clock)
    actions.declare_due()
    answer = queries.get_answer(queries.get_poll(poll_id))
    assert actions.correct_refusal(world.actor(SECOND), *fix) == [number + 1]
    poll = queries.get_poll(poll_id)
    old, new = queries.get_refused(poll, number), queries.get_refused(poll, number + 1)
    assert (old.keys, old.corrected, old.undone_reason) == ([roll[0].key], number + 1, "看错了房号")
    assert (new.keys, new.corrects, new.refused_at, new.whys) == ([roll[1].key], number, came, ["after-closing"])
    assert counts(poll_id) == {"after-closing": 1}
    assert queries.get_answer(poll) == answer
    lines = {line.entry.key: line.id for line in queries.roll_of(poll_id)}
    wrong, right = queries.received_for([lines[roll[0].key], lines[roll[1].key]]).values()
    assert (wrong, [one.refused for one in right]) == ([], ["after-closing"])
    assert "已经更正过" in sentence(lambda: actions.correct_refusal(world.actor(THIRD), *fix))
    events = db.session.scalars(select(JournalEntry.text).filter_by(event="RefusalCorrected")).all()
    [told] = map(json.loads, events)
    assert (told["refused"], told["corrected"], told["why"]) == (number, number + 1, "after-closing")
    assert not any(word in events[0] for word in (roll[1].key, roll[1].label, "看错"))


def test_what_is_put_right_names_another_unit_and_one_that_is_not_recorded_yet(world: World, clock: Clock) -> None:
    roll = units()
    poll_id, number = closed_with_a_late(world, clock, roll, roll[0].key)
    refused(world, poll_id, roll[1].key)
    who = world.actor(SECOND)
    for typed, says in ((roll[0].label, "原来记的一样"), (roll[1].label, "已经登记过")):
        act = lambda typed=typed: actions.correct_refusal(who, poll_id, number, typed, "看错了")  # noqa: E731  # one of two
        assert says in sentence(act)
    assert "请写明" in sentence(lambda: actions.correct_refusal(who, poll_id, number, roll[2].key, " "))
    assert queries.get_refused(queries.get_poll(poll_id), number).undone_at is None
    actions.withdraw_refusal(who, poll_id, number, "没有这张票")
    assert counts(poll_id) == {"after-closing": 1}
    with pytest.raises(NotFound):
        actions.correct_refusal(world.actor(SECOND), open_owners(world, roll), number, roll[2].key, "别的表决")


def test_what_could_have_been_received_is_not_recorded_as_refused_again(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, changes=False, precedence=FIRST_COUNTS)
    cast(world, poll_id, roll[1], "yes")
    [number] = refused(world, poll_id, "9-999")
    who = world.actor(SECOND)
    assert "照常收下" in sentence(lambda: actions.correct_refusal(who, poll_id, number, roll[0].key, "看错了"))
    assert actions.correct_refusal(who, poll_id, number, roll[1].key, "看错了") == [number + 1]
    assert counts(poll_id) == {"already-voted": 1}


def test_the_same_unit_by_its_key_or_its_door_is_refused_once(world: World, clock: Clock) -> None:
    roll = units()
    poll_id, _number = closed_with_a_late(world, clock, roll, roll[0].key)
    assert "已经登记过" in sentence(lambda: refused(world, poll_id, roll[0].label))
    assert refused(world, poll_id, roll[0].label, "letter") == [2]


def test_a_mistake_is_received_only_where_it_could_have_been(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    received(world, poll_id, roll[0])
    [number] = refused(world, poll_id, "9-999")
    assert "已经收过" in sentence(
        lambda: actions.receive_refused(world.actor(FIRST), poll_id, number, roll[0].key, "看错了")
    )
    assert "没有这一户" in sentence(
        lambda: actions.receive_refused(world.actor(FIRST), poll_id, number, "9-998", "看错了")
    )
    assert queries.get_refused(queries.get_poll(poll_id), number).undone_at is None


def test_a_paper_for_several_units_is_refused_for_each_and_the_owner_sees_it(world: World, clock: Clock) -> None:
    roll = [replace(entry, head="h1") for entry in units(1, 2)]
    poll_id = open_owners(world, roll, days=1)
    actions.issue_papers(world.actor(SECOND), poll_id, "owner")
    clock.set(queries.get_poll(poll_id).closes_at + timedelta(seconds=1))
    code = papers.sheets_of(poll_id)[0].code
    assert refused(world, poll_id, code) == [1, 2]
    assert "已经登记过" in sentence(lambda: refused(world, poll_id, code))
    poll = queries.get_poll(poll_id)
    (row,) = queries.refused(poll)
    assert (row.number, [line.number for line in row.lines], row.keys) == (1, [1, 2], [one.key for one in roll])
    assert queries.get_refused(poll, 2) == row
    line = next(one for one in queries.roll_of(poll_id) if one.entry.key == roll[0].key)
    (came,) = queries.received_for([line.id])[line.id]
    assert (came.refused, came.number, came.counted) == ("after-closing", 1, False)
    actions.withdraw_refusal(world.actor(SECOND), poll_id, 2, "没有这张票")
    assert counts(poll_id) == {}
    assert refused(world, poll_id, code) == [3, 4]


def test_a_paper_for_several_units_that_was_refused_by_mistake_is_received_for_all(world: World, clock: Clock) -> None:
    roll = [replace(entry, head="h1" if number < 2 else "h2") for number, entry in enumerate(units(1, 3))]
    poll_id = open_owners(world, roll, changes=False, precedence=FIRST_COUNTS)
    actions.issue_papers(world.actor(SECOND), poll_id, "owner")
    code = next(sheet.code for sheet in papers.sheets_of(poll_id) if len(sheet.lines) == 2)
    lost = actions.reissue_paper(world.actor(SECOND), poll_id, roll[0].key)
    assert lost
    fresh = next(sheet.code for sheet in papers.sheets_of(poll_id) if len(sheet.lines) == 2 and sheet.code != code)
    assert refused(world, poll_id, code) == [1, 2]
    assert counts(poll_id) == {"replaced": 2}
    assert actions.receive_refused(world.actor(FIRST), poll_id, 2, fresh, "拿错了旧票") == [1, 2]
    row = queries.get_refused(queries.get_poll(poll_id), 1)
    assert [(line.key, line.intake) for line in row.lines] == [(roll[0].key, 1), (roll[1].key, 2)]
    assert counts(poll_id) == {}


def test_only_the_desk_refuses_and_staff_undo(world: World, clock: Clock) -> None:
    poll_id = open_owners(world)
    for role in ("owner", "member", "convener", "auditor", "operator"):
        with pytest.raises(Forbidden):
            refused(world, poll_id, "9-999", role=role)
    [number] = refused(world, poll_id, "9-999")
    for role in ("owner", "member", "auditor", "operator"):
        with pytest.raises(Forbidden):
            actions.withdraw_refusal(world.actor(role), poll_id, number, "误会")
    with pytest.raises(NotFound):
        actions.withdraw_refusal(world.actor(FIRST), poll_id, 99, "误会")


def test_the_record_tells_number_way_and_reason_and_not_whose(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    [first], [second] = refused(world, poll_id, "9-999"), refused(world, poll_id, "8-888", "letter")
    actions.receive_refused(world.actor(FIRST), poll_id, first, roll[0].key, "看错了楼号")
    actions.withdraw_refusal(world.actor(FIRST), poll_id, second, "空信封")
    texts = [
        text
        for event in ("BallotRefused", "RefusalUndone", "BallotHandedIn")
        for text in db.session.scalars(select(JournalEntry.text).filter_by(event=event).order_by(JournalEntry.id))
    ]
    told = [json.loads(text) for text in texts]
    assert [(one.get("refused"), one.get("why"), one.get("intake")) for one in told] == [
        (1, "unknown-unit", None),
        (2, "unknown-unit", None),
        (1, None, 1),
        (2, None, None),
    ]
    for text in texts:
        assert roll[0].key not in text
        assert "看错" not in text
