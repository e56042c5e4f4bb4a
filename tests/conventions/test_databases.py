"""The databases that tests get are real, empty and their own."""

import threading

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from app.communities.actions import create_community
from app.communities.models import Community
from app.core.db import db
from tests.databases import Databases
from tests.world import World


def test_every_table_is_there_and_no_row_is(app: Flask) -> None:
    for table in inspect(db.engine).get_table_names():
        assert db.session.scalar(text(f'SELECT count(*) FROM "{table}"')) == 0
    assert "community" in inspect(db.engine).get_table_names()


def test_two_databases_do_not_see_each_other(app: Flask, databases: Databases, request: pytest.FixtureRequest) -> None:
    create_community("one", "第一社区")
    other = databases.fresh(request.node.callspec.params["database"])
    assert other != app.config["SQLALCHEMY_DATABASE_URI"]
    databases.discard(other)


def test_what_an_action_did_is_seen_by_another_connection(app: Flask) -> None:
    create_community("one", "第一社区")
    seen: list[int] = []

    def look() -> None:
        with app.app_context():
            seen.append(db.session.query(Community).count())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join(10)
    assert seen == [1]


@pytest.mark.databases("sqlite")
def test_sqlite_keeps_what_was_acknowledged_and_its_foreign_keys(app: Flask) -> None:
    assert [db.session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")] == [
        "wal",
        2,
        1,
    ]


@pytest.mark.databases("postgresql")
def test_postgresql_is_what_it_says(app: Flask) -> None:
    assert "PostgreSQL" in str(db.session.scalar(text("SELECT version()")))


def test_the_small_world_has_two_communities(world: World) -> None:
    assert {row.slug for row in db.session.query(Community)} == {world.slug, world.other_slug}
