"""The page on which co-owners agree who votes, and the one on which the desk writes it down."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.core.db import db
from app.core.values import Ref, the_house
from app.register.actions import import_register
from app.register.models import Person
from tests.books import SMALL, TODAY, read
from tests.conftest import Clock
from tests.page_client import PageClient
from tests.polls import speaks_for
from tests.world import PASSWORD, World

CODE = "1-1-101"
CARD = "main form.card"


@pytest.fixture
def couple(world: World, clock: Clock) -> tuple[int, int]:
    """郭晓东, who signs in as the owner, and 李凤霞, who signs in as the resident."""
    import_register(the_house(world.community_id), world.community_id, read(SMALL), "0" * 64, TODAY)
    people = [
        row.id
        for row in db.session.scalars(select(Person).where(Person.name.in_(["郭晓东", "李凤霞"])).order_by(Person.id))
    ]
    accounts = {world.accounts["owner"]: people[0], world.accounts["resident"]: people[1]}
    for account, person in accounts.items():
        speaks_for(account, Ref("person", person))
    return people[0], people[1]


def test_one_proposes_the_other_agrees_and_both_read_where_it_stands(
    client: PageClient, new_client: Callable[[], PageClient], world: World, couple: tuple[int, int]
) -> None:
    url = f"/c/{world.slug}/homes/{CODE}/voter"
    client.sign_in(world.login("owner"), PASSWORD)
    page = client.get(url)
    assert page.says("没有推选")
    assert not page.says("郭晓东")
    page = client.follow(client.submit(page, CARD, person=str(couple[1])))
    assert page.says("全体共有人都同意以后才生效")
    other = new_client()
    other.sign_in(world.login("resident"), PASSWORD)
    assert other.get(f"/c/{world.slug}/todo").says("等您同意")
    page = other.follow(other.submit(other.get(url), CARD, person=str(couple[1])))
    assert page.says("由李**投票")


def test_the_page_of_a_home_is_for_those_who_own_it(client: PageClient, world: World, couple: tuple[int, int]) -> None:
    client.sign_in(world.login("member"), PASSWORD)
    assert client.get(f"/c/{world.slug}/homes/{CODE}/voter", status=404).says("只有这套房的业主能看")


def test_the_desk_names_the_paper(client: PageClient, world: World, couple: tuple[int, int]) -> None:
    client.sign_in(world.login("clerk"), PASSWORD)
    assert client.get(f"/c/{world.slug}/dwellings/{CODE}").says("登记共有人推选的投票人")
    url = f"/c/{world.slug}/dwellings/{CODE}/voter"
    page = client.submit(client.get(url), CARD, status=422, person=str(couple[0]))
    assert page.says("写明哪一天签的")
    page = client.follow(client.submit(page, CARD, person=str(couple[0]), note="3月2日签，存服务台"))
    assert page.says("凭书面推选书：3月2日签，存服务台")


def test_a_home_with_one_owner_names_nobody(client: PageClient, world: World, couple: tuple[int, int]) -> None:
    client.sign_in(world.login("clerk"), PASSWORD)
    assert client.get(f"/c/{world.slug}/dwellings/1-1-102/voter").says("只有一位业主")
