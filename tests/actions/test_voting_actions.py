"""Opening a poll, casting a ballot, looking in: on both databases, with what the record says of it."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.core.db import db, transactional
from app.core.errors import Forbidden, NotFound, Refused
from app.core.law.rows import law_row
from app.core.values import ANYONE, Ref, the_house
from app.journal import queries as journal
from app.journal.rules import commitment
from app.voting import actions, queries
from app.voting.models import Poll
from app.voting.rules import owners_terms, roll_sha256, rules_text, terms_as_json
from tests.conftest import Clock
from tests.polls import MATTER, TODAY, ballots, cast, marked, open_council, open_owners, seats, units, voter
from tests.world import World

# Opening


def test_a_poll_opens_with_its_terms_and_its_roll_frozen(world: World, clock: Clock) -> None:
    roll = units(2, 3)
    poll = queries.get_poll(open_owners(world, roll))
    assert (poll.number, poll.state, poll.matter, poll.lines, poll.heads, poll.area) == (
        1,
        "open",
        MATTER,
        6,
        6,
        53_700,
    )
    lines = queries.roll_of(poll.id)
    assert {line.entry.key for line in lines} == {entry.key for entry in roll}
    assert [line.code for line in lines] == [f"u{place}" for place in range(1, 7)]
    kept = db.session.get_one(Poll, poll.id)
    assert kept.terms == terms_as_json(poll.terms)
    assert poll.roll_sha256 == roll_sha256(poll.terms, [line.entry for line in lines])
    [line] = [line for line in journal.history(world.community_id, MATTER) if line.event == "PollOpened"]
    assert kept.rules is not None
    assert kept.rules == rules_text(poll.terms, poll.roll_sha256)
    assert line.told["commitment"] == hashlib.sha256(kept.rules.encode()).hexdigest()
    assert (line.told["roll"], line.told["lines"], line.told["electorate"]) == (poll.roll_sha256, 6, "units")


def test_numbers_of_units_do_not_follow_their_addresses(world: World, clock: Clock) -> None:
    roll = units(1, 40)
    poll_id = open_owners(world, roll)
    assert [line.entry.key for line in queries.roll_of(poll_id)] != [entry.key for entry in roll]


def test_seats_keep_their_order_and_recused_seats_leave_the_sums_of_the_roll(world: World, clock: Clock) -> None:
    roll = seats(2, property_1={"recused": True}, property_2={"recused": True})
    poll = queries.get_poll(open_council(world, roll))
    assert poll.lines == 6
    assert [line.entry.key for line in queries.roll_of(poll.id)] == [entry.key for entry in roll]


def test_polls_are_numbered_in_each_community_by_itself(world: World, clock: Clock) -> None:
    first, second = open_council(world), open_council(world)
    elsewhere = actions.open_poll(
        the_house(world.other_id),
        world.other_id,
        MATTER,
        "别处的事",
        queries.get_poll(first).terms,
        seats(),
        clock.now,
        clock.now + timedelta(hours=1),
    )
    assert [queries.get_poll(poll).number for poll in (first, second, elsewhere)] == [1, 2, 1]
    with pytest.raises(NotFound):
        queries.get_by_number(world.other_id, 2)


def test_only_whoever_convenes_opens_a_poll_and_only_at_home(world: World, clock: Clock) -> None:
    terms, now = queries.get_poll(open_council(world)).terms, clock.now
    for role in ("member", "resident", "owner", "clerk", "auditor"):
        with pytest.raises(Forbidden):
            actions.open_poll(
                world.actor(role), world.community_id, MATTER, "?", terms, seats(), now, now + timedelta(1)
            )
    with pytest.raises(Forbidden):
        actions.open_poll(world.actor("convener"), world.other_id, MATTER, "?", terms, seats(), now, now + timedelta(1))


def test_a_refused_opening_leaves_nothing_behind(world: World, clock: Clock) -> None:
    with pytest.raises(Refused, match="两次"):
        open_council(world, [*seats(1), seats(1)[0]])
    assert queries.polls(world.community_id) == []
    assert queries.get_poll(open_council(world)).number == 1


# Announcing


def announced(world: World, clock: Clock, days: int = 15) -> int:
    """A vote of the owners that is to open after some days."""
    terms, opens = owners_terms(5, TODAY, law_row), clock.now + timedelta(days=days)
    return actions.announce_poll(
        world.actor("secretary"), world.community_id, MATTER, "?", terms, opens, opens + timedelta(days=7)
    )


def test_an_announced_poll_tells_its_terms_and_has_no_roll(world: World, clock: Clock) -> None:
    poll = queries.get_poll(announced(world, clock))
    assert (poll.state, poll.frozen_at, poll.lines, poll.heads, poll.area, poll.roll_sha256) == (
        "planned", None, 0, 0, 0, "",
    )  # fmt: skip
    [line] = journal.history(world.community_id, MATTER)
    kept = db.session.get_one(Poll, poll.id).terms
    assert (line.event, line.told["terms"]) == ("PollAnnounced", hashlib.sha256(kept.encode()).hexdigest())


def test_the_roll_is_frozen_once_and_under_the_terms_that_were_told(world: World, clock: Clock) -> None:
    poll_id, house = announced(world, clock), the_house(world.community_id)
    told = queries.get_poll(poll_id)
    with pytest.raises(Refused, match="开始时才确定"):
        actions.freeze_roll(house, poll_id, units())
    clock.set(told.opens_at - timedelta(seconds=60))
    assert actions.freeze_roll(house, poll_id, units())
    assert not actions.freeze_roll(house, poll_id, units(3))
    poll = queries.get_poll(poll_id)
    assert (poll.terms, poll.lines, poll.frozen_at) == (told.terms, 12, clock.now)
    assert poll.state == "planned"
    assert [line.event for line in journal.history(world.community_id, MATTER)] == ["PollOpened", "PollAnnounced"]


def test_no_ballot_is_taken_and_nothing_declared_without_a_roll(world: World, clock: Clock) -> None:
    poll_id, house = announced(world, clock), the_house(world.community_id)
    poll = queries.get_poll(poll_id)
    clock.set(poll.opens_at + timedelta(seconds=1))
    assert [row.id for row in queries.rolls_due(clock.now)] == [poll_id]
    with pytest.raises(Refused, match="还没有开始"):
        actions.cast_ballot(voter(units()[0], world), poll_id, units()[0].key, "yes")
    with pytest.raises(Refused, match="空"):
        actions.freeze_roll(house, poll_id, [])
    clock.set(poll.closes_at + timedelta(days=1))
    with pytest.raises(Refused, match="没有开始过"):
        actions.freeze_roll(house, poll_id, units())
    assert (queries.rolls_due(clock.now), queries.due_polls(clock.now)) == ([], [])
    with pytest.raises(Refused, match="没有确定"):
        actions.declare_outcome(poll_id)


@pytest.mark.parametrize("role", ["resident", "owner", "member", "clerk", "auditor"])
def test_only_whoever_convenes_announces_and_freezes(world: World, clock: Clock, role: str) -> None:
    poll_id = announced(world, clock, 0)
    terms, now = queries.get_poll(poll_id).terms, clock.now
    with pytest.raises(Forbidden):
        actions.announce_poll(
            world.actor(role), world.community_id, MATTER, "?", terms, now + timedelta(1), now + timedelta(2)
        )
    with pytest.raises(Forbidden):
        actions.freeze_roll(world.actor(role), poll_id, units())


# Casting


def test_a_ballot_is_taken_with_a_receipt_that_leads_to_the_record_and_tells_nothing_of_the_choice(
    world: World, clock: Clock
) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    receipt = cast(world, poll_id, roll[2], "no")
    [ballot] = ballots(poll_id)
    assert (ballot.counted, ballot.choice, ballot.code, ballot.at) == (True, "no", receipt.code, clock.now)
    told = journal.get_receipt(world.community_id, receipt.code).line.told
    assert told["event"] == "BallotCast"
    assert told["ballot"] == receipt.code
    line = queries.find_line(poll_id, roll[2].key)
    assert line is not None
    opened = {
        "ballot": receipt.code,
        "unit": line.code,
        "choice": "no",
        "channel": "online",
        "time": "2026-03-02T01:00:00Z",
    }
    assert told["commitment"] == commitment(bytes.fromhex(ballot.salt), opened)
    assert told["commitment"] != commitment(bytes.fromhex(ballot.salt), {**opened, "choice": "yes"})
    assert not {"no", "choice", roll[2].key, roll[2].label} & {str(value) for value in (*told, *told.values())}


def test_the_owners_last_ballot_counts_and_the_others_are_kept(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    for choice in ("yes", "no", "abstain"):
        cast(world, poll_id, roll[0], choice)
        clock.forward(minutes=1)
    assert [(ballot.choice, ballot.counted) for ballot in ballots(poll_id)] == [
        ("yes", False),
        ("no", False),
        ("abstain", True),
    ]
    assert queries.turnout(queries.get_poll(poll_id)).heads.participating == 1


def test_where_the_first_ballot_counts_a_later_one_is_kept_and_does_not(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, precedence="first")
    cast(world, poll_id, roll[0], "yes")
    clock.forward(minutes=1)
    cast(world, poll_id, roll[0], "no")
    assert [ballot.counted for ballot in ballots(poll_id)] == [True, False]
    assert marked(poll_id, roll[0].key) == "yes"


def test_at_the_same_instant_the_later_ballot_is_the_later(world: World, clock: Clock) -> None:
    roll = units()
    for precedence, counts in (("last", [False, True]), ("paper", [False, True]), ("first", [True, False])):
        poll_id = open_owners(world, roll, precedence=precedence)
        cast(world, poll_id, roll[0], "yes")
        cast(world, poll_id, roll[0], "no")
        assert [ballot.counted for ballot in ballots(poll_id)] == counts


def test_an_online_ballot_does_not_supersede_paper_where_paper_comes_first(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll, precedence="paper")
    cast(world, poll_id, roll[0], "yes")
    _make_paper(poll_id)
    clock.forward(hours=1)
    cast(world, poll_id, roll[0], "no")
    assert [ballot.counted for ballot in ballots(poll_id)] == [True, False]


@transactional
def _make_paper(poll_id: int) -> None:
    ballots(poll_id)[0].channel = "paper"


def test_the_database_itself_knows_one_counted_ballot_a_line(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    cast(world, poll_id, roll[0], "yes")
    clock.forward(minutes=1)
    cast(world, poll_id, roll[0], "no")
    db.session.rollback()
    for ballot in ballots(poll_id):
        ballot.counted = True
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_what_the_rule_refuses_is_not_taken(world: World, clock: Clock) -> None:
    roll = seats(1, branch_1={"recused": True}, owners_1={"present": False})
    poll_id = open_council(world, roll)
    for entry, why in ((roll[0], "回避"), (roll[2], "不在场")):
        with pytest.raises(Refused, match=why):
            cast(world, poll_id, entry, "yes")
    with pytest.raises(Refused, match="没有这个选项"):
        cast(world, poll_id, roll[1], "invalid")
    with pytest.raises(Refused, match="名册"):
        actions.cast_ballot(voter(roll[0], world), poll_id, "residents-1", "yes")
    with pytest.raises(Refused, match="名册"):
        actions.cast_ballot(voter(roll[0], world), poll_id, "moon-1", "yes")
    with pytest.raises(Forbidden):
        actions.cast_ballot(replace(ANYONE, acts_as=frozenset(roll[1].voters)), poll_id, "residents-1", "yes")
    with pytest.raises(NotFound):
        actions.cast_ballot(voter(roll[1], world), 999, "residents-1", "yes")
    assert ballots(poll_id) == []


def test_a_voter_of_one_poll_is_a_stranger_to_another(world: World, clock: Clock) -> None:
    roll = seats(1)
    open_council(world, roll)
    other = open_council(world, [replace(entry, voters=(Ref("seat", 99),)) for entry in roll])
    with pytest.raises(Refused, match="名册"):
        cast(world, other, roll[0], "yes")


def test_both_ends_of_the_window_are_inside(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    closes = queries.get_poll(poll_id).closes_at
    clock.set(closes)
    cast(world, poll_id, roll[0], "yes")
    clock.set(closes + timedelta(microseconds=1))
    with pytest.raises(Refused, match="截止"):
        cast(world, poll_id, roll[1], "yes")


# Looking in


def test_no_query_tells_how_a_sealed_vote_stands_before_it_has_closed(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    cast(world, poll_id, roll[0], "yes")
    poll = queries.get_poll(poll_id)
    for ask in (queries.sums, queries.option_tally):
        with pytest.raises(Refused, match="谁也看不到"):
            ask(poll)
    assert queries.turnout(poll).heads.participating == 1
    assert queries.turnout(poll).area.agreeing == 0
    shown = queries.view(poll, roll[0].voters)
    assert shown.count is None
    assert {item.stage for item in shown.explained} == {"participation"}
    assert queries.get_answer(poll) is None


def test_no_query_tells_how_a_line_voted_to_whom_the_terms_do_not_name(world: World, clock: Clock) -> None:
    roll = units()
    poll_id = open_owners(world, roll)
    cast(world, poll_id, roll[0], "no")

    def seen(*, elector: bool) -> set[str | None]:
        poll = queries.get_poll(poll_id)
        lines = [*queries.roll_lines(poll, elector=elector), *queries.roll_page(poll, "", elector=elector, limit=99)]
        return {line.choice for line in lines if line.voted}

    line, own = queries.find_line(poll_id, roll[0].key), queries.lines_of(queries.get_poll(poll_id), roll[0].voters)
    assert line is not None
    assert (line.voted, line.choice, own[0].line.voted, own[0].line.choice) == (True, None, True, None)
    assert seen(elector=False) == seen(elector=True) == {None}
    clock.forward(days=11)
    actions.declare_outcome(poll_id)
    assert (seen(elector=False), seen(elector=True)) == ({None}, {"no"})
    assert {line.choice for line in queries.roll_of(poll_id)} == {None}


def test_how_seats_vote_in_the_open_is_seen_at_once(world: World, clock: Clock) -> None:
    roll = seats(1)
    poll_id = open_council(world, roll)
    cast(world, poll_id, roll[0], "yes")
    assert [line.choice for line in queries.roll_of(poll_id)] == ["yes", None, None, None]


def test_while_a_vote_is_planned_nobody_has_taken_part(world: World, clock: Clock) -> None:
    poll_id = open_owners(world)
    clock.forward(days=-1)
    poll = queries.get_poll(poll_id)
    assert poll.state == "planned"
    assert queries.view(poll).participating.participating == 0
