"""Two desks at once: a register is taken in once, and one person gets one account."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import HouseError
from app.core.values import the_house
from app.identity.actions import accept_invitation
from app.register import actions
from app.register.models import Dwelling, Ownership, Person, RegisterImport
from tests.books import COUPLE, LANDLORD, SMALL, TODAY, UNSOLD, Row, read
from tests.together import together
from tests.world import World


def outcome(act: Callable[[], object]) -> str:
    """What became of an act: `done`, or the refusal's class."""
    try:
        act()
    except HouseError as error:
        return type(error).__name__
    return "done"


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_one_spreadsheet_sent_by_four_desks_at_once_is_taken_in_once(app: Flask, world: World) -> None:
    here, reading = world.community_id, read(SMALL)
    house = the_house(here)
    together(app, lambda _: actions.import_register(house, here, reading, "0" * 64, TODAY), 4)
    db.session.rollback()
    assert (count(Dwelling), count(Person), count(Ownership), count(RegisterImport)) == (5, 5, 6, 1)


def test_two_different_corrections_at_once_leave_each_dwelling_with_one_set_of_owners(app: Flask, world: World) -> None:
    here = world.community_id
    house = the_house(here)
    actions.import_register(house, here, read(SMALL), "0" * 64, TODAY)

    def sell(place: int) -> None:
        buyer = ("陈永康", "吴秀英")[place]
        sold: list[Row] = [LANDLORD[0], [*LANDLORD[1][:5], buyer, "1/1", "19907000050", "", "", ""]]
        reading = read([*COUPLE, *sold, *UNSOLD])
        actions.import_register(house, here, reading, "1" * 64, TODAY + timedelta(days=1))

    together(app, sell, 2)
    db.session.rollback()
    open_shares = db.session.execute(
        select(Ownership.dwelling_id, func.count(), func.max(Ownership.denominator))
        .where(Ownership.to_day.is_(None))
        .group_by(Ownership.dwelling_id)
    ).all()
    assert len(open_shares) == 5
    assert all(owners == denominator for _, owners, denominator in open_shares)


def test_two_codes_of_one_person_used_at_once_link_one_account(app: Flask, world: World) -> None:
    here = world.community_id
    actions.import_register(the_house(here), here, read(SMALL), "0" * 64, TODAY)
    owner = db.session.scalars(select(Person.id).filter_by(name="高志强")).one()
    codes = [actions.invite_person(world.actor("clerk"), here, owner) for _ in range(2)]
    readers = [world.actor("member"), world.actor("evaluator")]
    results = together(app, lambda place: outcome(lambda: accept_invitation(readers[place], codes[place])), 2)
    assert sorted(results) == ["Refused", "done"]
