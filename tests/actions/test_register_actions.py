"""A spreadsheet becomes the register whole or not at all; who owned and who lived where stays on record with its days."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from app.core.db import db
from app.core.errors import Forbidden, NotFound, Refused
from app.core.house import found
from app.core.values import Actor, Entry, Ref, the_house
from app.identity.actions import accept_invitation
from app.identity.queries import holders
from app.journal.models import JournalEntry
from app.register import actions, queries
from app.register.actions import Imported
from app.register.models import Dwelling, Ownership, Person, RegisterImport, RegisterUpload, Residence
from app.wiring.login import actor_of
from tests.books import COUPLE, LANDLORD, SMALL, TODAY, UNSOLD, Row, read
from tests.conftest import Clock
from tests.world import World

NEXT_DAY = TODAY + timedelta(days=1)


def take_in(world: World, rows: list[Row], day: date = TODAY, community_id: int | None = None) -> Imported:
    here = community_id or world.community_id
    return actions.import_register(the_house(here), here, read(rows), "0" * 64, day)


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def person(name: str) -> Person:
    return db.session.scalars(select(Person).filter_by(name=name)).one()


def by_key(entries: list[Entry]) -> dict[str, Entry]:
    return {entry.key: entry for entry in entries}


def test_a_spreadsheet_becomes_dwellings_persons_and_facts(world: World) -> None:
    done = take_in(world, SMALL)
    assert (done.figures.dwellings, done.figures.owners, done.figures.residents) == (5, 3, 3)
    assert (count(Dwelling), count(Person), count(Ownership), count(Residence)) == (5, 5, 6, 3)
    shares = db.session.execute(select(Ownership.numerator, Ownership.denominator, Ownership.from_day)).all()
    assert sorted(shares)[:2] == [(1, 1, None), (1, 1, None)]
    assert (1, 2, None) in shares


def test_an_owner_who_lives_at_home_is_one_person(world: World) -> None:
    take_in(world, COUPLE)
    assert count(Person) == 2
    assert {fact.person_id for fact in db.session.scalars(select(Residence))} == {
        fact.person_id for fact in db.session.scalars(select(Ownership))
    }


def test_the_import_is_in_the_public_record_as_numbers_only(world: World) -> None:
    take_in(world, SMALL)
    line = db.session.scalars(select(JournalEntry).filter_by(event="RegisterImported")).one()
    assert '"dwellings":5' in line.text
    assert "郭" not in line.text
    assert "19907000007" not in line.text


def test_a_phone_is_never_stored_in_the_clear(world: World) -> None:
    take_in(world, SMALL)
    stored = db.session.execute(text("SELECT name, key_print, phone_sealed FROM person")).all()
    assert "19907000007" not in str(stored)
    assert person("郭晓东").phone_sealed != person("李凤霞").phone_sealed
    assert person("宋美玲").phone_sealed == ""


def test_a_spreadsheet_with_one_bad_row_changes_nothing(world: World) -> None:
    with pytest.raises(Refused) as refused:
        take_in(world, [*SMALL, ["1栋", 1, "301", "九十平", "住宅", "王芳", "1/1", "19907000010", "", "", ""]])
    assert refused.value.refusal.values == {"count": 1}
    assert (count(Dwelling), count(Person), count(RegisterImport)) == (0, 0, 0)


def test_the_same_spreadsheet_twice_changes_nothing_the_second_time(world: World) -> None:
    first = take_in(world, SMALL)
    again = take_in(world, list(reversed([*LANDLORD, *UNSOLD])) + COUPLE, NEXT_DAY)
    assert again.import_id == first.import_id
    assert again.changes.none
    assert (count(Ownership), count(RegisterImport)) == (6, 1)
    assert len(db.session.scalars(select(JournalEntry).filter_by(event="RegisterImported")).all()) == 1


def test_a_new_owner_begins_on_the_day_and_the_old_one_ends_the_day_before(world: World) -> None:
    take_in(world, SMALL)
    sold: list[Row] = [
        ["1栋", 1, "201", 62.38, "住宅", "陈永康", "1/1", "19907000020", "陈永康", "业主本人", "2026-03-03"]
    ]
    done = take_in(world, [*COUPLE, LANDLORD[0], *sold, *UNSOLD], NEXT_DAY)
    assert (done.changes.owners, done.changes.residents, done.changes.added) == (("1-1-201",), ("1-1-201",), ())
    before, after = (by_key(queries.roll(world.community_id, day)) for day in (TODAY, NEXT_DAY))
    assert before["1-1-201"].voters == (Ref("person", person("高志强").id),)
    assert after["1-1-201"].voters == (Ref("person", person("陈永康").id),)
    assert after["1-1-102"].voters == before["1-1-102"].voters
    assert len({entry.head for entry in before.values()}) == 3
    assert len({entry.head for entry in after.values()}) == 4


def test_a_tenant_who_moved_out_stays_on_record_with_the_last_day(world: World) -> None:
    take_in(world, SMALL)
    empty: list[Row] = [[*LANDLORD[0][:8], "", "", ""], LANDLORD[1]]
    take_in(world, [*COUPLE, *empty, *UNSOLD], NEXT_DAY)
    fact = db.session.scalars(select(Residence).join(Person).where(Person.name == "宋美玲")).one()
    assert (fact.since, fact.to_day) == (date(2020, 1, 1), TODAY)


def test_a_list_that_forgets_a_dwelling_is_refused_and_names_it(world: World) -> None:
    take_in(world, SMALL)
    with pytest.raises(Refused) as refused:
        take_in(world, SMALL[:-1], NEXT_DAY)
    assert refused.value.refusal.values == {"count": 1, "codes": "2-1-102"}
    assert count(RegisterImport) == 1


def test_a_dwelling_that_is_new_counts_from_its_day(world: World) -> None:
    take_in(world, SMALL)
    built: list[Row] = [["3栋", 1, "101", 50, "住宅", "王芳", "1/1", "19907000030", "", "", ""]]
    done = take_in(world, [*SMALL, *built], NEXT_DAY)
    assert done.changes.added == ("3-1-101",)
    assert by_key(queries.roll(world.community_id, TODAY))["3-1-101"].voters == ()
    assert by_key(queries.roll(world.community_id, NEXT_DAY))["3-1-101"].voters != ()


def test_the_roll_says_since_when_a_unit_is_entitled_where_the_register_knows_it(world: World) -> None:
    take_in(world, SMALL)
    first = by_key(queries.roll(world.community_id, TODAY))
    assert {entry.eligible_from for entry in first.values()} == {None}
    sold: list[Row] = [[*UNSOLD[0][:5], "王芳", "1/1", "19907000030", "", "", ""], UNSOLD[1]]
    take_in(world, [*COUPLE, *LANDLORD, *sold], NEXT_DAY)
    since = {key: entry.eligible_from for key, entry in by_key(queries.roll(world.community_id, NEXT_DAY)).items()}
    assert (since["2-1-101"], since["2-1-102"]) == (NEXT_DAY, None)


def test_a_corrected_area_is_taken_over_and_its_basis_kept(world: World) -> None:
    take_in(world, SMALL)
    corrected: list[Row] = [[*LANDLORD[0][:3], "62.40", *LANDLORD[0][4:]], LANDLORD[1]]
    done = take_in(world, [*COUPLE, *corrected, *UNSOLD], NEXT_DAY)
    assert done.changes.measures == ("1-1-102",)
    assert by_key(queries.roll(world.community_id, NEXT_DAY))["1-1-102"].area == 6240


def test_what_the_developer_sold_leaves_the_developers_head(world: World) -> None:
    take_in(world, SMALL)
    sold: list[Row] = [[*UNSOLD[0][:5], "王芳", "1/1", "19907000030", "", "", ""], UNSOLD[1]]
    take_in(world, [*COUPLE, *LANDLORD, *sold], NEXT_DAY)
    heads = {entry.key: entry.head for entry in queries.roll(world.community_id, NEXT_DAY)}
    assert heads["2-1-102"] == "developer"
    assert heads["2-1-101"] == f"p{person('王芳').id}"


def test_the_roll_counts_heads_and_area_as_the_spreadsheet_did(world: World) -> None:
    figures = take_in(world, SMALL).figures
    entries = queries.roll(world.community_id, TODAY)
    assert sum(entry.area for entry in entries) == figures.area
    assert len({entry.head for entry in entries}) == figures.owners
    assert [entry.key for entry in entries] == ["1-1-101", "1-1-102", "1-1-201", "2-1-101", "2-1-102"]
    couple = by_key(entries)["1-1-101"]
    assert (couple.label, couple.building, len(couple.voters)) == ("1号楼1单元101室", "1", 2)


def test_buildings_stand_in_the_order_in_which_people_count_them(world: World) -> None:
    rows: list[Row] = [
        [f"{building}栋", 1, "101", 50, "住宅", "王芳", "1/1", "19907000030", "", "", ""] for building in (10, 2, 1)
    ]
    take_in(world, rows)
    assert [entry.building for entry in queries.roll(world.community_id, TODAY)] == ["1", "2", "10"]
    assert [building.name for building in queries.buildings(world.community_id)] == ["1", "2", "10"]


def test_residents_are_a_roll_of_their_own(world: World) -> None:
    take_in(world, SMALL)
    labels = [entry.label for entry in queries.residents_roll(world.community_id, TODAY)]
    assert sorted(labels) == ["宋**", "李**", "郭**"]
    assert queries.residents_roll(world.community_id, date(2014, 1, 1)) == []


def test_two_communities_know_nothing_of_each_other(world: World) -> None:
    take_in(world, SMALL)
    take_in(world, COUPLE, community_id=world.other_id)
    assert len(queries.roll(world.other_id, TODAY)) == 1
    prints = db.session.scalars(select(Person.key_print).filter_by(name="郭晓东")).all()
    assert len(set(prints)) == 2
    with pytest.raises(NotFound):
        queries.get_dwelling(world.other_id, "1-1-102")


@pytest.mark.parametrize("role", ["resident", "owner", "member", "convener", "auditor", "supplier"])
def test_only_the_desk_takes_a_register_in(world: World, role: str) -> None:
    with pytest.raises(Forbidden):
        actions.import_register(world.actor(role), world.community_id, read(SMALL), "0" * 64, TODAY)
    assert count(Dwelling) == 0


def test_the_secretary_of_one_community_does_not_fill_another(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.import_register(world.actor("secretary"), world.other_id, read(SMALL), "0" * 64, TODAY)


def test_a_code_brings_an_owner_to_an_account_that_speaks_for_them(world: World, clock: Clock) -> None:
    take_in(world, SMALL)
    owner = person("郭晓东")
    code = actions.invite_person(world.actor("clerk"), world.community_id, owner.id)
    account_id = accept_invitation(Actor(), code, name="郭晓东", login="19907000007", password="three quiet lanterns")
    assert Ref("person", owner.id) in actor_of(account_id).acts_as
    assert [row.account_id for row in holders(world.community_id, "owner") if row.name == "郭晓东"] == [account_id]
    assert [row.account_id for row in holders(world.community_id, "resident") if row.name == "郭晓东"] == [account_id]
    (entry,) = queries.own_entries(world.community_id, account_id)
    assert (entry.phone, entry.holdings[0].place, entry.homes[0].relation) == ("19907000007", "1号楼1单元101室", "self")


def test_a_tenant_gets_the_residents_verbs_and_no_vote(world: World, clock: Clock) -> None:
    take_in(world, SMALL)
    code = actions.invite_person(world.actor("clerk"), world.community_id, person("宋美玲").id)
    accept_invitation(world.actor("member"), code)
    assert not [row for row in holders(world.community_id, "owner") if row.name == "王委员"]
    assert [row for row in holders(world.community_id, "resident") if row.name == "王委员"]


def test_one_person_acts_through_one_account(world: World, clock: Clock) -> None:
    take_in(world, SMALL)
    owner = person("高志强")
    codes = [actions.invite_person(world.actor("clerk"), world.community_id, owner.id) for _ in range(2)]
    accept_invitation(world.actor("member"), codes[0])
    with pytest.raises(Refused, match="已经有账号"):
        accept_invitation(world.actor("evaluator"), codes[1])
    assert db.session.get_one(Person, owner.id).account_id == world.accounts["member"]
    with pytest.raises(Refused):
        actions.invite_person(world.actor("clerk"), world.community_id, owner.id)


def test_roles_follow_the_register(world: World, clock: Clock) -> None:
    take_in(world, SMALL)
    here, member = world.community_id, world.accounts["member"]
    accept_invitation(world.actor("member"), actions.invite_person(world.actor("clerk"), here, person("高志强").id))
    assert member in {row.account_id for row in holders(here, "owner")}
    sold: list[Row] = [[*row[:5], "陈永康", "1/1", "19907000020", *row[8:]] for row in LANDLORD]
    take_in(world, [*COUPLE, *sold, *UNSOLD])
    assert member not in {row.account_id for row in holders(here, "owner")}
    assert world.accounts["owner"] in {row.account_id for row in holders(here, "owner")}
    take_in(world, SMALL, NEXT_DAY)
    clock.forward(days=1)
    assert member in {row.account_id for row in holders(here, "owner")}


def test_a_code_used_after_the_sale_gives_no_owners_verbs(world: World, clock: Clock) -> None:
    take_in(world, SMALL)
    here = world.community_id
    code = actions.invite_person(world.actor("clerk"), here, person("高志强").id)
    sold: list[Row] = [[*row[:5], "陈永康", "1/1", "19907000020", *row[8:]] for row in LANDLORD]
    take_in(world, [*COUPLE, *sold, *UNSOLD])
    seller = person("高志强").id
    with pytest.raises(Refused, match="既不是业主"):
        actions.invite_person(world.actor("clerk"), here, seller)
    accept_invitation(world.actor("member"), code)
    assert world.accounts["member"] not in {row.account_id for row in holders(here, "owner")}


def test_nobody_links_others_or_persons_of_another_community(world: World) -> None:
    take_in(world, SMALL)
    owner, resident = person("高志强"), world.actor("resident")
    with pytest.raises(Forbidden):
        actions.link_person(resident, world.community_id, owner.id, world.accounts["member"])
    with pytest.raises(NotFound):
        actions.link_person(resident, world.other_id, owner.id, world.accounts["resident"])
    with pytest.raises(NotFound):
        actions.invite_person(world.actor("clerk"), world.community_id, 999_999)


def test_an_upload_waits_sealed_for_a_day_and_only_for_its_sender(world: World, clock: Clock) -> None:
    clerk = world.actor("clerk")
    number = actions.keep_upload(clerk, world.community_id, "名册.xlsx", b"PK 19907000007")
    assert actions.keep_upload(clerk, world.community_id, "名册.xlsx", b"PK 19907000007") == number
    assert "19907000007" not in db.session.scalars(select(RegisterUpload.sealed)).one()
    assert queries.get_upload(world.community_id, clerk.account_id, number).content == b"PK 19907000007"
    for community_id, account_id in ((world.other_id, clerk.account_id), (world.community_id, 1)):
        with pytest.raises(NotFound):
            queries.get_upload(community_id, account_id, number)
    clock.forward(hours=24, seconds=1)
    with pytest.raises(NotFound):
        queries.get_upload(world.community_id, clerk.account_id, number)
    actions.forget_uploads()
    assert count(RegisterUpload) == 0


def test_the_desk_finds_a_dwelling_and_sees_masked_names_only(app: Flask, world: World) -> None:
    take_in(world, SMALL)
    with app.test_request_context(f"/c/{world.slug}/search"):
        app.preprocess_request()
        hits = found(queries.search(world.community_id, "高志强", world.actor("clerk")))
        assert [hit.title for hit in hits] == ["1-1-102 高**", "1-1-201 高**"]
        assert [
            hit.title for hit in found(queries.search(world.community_id, "２－１－１０１", world.actor("clerk")))
        ] == ["2-1-101 安居置业有限公司"]
        assert queries.search(world.community_id, "高志强", world.actor("resident")) == ()
        assert found(queries.search(world.other_id, "高志强", the_house(world.other_id))) == []
