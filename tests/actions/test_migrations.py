"""The schema moves up and down on both databases, with data in it, and ends where the models say."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, select

from app.core.db import Base, db
from app.identity.models import Account
from app.voting import actions
from app.voting.models import RefusedBallot
from app.voting.queries.papers import sheets_of
from tests.conftest import Clock
from tests.databases import KINDS, Databases, close, make_app
from tests.polls import open_owners, units
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


def test_refusals_of_one_paper_are_found_to_belong_together_after_down_and_up(bare: Flask, clock: Clock) -> None:
    upgrade()
    world = make_world()
    roll = [replace(entry, head="h1" if number < 2 else "h2") for number, entry in enumerate(units(1, 3))]
    poll_id = open_owners(world, roll, days=1)
    actions.issue_papers(world.actor("secretary"), poll_id, "owner")
    codes = [sheet.code for sheet in sheets_of(poll_id)]
    clock.forward(days=2)
    clerk = world.actor("clerk")
    for typed in (*codes, "9-999"):
        actions.refuse_ballot(clerk, poll_id, "paper", typed)
    actions.withdraw_refusal(world.actor("convener"), poll_id, 1, "登记错了")
    actions.refuse_ballot(clerk, poll_id, "paper", codes[0])
    before = refusals()
    assert sorted(len(lines) for lines in before.values()) == [1, 1, 2, 2]
    db.session.remove()
    downgrade(revision="0017")
    upgrade()
    assert refusals() == before


def refusals() -> dict[int, list[int]]:
    """The numbers that belong together, by the first of them."""
    found: dict[int, list[int]] = {}
    for row in db.session.scalars(select(RefusedBallot).order_by(RefusedBallot.number)):
        found.setdefault(row.together, []).append(row.number)
    return found


def test_with_data_in_it_the_schema_goes_down_to_nothing_and_up_again(bare: Flask) -> None:
    upgrade()
    make_world()
    db.session.remove()
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert not left & set(Base.metadata.tables)
    upgrade()
    assert _differences() == []
