"""What importing bank files asks of storage, and the frozen rows it answers with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from mikrolaan.domain.bank_file import BankFormat
from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.domain.loan import Step
from mikrolaan.domain.money import Currency, Money


@dataclass(frozen=True, slots=True)
class PayableLoan:
    """A loan that a payment may be for, with what is due on it on one day; late interest left out."""

    loan_id: UUID
    number: int
    borrower_id: UUID
    borrower: str
    name_folded: str
    currency: Currency
    step: Step
    reference: str  # empty where it has none yet
    paid_out_on: date | None
    due_minor: int  # on that day
    next_minor: int  # of the first instalment after it
    is_written_off: bool = False  # what comes in on it is a recovered loss, no payment


@dataclass(frozen=True, slots=True)
class KnownPayment:
    """A payment that counts, as far as it tells whether a line of a bank file is the same money."""

    entry_id: UUID
    loan_id: UUID
    on: date
    amount_minor: int
    means: PaymentMeans
    identity: str = ""  # of the bank's line that it came by; empty where somebody typed it


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One line of the list of imports."""

    id: UUID
    file_name: str
    format: BankFormat
    at: datetime  # UTC
    officer: str
    lines: int
    accepted: int
    total: Money
    accepted_total: Money
    is_reversed: bool
    reason: str  # of the reversal


class BankQueries(Protocol):
    """Read-only questions about bank files."""

    def payable_loans(self, day: date) -> Sequence[PayableLoan]:
        """Every loan of the office with what is due on that day."""
        ...

    def lines_taken(self, identities: Collection[str]) -> Mapping[str, UUID]:
        """Those of the identities that are payments by now, and were not reversed since, with the loan of each."""
        ...

    def lines_undone(self, identities: Collection[str]) -> set[str]:
        """Those of the identities whose payment was reversed by itself, while its import was not."""
        ...

    def payers(self) -> Mapping[str, frozenset[UUID]]:
        """The loans on which an account paid before, by the mark of the account."""
        ...

    def known_payments(self, first: date, last: date) -> Sequence[KnownPayment]:
        """Every payment that counts and is dated on these days, by day and in the order of typing."""
        ...

    def earlier_import(self, sha256: str) -> ImportRow | None:
        """The latest import of the same bytes that was not reversed."""
        ...

    def count_imports(self) -> int: ...

    def imports(self, offset: int, limit: int) -> Sequence[ImportRow]:
        """The imports, the latest first."""
        ...

    def csv_guide(self, key: str) -> Mapping[str, Any] | None:
        """How the office reads lists with these headings; None when it has not met any."""
        ...
