"""A posting knows what it tells: the vote, the resolution, the call.

Revision: 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up: what was posted before belongs to its matter only."""
    op.add_column("posting", sa.Column("source_kind", sa.String(length=40), nullable=True))
    op.add_column(
        "posting", sa.Column("source_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
    )
    op.create_index("ix_posting_source", "posting", ["source_kind", "source_id"])


def downgrade() -> None:
    """Down."""
    op.drop_index("ix_posting_source", "posting")
    op.drop_column("posting", "source_id")
    op.drop_column("posting", "source_kind")
