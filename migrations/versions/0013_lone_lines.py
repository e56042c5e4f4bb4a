"""Lines of a roll whose head has no other line are marked, so that a million units are added up without grouping them.

Revision: 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up: older rolls are grouped as before."""
    with op.batch_alter_table("roll_entry") as table:
        table.add_column(sa.Column("lone", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("roll_entry") as table:
        table.alter_column("lone", server_default=None)


def downgrade() -> None:
    """Down."""
    with op.batch_alter_table("roll_entry") as table:
        table.drop_column("lone")
