"""Whether an alternate sits for a holder is asked of that term alone, not of everybody who ever came.

Revision: 0017, after 0016.
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_index("ix_attendance_term", "attendance", ["term_id"])


def downgrade() -> None:
    """Down."""
    op.drop_index("ix_attendance_term", "attendance")
