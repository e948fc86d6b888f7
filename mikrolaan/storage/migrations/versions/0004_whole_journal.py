"""Journal entries of every kind, and rows for lists of loans whose interest joins the principal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; the rows for lists are made anew when the file is opened."""
    op.add_column("journal_entries", sa.Column("due_on", sa.Date(), nullable=True))
    op.add_column("journal_entries", sa.Column("details", sa.Text(), nullable=True))
    op.add_column(
        "instalment_rows", sa.Column("capitalised_minor", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.execute("ALTER TABLE loan_rows RENAME COLUMN prepaid_until TO grows_until")
