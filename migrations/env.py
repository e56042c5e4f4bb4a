"""Alembic's doorway: the tables of the house, on either database; other programs' tables are left alone."""

from alembic import context
from flask import current_app

from app.core.db import Base, Moment, db

TABLES = Base.metadata


def ours(name: str | None, kind: str, _parents: object) -> bool:
    """Only tables of the house are compared (the job queue keeps its own beside them)."""
    return kind != "table" or name in TABLES.tables


def written(kind: str, item: object, _context: object) -> str | bool:
    """Moments are written as plain columns, so that an old migration never needs the code of today."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def run() -> None:
    """Bring the connected database to the wanted revision, each migration in a transaction of its own."""
    arguments = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=TABLES,
            include_name=ours,
            render_item=written,
            transaction_per_migration=True,
            **arguments,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
