"""The schema moves up and down on both databases, with data in it, and ends where the models say."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select

from app.core.db import Base, db
from app.identity.models import Account
from tests.databases import KINDS, Databases, close, make_app
from tests.world import make_world


@pytest.fixture(params=KINDS)
def bare(databases: Databases, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """An application over a database without a single table."""
    url = databases.bare(request.param)
    app = make_app(url)
    with app.app_context():
        yield app
        close(app)
    databases.discard(url)


def _differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or name in Base.metadata.tables,
            },
        )
        return list(compare_metadata(context, Base.metadata))


def test_the_migrations_lead_to_exactly_the_tables_of_the_models(bare: Flask) -> None:
    upgrade()
    assert _differences() == []


def test_what_the_models_say_can_be_filled_after_the_migrations(bare: Flask) -> None:
    upgrade()
    world = make_world()
    assert len(db.session.scalars(select(Account)).all()) == len(world.accounts)


def test_with_data_in_it_the_schema_goes_down_to_nothing_and_up_again(bare: Flask) -> None:
    upgrade()
    make_world()
    db.session.remove()
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert not left & set(Base.metadata.tables)
    upgrade()
    assert _differences() == []
