"""The rows of instalments say what is asked for, those of due dates what is left of it: no payment touches both.

And what was reversed is found at once.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables of rows anew; the rows are made when the file is opened."""
    op.create_index(
        "ix_journal_entries_reverses",
        "journal_entries",
        ["reverses"],
        unique=True,
        sqlite_where=sa.text("reverses IS NOT NULL"),
    )

    op.drop_table("instalment_rows")
    op.create_table(
        "instalment_rows",
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("principal_minor", sa.BigInteger(), nullable=False),
        sa.Column("interest_minor", sa.BigInteger(), nullable=False),
        sa.Column("fees_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_late_minor", sa.BigInteger(), nullable=False),
        sa.Column("capitalised_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_instalment_rows_loan_id")),
        sa.PrimaryKeyConstraint("loan_id", "number", name=op.f("pk_instalment_rows")),
        sqlite_with_rowid=False,
    )

    op.drop_table("due_rows")
    op.create_table(
        "due_rows",
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("left_minor", sa.BigInteger(), nullable=False),
        sa.Column("principal_minor", sa.BigInteger(), nullable=False),
        sa.Column("interest_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_due_rows_loan_id")),
        sa.PrimaryKeyConstraint("loan_id", "due_on", name=op.f("pk_due_rows")),
        sqlite_with_rowid=False,
    )
