"""Read models of the portfolio: whose loans stand behind a figure."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class PortfolioLoan:
    """One loan behind a figure."""

    loan_id: UUID
    number: int
    borrower: str
    group: str
