"""Lots that decide a tie.

Revision: 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Up."""
    op.create_table(
        "poll_lot",
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("frozen_at", MOMENT, nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("drawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_poll_lot_community_id_community")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_poll_lot_poll_id_poll")),
        sa.PrimaryKeyConstraint("poll_id", name=op.f("pk_poll_lot")),
    )
    op.create_index(
        "ix_poll_lot_waiting",
        "poll_lot",
        ["community_id", "frozen_at"],
        postgresql_where=sa.text("seed IS NULL"),
        sqlite_where=sa.text("seed IS NULL"),
    )


def downgrade() -> None:
    """Down."""
    op.drop_table("poll_lot")
