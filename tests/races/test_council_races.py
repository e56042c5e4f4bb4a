"""Two at once: closing, checking in while the vote opens, seconding, signing, appointing."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from flask import Flask

from app.core.db import db
from app.core.errors import HouseError
from app.council import actions, queries
from app.journal.actions import settle
from app.voting.actions import cast_ballot
from app.voting.queries import roll_of as poll_roll
from tests.conftest import Clock
from tests.council_world import SEATS, Council, convene
from tests.together import together

T = TypeVar("T")


def at_once(app: Flask, act: Callable[[int], T], people: int) -> list[T]:
    """Everybody acts at the same moment; what this test asks the database afterwards is read afresh."""
    answers = together(app, act, people)
    db.session.rollback()
    return answers


def tried(act: Callable[[], object]) -> bool:
    """Whether an action went through."""
    try:
        act()
    except HouseError:
        return False
    return True


def test_two_who_close_at_once_close_once(app: Flask, council: Council) -> None:
    held = convene(council)
    held.open()
    closers = [council.convener, council.secretary] * 3
    won = at_once(app, lambda n: tried(lambda: actions.close_meeting(closers[n], held.id)), 6)
    assert sum(won) == 1
    assert queries.get_minutes(held.id).number == 1


def test_two_who_open_the_vote_at_once_open_one(app: Flask, council: Council) -> None:
    held = convene(council)
    held.open()
    motion_id = held.ready()
    won = at_once(app, lambda _: tried(lambda: actions.put_to_vote(council.convener, motion_id)), 6)
    assert sum(won) == 1
    assert queries.get_motion_by_id(motion_id).poll_number == 1


def test_who_checks_in_while_the_vote_opens_is_on_the_roll_or_not_but_never_half(app: Flask, council: Council) -> None:
    held = convene(council)
    held.open(*[code for code in SEATS if code not in ("b3", "r4", "o4")])
    motion_id = held.ready()
    members = [council.member(code) for code in ("b3", "r4", "o4")]

    def act(number: int) -> object:
        if number == 3:
            return actions.put_to_vote(council.convener, motion_id)
        actions.check_in(members[number], held.id)
        return None

    poll_id = at_once(app, act, 4)[3]
    assert isinstance(poll_id, int)
    present = {line.entry.key for line in poll_roll(poll_id) if line.entry.present}
    meeting = queries.get_meeting(council.community_id, held.number)
    opened_at = queries.get_motion_by_id(motion_id)
    roll = queries.roll_of(meeting, meeting.day("Asia/Shanghai"))
    assert roll.present == 13
    for code, member in zip(("b3", "r4", "o4"), members, strict=True):
        assert tried(lambda: cast_ballot(member, poll_id, code, "yes")) == (code in present)  # noqa: B023  # called at once
    assert opened_at.course(roll.terms).stage == "voting"


def test_the_holder_and_the_alternate_who_come_at_once_do_not_both_sit(
    app: Flask, council: Council, clock: Clock
) -> None:
    council.add_alternate("o1")
    held = convene(council)
    clock.set(held.starts_at)
    people = [council.member("o1"), council.member("o1-alternate")]
    won = at_once(app, lambda n: tried(lambda: actions.check_in(people[n], held.id)), 2)
    assert sum(won) == 1
    meeting = queries.get_meeting(council.community_id, held.number)
    assert queries.roll_of(meeting, date(2026, 3, 6)).present == 1


def test_two_who_second_or_move_at_once_do_it_once(app: Flask, council: Council) -> None:
    held = convene(council)
    held.open()
    item = held.items[0]
    movers = [council.member(code) for code in ("o1", "o2", "r1", "b1")]
    moved = at_once(app, lambda n: tried(lambda: actions.move(movers[n], held.id, item, "换感应灯")), 4)
    assert sum(moved) == 1
    motion = queries.motions_of([held.id])[0]
    others = [movers[n] for n in range(4) if not moved[n]]
    assert sum(at_once(app, lambda n: tried(lambda: actions.second(others[n], motion.id)), 3)) == 1


def test_two_of_one_party_who_sign_at_once_sign_once(app: Flask, council: Council, clock: Clock) -> None:
    held = convene(council)
    held.open()
    held.close()
    held.sign("b1", "r1", "p1")
    owners = [council.member(code) for code in ("o1", "o2", "o3", "o4")]
    won = at_once(app, lambda n: tried(lambda: actions.sign_minutes(owners[n], held.id)), 4)
    assert sum(won) == 1
    assert queries.get_minutes(held.id).published_at is not None


def test_the_four_who_sign_at_once_publish_once(app: Flask, council: Council, clock: Clock) -> None:
    held = convene(council)
    held.open()
    held.close()
    clock.set(queries.get_minutes(held.id).sign_by)
    signers = [council.member(code) for code in ("b1", "r1", "o1", "p1")]
    published = at_once(app, lambda n: actions.sign_minutes(signers[n], held.id), 4)
    assert sorted(published) == [False, False, False, True]


def test_two_who_appoint_to_a_seat_at_once_appoint_one(app: Flask, council: Council) -> None:
    seat = actions.add_seat(council.secretary, council.community_id, "b4", "branch", "委员")

    def act(number: int) -> bool:
        names = ("甲乙", "丙丁", "戊己")
        return tried(
            lambda: actions.appoint(
                council.secretary, council.community_id, seat, "holder", names[number], date(2026, 3, 2)
            )
        )

    assert sum(at_once(app, act, 3)) == 1
    assert len(queries.terms_of_seat(seat)) == 1


def test_all_who_vote_at_once_close_the_vote_once(app: Flask, council: Council) -> None:
    held = convene(council)
    held.open()
    motion_id = held.ready()
    poll_id = actions.put_to_vote(council.convener, motion_id)
    voters = [(code, council.member(code)) for code in SEATS]
    won = at_once(app, lambda n: tried(lambda: cast_ballot(voters[n][1], poll_id, voters[n][0], "yes")), len(voters))
    assert all(won)
    settle()
    assert queries.get_motion_by_id(motion_id).outcome == "adopted"
    assert [found.number for found in queries.resolutions_of([held.id])] == [1]


def test_the_chair_and_the_last_voter_at_once_leave_one_result(app: Flask, council: Council) -> None:
    held = convene(council)
    held.open()
    motion_id = held.ready()
    held.vote(motion_id, silent="p2", end=False)
    poll_id = queries.get_motion_by_id(motion_id).poll_id
    assert poll_id is not None
    last, chair = council.member("p2"), council.convener

    def act(number: int) -> bool:
        if number == 0:
            return tried(lambda: cast_ballot(last, poll_id, "p2", "no"))
        return tried(lambda: actions.end_vote(chair, motion_id))

    won = at_once(app, act, 2)
    assert won[1]
    settle()
    lines = {line.entry.key: line.choice for line in poll_roll(poll_id)}
    assert (lines["p2"] == "no") == won[0]
