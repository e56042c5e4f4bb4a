"""Seats and terms in the database: appointing, inviting, ending, and for whom an account may speak."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.core.errors import Forbidden, NotFound, Refused
from app.core.house import speaks_for
from app.core.permissions import MEMBER
from app.core.values import ANYONE, Ref, the_house
from app.council import actions, queries
from app.identity.actions import accept_invitation, create_account
from app.identity.queries import find_account, holders
from tests.conftest import Clock
from tests.council_world import FIRST_DAY, LAMPS, TITLE, Council, convene
from tests.world import PASSWORD, World


def _roles(world: World) -> set[str]:
    return {row.name for row in holders(world.community_id, MEMBER)}


def test_whoever_is_appointed_with_an_account_is_a_member_for_the_term(
    app: Flask, council: Council, world: World, clock: Clock
) -> None:
    assert {"李敏", "王建国"} <= _roles(world)
    actions.end_term(council.secretary, world.community_id, council.terms["o1"], date(2026, 3, 2))
    assert "李敏" in _roles(world)
    clock.forward(days=1)
    assert "李敏" not in _roles(world)
    assert queries.get_seat(world.community_id, "o1", date(2026, 3, 3)).vacant


def test_a_code_for_a_term_links_the_account_that_uses_it(app: Flask, world: World, clock: Clock) -> None:
    secretary, here = world.actor("secretary"), world.community_id
    seat = actions.add_seat(secretary, here, "b1", "branch", "书记")
    term = actions.appoint(secretary, here, seat, "holder", "王建国", date(2026, 3, 2))
    code = actions.invite_to_seat(secretary, here, term)
    account = accept_invitation(ANYONE, code, name="王建国", login="wang-jianguo", password=PASSWORD)
    refs = speaks_for(account)
    assert refs == {Ref("seat-term", term), Ref("seat", seat), Ref("branch", here)}
    assert "王建国" in _roles(world)


def test_a_code_for_a_seat_links_its_holder(app: Flask, world: World, clock: Clock) -> None:
    from app.identity.actions import invite

    secretary, here = world.actor("secretary"), world.community_id
    seat = actions.add_seat(secretary, here, "b1", "branch", "书记")
    term = actions.appoint(secretary, here, seat, "holder", "王建国", date(2026, 3, 2))
    code = invite(secretary, here, [MEMBER], Ref("seat", seat))
    account = accept_invitation(ANYONE, code, name="王建国", login="wang-jianguo", password=PASSWORD)
    assert Ref("seat-term", term) in speaks_for(account)


def test_a_code_does_not_put_one_person_into_two_seats(
    app: Flask, council: Council, world: World, clock: Clock
) -> None:
    secretary, here = council.secretary, world.community_id
    seat = actions.add_seat(secretary, here, "b4", "branch", "委员")
    term = actions.appoint(secretary, here, seat, "holder", "李敏", date(2026, 3, 2))
    code = actions.invite_to_seat(secretary, here, term)
    with pytest.raises(Refused, match="一人只能占一席"):
        accept_invitation(council.member("o1"), code)
    account = accept_invitation(ANYONE, code, name="李敏", login="another-li", password=PASSWORD)
    assert queries.terms_of_seat(seat)[0].account_id == account


def test_an_alternate_speaks_for_the_seat_only_while_its_holder_does_not(
    app: Flask, council: Council, world: World, clock: Clock
) -> None:
    council.add_alternate("o1")
    account, seat = council.accounts["o1-alternate"], Ref("seat", council.seats["o1"])
    assert seat not in speaks_for(account)
    held = convene(council)
    clock.set(held.starts_at)
    held.arrive("o1-alternate")
    assert seat in speaks_for(account)
    assert Ref("owners", world.community_id) in speaks_for(account)
    actions.record_leaving(council.secretary, held.id, council.seats["o1"])
    assert seat not in speaks_for(account)
    actions.end_term(council.secretary, world.community_id, council.terms["o1"], clock.now.date())
    clock.forward(days=1)
    assert seat in speaks_for(account)
    assert speaks_for(council.accounts["o1"]) == frozenset()


@pytest.mark.parametrize("role", ["resident", "owner", "member", "convener", "clerk", "auditor"])
def test_only_the_desk_and_the_operator_keep_the_seats(app: Flask, world: World, clock: Clock, role: str) -> None:
    actor, here = world.actor(role), world.community_id
    seat = actions.add_seat(the_house(here), here, "b1", "branch", "书记")
    with pytest.raises(Forbidden):
        actions.add_seat(actor, here, "b2", "branch", "委员")
    with pytest.raises(Forbidden):
        actions.appoint(actor, here, seat, "holder", "王建国", FIRST_DAY)


def test_a_seat_of_another_community_is_not_found(app: Flask, council: Council, world: World, clock: Clock) -> None:
    house = the_house(world.other_id)
    with pytest.raises(NotFound):
        actions.appoint(house, world.other_id, council.seats["b1"], "alternate", "何青", FIRST_DAY)
    with pytest.raises(NotFound):
        actions.end_term(house, world.other_id, council.terms["b1"], date(2026, 4, 1))
    with pytest.raises(NotFound):
        actions.invite_to_seat(house, world.other_id, council.terms["b1"])
    assert actions.add_seat(house, world.other_id, "b1", "branch", "书记") != council.seats["b1"]


def test_codes_are_kept_small_and_their_own(app: Flask, world: World, clock: Clock) -> None:
    secretary, here = world.actor("secretary"), world.community_id
    actions.add_seat(secretary, here, " B1 ", "branch", "书记")
    with pytest.raises(Refused, match="已经用过"):
        actions.add_seat(secretary, here, "b1", "owners", "委员")
    assert find_account("seat-b1") is None


def test_a_matter_waits_once_however_often_it_is_proposed(app: Flask, world: World, clock: Clock) -> None:
    secretary, here = world.actor("secretary"), world.community_id
    first = actions.propose_agenda_item(secretary, here, LAMPS, TITLE)
    assert actions.propose_agenda_item(secretary, here, LAMPS, "别的说法") == first
    assert [item.title for item in queries.waiting_items(here)] == [TITLE]
    with pytest.raises(Forbidden):
        actions.propose_agenda_item(world.actor("resident"), here, LAMPS, TITLE)


def test_an_account_without_a_seat_speaks_for_none(app: Flask, world: World, clock: Clock) -> None:
    account = create_account("陈明", "chen-ming", PASSWORD)
    assert speaks_for(account) == frozenset()
    clock.forward(seconds=timedelta(days=1).total_seconds())
    assert queries.council(world.community_id, date(2026, 3, 2)) == ()
