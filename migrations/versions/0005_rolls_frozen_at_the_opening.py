"""a poll may be announced before its roll is frozen

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up: until now every roll was frozen when its poll was made."""
    op.add_column("poll", sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE poll SET frozen_at = created_at")


def downgrade() -> None:
    """Down."""
    op.drop_column("poll", "frozen_at")
