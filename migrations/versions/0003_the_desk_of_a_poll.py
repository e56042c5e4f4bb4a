"""the desk of a poll

What is handed in at the desk, what two people read on it, written mandates, and what a ballot rests on.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _where(condition: str) -> dict[str, sa.TextClause]:
    return {"postgresql_where": sa.text(condition), "sqlite_where": sa.text(condition)}


def upgrade() -> None:
    """Up."""
    op.create_table(
        "proxy_mandate",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("entry_id", BIG, nullable=False),
        sa.Column("proxy_kind", sa.String(length=40), nullable=True),
        sa.Column("proxy_id", BIG, nullable=True),
        sa.Column("holder_sealed", sa.Text(), nullable=False),
        sa.Column("holder_print", sa.String(length=64), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=True),
        sa.Column("registered_at", MOMENT, nullable=False),
        sa.Column("registered_by", BIG, nullable=False),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_by", BIG, nullable=True),
        sa.Column("revoked_reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name="fk_proxy_mandate_community_id_community"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_proxy_mandate_poll_id_poll"),
        sa.ForeignKeyConstraint(["entry_id"], ["roll_entry.id"], name="fk_proxy_mandate_entry_id_roll_entry"),
        sa.PrimaryKeyConstraint("id", name="pk_proxy_mandate"),
    )
    op.create_index("ix_proxy_mandate_holder", "proxy_mandate", ["poll_id", "holder_print"])
    op.create_index("ix_proxy_mandate_proxy", "proxy_mandate", ["proxy_kind", "proxy_id", "poll_id"])
    op.create_index(
        "uq_proxy_mandate_standing", "proxy_mandate", ["entry_id"], unique=True, **_where("revoked_at IS NULL")
    )
    op.create_table(
        "ballot_intake",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("poll_id", BIG, nullable=False),
        sa.Column("entry_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("paper_id", BIG, nullable=True),
        sa.Column("mandate_id", BIG, nullable=True),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("received_by", BIG, nullable=False),
        sa.Column("readings", sa.Integer(), nullable=False),
        sa.Column("ballot_id", BIG, nullable=True),
        sa.Column("void_at", MOMENT, nullable=True),
        sa.Column("void_by", BIG, nullable=True),
        sa.Column("void_reason", sa.String(length=500), nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name="fk_ballot_intake_community_id_community"),
        sa.ForeignKeyConstraint(["poll_id"], ["poll.id"], name="fk_ballot_intake_poll_id_poll"),
        sa.ForeignKeyConstraint(["entry_id"], ["roll_entry.id"], name="fk_ballot_intake_entry_id_roll_entry"),
        sa.ForeignKeyConstraint(["mandate_id"], ["proxy_mandate.id"], name="fk_ballot_intake_mandate_id_proxy_mandate"),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name="fk_ballot_intake_ballot_id_ballot"),
        sa.PrimaryKeyConstraint("id", name="pk_ballot_intake"),
        sa.UniqueConstraint("poll_id", "number", name="uq_ballot_intake_poll_id_number"),
    )
    op.create_index("ix_ballot_intake_entry", "ballot_intake", ["entry_id"])
    op.create_index("ix_ballot_intake_ballot", "ballot_intake", ["ballot_id"])
    op.create_index(
        "ix_ballot_intake_open",
        "ballot_intake",
        ["poll_id", "number"],
        **_where("ballot_id IS NULL AND void_at IS NULL"),
    )
    op.create_index(
        "uq_ballot_intake_paper",
        "ballot_intake",
        ["paper_id", "entry_id"],
        unique=True,
        **_where("paper_id IS NOT NULL AND void_at IS NULL"),
    )
    op.create_table(
        "ballot_reading",
        sa.Column("id", BIG, nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("intake_id", BIG, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account_id", BIG, nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["community_id"], ["community.id"], name="fk_ballot_reading_community_id_community"),
        sa.ForeignKeyConstraint(["intake_id"], ["ballot_intake.id"], name="fk_ballot_reading_intake_id_ballot_intake"),
        sa.PrimaryKeyConstraint("id", name="pk_ballot_reading"),
    )
    for name, column in (("place", "place"), ("person", "account_id")):
        op.create_index(
            f"uq_ballot_reading_{name}",
            "ballot_reading",
            ["intake_id", column],
            unique=True,
            **_where("withdrawn_at IS NULL"),
        )
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("evidence_kind", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("evidence_id", BIG, nullable=True))
        batch_op.add_column(sa.Column("rejected", sa.String(length=20), nullable=True))


def downgrade() -> None:
    """Down."""
    op.drop_table("ballot_reading")
    op.drop_table("ballot_intake")
    op.drop_table("proxy_mandate")
    with op.batch_alter_table("ballot", schema=None) as batch_op:
        batch_op.drop_column("rejected")
        batch_op.drop_column("evidence_id")
        batch_op.drop_column("evidence_kind")
