"""Letters about arrears: seen before they are sent, then issued one by one with their fees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.domain.dunning import Case, NextStep, fee_of
from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.errors import MikrolaanError, RuleError
from mikrolaan.domain.follow_up import StepKind, StepTaken
from mikrolaan.domain.journal import Fee
from mikrolaan.domain.letter import Letter, letter_about
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.long_work import Cancelled, Progress
from mikrolaan.domain.office import Role
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.arrears import ArrearsLine, ArrearsService, StepWaits, TooLittleForLetter, case_of
from mikrolaan.services.desk import Desk
from mikrolaan.services.documents import Print, loan_paper
from mikrolaan.services.law_tables import fees_in_force
from mikrolaan.services.payment_references import with_reference_given

KIND_OF = {
    StepKind.REMINDER: DocumentKind.REMINDER,
    StepKind.NOTICE: DocumentKind.COLLECTION_NOTICE,
    StepKind.DEMAND: DocumentKind.PAYMENT_DEMAND,
}
_SERIES = {StepKind.REMINDER: "M", StepKind.NOTICE: "I", StepKind.DEMAND: "D"}


@dataclass(frozen=True, slots=True)
class Previewed:
    """A letter as it would be sent today, marked as a draft; where it cannot be made, why."""

    loan_id: UUID
    number: int  # of the loan
    content: bytes = b""
    problem: MikrolaanError | None = None
    lacks_rates: bool = False  # late interest of some days is missing from it


@dataclass(slots=True)
class LettersSent:
    """What a run of letters did; one that was cancelled has done its part, and running again does the rest."""

    documents: list[Document] = field(default_factory=list)
    problems: list[tuple[UUID, RuleError]] = field(default_factory=list)  # of loans whose letter was not sent
    was_cancelled: bool = False


class LetterService:
    """The letters among the office's steps."""

    def __init__(self, desk: Desk, arrears: ArrearsService, print_paper: Print) -> None:
        self._desk = desk
        self._arrears = arrears
        self._print = print_paper

    def preview(self, lines: Sequence[ArrearsLine], progress: Progress, cancelled: Cancelled) -> list[Previewed]:
        """Each letter as a draft, in the borrower's language; nothing is kept. Cancelled, it gives those made."""
        made: list[Previewed] = []
        for number, line in enumerate(lines):
            if cancelled():
                break
            progress(number, len(lines))
            loan_id = line.row.loan_id
            try:
                content, letter = self.draft(loan_id)
                made.append(Previewed(loan_id, line.row.number, content, lacks_rates=letter.lacks_rates))
            except RuleError as error:
                made.append(Previewed(loan_id, line.row.number, problem=error))
        progress(len(made), len(lines))
        return made

    def draft(self, loan_id: UUID) -> tuple[bytes, Letter]:
        """The letter that comes next on a loan as it would be sent today; StepWaits when none may be sent."""
        with self._desk.reading() as unit:
            loan = unit.loans.get(loan_id)
            case, coming = self._due(unit, loan)
            letter = self._letter(unit, loan, case, coming)
            paper = replace(loan_paper(unit, self._desk, loan, ""), letter=letter)
        return self._print(KIND_OF[letter.kind], paper).content, letter

    def send(self, loan_ids: Sequence[UUID], progress: Progress, cancelled: Cancelled) -> LettersSent:
        """Issue each letter in a transaction of its own; what was sent before the run stopped stays sent.

        A loan whose letter may not be sent any more (paid meanwhile, or sent by another run) is told among the
        problems. A failure of the file or the disk ends the run.
        """
        self._desk.require(Role.ADVISER, Role.BOOKKEEPER)
        run = LettersSent()
        for number, loan_id in enumerate(loan_ids):
            if cancelled():
                run.was_cancelled = True
                break
            progress(number, len(loan_ids))
            try:
                run.documents.append(self.send_one(loan_id))
            except RuleError as error:
                run.problems.append((loan_id, error))
        progress(len(run.documents) + len(run.problems), len(loan_ids))
        return run

    def send_one(self, loan_id: UUID) -> Document:
        """Number, print and keep the letter that comes next, note the step and charge its fee, all or nothing.

        StepWaits when no letter may be sent today, TooLittleForLetter when so little is overdue.
        """
        self._desk.require(Role.ADVISER, Role.BOOKKEEPER)
        with self._desk.open_unit(Act.LETTER_SENT) as unit:
            before = unit.loans.get(loan_id)
            case, coming = self._due(unit, before)
            loan = with_reference_given(unit, before)
            letter = self._letter(unit, loan, case, coming)
            kind = KIND_OF[letter.kind]
            number = f"{_SERIES[letter.kind]}-{loan.number:05d}-{unit.documents.next_number(kind):05d}"
            paper = replace(loan_paper(unit, self._desk, loan, number), letter=letter)
            printed = self._print(kind, paper)
            fee_entry_id = None
            if letter.fee is not None:
                fee_entry_id = next_entry_id()
                recorded = self._desk.recorded()
                loan = loan.with_entry(
                    Fee(fee_entry_id, letter.as_of, letter.fee, letter.deadline, recorded, note=number)
                )
            if loan != before:
                unit.loans.save(loan)
            document = Document(
                id=uuid4(),
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
            unit.follow_up.add_step(
                StepTaken(
                    uuid4(),
                    loan.id,
                    letter.kind,
                    letter.as_of,
                    self._desk.recorded(),
                    letter.deadline,
                    document.id,
                    fee_entry_id,
                )
            )
            unit.commit()
        return document

    def _due(self, unit: UnitOfWork, loan: Loan) -> tuple[Case, NextStep]:
        today = self._desk.today()
        coming = self._arrears.coming(unit, loan)
        case = case_of(unit, loan, today)
        if coming is not None and coming.is_about_too_little and today >= coming.earliest_on:
            raise TooLittleForLetter(unit.follow_up.letters_from())
        if case is None or coming is None or not coming.step.kind.is_letter or not coming.is_open(today):
            kind = coming.step.kind if coming else StepKind.REMINDER
            raise StepWaits(kind, coming.earliest_on if coming else None)
        return case, coming

    def _letter(self, unit: UnitOfWork, loan: Loan, case: Case, coming: NextStep) -> Letter:
        today = self._desk.today()
        sent: list[date] = [step.on for step in case.counted if step.kind.is_letter]
        return letter_about(
            loan,
            coming.step.kind,
            today,
            deadline_days=coming.step.deadline_days,
            fee=fee_of(coming.step, case, fees_in_force(unit), today),
            letter_before_on=sent[-1] if sent else None,
            country=unit.office.get().country.value,
        )
