"""What an officer can do with paper: preview, issue, reopen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.borrower import Borrower
from mikrolaan.domain.default_notice import DefaultNotice
from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.domain.group import LiabilityForm
from mikrolaan.domain.guarantor import GuaranteePaper, KnownGuarantor
from mikrolaan.domain.journal import AlreadyReversed, EntryUnknown
from mikrolaan.domain.letter import Letter
from mikrolaan.domain.loan import ContractIssued, Loan, Step, StepNotOpen
from mikrolaan.domain.office import Office, Role
from mikrolaan.domain.payment_reference import PaymentReference, reference_for
from mikrolaan.domain.product import Product
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.desk import Desk
from mikrolaan.services.guarantors import known_guarantors, known_of, put_in_contract
from mikrolaan.services.payment_references import with_reference_given

_SERIES = {
    DocumentKind.LOAN_CONTRACT: "K",
    DocumentKind.REPAYMENT_PLAN: "P",
    DocumentKind.RECEIPT: "R",
    DocumentKind.GUARANTEE: "G",
}


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
    payment_id: UUID | None = None  # of a receipt: what it is for
    letter: Letter | None = None  # of a letter about arrears: what it asks for
    notice: DefaultNotice | None = None  # of a notice of default: whom it tells what
    guarantors: tuple[KnownGuarantor, ...] = ()  # everybody on the loan's list, released ones too
    guarantor: KnownGuarantor | None = None  # of a declaration of guarantee: who makes it
    liability: LiabilityForm | None = None  # what members of the group owe for each other

    @property
    def payment_reference(self) -> PaymentReference:
        """What the borrower writes on payments; on a draft the reference the loan would be given now."""
        return self.loan.payment_reference or reference_for(self.loan.number, self.office.reference_rule)


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
            paper = loan_paper(unit, self._desk, loan, "", language)
        return self._print(kind, paper).content

    def issue(self, kind: DocumentKind, loan_id: UUID, language: str | None = None) -> Document:
        """Number, print and keep a document; a contract takes the loan a step further.

        The first gives the loan its payment reference; ReferenceTooShort or ReferenceTaken when that cannot be.
        `language` None means the borrower's. What is kept is what was printed, byte for byte.
        """
        self._desk.require(Role.ADVISER, Role.APPROVER, Role.BOOKKEEPER)
        is_contract = kind is DocumentKind.LOAN_CONTRACT
        with self._desk.open_unit(Act.CONTRACT_ISSUED if is_contract else Act.PLAN_ISSUED) as unit:
            before = unit.loans.get(loan_id)
            document_id = uuid4()
            loan = with_reference_given(unit, before)
            if is_contract:
                loan = loan.with_contract(ContractIssued(document_id, self._desk.today()))
            if loan != before:
                unit.loans.save(loan)
            document = self._printed(unit, kind, loan, document_id, language)
            unit.documents.add(document)
            if is_contract:
                put_in_contract(unit, loan, GuaranteePaper(document_id, self._desk.today()))
            unit.commit()
        return document

    def issue_receipt(self, loan_id: UUID, payment_id: UUID, language: str | None = None) -> Document:
        """The receipt of a payment: the one it has, else a new one in the borrower's language or the one named.

        Raises AlreadyReversed when the payment does not count, EntryUnknown when the loan has none such.
        """
        self._desk.require(Role.ADVISER, Role.APPROVER, Role.BOOKKEEPER)
        with self._desk.open_unit(Act.RECEIPT_ISSUED) as unit:
            known = unit.documents.receipt_of(payment_id)
            if known is not None:
                return unit.documents.get(known)
            before = unit.loans.get(loan_id)
            if payment_id in before.journal.reversed_ids:
                raise AlreadyReversed(payment_id)
            if all(payment.id != payment_id for payment in before.journal.payments):
                raise EntryUnknown(payment_id)
            loan = with_reference_given(unit, before)
            if loan != before:
                unit.loans.save(loan)
            document = self._printed(unit, DocumentKind.RECEIPT, loan, uuid4(), language, payment_id)
            unit.documents.add_receipt(document, payment_id)
            unit.commit()
        return document

    def draft_guarantee(self, guarantor_id: UUID, language: str | None = None) -> bytes:
        """The declaration of a guarantor as it would be issued now, marked as a draft; nothing is kept."""
        with self._desk.reading() as unit:
            guarantor = unit.guarantors.get(guarantor_id)
            known = known_of(unit, guarantor)
            code = language or known.person.paper_language
            paper = loan_paper(unit, self._desk, unit.loans.get(guarantor.loan_id), "", code)
        return self._print(DocumentKind.GUARANTEE, replace(paper, guarantor=known)).content

    def issue_guarantee(self, guarantor_id: UUID, language: str | None = None) -> Document:
        """The declaration that a guarantor signs who comes after the loan's contract; None: in the guarantor's language.

        StepNotOpen while the contract waits for its signatures, for it states the guarantee itself, and when the loan
        is closed; GuaranteeSigned when it was signed already.
        """
        self._desk.require(Role.ADVISER, Role.APPROVER)
        with self._desk.open_unit(Act.GUARANTEE_ISSUED) as unit:
            guarantor = unit.guarantors.get(guarantor_id)
            loan = unit.loans.get(guarantor.loan_id)
            if loan.signed_on is None or loan.step is Step.CLOSED:
                raise StepNotOpen(Step.PAID_OUT, loan.step)
            document_id, known = uuid4(), known_of(unit, guarantor)
            stated = guarantor.with_paper(GuaranteePaper(document_id, self._desk.today()))
            code = language or known.person.paper_language
            document = self._printed(unit, DocumentKind.GUARANTEE, loan, document_id, code, guarantor=known)
            unit.documents.add(document)
            unit.guarantors.save(stated)
            unit.commit()
        return document

    def _printed(
        self,
        unit: UnitOfWork,
        kind: DocumentKind,
        loan: Loan,
        document_id: UUID,
        language: str | None,
        payment_id: UUID | None = None,
        guarantor: KnownGuarantor | None = None,
    ) -> Document:
        number = f"{_SERIES[kind]}-{loan.number:05d}-{unit.documents.next_number(kind):05d}"
        paper = loan_paper(unit, self._desk, loan, number, language)
        paper = replace(paper, payment_id=payment_id, guarantor=guarantor)
        return issued(self._desk, kind, paper, self._print(kind, paper), document_id)

    def open(self, document_id: UUID) -> Document:
        """An issued document as it left the office; DocumentAltered when its pages were tampered with."""
        with self._desk.reading() as unit:
            return unit.documents.get(document_id)


def issued(desk: Desk, kind: DocumentKind, paper: LoanPaper, printed: Printed, document_id: UUID) -> Document:
    """What was printed, as a document that the acting officer issues now."""
    return Document(
        id=document_id,
        number=paper.number,
        kind=kind,
        loan_id=paper.loan.id,
        borrower_id=paper.loan.borrower_id,
        language=paper.language,
        text_version=printed.text_version,
        issued_at=desk.now(),
        issued_by=desk.officer.id,
        content=printed.content,
    )


def loan_paper(unit: UnitOfWork, desk: Desk, loan: Loan, number: str, language: str | None = None) -> LoanPaper:
    """What a page about a loan may print today; `language` None means the borrower's."""
    borrower = unit.borrowers.get(loan.borrower_id)
    group = unit.groups.get(loan.group_id) if loan.group_id is not None else None
    return LoanPaper(
        office=unit.office.get(),
        borrower=borrower,
        loan=loan,
        product=unit.products.get(loan.product_id),
        group_name=group.name if group is not None else "",
        number=number,
        issued_on=desk.today(),
        language=language or borrower.person.paper_language,
        officer_name=desk.officer.name,
        guarantors=tuple(known_guarantors(unit, loan.id)),
        liability=group.liability_form if group is not None else None,
    )
