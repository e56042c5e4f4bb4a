"""assemblies with several matters, corrections, objections, requests

Revision: 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _of(table: str, *names: str) -> list[sa.ForeignKeyConstraint]:
    """Foreign keys `<other>_id` to `<other>.id`."""
    return [
        sa.ForeignKeyConstraint([f"{name}_id"], [f"{name}.id"], name=op.f(f"fk_{table}_{name}_id_{name}"))
        for name in names
    ]


def _said() -> tuple[sa.Column[object], ...]:
    """Somebody says something and is answered."""
    return (
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", BIG, nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
    )


def upgrade() -> None:
    """Up: each assembly that is here has one matter, its own."""
    op.create_table(
        "assembly_item",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("assembly_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("question", sa.String(500), nullable=False),
        sa.Column("matter", sa.Integer(), nullable=True),
        sa.Column("origin_kind", sa.String(40), nullable=True),
        sa.Column("origin_id", BIG, nullable=True),
        sa.Column("poll_id", BIG, nullable=True),
        *_of("assembly_item", "community", "assembly", "poll"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_item")),
        sa.UniqueConstraint("assembly_id", "place", name=op.f("uq_assembly_item_assembly_id_place")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_assembly_item_poll_id")),
    )
    op.create_index("ix_assembly_item_origin", "assembly_item", ["community_id", "origin_kind", "origin_id"])
    op.execute(
        "INSERT INTO assembly_item (community_id, assembly_id, place, title, question, poll_id) "
        "SELECT a.community_id, a.id, 1, a.title, p.question, p.id FROM assembly a JOIN poll p ON p.id = a.poll_id"
    )
    with op.batch_alter_table("assembly") as table:
        table.drop_column("poll_id")
        table.add_column(sa.Column("notice", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("extraordinary", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("opens_at", MOMENT, nullable=True))
        table.add_column(sa.Column("closes_at", MOMENT, nullable=True))
    op.execute(
        "UPDATE assembly SET opens_at = (SELECT p.opens_at FROM assembly_item i JOIN poll p ON p.id = i.poll_id "
        "WHERE i.assembly_id = assembly.id), closes_at = (SELECT p.closes_at FROM assembly_item i "
        "JOIN poll p ON p.id = i.poll_id WHERE i.assembly_id = assembly.id)"
    )
    op.create_table(
        "assembly_draft",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("origin_kind", sa.String(40), nullable=True),
        sa.Column("origin_id", BIG, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("assembly_id", BIG, nullable=True),
        *_of("assembly_draft", "community", "assembly"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_draft")),
    )
    op.create_index(op.f("ix_assembly_draft_community_id"), "assembly_draft", ["community_id"])
    for name, columns in (
        (
            "roll_correction",
            (
                sa.Column("kind", sa.String(12), nullable=False),
                sa.Column("area", BIG, nullable=True),
                sa.Column("accepted", sa.Boolean(), nullable=True),
            ),
        ),
        (
            "objection",
            (sa.Column("due_at", MOMENT, nullable=False), sa.Column("upheld", sa.Boolean(), nullable=True)),
        ),
    ):
        op.create_table(
            name,
            sa.Column("id", BIG, nullable=False),
            sa.Column("community_id", sa.Integer(), nullable=False),
            sa.Column("assembly_id", BIG, nullable=False),
            sa.Column("number", sa.Integer(), nullable=False),
            sa.Column("key", sa.String(120), nullable=False),
            *_said(),
            *columns,
            *_of(name, "community", "assembly"),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
            sa.UniqueConstraint("assembly_id", "number", name=op.f(f"uq_{name}_assembly_id_number")),
        )
    op.create_table(
        "assembly_request",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("electorate", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reached_at", MOMENT, nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("assembly_id", BIG, nullable=True),
        *_of("assembly_request", "community", "assembly"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assembly_request")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_assembly_request_community_id_number")),
    )
    op.create_table(
        "request_support",
        sa.Column("request_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"], ["assembly_request.id"], name=op.f("fk_request_support_request_id_assembly_request")
        ),
        *_of("request_support", "community"),
        sa.PrimaryKeyConstraint("request_id", "person_id", name=op.f("pk_request_support")),
    )


def downgrade() -> None:
    """Down: an assembly keeps the vote of its first matter."""
    for name in ("request_support", "assembly_request", "objection", "roll_correction"):
        op.drop_table(name)
    op.drop_index(op.f("ix_assembly_draft_community_id"), "assembly_draft")
    op.drop_table("assembly_draft")
    with op.batch_alter_table("assembly") as table:
        for name in ("notice", "extraordinary", "opens_at", "closes_at"):
            table.drop_column(name)
        table.add_column(sa.Column("poll_id", BIG, nullable=True))
        table.create_foreign_key(op.f("fk_assembly_poll_id_poll"), "poll", ["poll_id"], ["id"])
    op.execute(
        "UPDATE assembly SET poll_id = (SELECT i.poll_id FROM assembly_item i "
        "WHERE i.assembly_id = assembly.id AND i.place = 1)"
    )
    op.drop_index("ix_assembly_item_origin", "assembly_item")
    op.drop_table("assembly_item")
