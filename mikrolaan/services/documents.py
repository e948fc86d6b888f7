"""What an officer can do with paper: preview, issue, reopen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.domain.loan import ContractIssued, Loan
from mikrolaan.domain.office import Office, Role
from mikrolaan.domain.product import Product
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.desk import Desk

_SERIES = {DocumentKind.LOAN_CONTRACT: "K", DocumentKind.REPAYMENT_PLAN: "P"}


@dataclass(frozen=True, slots=True)
class LoanPaper:
    """Everything that a page about one loan may print."""

    office: Office
    borrower: Borrower
    loan: Loan
    product: Product
    group_name: str
    number: str  # of the document; empty on a draft
    issued_on: date
    language: str
    officer_name: str


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of a document and the version of the wording they were made with."""

    content: bytes
    text_version: str


Print = Callable[[DocumentKind, LoanPaper], Printed]


class DocumentService:
    """Contracts and plans on paper."""

    def __init__(self, desk: Desk, print_paper: Print) -> None:
        self._desk = desk
        self._print = print_paper

    def draft(self, kind: DocumentKind, loan: Loan, language: str | None = None) -> bytes:
        """The pages as they would be issued now, marked as a draft; nothing is kept."""
        with self._desk.reading() as unit:
            paper = self._paper(unit, loan, language, "")
        return self._print(kind, paper).content

    def issue(self, kind: DocumentKind, loan_id: UUID, language: str | None = None) -> Document:
        """Number, print and keep a document; a contract takes the loan a step further.

        `language` None means the borrower's. What is kept is what was printed, byte for byte.
        """
        self._desk.require(Role.ADVISER, Role.APPROVER, Role.BOOKKEEPER)
        is_contract = kind is DocumentKind.LOAN_CONTRACT
        with self._desk.open_unit(Act.CONTRACT_ISSUED if is_contract else Act.PLAN_ISSUED) as unit:
            loan = unit.loans.get(loan_id)
            document_id = uuid4()
            if is_contract:
                issued = ContractIssued(document_id, self._desk.today())
                unit.loans.save(loan.with_contract(issued))
            number = f"{_SERIES[kind]}-{loan.number:05d}-{unit.documents.next_number(kind):05d}"
            paper = self._paper(unit, loan, language, number)
            printed = self._print(kind, paper)
            document = Document(
                id=document_id,
                number=number,
                kind=kind,
                loan_id=loan.id,
                borrower_id=loan.borrower_id,
                language=paper.language,
                text_version=printed.text_version,
                issued_at=self._desk.now(),
                issued_by=self._desk.officer.id,
                content=printed.content,
            )
            unit.documents.add(document)
            unit.commit()
        return document

    def open(self, document_id: UUID) -> Document:
        """An issued document as it left the office; DocumentAltered when its pages were tampered with."""
        with self._desk.reading() as unit:
            return unit.documents.get(document_id)

    def _paper(self, unit: UnitOfWork, loan: Loan, language: str | None, number: str) -> LoanPaper:
        borrower = unit.borrowers.get(loan.borrower_id)
        return LoanPaper(
            office=unit.office.get(),
            borrower=borrower,
            loan=loan,
            product=unit.products.get(loan.product_id),
            group_name=unit.groups.get(loan.group_id).name if loan.group_id is not None else "",
            number=number,
            issued_on=self._desk.today(),
            language=language or borrower.person.paper_language,
            officer_name=self._desk.officer.name,
        )
