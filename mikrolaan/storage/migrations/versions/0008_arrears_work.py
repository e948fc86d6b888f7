"""Steps of dunning, promises, contacts and steps taken, and rows for lists of arrears."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mikrolaan.storage.types import UtcTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of arrears work; the rows for lists are made anew when the file is opened."""
    op.create_table(
        "dunning_steps",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("counted_from", sa.String(), nullable=False),
        sa.Column("deadline_days", sa.Integer(), nullable=False),
        sa.Column("has_fee", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_dunning_steps")),
    )
    op.create_table(
        "dunning_amounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letters_from_minor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dunning_amounts")),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("contact_kind", sa.String(), nullable=False),
        sa.Column("who", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_contacts_loan_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["officers.id"], name=op.f("fk_contacts_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_table(
        "promises",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("taken_back_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_promises_loan_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["officers.id"], name=op.f("fk_promises_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_table(
        "steps_taken",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("step_kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("fee_entry_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_steps_taken_loan_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_steps_taken_document_id")),
        sa.ForeignKeyConstraint(["fee_entry_id"], ["journal_entries.id"], name=op.f("fk_steps_taken_fee_entry_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["officers.id"], name=op.f("fk_steps_taken_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steps_taken")),
    )
    for table in ("contacts", "promises", "steps_taken"):
        op.create_index(f"ix_{table}_loan_id", table, ["loan_id"])
    op.create_table(
        "due_rows",
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("left_minor", sa.BigInteger(), nullable=False),
        sa.Column("principal_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_due_rows_loan_id")),
        sa.PrimaryKeyConstraint("loan_id", "due_on", name=op.f("pk_due_rows")),
        sqlite_with_rowid=False,
    )
    op.add_column("loan_rows", sa.Column("paid_out_on", sa.Date(), nullable=True))
    op.add_column("loan_rows", sa.Column("last_entry_on", sa.Date(), nullable=True))
    op.add_column("loan_rows", sa.Column("overdue_from", sa.Date(), nullable=True))
    op.add_column("loan_rows", sa.Column("is_restructured", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("loan_rows", sa.Column("follows_plan_until", sa.Date(), nullable=True))
    op.add_column("instalment_rows", sa.Column("paid_late_minor", sa.BigInteger(), server_default="0", nullable=False))
    op.create_index("ix_loan_rows_overdue_from", "loan_rows", ["overdue_from"])
