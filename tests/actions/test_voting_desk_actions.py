"""Ballots at the desk: received, read by two, settled by a third, made void; one counts for a line by every channel."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.journal.models import JournalEntry
from app.voting import actions, queries
from app.voting.models import Ballot, BallotReading
from app.voting.queries import papers
from app.voting.rules.terms import FIRST as FIRST_COUNTS
from app.voting.rules.terms import PAPER_FIRST
from tests.conftest import Clock
from tests.desks import FIRST, SECOND, THIRD, handed_in, read, received, standing
from tests.polls import after_close, ballots, cast, marked, open_approval, open_council, open_owners, units
from tests.world import World


def entries(event: str) -> list[str]:
    """The exact texts of one kind of entry in the public record."""
    return list(db.session.scalars(select(JournalEntry.text).filter_by(event=event).order_by(JournalEntry.id)))


def test_a_paper_that_two_people_read_alike_is_a_ballot_with_the_time_of_its_receipt(
    world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    clock.forward(hours=5)
    number, came = received(world, poll_id, roll[0]), clock.now
    assert ballots(poll_id) == []
    clock.forward(days=1)
    assert actions.read_intake(world.actor(FIRST), poll_id, number, "yes") == "half-read"
    assert marked(poll_id, roll[0].key) is None
    assert actions.read_intake(world.actor(SECOND), poll_id, number, "yes") == "read"
    (ballot,) = ballots(poll_id)
    assert (ballot.channel, ballot.at, ballot.choice, ballot.counted) == ("paper", came, "yes", True)
    assert (ballot.evidence_kind, ballot.evidence_id) == ("ballot_intake", standing(poll_id, number).id)
    assert marked(poll_id, roll[0].key) == "yes"
    assert queries.turnout(queries.get_poll(poll_id)).heads.participating == 1


def test_every_way_of_coming_in_counts_in_the_turnout(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    cast(world, poll_id, roll[0], "yes")
    for entry, channel in zip(roll[1:5], ("paper", "stall", "phone", "letter"), strict=True):
        handed_in(world, poll_id, entry, "no", channel)
    poll = queries.get_poll(poll_id)
    assert queries.turnout(poll).heads.participating == 5
    ways = dict(queries.standing_turnout(poll).channels)
    assert ways == {"online": 1, "paper": 1, "stall": 1, "phone": 1, "letter": 1}


def test_a_late_paper_is_refused_with_the_sentence_and_nothing_is_kept(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, days=1)
    clock.set(queries.get_poll(poll_id).closes_at)
    on_time = received(world, poll_id, roll[0])
    clock.forward(seconds=1)
    with pytest.raises(Refused) as refusal:
        received(world, poll_id, roll[1])
    assert "迟到的票不能算" in refusal.value.refusal.sentence
    assert read(world, poll_id, on_time, "yes") == "read"
    assert queries.desk_count(poll_id).received == 1


def test_no_outcome_while_a_paper_is_unread_or_disputed_and_typing_after_the_close_is_in_time(
    world: World, clock: Clock
) -> None:
    roll = units(1, 3)
    poll_id = open_owners(world, roll, days=1)
    numbers = [received(world, poll_id, entry) for entry in roll]
    after_close(queries.get_poll(poll_id).closes_at, clock)
    assert actions.declare_due() == 0
    with pytest.raises(Refused) as refusal:
        actions.declare_outcome(poll_id)
    assert refusal.value.refusal.values == {"unread": 3, "disputed": 0}
    assert read(world, poll_id, numbers[0], "yes") == "read"
    assert read(world, poll_id, numbers[1], "yes", "no") == "disputed"
    actions.void_intake(world.actor(FIRST), poll_id, numbers[2], "扫错了")
    with pytest.raises(Refused) as refusal:
        actions.declare_outcome(poll_id)
    assert refusal.value.refusal.values == {"unread": 0, "disputed": 1}
    actions.settle_intake(world.actor(THIRD), poll_id, numbers[1], "no", "勾在“不同意”格里")
    assert actions.declare_due() == 1
    answer = json.loads(queries.get_answer(queries.get_poll(poll_id)) or "")
    assert (answer["heads"]["participating"], answer["heads"]["agreeing"]) == (2, 1)
    for act in (
        lambda: actions.void_intake(world.actor(SECOND), poll_id, numbers[0], "迟了"),
        lambda: actions.read_intake(world.actor(SECOND), poll_id, numbers[0], "no"),
        lambda: received(world, poll_id, roll[0]),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize(
    ("precedence", "order", "counts"),
    [
        ("last", ("online", "paper"), "paper"),
        ("last", ("paper", "online"), "online"),
        (FIRST_COUNTS, ("online", "paper"), "online"),
        (FIRST_COUNTS, ("paper", "online"), "paper"),
        (PAPER_FIRST, ("paper", "online"), "paper"),
        (PAPER_FIRST, ("online", "letter"), "letter"),
        (PAPER_FIRST, ("stall", "online"), "online"),
    ],
)
def test_the_declared_precedence_decides_between_ways_by_receipt_and_not_by_typing(
    world: World, clock: Clock, precedence: str, order: tuple[str, str], counts: str
) -> None:
    roll = units()
    poll_id = open_owners(world, roll, precedence=precedence)
    choices = dict(zip(order, ("yes", "no"), strict=True))
    waiting: list[tuple[int, str]] = []
    for channel in order:
        clock.forward(minutes=5)
        if channel == "online":
            cast(world, poll_id, roll[0], choices[channel])
        else:
            waiting.append((received(world, poll_id, roll[0], channel), choices[channel]))
    for number, choice in waiting:
        clock.forward(days=1)
        read(world, poll_id, number, choice)
    assert marked(poll_id, roll[0].key) == choices[counts]
    (line,) = queries.received_for([ballot.entry_id for ballot in ballots(poll_id)]).values()
    assert [(one.channel, one.counted) for one in line] == [(way, way == counts) for way in order]


def test_two_people_read_and_neither_can_read_twice_nor_a_third_read_too(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    actions.read_intake(world.actor(FIRST), poll_id, number, "yes")
    with pytest.raises(Refused) as refusal:
        actions.read_intake(world.actor(FIRST), poll_id, number, "yes")
    assert "另一个人" in refusal.value.refusal.sentence
    assert actions.read_intake(world.actor(SECOND), poll_id, number, "no") == "disputed"
    with pytest.raises(Refused):
        actions.read_intake(world.actor(SECOND), poll_id, number, "yes")
    assert ballots(poll_id) == []


def test_a_dispute_is_settled_by_a_third_who_read_neither(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    read(world, poll_id, number, "yes", "abstain")
    with pytest.raises(Refused) as refusal:
        actions.settle_intake(world.actor(SECOND), poll_id, number, "yes", "我看是同意")
    assert "第三个人" in refusal.value.refusal.sentence
    with pytest.raises(Forbidden):
        actions.settle_intake(world.actor(FIRST), poll_id, number, "yes", "我看是同意")
    with pytest.raises(Refused):
        actions.settle_intake(world.actor(THIRD), poll_id, number, "yes", " ")
    actions.settle_intake(world.actor(THIRD), poll_id, number, "invalid", "两格都勾了")
    assert marked(poll_id, roll[0].key) == "invalid"
    assert [place for place, *_ in queries.readers(standing(poll_id, number).id)] == [1, 2, 3]
    with pytest.raises(Refused):
        actions.settle_intake(world.actor(THIRD), poll_id, number, "yes", "再想想")


def test_who_mistyped_takes_it_back_before_anybody_else_has_read_it(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    actions.read_intake(world.actor(FIRST), poll_id, number, "no")
    with pytest.raises(Refused):
        actions.withdraw_reading(world.actor(SECOND), poll_id, number, "按错键")
    actions.withdraw_reading(world.actor(FIRST), poll_id, number, "按错键")
    assert read(world, poll_id, number, "yes") == "read"
    assert db.session.query(BallotReading).count() == 3


def test_the_same_paper_is_not_received_twice_until_the_first_is_void(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = received(world, poll_id, roll[0])
    with pytest.raises(Refused) as refusal:
        received(world, poll_id, roll[0])
    assert refusal.value.refusal.values["number"] == number
    assert received(world, poll_id, roll[0], "phone") == number + 1
    actions.void_intake(world.actor(FIRST), poll_id, number, "扫了两次")
    again = received(world, poll_id, roll[0])
    assert again == number + 2
    assert standing(poll_id, number).void_reason == "扫了两次"


def test_a_ballot_that_was_received_for_the_wrong_unit_is_void_and_the_other_counts_again(
    world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    cast(world, poll_id, roll[0], "yes")
    clock.forward(minutes=1)
    number = handed_in(world, poll_id, roll[0], "no")
    assert marked(poll_id, roll[0].key) == "no"
    with pytest.raises(Forbidden):
        actions.void_intake(world.actor(FIRST), poll_id, number, "不是这一户的票")
    actions.void_intake(world.actor(SECOND), poll_id, number, "不是这一户的票")
    assert marked(poll_id, roll[0].key) == "yes"
    assert [(one.channel, one.counted, one.rejected) for one in ballots(poll_id)] == [
        ("online", True, None), ("paper", False, "void"),
    ]  # fmt: skip
    alone = handed_in(world, poll_id, roll[1], "no")
    before = queries.standing_turnout(queries.get_poll(poll_id)).sums.heads.participating
    actions.void_intake(world.actor(SECOND), poll_id, alone, "签名不是业主的")
    assert marked(poll_id, roll[1].key) is None
    assert (before, queries.standing_turnout(queries.get_poll(poll_id)).sums.heads.participating) == (2, 1)


def test_an_approval_paper_is_read_with_its_options_or_as_invalid(world: World, clock: Clock) -> None:
    poll_id = open_approval(world)
    roll = queries.roll_of(poll_id)
    first = actions.receive_intake(world.actor(FIRST), poll_id, "paper", roll[0].entry.key)[0]
    second = actions.receive_intake(world.actor(FIRST), poll_id, "stall", roll[1].entry.key)[0]
    assert read(world, poll_id, first, ["3", "1"], ["1", "3"]) == "read"
    assert read(world, poll_id, second, "invalid") == "read"
    assert [ballot.choice for ballot in ballots(poll_id)] == ['["1","3"]', "invalid"]


def test_only_the_desk_receives_and_reads_and_only_what_is_on_the_roll(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    for role in ("owner", "resident", "member", "convener", "auditor"):
        with pytest.raises(Forbidden):
            actions.receive_intake(world.actor(role), poll_id, "paper", roll[0].key)
    number = received(world, poll_id, roll[0])
    for role in ("owner", "convener", "auditor", "operator"):
        with pytest.raises(Forbidden):
            actions.read_intake(world.actor(role), poll_id, number, "yes")
    for typed in ("9-999", "", "１号楼", "x" * 500):
        with pytest.raises(Refused) as refusal:
            actions.receive_intake(world.actor(FIRST), poll_id, "paper", typed)
        assert "没有这一户" in refusal.value.refusal.sentence
    with pytest.raises(NotFound):
        actions.read_intake(world.actor(FIRST), poll_id, 99, "yes")


def test_a_unit_is_found_by_its_key_or_by_what_is_written_on_the_door_in_any_width(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    found = [
        actions.receive_intake(world.actor(FIRST), poll_id, "stall", typed)
        for typed in (" 1-101 ", "１－１０２", "1号楼103")
    ]
    lines = {standing(poll_id, number).key for (number,) in found}
    assert lines == {"1-101", "1-102", "1-103"}


def test_the_code_of_a_paper_is_scanned_for_every_unit_that_stands_on_it(world: World, clock: Clock) -> None:
    roll = [replace(entry, head="h1") for entry in units(1, 2)] + units(2, 1)[1:]
    poll_id = open_owners(world, roll)
    actions.issue_papers(world.actor(SECOND), poll_id, "owner")
    codes = {sheet.code: [line.key for line in sheet.lines] for sheet in papers.sheets_of(poll_id)}
    both = next(code for code, keys in codes.items() if len(keys) == 2)
    numbers = actions.receive_intake(world.actor(FIRST), poll_id, "paper", both.lower().replace("-", " "))
    assert {standing(poll_id, number).key for number in numbers} == {"1-101", "1-102"}
    with pytest.raises(Refused) as refusal:
        actions.receive_intake(world.actor(FIRST), poll_id, "letter", both)
    assert "已经收过" in refusal.value.refusal.sentence
    other = next(code for code, keys in codes.items() if len(keys) == 1)
    actions.reissue_paper(world.actor(SECOND), poll_id, "2-101")
    with pytest.raises(Refused) as refusal:
        actions.receive_intake(world.actor(FIRST), poll_id, "paper", other)
    assert "换发了新的" in refusal.value.refusal.sentence


def test_a_council_takes_nothing_at_the_desk(world: World, clock: Clock) -> None:
    poll_id = open_council(world)
    with pytest.raises(Refused) as refusal:
        actions.receive_intake(world.actor(FIRST), poll_id, "paper", "branch-1")
    assert "没有公布这种投票方式" in refusal.value.refusal.sentence


def test_the_record_tells_what_happened_at_the_desk_and_neither_unit_nor_choice(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    first, second = received(world, poll_id, roll[0]), received(world, poll_id, roll[1], "letter")
    read(world, poll_id, first, "yes", "no")
    actions.settle_intake(world.actor(THIRD), poll_id, first, "no", "勾在第二格")
    actions.void_intake(world.actor(SECOND), poll_id, second, "空信封")
    told = [
        text
        for event in (
            "BallotHandedIn",
            "BallotRead",
            "ReadingsDiffered",
            "DisputeSettled",
            "BallotCast",
            "IntakeVoided",
        )
        for text in entries(event)
    ]
    assert len(told) == 8
    for text in told:
        assert not {'"yes"', '"no"', '"invalid"'} & set(text.replace(":", ",").split(","))
        assert roll[0].key not in text
        assert "勾" not in text


def test_what_was_typed_may_be_handed_in_twice_and_counts_once(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = handed_in(world, poll_id, roll[0], "yes")
    for role in (FIRST, SECOND):
        with pytest.raises(Refused):
            actions.read_intake(world.actor(role), poll_id, number, "yes")
    assert db.session.query(Ballot).filter_by(poll_id=poll_id).count() == 1


def test_by_phone_the_two_who_listened_are_the_two_who_read(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    number = handed_in(world, poll_id, roll[0], "abstain", "phone")
    people = [account for _, account, *_ in queries.readers(standing(poll_id, number).id)]
    assert people == [world.accounts[FIRST], world.accounts[SECOND]]
    assert ballots(poll_id)[0].channel == "phone"


def test_a_second_call_of_the_same_unit_supersedes_the_first(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    handed_in(world, poll_id, roll[0], "no", "phone")
    clock.forward(days=1)
    handed_in(world, poll_id, roll[0], "yes", "phone")
    assert [(one.choice, one.counted) for one in ballots(poll_id)] == [("no", False), ("yes", True)]
    assert ballots(poll_id)[1].at - ballots(poll_id)[0].at == timedelta(days=1)
