"""Many rows at once, and files outside of the database."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.bulk import insert_many
from app.core.db import db, transactional
from app.core.numbers import Numbering, hold, last_number, next_number
from app.core.storage import drop_file, fetch_file, keep_file
from app.register.models import Dwelling, Person
from tests.world import World


@transactional
def insert(model: type, rows: list[dict[str, object]]) -> None:
    insert_many(model, rows)


def dwelling(world: World, room: int) -> dict[str, object]:
    return {
        "community_id": world.community_id,
        "building": "1",
        "unit": "",
        "room": str(room),
        "code": f"1-{room}",
        "area": 5000,
        "use": "residential",
        "basis": "stated",
    }


def test_many_rows_are_written_and_numbered_by_the_database(world: World) -> None:
    insert(Dwelling, [dwelling(world, room) for room in range(2500)])
    assert db.session.scalar(select(func.count()).select_from(Dwelling)) == 2500
    assert len(set(db.session.scalars(select(Dwelling.id)))) == 2500
    insert(Dwelling, [])
    insert(Dwelling, [dwelling(world, 2500)])
    assert db.session.scalar(select(func.max(Dwelling.id))) == 2501


def test_defaults_are_filled_in_and_odd_signs_arrive_as_they_are(world: World) -> None:
    names = ["王\t芳", "back\\slash", "新\n行", "\\N", ""]
    insert(
        Person,
        [{"community_id": world.community_id, "name": name, "key_print": f"{n}"} for n, name in enumerate(names)],
    )
    found = db.session.execute(select(Person.name, Person.organisation, Person.account_id).order_by(Person.key_print))
    assert [tuple(row) for row in found] == [(name, False, None) for name in names]


def test_many_rows_are_undone_with_the_action(world: World) -> None:
    @transactional
    def fail() -> None:
        insert_many(Dwelling, [dwelling(world, 1)])
        raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert db.session.scalar(select(func.count()).select_from(Dwelling)) == 0


def test_holding_a_kind_uses_no_number(world: World) -> None:
    @transactional
    def held() -> int:
        hold(world.community_id, "letter")
        return next_number(world.community_id, "letter")

    assert [held(), held()] == [1, 2]
    assert last_number(world.community_id, "letter") == 2
    assert db.session.scalar(select(func.count()).select_from(Numbering).filter_by(kind="letter")) == 1


def test_a_file_is_kept_read_and_dropped(app: Flask, tmp_path: Path) -> None:
    keep_file("a/b/c", b"one")
    keep_file("a/b/c", b"two")
    assert fetch_file("a/b/c") == b"two"
    assert [path.name for path in (tmp_path / "files" / "a" / "b").iterdir()] == ["c"]
    drop_file("a/b/c")
    drop_file("a/b/c")
    assert fetch_file("a/b/c") is None


def test_another_storage_is_chosen_by_its_address(app: Flask) -> None:
    app.config["STORAGE_URL"] = "memory://house"
    keep_file("a/b", b"one")
    assert fetch_file("a/b") == b"one"
    drop_file("a/b")
    assert fetch_file("a/b") is None
