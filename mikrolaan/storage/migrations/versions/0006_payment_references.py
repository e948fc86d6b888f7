"""Payment references of loans, how the office builds them, and which payment a receipt is for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BODY_DIGITS = {"NO": 7, "SE": 7, "DK": 14}  # before the check digit, as the program gives them to a new office
PRINTED = sa.text("SELECT id, number FROM loans WHERE contract_document_id IS NOT NULL")
GIVE = sa.text("UPDATE loans SET payment_reference = :reference, payment_reference_kind = :kind WHERE id = :loan_id")


def upgrade() -> None:
    """Add the columns; loans whose contract is printed get the reference that is usual in the office's country."""
    for name, kind in (
        ("reference_kind", sa.String()),
        ("reference_check", sa.String()),
        ("reference_length", sa.Integer()),
        ("reference_prefix", sa.String()),
        ("reference_has_length_digit", sa.Boolean()),
        ("reference_creditor", sa.String()),
    ):
        op.add_column("office", sa.Column(name, kind, nullable=True))
    op.add_column("loans", sa.Column("payment_reference", sa.String(), nullable=True))
    op.add_column("loans", sa.Column("payment_reference_kind", sa.String(), nullable=True))
    op.create_table(
        "receipts",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["journal_entries.id"], name=op.f("fk_receipts_entry_id")),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_receipts_document_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("document_id", name=op.f("uq_receipts_document_id")),
    )
    connection = op.get_bind()
    country = connection.execute(sa.text("SELECT country FROM office")).scalar()
    if country is not None:
        named = {"NO": "kid", "SE": "ocr", "DK": "fik-71"}[country]
        for loan in connection.execute(PRINTED).all():
            body = f"{loan.number:0{BODY_DIGITS[country]}}"
            connection.execute(GIVE, {"reference": body + luhn_of(body), "kind": named, "loan_id": loan.id})
    op.create_index("ix_journal_entries_recorded_at", "journal_entries", ["recorded_at"], unique=False)
    op.create_index("ix_loans_payment_reference", "loans", ["payment_reference"], unique=True)


def luhn_of(body: str) -> str:
    """The check digit by mod10: weights 2, 1, 2, 1 … from the right, sums of digits."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(body)))
    return str(-sum(each // 10 + each % 10 for each in doubled) % 10)
