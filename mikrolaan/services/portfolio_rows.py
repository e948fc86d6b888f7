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


@dataclass(frozen=True, slots=True)
class KeptFlow:
    """What fell due on a loan in a period, and what was paid of it; minor units, principal and interest."""

    loan_id: UUID
    fell_due_minor: int
    paid_of_it_minor: int
