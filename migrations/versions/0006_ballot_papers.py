"""Ballot papers with codes, and their printing.

Revision: 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Up."""
    op.create_table(
        "ballot_paper",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("code_sealed", sa.String(length=120), nullable=False),
        sa.Column("code_print", sa.String(length=64), nullable=False),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.Column("void_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_ballot_paper_community_id_community")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_ballot_paper_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_paper")),
    )
    op.create_index("uq_ballot_paper_code", "ballot_paper", ["poll_id", "code_print"], unique=True)
    op.create_table(
        "ballot_paper_line",
        sa.Column("paper_id", BIG, nullable=False),
        sa.Column("entry_id", BIG, nullable=False),
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["ballot_paper.id"], name=op.f("fk_ballot_paper_line_paper_id_ballot_paper")
        ),
        sa.ForeignKeyConstraint(["entry_id"], ["roll_entry.id"], name=op.f("fk_ballot_paper_line_entry_id_roll_entry")),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_ballot_paper_line_poll_id_poll")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_ballot_paper_line_community_id_community")
        ),
        sa.PrimaryKeyConstraint("paper_id", "entry_id", name=op.f("pk_ballot_paper_line")),
    )
    op.create_index(op.f("ix_ballot_paper_line_entry_id"), "ballot_paper_line", ["entry_id"])
    op.create_index(
        "uq_ballot_paper_line_valid",
        "ballot_paper_line",
        ["entry_id"],
        unique=True,
        postgresql_where=sa.text("valid"),
        sqlite_where=sa.text("valid"),
    )
    op.create_table(
        "ballot_print",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("account_id", BIG, nullable=True),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("building", sa.String(length=40), nullable=False),
        sa.Column("per", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_ballot_print_community_id_community")
        ),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name=op.f("fk_ballot_print_poll_id_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_print")),
    )
    op.create_index(op.f("ix_ballot_print_at"), "ballot_print", ["at"])
    op.create_index(op.f("ix_ballot_print_poll_id"), "ballot_print", ["poll_id"])


def downgrade() -> None:
    """Down."""
    for table in ("ballot_print", "ballot_paper_line", "ballot_paper"):
        op.drop_table(table)
