"""Who is told that the ballot of their unit was cast, and may not cast it: co-owners who named another.

Revision: 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Up."""
    op.create_table(
        "roll_told",
        sa.Column("entry_id", BIG, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ref_id", BIG, nullable=False),
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["roll_entry.id"], name="fk_roll_told_entry_id_roll_entry"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_roll_told_poll_id_poll"),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name="fk_roll_told_community_id_community"),
        sa.PrimaryKeyConstraint("entry_id", "kind", "ref_id", name="pk_roll_told"),
    )
    op.create_index("ix_roll_told_ref", "roll_told", ["kind", "ref_id", "poll_id"])


def downgrade() -> None:
    """Down."""
    op.drop_table("roll_told")
