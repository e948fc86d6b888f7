"""Accounts of the lending ledger, and the days until which its books are closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the ledger; closings are only ever added."""
    op.create_table(
        "ledger_accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_accounts")),
        sa.UniqueConstraint("role", name=op.f("uq_ledger_accounts_role")),
    )
    op.create_table(
        "ledger_closings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=False),
        sa.Column("closed_by", sa.Uuid(), nullable=False),
        sa.Column("balances", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["officers.id"], name=op.f("fk_ledger_closings_closed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_closings")),
        sa.UniqueConstraint("until", name=op.f("uq_ledger_closings_until")),
    )
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER ledger_closings_no_{act.lower()} BEFORE {act} ON ledger_closings "
            f"BEGIN SELECT RAISE(ABORT, 'ledger_closings is only added to'); END"
        )
