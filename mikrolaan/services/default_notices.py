"""Notices of default to those who answer for a loan: who is still to be told, seen before they are sent, then issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.default_notice import DefaultNotice, notice_about
from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.office import Role
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.desk import Desk
from mikrolaan.services.documents import LoanPaper, Print, issued, loan_paper
from mikrolaan.services.guarantors import Answerer, answerers
from mikrolaan.services.payment_references import with_reference_given

SERIES = "V"


@dataclass(eq=False)
class NoNoticeDue(RuleError):
    """The person need not be told: nothing is overdue, the person was told, or does not answer for the loan."""

    loan_id: UUID
    field: str = ""


@dataclass(frozen=True, slots=True)
class NoticeTo:
    """Whom a notice is for: a guarantor of a loan, or a member of its borrower's group."""

    loan_id: UUID
    guarantor_id: UUID | None
    member_id: UUID | None = None  # the borrower the member is; None: to a guarantor

    def is_for(self, one: Answerer) -> bool:
        """Whether that is the person."""
        if self.guarantor_id is not None:
            return self.guarantor_id == one.answering.guarantor_id
        return self.member_id is not None and self.member_id == one.answering.borrower_id


@dataclass(frozen=True, slots=True)
class NoticeDue:
    """A notice that is still to be given."""

    to: NoticeTo
    loan_number: int
    name: str  # of the person to tell
    due_on: date  # the last day for it


class NoticeService:
    """Written notices of a borrower's default; in Norway each who answers must have one in time (finansavtaleloven § 6-3)."""

    def __init__(self, desk: Desk, print_paper: Print) -> None:
        self._desk = desk
        self._print = print_paper

    def to_tell(self, loan_ids: Iterable[UUID]) -> list[NoticeDue]:
        """Everybody who answers for these loans and has not been told of the present default; loans in their order."""
        found = []
        with self._desk.reading() as unit:
            for loan_id in loan_ids:
                loan = unit.loans.get(loan_id)
                found += [
                    NoticeDue(_to(one, loan_id), loan.number, one.person.name, one.notice_due_on)
                    for one in answerers(unit, loan, self._desk.today())
                    if one.notice_due_on is not None
                ]
        return found

    def draft(self, to: NoticeTo) -> bytes:
        """The notice as it would be sent today, marked as a draft; NoNoticeDue when none is to be given."""
        with self._desk.reading() as unit:
            loan = unit.loans.get(to.loan_id)
            paper = self._paper(unit, loan, self._waiting(unit, loan, to), "")
        return self._print(DocumentKind.GUARANTOR_NOTICE, paper).content

    def send_one(self, to: NoticeTo) -> Document:
        """Number, print and keep the notice, and note that the person was told, all or nothing.

        NoNoticeDue when the person was told meanwhile, so that nobody is told twice of one default.
        """
        self._desk.require(Role.ADVISER, Role.BOOKKEEPER)
        kind = DocumentKind.GUARANTOR_NOTICE
        with self._desk.open_unit(Act.GUARANTOR_NOTIFIED) as unit:
            before = unit.loans.get(to.loan_id)
            one = self._waiting(unit, before, to)
            loan = with_reference_given(unit, before)
            if loan != before:
                unit.loans.save(loan)
            number = f"{SERIES}-{loan.number:05d}-{unit.documents.next_number(kind):05d}"
            paper = self._paper(unit, loan, one, number)
            document = issued(self._desk, kind, paper, self._print(kind, paper), uuid4())
            unit.documents.add(document)
            unit.guarantors.add_notice(one.notice(loan.id, self._desk.today(), self._desk.recorded(), document.id))
            unit.commit()
        return document

    def _waiting(self, unit: UnitOfWork, loan: Loan, to: NoticeTo) -> Answerer:
        """The person, who answers for the loan and is still to be told."""
        for one in answerers(unit, loan, self._desk.today()):
            if to.is_for(one) and one.notice_due_on is not None:
                return one
        raise NoNoticeDue(loan.id)

    def _paper(self, unit: UnitOfWork, loan: Loan, one: Answerer, number: str) -> LoanPaper:
        paper = loan_paper(unit, self._desk, loan, number, one.person.paper_language)
        return replace(paper, notice=self._notice(unit, loan, one))

    def _notice(self, unit: UnitOfWork, loan: Loan, one: Answerer) -> DefaultNotice:
        guarantor_id = one.answering.guarantor_id
        guarantor = None if guarantor_id is None else unit.guarantors.get(guarantor_id)
        liability = None if loan.group_id is None else unit.groups.get(loan.group_id).liability_form
        return notice_about(loan, one.person, one.answering, guarantor, liability, self._desk.today())


def _to(one: Answerer, loan_id: UUID) -> NoticeTo:
    guarantor_id = one.answering.guarantor_id
    return NoticeTo(loan_id, guarantor_id, None if guarantor_id is not None else one.answering.borrower_id)
