"""the exact rules of a poll, and since when its lines are entitled

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    with op.batch_alter_table("poll") as table:
        table.add_column(sa.Column("rules", sa.Text(), nullable=True))
    with op.batch_alter_table("roll_entry") as table:
        table.add_column(sa.Column("eligible_from", sa.Date(), nullable=True))


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("roll_entry") as table:
        table.drop_column("eligible_from")
    with op.batch_alter_table("poll") as table:
        table.drop_column("rules")
