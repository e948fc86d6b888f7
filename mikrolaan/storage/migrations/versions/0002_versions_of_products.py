"""Products with grace, rhythm, interest method and percentage fees, and with versions that know their product."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# What every product was like before it could be chosen.
BEFORE: dict[str, tuple[Any, str]] = {
    "number": (sa.Integer(), "1"),
    "position": (sa.Integer(), "1"),
    "description": (sa.Text(), ""),
    **{
        f"{choice}_{bound}": (sa.String(), "0")
        for choice in ("interest_only", "payment_free")
        for bound in ("least", "most", "usual")
    },
    "payment_free_interest": (sa.String(), "capitalised"),
    "every": (sa.Integer(), "1"),
    "unit": (sa.String(), "months"),
    "repayments_allowed": (sa.Text(), "annuity,bullet,interest-only,serial"),
    "interest_method": (sa.String(), "declining"),
    "rounding": (sa.String(), "half-up"),
    "establishment_fee_percent": (sa.String(), "0"),
}

IN_ORDER = sa.text(
    "SELECT products.id, products.name FROM products LEFT JOIN audit "
    "ON audit.record_id = products.id AND audit.kind = 'product' AND audit.before IS NULL "
    "ORDER BY audit.sequence, products.name, products.id"
)
PLACE = sa.text(
    "UPDATE products SET product_id = :product_id, number = :number, position = :position WHERE id = :version_id"
)


def upgrade() -> None:
    """Add the columns; versions of the same name become versions of one product, in the order they were added."""
    op.add_column("products", sa.Column("product_id", sa.Uuid(), server_default="", nullable=False))
    for name, (kind, value) in BEFORE.items():
        op.add_column("products", sa.Column(name, kind, server_default=value, nullable=False))
    connection = op.get_bind()
    versions: dict[str, list[str]] = {}
    for row in connection.execute(IN_ORDER).all():
        versions.setdefault(row.name, []).append(row.id)
    for position, ids in enumerate(versions.values(), start=1):
        for number, version_id in enumerate(ids, start=1):
            told = {"product_id": ids[0], "number": number, "position": position, "version_id": version_id}
            connection.execute(PLACE, told)
    op.create_index("ix_products_product_id", "products", ["product_id"], unique=False)
