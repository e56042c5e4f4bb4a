"""Accounts, codes, sessions and roles."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.core.limits import TooOften
from app.core.values import ANYONE, Actor, Ref, the_house
from app.identity import actions, queries
from app.identity.models import Account
from app.identity.rules import INVITATION_TERM, SESSION_TERM
from tests.conftest import Clock
from tests.world import PASSWORD, World


def test_a_code_opens_an_account_with_its_roles_and_only_once(app: Flask, world: World) -> None:
    code = actions.invite(the_house(world.community_id), world.community_id, ["resident"])
    account_id = actions.accept_invitation(ANYONE, code, name="孙女士", login="138 0000 1111", password=PASSWORD)
    session = actions.sign_in("+86 138-0000-1111", PASSWORD)
    found = queries.find_session(session.token)
    assert found is not None
    assert (found.account_id, found.name) == (account_id, "孙女士")
    assert {grant.role for grant in found.grants} == {"resident"}
    with pytest.raises(Refused, match="已经用过"):
        actions.accept_invitation(ANYONE, code, name="别人", login="another", password=PASSWORD)
    assert queries.find_account("another") is None


def test_a_code_is_good_until_its_day_and_not_a_moment_longer(app: Flask, world: World, clock: Clock) -> None:
    house = the_house(world.community_id)
    first, second = (actions.invite(house, world.community_id, ["resident"]) for _ in range(2))
    made = clock.now
    clock.set(made + INVITATION_TERM - timedelta(microseconds=1))
    actions.accept_invitation(ANYONE, first, name="甲", login="in-time", password=PASSWORD)
    clock.set(made + INVITATION_TERM)
    with pytest.raises(Refused, match="过期"):
        actions.accept_invitation(ANYONE, second, name="乙", login="too-late", password=PASSWORD)


def test_the_sign_in_name_is_nowhere_in_the_database_in_clear(app: Flask, world: World) -> None:
    actions.create_account("周先生", "13900002222", PASSWORD)
    row = queries.find_account("13900002222")
    assert row is not None
    stored = " ".join(str(value) for value in db.session.get_one(Account, row.id).__dict__.values())
    assert "13900002222" not in stored
    assert PASSWORD not in stored


def test_the_same_sign_in_name_never_gets_two_accounts(app: Flask, world: World) -> None:
    with pytest.raises(Refused, match="已经有账号"):
        actions.create_account("冒名", world.login("resident").upper(), PASSWORD)


def test_an_account_without_a_password_opens_to_none(app: Flask, world: World) -> None:
    actions.create_account("周先生", "no-password", None)
    for tried in ("", "None", PASSWORD):
        with pytest.raises(actions.WrongSignIn):
            actions.sign_in("no-password", tried)


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(app: Flask, world: World) -> None:
    said = []
    for login, password in ((world.login("resident"), "wrong password"), ("nobody-here", PASSWORD)):
        with pytest.raises(actions.WrongSignIn) as refused:
            actions.sign_in(login, password)
        said.append(refused.value.refusal)
    assert said[0] == said[1]


def test_somebody_who_guesses_is_stopped_although_the_last_guess_is_right(app: Flask, world: World) -> None:
    for _ in range(10):
        with pytest.raises(actions.WrongSignIn):
            actions.sign_in(world.login("resident"), "wrong password")
    with pytest.raises(TooOften):
        actions.sign_in(world.login("resident"), PASSWORD)
    assert actions.sign_in(world.login("owner"), PASSWORD).account_id == world.accounts["owner"]


def test_a_session_ends_when_it_is_revoked_and_nobody_elses_can_be(app: Flask, world: World) -> None:
    session = actions.begin_session(world.accounts["resident"])
    found = queries.find_session(session.token)
    assert found is not None
    with pytest.raises(NotFound):
        actions.end_session(world.actor("owner"), found.session_id)
    assert queries.find_session(session.token) is not None
    actions.end_session(world.actor("resident"), found.session_id)
    assert queries.find_session(session.token) is None


def test_a_session_lasts_thirty_days_exactly(app: Flask, world: World, clock: Clock) -> None:
    session, began = actions.begin_session(world.accounts["resident"]), clock.now
    clock.set(began + SESSION_TERM - timedelta(seconds=1))
    assert queries.find_session(session.token) is not None
    clock.set(began + SESSION_TERM)
    assert queries.find_session(session.token) is None


def test_changing_the_password_ends_every_session_and_the_old_one_is_worth_nothing(app: Flask, world: World) -> None:
    sessions = [actions.begin_session(world.accounts["owner"]).token for _ in range(2)]
    actions.change_password(world.actor("owner"), PASSWORD, "seven blue carp in rain")
    assert [queries.find_session(token) for token in sessions] == [None, None]
    with pytest.raises(actions.WrongSignIn):
        actions.sign_in(world.login("owner"), PASSWORD)
    assert actions.sign_in(world.login("owner"), "seven blue carp in rain").account_id == world.accounts["owner"]


def test_who_forgot_the_password_sets_a_new_one_by_a_code_for_that_name_alone(app: Flask, world: World) -> None:
    house, subject = the_house(world.community_id), Ref("account", world.accounts["owner"])
    code = actions.invite(house, world.community_id, (), subject)
    with pytest.raises(Refused, match="另一个登录名"):
        actions.accept_invitation(ANYONE, code, login=world.login("resident"), password="seven blue carp in rain")
    actions.accept_invitation(ANYONE, code, login=world.login("owner"), password="seven blue carp in rain")
    assert actions.sign_in(world.login("owner"), "seven blue carp in rain").account_id == world.accounts["owner"]


def test_a_role_is_held_from_its_first_to_its_last_day_both_included(app: Flask, world: World, clock: Clock) -> None:
    house, account_id = the_house(world.community_id), world.accounts["resident"]
    actions.grant_role(house, world.community_id, account_id, "secretary", date(2026, 3, 3), date(2026, 3, 4))
    token = actions.begin_session(account_id).token

    def roles() -> set[str]:
        found = queries.find_session(token)
        assert found is not None
        return {grant.role for grant in found.grants}

    seen: list[bool] = []
    start = clock.now
    for days in range(4):
        clock.set(start + timedelta(days=days))
        seen.append("secretary" in roles())
    assert seen == [False, True, True, False]


def test_a_role_that_ends_stays_on_record_until_its_last_day(app: Flask, world: World, clock: Clock) -> None:
    house = the_house(world.community_id)
    actions.end_role(house, world.community_id, world.accounts["secretary"], "secretary", date(2026, 3, 2))
    assert [row.to_day for row in queries.holders(world.community_id, "secretary")] == [date(2026, 3, 2)]
    clock.forward(days=1)
    assert queries.holders(world.community_id, "secretary") == []


@pytest.mark.parametrize("role", ["resident", "owner", "member", "supplier"])
def test_only_staff_invite_and_give_roles(app: Flask, world: World, role: str) -> None:
    actor = world.actor(role)
    with pytest.raises(Forbidden):
        actions.invite(actor, world.community_id, ["operator"])
    with pytest.raises(Forbidden):
        actions.grant_role(actor, world.community_id, world.accounts[role], "operator", date(2026, 1, 1))


def test_the_secretary_of_one_community_has_no_power_in_another(app: Flask, world: World) -> None:
    secretary = world.actor("secretary")
    actions.invite(secretary, world.community_id, ["resident"])
    with pytest.raises(Forbidden):
        actions.invite(secretary, world.other_id, ["resident"])


@pytest.mark.parametrize("password", ["short", "password", "test-resident", "aaaaaaaaaa", "x" * 129])
def test_a_password_that_everybody_guesses_is_refused(app: Flask, world: World, password: str) -> None:
    with pytest.raises(Refused):
        actions.create_account("甲", "test-resident-2" if password != "test-resident" else "test-resident", password)


def test_nobody_is_an_actor_without_an_account() -> None:
    assert Actor().account_id is None
