"""The first tables of the office file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, and forbid changing what is only ever added."""
    op.create_table(
        "borrowers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("given_names", sa.Text(), server_default="", nullable=False),
        sa.Column("family_name", sa.Text(), server_default="", nullable=False),
        sa.Column("identity_country", sa.String(), nullable=True),
        sa.Column("identity_kind", sa.String(), nullable=True),
        sa.Column("identity_digits", sa.String(), nullable=True),
        sa.Column("identity_synthetic", sa.Boolean(), nullable=True),
        sa.Column("identity_birth_date", sa.Date(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("street", sa.Text(), server_default="", nullable=False),
        sa.Column("postal_code", sa.Text(), server_default="", nullable=False),
        sa.Column("city", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("paper_language", sa.Text(), server_default="", nullable=False),
        sa.Column("interpreter_needed", sa.Boolean(), nullable=False),
        sa.Column("enterprise_name", sa.Text(), nullable=True),
        sa.Column("enterprise_legal_form", sa.String(), nullable=True),
        sa.Column("enterprise_organisation_number", sa.Text(), server_default="", nullable=False),
        sa.Column("enterprise_industry", sa.Text(), server_default="", nullable=False),
        sa.Column("enterprise_started_on", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("phone_digits", sa.Text(), server_default="", nullable=False),
        sa.Column("name_folded", sa.Text(), server_default="", nullable=False),
        sa.Column("search_text", sa.Text(), server_default="", nullable=False),
        sa.Column("name_sort", sa.Text(), server_default="", nullable=False),
        sa.Column("enterprise_sort", sa.Text(), server_default="", nullable=False),
        sa.Column("city_sort", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_borrowers")),
        sa.UniqueConstraint("identity_digits", name=op.f("uq_borrowers_identity_digits")),
        sa.UniqueConstraint("number", name=op.f("uq_borrowers_number")),
    )
    op.create_index("ix_borrowers_born_on", "borrowers", ["born_on"], unique=False)
    op.create_index("ix_borrowers_name_folded", "borrowers", ["name_folded"], unique=False)
    op.create_index("ix_borrowers_name_sort", "borrowers", ["name_sort", "number", "search_text"], unique=False)
    op.create_index("ix_borrowers_phone_digits", "borrowers", ["phone_digits"], unique=False)
    op.create_table(
        "counters",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", name=op.f("pk_counters")),
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=False),
        sa.Column("liability_form", sa.String(), nullable=False),
        sa.Column("search_text", sa.Text(), server_default="", nullable=False),
        sa.Column("name_sort", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("number", name=op.f("uq_groups_number")),
    )
    op.create_table(
        "office",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("organisation_number", sa.Text(), server_default="", nullable=False),
        sa.Column("street", sa.Text(), server_default="", nullable=False),
        sa.Column("postal_code", sa.Text(), server_default="", nullable=False),
        sa.Column("city", sa.Text(), server_default="", nullable=False),
        sa.Column("account_number", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("logo", sa.LargeBinary(), nullable=True),
        sa.Column("auto_lock_minutes", sa.Integer(), nullable=False),
        sa.Column("group_members_least", sa.Integer(), nullable=False),
        sa.Column("group_members_most", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )
    op.create_table(
        "officers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("roles", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
    )
    op.create_table(
        "products",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount_least", sa.String(), nullable=False),
        sa.Column("amount_most", sa.String(), nullable=False),
        sa.Column("amount_usual", sa.String(), nullable=False),
        sa.Column("rate_percent_least", sa.String(), nullable=False),
        sa.Column("rate_percent_most", sa.String(), nullable=False),
        sa.Column("rate_percent_usual", sa.String(), nullable=False),
        sa.Column("instalments_least", sa.String(), nullable=False),
        sa.Column("instalments_most", sa.String(), nullable=False),
        sa.Column("instalments_usual", sa.String(), nullable=False),
        sa.Column("repayment", sa.String(), nullable=False),
        sa.Column("day_count", sa.String(), nullable=False),
        sa.Column("business_day_rule", sa.String(), nullable=False),
        sa.Column("calendar", sa.String(), nullable=True),
        sa.Column("instalment_multiple_minor", sa.BigInteger(), nullable=False),
        sa.Column("establishment_fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("establishment_fee_paid", sa.String(), nullable=False),
        sa.Column("instalment_fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("is_offered", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
    )
    op.create_table(
        "audit",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("officer_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officers.id"], name=op.f("fk_audit_officer_id")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_record_id"), "audit", ["record_id"], unique=False)
    op.create_table(
        "loans",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("borrower_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("principal_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.Text(), server_default="", nullable=False),
        sa.Column("group_view_on", sa.Date(), nullable=True),
        sa.Column("group_view_supports", sa.Boolean(), nullable=True),
        sa.Column("group_view_note", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_outcome", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decision_note", sa.Text(), server_default="", nullable=False),
        sa.Column("contract_document_id", sa.Uuid(), nullable=True),
        sa.Column("contract_issued_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["borrower_id"], ["borrowers.id"], name=op.f("fk_loans_borrower_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["officers.id"], name=op.f("fk_loans_decided_by")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_loans_group_id")),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_loans_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loans")),
        sa.UniqueConstraint("number", name=op.f("uq_loans_number")),
    )
    op.create_index(op.f("ix_loans_borrower_id"), "loans", ["borrower_id"], unique=False)
    op.create_index(op.f("ix_loans_group_id"), "loans", ["group_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("borrower_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["borrower_id"], ["borrowers.id"], name=op.f("fk_memberships_borrower_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_memberships_group_id")),
        sa.PrimaryKeyConstraint("group_id", "position", name=op.f("pk_memberships")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_memberships_borrower_id"), "memberships", ["borrower_id"], unique=False)
    op.create_table(
        "documents",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("borrower_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("sha256_hex", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["borrower_id"], ["borrowers.id"], name=op.f("fk_documents_borrower_id")),
        sa.ForeignKeyConstraint(["issued_by"], ["officers.id"], name=op.f("fk_documents_issued_by")),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_documents_loan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("number", name=op.f("uq_documents_number")),
    )
    op.create_index(op.f("ix_documents_borrower_id"), "documents", ["borrower_id"], unique=False)
    op.create_index(op.f("ix_documents_loan_id"), "documents", ["loan_id"], unique=False)
    op.create_table(
        "instalment_rows",
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("principal_minor", sa.BigInteger(), nullable=False),
        sa.Column("interest_minor", sa.BigInteger(), nullable=False),
        sa.Column("fees_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_principal_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_interest_minor", sa.BigInteger(), nullable=False),
        sa.Column("paid_fees_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_instalment_rows_loan_id")),
        sa.PrimaryKeyConstraint("loan_id", "number", name=op.f("pk_instalment_rows")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_instalment_rows_due_on", "instalment_rows", ["due_on"], unique=False)
    op.create_table(
        "journal_entries",
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
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_journal_entries_loan_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["officers.id"], name=op.f("fk_journal_entries_recorded_by")),
        sa.ForeignKeyConstraint(["reverses"], ["journal_entries.id"], name=op.f("fk_journal_entries_reverses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entries")),
        sa.UniqueConstraint("loan_id", "position", name=op.f("uq_journal_entries_loan_id")),
    )
    op.create_table(
        "loan_rows",
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("step_order", sa.Integer(), nullable=False),
        sa.Column("outstanding_minor", sa.BigInteger(), nullable=False),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("prepaid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_loan_rows_loan_id")),
        sa.PrimaryKeyConstraint("loan_id", name=op.f("pk_loan_rows")),
    )
    op.create_index(op.f("ix_loan_rows_step"), "loan_rows", ["step"], unique=False)
    for table in ("journal_entries", "documents", "audit"):
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            )
