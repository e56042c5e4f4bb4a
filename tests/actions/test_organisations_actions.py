"""Organisations register once, and only their own people act for them."""

import pytest
from flask import Flask

from app.core.errors import Forbidden, NotFound, Refused
from app.core.house import describe
from app.core.values import ANYONE, Actor, Ref
from app.organisations import queries
from app.organisations.actions import Particulars, add_member, register_organisation, revise_organisation
from app.wiring.login import actor_of
from tests.conftest import Clock
from tests.tendering import CODES
from tests.together import together
from tests.world import World

PARTICULARS = Particulars("和风社工服务中心", "和风", "13800001111")


@pytest.fixture
def founder(app: Flask, world: World, clock: Clock) -> Actor:
    """Somebody with an account."""
    return actor_of(world.accounts["supplier"])


def test_who_registers_an_organisation_acts_for_it(founder: Actor) -> None:
    number = register_organisation(founder, CODES[0].lower(), "service", PARTICULARS)
    assert founder.account_id is not None
    assert Ref("organisation", number) in actor_of(founder.account_id).acts_as
    found = queries.get_organisation(number)
    assert (found.credit_code, found.name) == (CODES[0], "和风社工服务中心")
    assert queries.find_by_code(CODES[0]) == found
    assert describe([Ref("organisation", number)])[Ref("organisation", number)].title == "和风社工服务中心"


def test_the_telephone_number_is_kept_sealed(founder: Actor) -> None:
    number = register_organisation(founder, CODES[0], "service", PARTICULARS)
    assert queries.get_contact(number).phone == "13800001111"
    assert not hasattr(queries.get_organisation(number), "phone")


def test_an_organisation_registers_once(founder: Actor) -> None:
    register_organisation(founder, CODES[0], "service", PARTICULARS)
    with pytest.raises(Refused, match="登记过"):
        register_organisation(founder, CODES[0], "service", PARTICULARS)


def test_of_many_that_register_the_same_at_once_one_does(app: Flask, founder: Actor) -> None:
    def register(_number: int) -> bool:
        try:
            register_organisation(founder, CODES[0], "service", PARTICULARS)
        except Refused:
            return False
        return True

    assert together(app, register, 5).count(True) == 1


def test_nobody_registers_without_an_account(app: Flask, world: World) -> None:
    with pytest.raises(Forbidden):
        register_organisation(ANYONE, CODES[0], "service", PARTICULARS)


@pytest.mark.parametrize(
    ("code", "kind"), [("123", "service"), (CODES[0], "enterprise"), ("123101154250123459", "public_first")]
)
def test_what_cannot_be_an_organisation_is_refused(founder: Actor, code: str, kind: str) -> None:
    with pytest.raises(Refused):
        register_organisation(founder, code, kind, PARTICULARS)


def test_only_its_own_people_change_an_organisation_and_let_others_in(founder: Actor, world: World) -> None:
    number = register_organisation(founder, CODES[0], "service", PARTICULARS)
    stranger = actor_of(world.accounts["resident"])
    with pytest.raises(Refused, match="不能替它"):
        revise_organisation(stranger, number, Particulars("盗名", "x", "1"))
    with pytest.raises(Refused, match="不能替它"):
        add_member(stranger, number, world.accounts["resident"])
    add_member(founder, number, world.accounts["resident"])
    add_member(founder, number, world.accounts["resident"])
    colleague = actor_of(world.accounts["resident"])
    revise_organisation(colleague, number, Particulars("和风社工", "小和", "13900002222"))
    assert queries.get_organisation(number).name == "和风社工"
    assert queries.members_of([number]) == {
        founder.account_id: frozenset({number}),
        colleague.account_id: frozenset({number}),
    }


def test_an_organisation_that_is_not_there_is_not_found(founder: Actor) -> None:
    with pytest.raises(NotFound):
        revise_organisation(founder, 99, PARTICULARS)
    with pytest.raises(NotFound):
        queries.get_contact(99)
    assert queries.organisations([]) == {}
