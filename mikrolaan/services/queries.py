"""The questions that lists ask of storage; each answer is one page of frozen rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from mikrolaan.domain.arrears import Age
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.portfolio import LoanFacts
from mikrolaan.services.arrears_rows import AgeTotal, ArrearsFilter, ArrearsRow, FollowUp, LogLine
from mikrolaan.services.bank_rows import BankQueries
from mikrolaan.services.payment_rows import FoundLoan, PaymentSearch, TakenRow
from mikrolaan.services.portfolio_rows import KeptFlow, PortfolioLoan
from mikrolaan.services.rows import (
    BorrowerRow,
    DocumentRow,
    GroupRow,
    HistoryRow,
    LoanRow,
    MemberRow,
    SimilarBorrower,
)


@dataclass(frozen=True, slots=True)
class Order:
    """By which column a list is sorted; an unknown column means the list's own order."""

    column: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Slice:
    """Which part of a list: `limit` rows from `offset`."""

    offset: int = 0
    limit: int = 100


@dataclass(frozen=True, slots=True)
class LoanFilter:
    """Which loans: a search text, a step, one borrower, one group, or just these; empty means all."""

    search: str = ""
    step: Step | None = None
    borrower_id: UUID | None = None
    group_id: UUID | None = None
    ids: tuple[UUID, ...] | None = None


class Queries(Protocol):
    """Read-only; counts are true counts, pages are read when they are shown."""

    bank: BankQueries

    def count_borrowers(self, search: str = "") -> int: ...

    def borrowers(self, search: str, order: Order, part: Slice) -> Sequence[BorrowerRow]: ...

    def similar_borrowers(
        self, name: str, identity_digits: str, birth_date: date | None, phone: str, without: UUID | None = None
    ) -> Sequence[SimilarBorrower]:
        """At most five borrowers that resemble what is typed, likest first."""
        ...

    def count_loans(self, chosen: LoanFilter) -> int: ...

    def loans(self, chosen: LoanFilter, order: Order, part: Slice) -> Sequence[LoanRow]: ...

    def loans_to_pay(self, search: PaymentSearch, most: int) -> Sequence[FoundLoan]:
        """Loans that a payment may be for, the surest first."""
        ...

    def payments_taken(self, since: datetime, until: datetime) -> Sequence[TakenRow]:
        """Payments typed from `since` and before `until` (UTC), the latest first."""
        ...

    def loans_of_members(self, group_id: UUID) -> Sequence[UUID]:
        """The loans under repayment of those who are members now."""
        ...

    def count_groups(self, search: str = "") -> int: ...

    def groups(self, search: str, order: Order, part: Slice) -> Sequence[GroupRow]: ...

    def members(self, group_id: UUID) -> Sequence[MemberRow]: ...

    def groups_of(self, borrower_id: UUID) -> Sequence[GroupRow]:
        """The groups in which the borrower is a member now."""
        ...

    def documents(self, *, borrower_id: UUID | None = None, loan_id: UUID | None = None) -> Sequence[DocumentRow]: ...

    def count_history(self, record_ids: Sequence[UUID]) -> int: ...

    def history(self, record_ids: Sequence[UUID], part: Slice) -> Sequence[HistoryRow]:
        """The changes of these records, newest first; no record means the whole office."""
        ...

    def count_arrears(self, chosen: ArrearsFilter) -> int: ...

    def arrears(self, chosen: ArrearsFilter, order: Order, part: Slice) -> Sequence[ArrearsRow]: ...

    def age_totals(self, search: str = "") -> dict[Age, AgeTotal]: ...

    def follow_ups(self, loan_ids: Sequence[UUID]) -> dict[UUID, FollowUp]:
        """What was done about each of these loans and who answers for it; a loan with neither is left out."""
        ...

    def contact_log(self, loan_id: UUID) -> Sequence[LogLine]: ...

    def kept_facts(self, as_of: date) -> tuple[list[LoanFacts], list[UUID]]:
        """The facts of loans on which nothing happened after that day, and the loans on which something did."""
        ...

    def kept_flows(self, first: date, last: date) -> tuple[list[KeptFlow], list[UUID]]:
        """What fell due in the period on loans that follow their plan; and the loans to be replayed."""
        ...

    def loans_until(self, loan_ids: Sequence[UUID], until: date) -> Iterator[Loan]:
        """These loans with what happened until the end of a day, for replaying them to that day."""
        ...

    def portfolio_loans(self, loan_ids: Sequence[UUID]) -> dict[UUID, PortfolioLoan]: ...
