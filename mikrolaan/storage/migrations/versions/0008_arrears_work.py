"""Steps of dunning, promises, contacts and letters due."""

from __future__ import annotations

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of arrears work."""
