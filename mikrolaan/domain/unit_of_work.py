"""What services need of storage: one unit of work per officer's act, and a repository per aggregate."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from types import TracebackType
from typing import Protocol, Self, TypeAlias, TypeVar
from uuid import UUID

from mikrolaan.domain.answering import GuarantorNotice
from mikrolaan.domain.audit import Act
from mikrolaan.domain.bank_import import BankImport, ImportedLine
from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.budget import Budget
from mikrolaan.domain.csv_guide import CsvGuide
from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.domain.dunning import Steps
from mikrolaan.domain.follow_up import Contact, Promise, StepTaken
from mikrolaan.domain.group import NetworkGroup
from mikrolaan.domain.guarantor import Guarantor
from mikrolaan.domain.identity import IdentityNumber
from mikrolaan.domain.law_tables import OwnFee, OwnRate
from mikrolaan.domain.ledger import Closing
from mikrolaan.domain.ledger_accounts import LedgerAccount
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.long_work import Cancelled, Progress, never, no_progress
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Office, Officer
from mikrolaan.domain.product import Product

Aggregate = TypeVar("Aggregate")


class Repository(Protocol[Aggregate]):
    """Keeps one kind of aggregate; a stale save (other version in the file) raises ConflictError."""

    def get(self, record_id: UUID) -> Aggregate:
        """The aggregate; NotFound when there is none."""
        ...

    def add(self, aggregate: Aggregate) -> None:
        """Keep a new one, at version 1."""
        ...

    def save(self, aggregate: Aggregate) -> None:
        """Keep a change of one loaded before; its version grows by one."""
        ...


class NumberedRepository(Repository[Aggregate], Protocol[Aggregate]):
    """A repository whose aggregates carry a readable number, given once and never again."""

    def next_number(self) -> int:
        """The number for the next new one: 1, 2, 3 …"""
        ...


class LoanRepository(NumberedRepository[Loan], Protocol):
    """Keeps loans; each is found by its payment reference too."""

    def with_reference(self, digits: str) -> UUID | None:
        """The loan that has this payment reference, or None."""
        ...


class OfficeRepository(Protocol):
    """Keeps the one office of the file."""

    def get(self) -> Office: ...

    def add(self, office: Office) -> None: ...

    def save(self, office: Office) -> None: ...


class ProductRepository(Repository[Product], Protocol):
    """Keeps products; every version stays, a record of its own."""

    def offered(self) -> Sequence[Product]:
        """What the office offers now, in the order in which it began to."""
        ...

    def all(self) -> Sequence[Product]:
        """The latest version of every product, withdrawn ones too, in the same order."""
        ...

    def versions(self, product_id: UUID) -> Sequence[Product]:
        """Every version of a product, the latest first; none when there is no such product."""
        ...


class LawRepository(Repository[Aggregate], Protocol[Aggregate]):
    """Keeps the office's own rows of one of the law's tables."""

    def all(self) -> Sequence[Aggregate]:
        """Every row by its first day, withdrawn ones too."""
        ...


class LateRateRepository(LawRepository[OwnRate], Protocol):
    """Keeps the office's own rates of late interest; the loans that a kept one touches are counted anew."""

    def count_anew(self, progress: Progress = no_progress, cancelled: Cancelled = never) -> bool:
        """Settle the payments since the first day of the rates kept in this unit anew, in the rows for lists.

        What is not done by then is done by `commit`. False when cancelled: then the unit is to be left.
        """
        ...


class BudgetRepository(Repository[Budget], Protocol):
    """Keeps budgets, at most one for each borrower."""

    def of(self, borrower_id: UUID) -> Budget | None:
        """The budget of that borrower, or None."""
        ...


class DocumentRepository(Protocol):
    """Keeps issued documents, which never change."""

    def get(self, document_id: UUID) -> Document: ...

    def add(self, document: Document) -> None: ...

    def add_receipt(self, document: Document, payment_id: UUID) -> None:
        """Keep the receipt of a payment, which has one."""
        ...

    def receipt_of(self, payment_id: UUID) -> UUID | None:
        """The document that is the payment's receipt, or None."""
        ...

    def next_number(self, kind: DocumentKind) -> int:
        """The running number for the next document of that kind."""
        ...


