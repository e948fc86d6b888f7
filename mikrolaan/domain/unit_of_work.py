"""What services need of storage: one unit of work per officer's act, and a repository per aggregate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Protocol, Self, TypeAlias, TypeVar
from uuid import UUID

from mikrolaan.domain.audit import Act
from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.budget import Budget
from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.domain.group import NetworkGroup
from mikrolaan.domain.loan import Loan
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


class BudgetRepository(Repository[Budget], Protocol):
    """Keeps budgets, at most one for each borrower."""

    def of(self, borrower_id: UUID) -> Budget | None:
        """The budget of that borrower, or None."""
        ...


class DocumentRepository(Protocol):
    """Keeps issued documents, which never change."""

    def get(self, document_id: UUID) -> Document: ...

    def add(self, document: Document) -> None: ...

    def next_number(self, kind: DocumentKind) -> int:
        """The running number for the next document of that kind."""
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
    loans: NumberedRepository[Loan]
    products: ProductRepository
    documents: DocumentRepository

    def commit(self) -> None:
        """Make everything of this unit lasting at once."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


OpenUnit: TypeAlias = Callable[[Act | None], UnitOfWork]  # None: for reading only
