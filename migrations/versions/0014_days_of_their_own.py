"""A community's own days off and made-up days.

Revision: 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Up."""
    op.create_table(
        "local_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("whole_year", sa.Boolean(), nullable=False),
        sa.Column("article", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name=op.f("fk_local_days_community_id_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_days")),
    )
    op.create_index("ix_local_days_community", "local_days", ["community_id", "published_at"])


def downgrade() -> None:
    """Down."""
    op.drop_table("local_days")
