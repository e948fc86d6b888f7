"""How a loan lives, in the versions of products, and the dated rates an office changed."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns and tables of rules."""
