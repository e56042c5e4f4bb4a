"""Refusals of one paper belong together, and one that was put right names what it replaces.

Revision: 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# One paper for several units was refused for all of them at one moment.
TOGETHER = """
UPDATE refused_ballot SET together = CASE WHEN paper_id IS NULL THEN number ELSE (
    SELECT min(other.number) FROM refused_ballot AS other
    WHERE other.poll_id = refused_ballot.poll_id AND other.paper_id = refused_ballot.paper_id
      AND other.refused_at = refused_ballot.refused_at AND other.refused_by = refused_ballot.refused_by
      AND (other.undone_at = refused_ballot.undone_at OR other.undone_at IS NULL AND refused_ballot.undone_at IS NULL)
) END
"""


def upgrade() -> None:
    """Up."""
    op.add_column("refused_ballot", sa.Column("together", sa.Integer(), nullable=True))
    op.add_column("refused_ballot", sa.Column("corrects", sa.Integer(), nullable=True))
    op.execute(TOGETHER)
    with op.batch_alter_table("refused_ballot") as table:
        table.alter_column("together", existing_type=sa.Integer(), nullable=False)
    op.create_index("ix_refused_ballot_together", "refused_ballot", ["poll_id", "together"])


def downgrade() -> None:
    """Down."""
    op.drop_index("ix_refused_ballot_together", "refused_ballot")
    with op.batch_alter_table("refused_ballot") as table:
        table.drop_column("corrects")
        table.drop_column("together")
