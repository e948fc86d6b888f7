"""Guarantors of loans, and the notices of default given to those who answer for a loan."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mikrolaan.storage.types import UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "guarantors",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("as_borrower_id", sa.Uuid(), nullable=True),
        sa.Column("given_names", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("identity_country", sa.String(), nullable=True),
        sa.Column("identity_kind", sa.String(), nullable=True),
        sa.Column("identity_digits", sa.String(), nullable=True),
        sa.Column("identity_synthetic", sa.Boolean(), nullable=True),
        sa.Column("identity_birth_date", sa.Date(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("paper_language", sa.Text(), nullable=True),
        sa.Column("interpreter_needed", sa.Boolean(), nullable=True),
        sa.Column("relation", sa.Text(), server_default="", nullable=False),
        sa.Column("guarantee_kind", sa.String(), nullable=False),
        sa.Column("at_most_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("on_top", sa.Boolean(), nullable=False),
        sa.Column("is_consumer", sa.Boolean(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("paper_document_id", sa.Uuid(), nullable=True),
        sa.Column("paper_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("release_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("release_taken_back_on", sa.Date(), nullable=True),
        sa.Column("release_taken_back_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_guarantors_loan_id")),
        sa.ForeignKeyConstraint(["as_borrower_id"], ["borrowers.id"], name=op.f("fk_guarantors_as_borrower_id")),
        sa.ForeignKeyConstraint(["paper_document_id"], ["documents.id"], name=op.f("fk_guarantors_paper_document_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["officers.id"], name=op.f("fk_guarantors_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guarantors")),
    )
    op.create_index("ix_guarantors_loan_id", "guarantors", ["loan_id"])
    op.create_index("ix_guarantors_as_borrower_id", "guarantors", ["as_borrower_id"])
    op.create_table(
        "guarantor_notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("loan_id", sa.Uuid(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("who", sa.Text(), server_default="", nullable=False),
        sa.Column("guarantor_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["loan_id"], ["loans.id"], name=op.f("fk_guarantor_notices_loan_id")),
        sa.ForeignKeyConstraint(["guarantor_id"], ["guarantors.id"], name=op.f("fk_guarantor_notices_guarantor_id")),
        sa.ForeignKeyConstraint(["member_id"], ["borrowers.id"], name=op.f("fk_guarantor_notices_member_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_guarantor_notices_document_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["officers.id"], name=op.f("fk_guarantor_notices_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guarantor_notices")),
    )
    op.create_index("ix_guarantor_notices_loan_id", "guarantor_notices", ["loan_id"])
