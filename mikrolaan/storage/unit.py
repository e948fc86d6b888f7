"""One officer's act and one transaction over the office file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from mikrolaan.domain.audit import Act, Change
from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.group import NetworkGroup
from mikrolaan.domain.law_tables import OwnFee
from mikrolaan.domain.unit_of_work import (
    BankImportRepository,
    BudgetRepository,
    DocumentRepository,
    FollowUpRepository,
    GuarantorRepository,
    LateRateRepository,
    LawRepository,
    LedgerRepository,
    LoanRepository,
    NumberedRepository,
    OfficeRepository,
    OfficerRepository,
    ProductRepository,
)
from mikrolaan.storage import audit
from mikrolaan.storage.arrears import SqlFollowUps
from mikrolaan.storage.at_hand import AtHand
from mikrolaan.storage.bank_imports import SqlBankImports
from mikrolaan.storage.borrowers import SqlBorrowers
from mikrolaan.storage.budgets import SqlBudgets
from mikrolaan.storage.database import begun_to_write
from mikrolaan.storage.documents import SqlDocuments
from mikrolaan.storage.groups import SqlGroups
from mikrolaan.storage.guarantors import SqlGuarantors
from mikrolaan.storage.law_tables import SqlLawFees, SqlLawRates
from mikrolaan.storage.ledger import SqlLedger
from mikrolaan.storage.loans import SqlLoans
from mikrolaan.storage.offices import SqlOffice, SqlOfficers
from mikrolaan.storage.products import SqlProducts
from mikrolaan.storage.records import Work
from mikrolaan.storage.rules_in_force import RulesInForce


class SqlUnit:
    """A unit of work; the act is None when it only reads."""

    office: OfficeRepository
    officers: OfficerRepository
    borrowers: NumberedRepository[Borrower]
    budgets: BudgetRepository
    groups: NumberedRepository[NetworkGroup]
    loans: LoanRepository
    products: ProductRepository
    law_rates: LateRateRepository
    law_fees: LawRepository[OwnFee]
    documents: DocumentRepository
    guarantors: GuarantorRepository
    ledger: LedgerRepository
    follow_up: FollowUpRepository
    bank_imports: BankImportRepository

    def __init__(
        self,
        at_hand: AtHand,
        act: Act | None,
        officer_id: UUID,
        now: Callable[[], datetime],
    ) -> None:
        self._at_hand = at_hand
        self._act = act
        self._officer_id = officer_id
        self._now = now

    def __enter__(self) -> Self:
        self._connection = self._at_hand.connections.take()
        try:
            self._begin(writes=self._act is not None)
        except BaseException:  # interrupted, too: what holds the right to write would keep everybody else from it
            self._at_hand.connections.give_back(self._connection, is_sound=False)
            raise
        return self

    def _begin(self, *, writes: bool) -> None:
        self._transaction = begun_to_write(self._connection) if writes else self._connection.begin()
        if writes:
            self._number = self._at_hand.chain_end.begun()
        self._work = work = Work(self._connection, writes=writes)
        self.office = SqlOffice(work)
        self.officers = SqlOfficers(work)
        self.borrowers = SqlBorrowers(work)
        self.budgets = SqlBudgets(work)
        self.groups = SqlGroups(work)
        rules = RulesInForce(self._connection)
        self.loans = self._loans = SqlLoans(work, rules, self._at_hand.loans)
        self.law_rates = SqlLawRates(work, rules)
        self.law_fees = SqlLawFees(work)
        self.products = SqlProducts(work)
        self.documents = SqlDocuments(work)
        self.guarantors = SqlGuarantors(work)
        self.ledger = SqlLedger(work, rules)
        self.follow_up = SqlFollowUps(work)
        self.bank_imports = SqlBankImports(work)

    def note(self, kind: str, record_id: UUID) -> None:
        """Write the act into the audit trail though no record changes: a sign-in, another password."""
        self._work.changes.append(Change(kind, record_id, None, None))

    def commit(self) -> None:
        """Write the audit entries and make everything lasting; a unit opened for reading has nothing to commit."""
        self._work.must_write()
        assert self._act is not None  # must_write says so
        self.law_rates.count_anew()
        chain_end = self._at_hand.chain_end
        end = chain_end.take(self._connection)
        end = audit.write(self._connection, self._act, self._officer_id, self._now(), self._work.changes, end)
        self._transaction.commit()
        chain_end.bring(self._number, end)
        self._loans.committed()
        self._work.writes = False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._work.end()
        self._at_hand.connections.give_back(self._connection, is_sound=error is None)
