"""The entries of a loan lie together in the file, and a loan's row for lists where its key says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mikrolaan.storage.types import UtcTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables anew; the entries are taken over, the rows for lists are made when the file is opened."""
    entries = op.create_table(
        "journal_entries_by_loan",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("means", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("reverses", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("details", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_journal_entries_loan_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["officers.id"], name=op.f("fk_journal_entries_recorded_by")),
        sa.ForeignKeyConstraint(["reverses"], ["journal_entries.id"], name=op.f("fk_journal_entries_reverses")),
        sa.PrimaryKeyConstraint("loan_id", "position", name=op.f("pk_journal_entries")),
        sa.UniqueConstraint("id", name=op.f("uq_journal_entries_id")),
        sqlite_with_rowid=False,
    )
    names = ", ".join(f'"{column.name}"' for column in entries.columns)
    op.execute(
        f"INSERT INTO journal_entries_by_loan ({names}) SELECT {names} FROM journal_entries ORDER BY loan_id, position"
    )
    op.drop_table("journal_entries")  # its triggers and indices go with it
    op.rename_table("journal_entries_by_loan", "journal_entries")
    op.create_index("ix_journal_entries_recorded_at", "journal_entries", ["recorded_at"])
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_entries_no_{act.lower()} BEFORE {act} ON journal_entries "
            "BEGIN SELECT RAISE(ABORT, 'journal_entries is only added to'); END"
        )

    op.drop_table("loan_rows")
    op.create_table(
        "loan_rows",
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("step_order", sa.Integer(), nullable=False),
        sa.Column("outstanding_minor", sa.BigInteger(), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("grows_until", sa.Date(), nullable=True),
        sa.Column("paid_out_on", sa.Date(), nullable=True),
        sa.Column("last_entry_on", sa.Date(), nullable=True),
        sa.Column("overdue_from", sa.Date(), nullable=True),
        sa.Column("is_restructured", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("follows_plan_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_loan_rows_loan_id")),
        sa.PrimaryKeyConstraint("loan_id", name=op.f("pk_loan_rows")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_loan_rows_step", "loan_rows", ["step"])
    op.create_index("ix_loan_rows_overdue_from", "loan_rows", ["overdue_from"])
