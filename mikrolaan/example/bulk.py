"""Holds the acts of a large example in memory and keeps them in the office file in a few large transactions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, Protocol, Self, TypeVar, cast
from uuid import UUID

from mikrolaan.domain.answering import GuarantorNotice
from mikrolaan.domain.audit import Act
from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.budget import Budget
from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.domain.errors import NotFound
from mikrolaan.domain.group import NetworkGroup
from mikrolaan.domain.guarantor import Guarantor
from mikrolaan.domain.identity import IdentityNumber
from mikrolaan.domain.law_tables import OwnFee
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.office import Office
from mikrolaan.domain.product import Product
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
    UnitOfWork,
)
from mikrolaan.services.desk import Desk
from mikrolaan.services.queries import Queries
from mikrolaan.services.rows import SimilarBorrower
from mikrolaan.services.session import OpenFile

AT_ONCE = 500  # records in one transaction


class _Record(Protocol):
    @property
    def id(self) -> UUID: ...


Kept = TypeVar("Kept", bound=_Record)
Item = TypeVar("Item")


class Held(Generic[Kept]):
    """A repository in memory; numbers count from 1, as in a new file."""

    def __init__(self, kind: str, records: Iterable[Kept] = ()) -> None:
        self.kind = kind
        self.records = {record.id: record for record in records}
        self._number = 0

    def get(self, record_id: UUID) -> Kept:
        """The record; NotFound when there is none."""
        if record_id not in self.records:
            raise NotFound(self.kind, record_id)
        return self.records[record_id]

    def add(self, aggregate: Kept) -> None:
        """Hold a new one."""
        self.records[aggregate.id] = aggregate

    def save(self, aggregate: Kept) -> None:
        """Hold the changed one in place of the old."""
        self.records[aggregate.id] = aggregate

    def next_number(self) -> int:
        """1, 2, 3 …"""
        self._number += 1
        return self._number

    def all(self) -> Sequence[Kept]:
        """Everything held, in the order it came."""
        return tuple(self.records.values())


class HeldProducts(Held[Product]):
    """The products that the office was founded with, each in its only version."""

    def offered(self) -> Sequence[Product]:
        """All of them."""
        return self.all()

    def versions(self, product_id: UUID) -> Sequence[Product]:
        """The one version."""
        return [product for product in self.all() if product.product_id == product_id]


class HeldBudgets(Held[Budget]):
    """Budgets in memory, one for each borrower."""

    def of(self, borrower_id: UUID) -> Budget | None:
        """The budget of that borrower, or None."""
        return next((budget for budget in self.all() if budget.borrower_id == borrower_id), None)


class HeldLoans(Held[Loan]):
    """Loans in memory; their references all differ, since one rule makes them from their numbers."""

    def with_reference(self, digits: str) -> UUID | None:
        """None."""
        return None


class HeldDocuments:
    """Documents in memory, in the order of issue; each kind has its own numbers."""

    def __init__(self) -> None:
        self.documents: dict[UUID, Document] = {}
        self._numbers: Counter[DocumentKind] = Counter()

    def get(self, document_id: UUID) -> Document:
        """The document; NotFound when there is none."""
        if document_id not in self.documents:
            raise NotFound("document", document_id)
        return self.documents[document_id]

    def add(self, document: Document) -> None:
        """Hold a new one."""
        self.documents[document.id] = document

    def add_receipt(self, document: Document, payment_id: UUID) -> None:
        """Hold a new one; the lives that are held ask for no receipts, so none is sought again."""
        self.add(document)

    def receipt_of(self, payment_id: UUID) -> UUID | None:
        """None."""
        return None

    def next_number(self, kind: DocumentKind) -> int:
        """1, 2, 3 … for each kind."""
        self._numbers[kind] += 1
        return self._numbers[kind]


class HeldGuarantors(Held[Guarantor]):
    """Guarantors in memory, and the few notices given to them."""

    def __init__(self) -> None:
        super().__init__("guarantor")
        self._of_loan: dict[UUID, list[UUID]] = {}
        self.notices: list[GuarantorNotice] = []

    def add(self, aggregate: Guarantor) -> None:
        """Hold a new one."""
        super().add(aggregate)
        self._of_loan.setdefault(aggregate.loan_id, []).append(aggregate.id)

    def of_loan(self, loan_id: UUID) -> Sequence[Guarantor]:
        """Those of the loan, in the order in which they came."""
        return [self.records[record_id] for record_id in self._of_loan.get(loan_id, [])]

    def of_borrower(self, borrower_id: UUID, number: IdentityNumber | None) -> Sequence[Guarantor]:
        """Those that are this case; nobody is typed anew here."""
        return [one for one in self.records.values() if one.borrower_id == borrower_id]

    def add_notice(self, notice: GuarantorNotice) -> None:
        """Hold a new one."""
        self.notices.append(notice)

    def notices_of(self, loan_id: UUID) -> Sequence[GuarantorNotice]:
        """Those about the loan."""
        return [notice for notice in self.notices if notice.loan_id == loan_id]


class HeldOffice:
    """The one office, in memory."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def get(self) -> Office:
        """The office."""
        return self._office

    def add(self, office: Office) -> None:
        """Hold this one."""
        self._office = office

    def save(self, office: Office) -> None:
        """Hold the changed one."""
        self._office = office


