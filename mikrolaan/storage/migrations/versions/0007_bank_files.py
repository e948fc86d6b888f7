"""Bank files that were read, and what became of their lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of bank files."""
    op.create_table(
        "bank_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), server_default="", nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("accepted_minor", sa.BigInteger(), nullable=False),
        sa.Column("reversed_at", sa.DateTime(), nullable=True),
        sa.Column("reversed_by", sa.Uuid(), nullable=True),
        sa.Column("reversal_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["read_by"], ["officers.id"], name=op.f("fk_bank_imports_read_by")),
        sa.ForeignKeyConstraint(["reversed_by"], ["officers.id"], name=op.f("fk_bank_imports_reversed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_imports")),
    )
    op.create_index("ix_bank_imports_sha256", "bank_imports", ["sha256"], unique=False)
    op.create_index("ix_bank_imports_read_at", "bank_imports", ["read_at"], unique=False)
    op.create_table(
        "bank_import_lines",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("claim", sa.String(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("payer_mark", sa.Text(), server_default="", nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["import_id"], ["bank_imports.id"], name=op.f("fk_bank_import_lines_import_id")),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_bank_import_lines_loan_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entries.id"], name=op.f("fk_bank_import_lines_entry_id")),
        sa.PrimaryKeyConstraint("import_id", "position", name=op.f("pk_bank_import_lines")),
        sa.UniqueConstraint("claim", name=op.f("uq_bank_import_lines_claim")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_bank_import_lines_entry_id")),
    )
    op.create_table(
        "bank_guides",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("guide", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_guides")),
        sa.UniqueConstraint("key", name=op.f("uq_bank_guides_key")),
    )
