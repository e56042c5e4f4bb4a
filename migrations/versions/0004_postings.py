"""What is posted, the list of whom to reach, and the evidence of whom it reached.

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "posting",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("matter_kind", sa.String(length=40), nullable=True),
        sa.Column("matter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.String(length=20), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("in_workdays", sa.Boolean(), nullable=False),
        sa.Column("legal_last", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("row", sa.String(length=160), nullable=False),
        sa.Column("article", sa.String(length=120), nullable=False),
        sa.Column("binding", sa.Boolean(), nullable=False),
        sa.Column("places", sa.String(length=120), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("roll_digest", sa.String(length=64), nullable=True),
        sa.Column("corrects_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("posted_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_posting_community_id_community")),
        sa.ForeignKeyConstraint(["corrects_id"], ["posting.id"], name=op.f("fk_posting_corrects_id_posting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_posting_community_id_number")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_posting_corrects_id")),
    )
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.create_index("ix_posting_last_day", ["community_id", "last_day"], unique=False)
        batch_op.create_index("ix_posting_matter", ["community_id", "matter_kind", "matter_id"], unique=False)
        batch_op.create_index(
            "ix_posting_standing",
            ["last_day"],
            unique=False,
            postgresql_where=sa.text("ended_at IS NULL AND withdrawn_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL AND withdrawn_at IS NULL"),
        )

    op.create_table(
        "delivery_line",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("ways", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_delivery_line_community_id_community")
        ),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_delivery_line_posting_id_posting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_line")),
        sa.UniqueConstraint("posting_id", "key", name=op.f("uq_delivery_line_posting_id_key")),
        sa.UniqueConstraint("posting_id", "place", name=op.f("uq_delivery_line_posting_id_place")),
    )
    op.create_table(
        "service_act",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=20), nullable=False),
        sa.Column("first_witness", sa.String(length=30), nullable=False),
        sa.Column("second_witness", sa.String(length=30), nullable=False),
        sa.Column("attachment", sa.String(length=64), nullable=True),
        sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("entered_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_service_act_community_id_community")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_service_act_posting_id_posting")),
        sa.ForeignKeyConstraint(["undoes_id"], ["service_act.id"], name=op.f("fk_service_act_undoes_id_service_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_act")),
    )
    with op.batch_alter_table("service_act", schema=None) as batch_op:
        batch_op.create_index("ix_service_act_posting", ["posting_id", "id"], unique=False)

    op.create_table(
        "service_mark",
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("line_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("bit", sa.Integer(), nullable=False),
        sa.Column("undone_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["act_id"], ["service_act.id"], name=op.f("fk_service_mark_act_id_service_act")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_service_mark_community_id_community")
        ),
        sa.ForeignKeyConstraint(["line_id"], ["delivery_line.id"], name=op.f("fk_service_mark_line_id_delivery_line")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_service_mark_posting_id_posting")),
        sa.ForeignKeyConstraint(["undone_by"], ["service_act.id"], name=op.f("fk_service_mark_undone_by_service_act")),
        sa.PrimaryKeyConstraint("act_id", "line_id", name=op.f("pk_service_mark")),
    )
    with op.batch_alter_table("service_mark", schema=None) as batch_op:
        batch_op.create_index("ix_service_mark_line", ["line_id"], unique=False)
        batch_op.create_index(
            "uq_service_mark_standing",
            ["line_id", "bit"],
            unique=True,
            postgresql_where=sa.text("undone_by IS NULL"),
            sqlite_where=sa.text("undone_by IS NULL"),
        )


def downgrade() -> None:
    """Down, with the data that the older schema can hold."""
    with op.batch_alter_table("service_mark", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_service_mark_standing",
            postgresql_where=sa.text("undone_by IS NULL"),
            sqlite_where=sa.text("undone_by IS NULL"),
        )
        batch_op.drop_index("ix_service_mark_line")

    op.drop_table("service_mark")
    with op.batch_alter_table("service_act", schema=None) as batch_op:
        batch_op.drop_index("ix_service_act_posting")

    op.drop_table("service_act")
    op.drop_table("delivery_line")
    with op.batch_alter_table("posting", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_posting_standing",
            postgresql_where=sa.text("ended_at IS NULL AND withdrawn_at IS NULL"),
            sqlite_where=sa.text("ended_at IS NULL AND withdrawn_at IS NULL"),
        )
        batch_op.drop_index("ix_posting_matter")
        batch_op.drop_index("ix_posting_last_day")

    op.drop_table("posting")
