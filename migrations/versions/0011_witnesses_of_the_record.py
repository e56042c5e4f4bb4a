"""the witnesses of the record and what they cosigned

Revision: 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op


revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "journal_witness",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("party", sa.String(length=12), nullable=False),
        sa.Column("public", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_journal_witness_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_witness")),
        sa.UniqueConstraint("community_id", "public", name=op.f("uq_journal_witness_community_id_public")),
    )
    op.create_index(
        "uq_journal_witness_standing",
        "journal_witness",
        ["community_id", "party"],
        unique=True,
        postgresql_where=sa.text("until IS NULL"),
        sqlite_where=sa.text("until IS NULL"),
    )
    op.create_table(
        "journal_cosignature",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("witness_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seconds", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "size"],
            ["journal_checkpoint.community_id", "journal_checkpoint.size"],
            name=op.f("fk_journal_cosignature_community_id_size_journal_checkpoint"),
        ),
        sa.ForeignKeyConstraint(
            ["witness_id"], ["journal_witness.id"], name=op.f("fk_journal_cosignature_witness_id_journal_witness")
        ),
        sa.PrimaryKeyConstraint("community_id", "size", "witness_id", name=op.f("pk_journal_cosignature")),
    )
    op.create_index("ix_journal_cosignature_witness", "journal_cosignature", ["witness_id", "size"])


def downgrade() -> None:
    """Down."""
    op.drop_index("ix_journal_cosignature_witness", table_name="journal_cosignature")
    op.drop_table("journal_cosignature")
    op.drop_index("uq_journal_witness_standing", table_name="journal_witness")
    op.drop_table("journal_witness")