class FollowUpRepository(Protocol):
    """Keeps the office's steps against arrears, and contacts, promises and steps taken on each loan."""

    def steps(self) -> Steps:
        """The office's own steps in order; the usual ones where it has none."""
        ...

    def keep_steps(self, steps: Steps) -> None: ...

    def letters_from(self) -> Money:
        """The smallest overdue amount that letters are sent about; the usual one where the office has none."""
        ...

    def keep_letters_from(self, amount: Money) -> None: ...

    def add_contact(self, contact: Contact) -> None: ...

    def add_promise(self, promise: Promise) -> None: ...

    def add_step(self, step: StepTaken) -> None: ...

    def promise(self, promise_id: UUID) -> Promise: ...

    def save_promise(self, promise: Promise) -> None: ...

    def contacts_of(self, loan_id: UUID) -> Sequence[Contact]:
        """In the order in which they were recorded; the same for promises and steps."""
        ...

    def promises_of(self, loan_id: UUID) -> Sequence[Promise]: ...

    def steps_of(self, loan_id: UUID) -> Sequence[StepTaken]: ...


class GuarantorRepository(Repository[Guarantor], Protocol):
    """Keeps guarantors of loans, and the notices of default given to those who answer for a loan."""

    def of_loan(self, loan_id: UUID) -> Sequence[Guarantor]:
        """In the order in which they were added, removed and released ones too."""
        ...

    def of_borrower(self, borrower_id: UUID, number: IdentityNumber | None) -> Sequence[Guarantor]:
        """What a borrower guarantees: linked to the case, or typed with the same identity number."""
        ...

    def add_notice(self, notice: GuarantorNotice) -> None: ...

    def notices_of(self, loan_id: UUID) -> Sequence[GuarantorNotice]:
        """The notices about that loan, the earliest first."""
        ...


class LedgerRepository(Protocol):
    """Keeps accounts and closings of the lending ledger, and reads the loans that it is computed from."""

    def accounts(self) -> Sequence[LedgerAccount]:
        """The accounts that the office has changed; the others are those of the standard chart."""
        ...

    def keep_account(self, account: LedgerAccount) -> None:
        """Keep the account of a role, new or changed."""
        ...

    def closings(self) -> Sequence[Closing]:
        """Every closing of the books, the earliest day first."""
        ...

    def add_closing(self, closing: Closing) -> None: ...

    def count_lent(self) -> int:
        """How many loans have anything in their journal."""
        ...

    def lent(self) -> Iterator[tuple[Loan, str]]:
        """Those loans by number, each with its borrower's name; read a few at a time."""
        ...


class BankImportRepository(Protocol):
    """Keeps imports of bank files with their lines, and how the office reads its bank's lists."""

    def get(self, import_id: UUID) -> BankImport:
        """The import; NotFound when there is none."""
        ...

    def add(self, imported: BankImport, lines: Sequence[ImportedLine]) -> None: ...

    def save(self, imported: BankImport) -> None:
        """Keep that it was reversed; ConflictError when it changed meanwhile."""
        ...

    def lines(self, import_id: UUID) -> Sequence[ImportedLine]:
        """Its lines in the order of the file."""
        ...

    def taken(self, identities: Collection[str]) -> set[str]:
        """Those of the identities whose line is a payment that counts."""
        ...

    def keep_guide(self, key: str, guide: CsvGuide) -> None:
        """Read lists with these headings so; the one before gives way."""
        ...


class OfficerRepository(Repository[Officer], Protocol):
    """Keeps the officers."""

    def all(self) -> Sequence[Officer]: ...


class UnitOfWork(Protocol):
    """One officer's act and one transaction: leaving without commit() undoes everything.

    Every add and save is written to the audit trail in the same transaction.
    """

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

    def commit(self) -> None:
        """Make everything of this unit lasting at once."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


OpenUnit: TypeAlias = Callable[[Act | None], UnitOfWork]  # None: for reading only
