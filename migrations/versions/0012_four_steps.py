"""Matters that go through four deliberations and two publications.

Revision: 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Up."""
    op.create_table(
        "four_steps",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_four_steps_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_four_steps")),
        sa.UniqueConstraint("community_id", "number", name=op.f("uq_four_steps_community_id_number")),
    )
    op.create_table(
        "four_step",
        sa.Column("chain_id", BIG, nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("agreed", sa.Integer(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("posting", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["chain_id"], ["four_steps.id"], name=op.f("fk_four_step_chain_id_four_steps")),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_four_step_community_id_community")),
        sa.PrimaryKeyConstraint("chain_id", "step", name=op.f("pk_four_step")),
    )


def downgrade() -> None:
    """Down."""
    op.drop_table("four_step")
    op.drop_table("four_steps")
