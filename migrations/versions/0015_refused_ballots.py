"""Ballots that the desk could not take, and proxies' ballots that differ from their mandates.

Revision: 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WEIGHED = (
    ("against_at", MOMENT),
    ("weighed_at", MOMENT),
    ("weighed_by", BIG),
    ("weighed_reason", sa.String(length=500)),
)


def _where(condition: str) -> dict[str, sa.TextClause]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def upgrade() -> None:
    """Up."""
    op.create_table(
        "refused_ballot",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("entry_id", BIG, nullable=True),
        sa.Column("paper_id", BIG, nullable=True),
        sa.Column("said_print", sa.String(length=64), nullable=False),
        sa.Column("refused_at", MOMENT, nullable=False),
        sa.Column("refused_by", BIG, nullable=False),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", BIG, nullable=True),
        sa.Column("undone_reason", sa.String(length=500), nullable=True),
        sa.Column("intake_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name="fk_refused_ballot_community_id_community"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_refused_ballot_poll_id_poll"),
        sa.ForeignKeyConstraint(["entry_id"], ["roll_entry.id"], name="fk_refused_ballot_entry_id_roll_entry"),
        sa.ForeignKeyConstraint(["intake_id"], ["ballot_intake.id"], name="fk_refused_ballot_intake_id_ballot_intake"),
        sa.PrimaryKeyConstraint("id", name="pk_refused_ballot"),
        sa.UniqueConstraint("poll_id", "number", name="uq_refused_ballot_poll_id_number"),
    )
    op.create_index("ix_refused_ballot_entry", "refused_ballot", ["entry_id"])
    op.create_index(
        "uq_refused_ballot_said",
        "refused_ballot",
        ["poll_id", "said_print"],
        unique=True,
        **_where("undone_at IS NULL"),
    )
    for name, kind in WEIGHED:
        op.add_column("ballot_intake", sa.Column(name, kind, nullable=True))
    op.create_index("ix_ballot_intake_against", "ballot_intake", ["poll_id"], **_where("against_at IS NOT NULL"))
    op.create_index("ix_ballot_paper_code", "ballot_paper", ["community_id", "code_print"])


def downgrade() -> None:
    """Down."""
    op.drop_index("ix_ballot_paper_code", "ballot_paper")
    op.drop_index("ix_ballot_intake_against", "ballot_intake")
    for name, _kind in WEIGHED:
        op.drop_column("ballot_intake", name)
    op.drop_table("refused_ballot")
