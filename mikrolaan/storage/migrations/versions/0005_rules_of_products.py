"""How a loan lives, in the versions of products, and the dated rates an office changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


# How every loan lived before it could be chosen.
BEFORE: dict[str, tuple[Any, str]] = {
    "interest_rule": (sa.String(), "by-plan"),
    "allocation": (sa.Text(), "fees,late-interest,interest,principal"),
    "early_repayment": (sa.String(), "shorten"),
    "late_interest": (sa.String(), "statutory"),
    "late_interest_base": (sa.String(), "principal-and-interest"),
    "reminder_fees": (sa.Boolean(), "1"),
    "rate_notice_months": (sa.Integer(), "2"),
}


def upgrade() -> None:
    """Add the columns, and the tables of the office's own rates and fees."""
    for name, (kind, value) in BEFORE.items():
        op.add_column("products", sa.Column(name, kind, server_default=value, nullable=False))
    op.add_column("products", sa.Column("late_interest_percent", sa.String(), nullable=True))
    op.create_table(
        "law_rates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("percent", sa.String(), nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_rates")),
    )
    op.create_table(
        "law_fees",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("amount", sa.String(), nullable=False),
        sa.Column("waiting_days", sa.Integer(), nullable=False),
        sa.Column("apart_days", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("most_so_far", sa.Integer(), nullable=True),
        sa.Column("restart_months", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law_fees")),
    )
