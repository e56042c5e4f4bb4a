"""co-owners name the one of them who casts their ballot

Revision: 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "voter_naming",
        sa.Column("id", big, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("dwelling_id", big, nullable=False),
        sa.Column("person_id", big, nullable=False),
        sa.Column("owners", sa.String(400), nullable=False),
        sa.Column("desk", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_voter_naming_community_id_community")
        ),
        sa.ForeignKeyConstraint(["dwelling_id"], ["dwelling.id"], name=op.f("fk_voter_naming_dwelling_id_dwelling")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_voter_naming_person_id_person")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_voter_naming_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voter_naming")),
    )
    op.create_index(
        "uq_voter_naming_standing",
        "voter_naming",
        ["dwelling_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "voter_agreement",
        sa.Column("naming_id", big, nullable=False),
        sa.Column("person_id", big, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["naming_id"], ["voter_naming.id"], name=op.f("fk_voter_agreement_naming_id_voter_naming")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_voter_agreement_person_id_person")),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_voter_agreement_community_id_community")
        ),
        sa.PrimaryKeyConstraint("naming_id", "person_id", name=op.f("pk_voter_agreement")),
    )


def downgrade() -> None:
    """Down."""
    op.drop_table("voter_agreement")
    op.drop_index("uq_voter_naming_standing", "voter_naming")
    op.drop_table("voter_naming")
