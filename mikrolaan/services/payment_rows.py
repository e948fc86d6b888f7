"""What taking payments asks of storage, and the frozen rows it answers with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.domain.money import Money


class Match(Enum):
    """By what a loan was found, the surest first."""

    REFERENCE = "reference"  # the whole payment reference
    NUMBER = "number"  # the loan's number
    BEGINNING = "beginning"  # how its payment reference begins
    AMOUNT = "amount"  # what is due on it, or its next instalment
    NAME = "name"  # the borrower's name, or another of the borrower's numbers


@dataclass(frozen=True, slots=True)
class PaymentSearch:
    """What was typed, read in every way it can be; None where it cannot."""

    text: str
    reference: str | None = None
    number: int | None = None
    amount: Money | None = None


@dataclass(frozen=True, slots=True)
class FoundLoan:
    """A loan that a payment may be for."""

    loan_id: UUID
    by: Match


@dataclass(frozen=True, slots=True)
class TakenRow:
    """One payment in the list of those taken on a day."""

    payment_id: UUID
    at: datetime  # UTC, when it was typed
    loan_id: UUID
    loan_number: int
    borrower: str
    amount: Money
    means: PaymentMeans
    officer: str
    is_reversed: bool
    receipt_id: UUID | None