@dataclass(slots=True)
class HeldUnit:
    """A unit of work over what is held; nothing the lives do fails half-way, so there is nothing to undo."""

    office: OfficeRepository
    officers: OfficerRepository
    borrowers: NumberedRepository[Borrower]
    budgets: BudgetRepository
    groups: NumberedRepository[NetworkGroup]
    loans: LoanRepository
    products: ProductRepository
    documents: DocumentRepository
    guarantors: GuarantorRepository
    ledger: LedgerRepository
    follow_up: FollowUpRepository
    bank_imports: BankImportRepository
    law_rates: LateRateRepository
    law_fees: LawRepository[OwnFee]

    def commit(self) -> None:
        """Everything is held already; `BulkOffice.write` makes it lasting."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the unit."""


class _NobodySimilar:
    """The lists of the file, except that people are not compared: the example's identity numbers are all different."""

    def __init__(self, queries: Queries) -> None:
        self._queries = queries

    def similar_borrowers(
        self, name: str, identity_digits: str, birth_date: date | None, phone: str, without: UUID | None = None
    ) -> Sequence[SimilarBorrower]:
        """Nobody."""
        return ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._queries, name)


class _BulkFile:
    """The open office file, with a desk that works in memory."""

    def __init__(self, file: OpenFile, desk: Desk) -> None:
        self.path: Path = file.path
        self.officer = file.officer
        self.queries = desk.queries
        self._file = file
        self._desk = desk

    def desk(self) -> Desk:
        """Memory, clock and officer."""
        return self._desk

    def change_password(self, old: str, new: str) -> None:
        """As the file does."""
        self._file.change_password(old, new)

    def back_up(self, folder: Path) -> Path:
        """As the file does."""
        return self._file.back_up(folder)

    def close(self) -> None:
        """As the file does."""
        self._file.close()


class BulkOffice:
    """A new office file whose acts are held in memory until `write`."""

    def __init__(self, file: OpenFile) -> None:
        self._desk = file.desk()
        self._borrowers: Held[Borrower] = Held("borrower")
        self._budgets = HeldBudgets("budget")
        self._groups: Held[NetworkGroup] = Held("group")
        self._loans = HeldLoans("loan")
        self._documents = HeldDocuments()
        self._guarantors = HeldGuarantors()
        with self._desk.reading() as unit:
            self._held = HeldUnit(
                HeldOffice(unit.office.get()),
                Held("officer", unit.officers.all()),
                self._borrowers,
                self._budgets,
                self._groups,
                self._loans,
                HeldProducts("product", unit.products.offered()),
                self._documents,
                self._guarantors,
                unit.ledger,
                unit.follow_up,
                unit.bank_imports,
                unit.law_rates,
                unit.law_fees,
            )
        queries = cast(Queries, _NobodySimilar(self._desk.queries))
        self.file: OpenFile = _BulkFile(file, replace(self._desk, open_unit=self._open_unit, queries=queries))

    def _open_unit(self, act: Act | None) -> UnitOfWork:
        return self._held

    def write(self) -> None:
        """Keep everything: borrowers and their budgets first, then groups, then loans with their documents, in the order of numbers."""
        for borrowers in _parts(self._borrowers.all()):
            with self._desk.open_unit(Act.EXAMPLE_MADE) as unit:
                for borrower in borrowers:
                    unit.borrowers.add(replace(borrower, number=unit.borrowers.next_number()))
                unit.commit()
        for budgets in _parts(self._budgets.all()):
            with self._desk.open_unit(Act.EXAMPLE_MADE) as unit:
                for budget in budgets:
                    unit.budgets.add(budget)
                unit.commit()
        for groups in _parts(self._groups.all()):
            with self._desk.open_unit(Act.EXAMPLE_MADE) as unit:
                for group in groups:
                    unit.groups.add(replace(group, number=unit.groups.next_number()))
                unit.commit()
        documents: dict[UUID, list[Document]] = {}
        for document in self._documents.documents.values():
            documents.setdefault(document.loan_id, []).append(document)
        for loans in _parts(self._loans.all()):
            with self._desk.open_unit(Act.EXAMPLE_MADE) as unit:
                for loan in loans:
                    unit.loans.add(replace(loan, number=unit.loans.next_number()))
                    for document in documents.get(loan.id, []):
                        unit.documents.next_number(document.kind)
                        unit.documents.add(document)
                    for guarantor in self._guarantors.of_loan(loan.id):
                        unit.guarantors.add(guarantor)
                    for notice in self._guarantors.notices_of(loan.id):
                        unit.guarantors.add_notice(notice)
                unit.commit()


def _parts(records: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """The records, some hundred at a time."""
    rest = iter(records)
    while part := tuple(islice(rest, AT_ONCE)):
        yield part
