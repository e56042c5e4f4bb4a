"""Votes that were annulled, and what ended with them.

Revision: 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Up."""
    with op.batch_alter_table("poll") as table:
        table.add_column(sa.Column("annulled_at", MOMENT, nullable=True))
        table.add_column(sa.Column("succeeds", BIG, nullable=True))
        table.create_foreign_key("fk_poll_succeeds_poll", "poll", ["succeeds"], ["id"])
    with op.batch_alter_table("mandate") as table:
        table.add_column(sa.Column("withdrawn_at", MOMENT, nullable=True))
    op.create_table(
        "poll_annulment",
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name="fk_poll_annulment_community_id_community"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_poll_annulment_poll_id_poll"),
        sa.PrimaryKeyConstraint("poll_id", name="pk_poll_annulment"),
    )


def downgrade() -> None:
    """Down."""
    op.drop_table("poll_annulment")
    with op.batch_alter_table("mandate") as table:
        table.drop_column("withdrawn_at")
    with op.batch_alter_table("poll") as table:
        table.drop_constraint("fk_poll_succeeds_poll", type_="foreignkey")
        table.drop_column("succeeds")
        table.drop_column("annulled_at")
