"""Letters about arrears and notices of default: seen before they are sent, then issued one by one."""

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
from mikrolaan.services.default_notices import NoticeDue, NoticeService, NoticeTo
from mikrolaan.services.desk import Desk
from mikrolaan.services.documents import Print, issued, loan_paper
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
    """A letter or notice as it would be sent today, marked as a draft; where it cannot be made, why."""

    loan_id: UUID
    number: int  # of the loan
    content: bytes = b""
    problem: MikrolaanError | None = None
    lacks_rates: bool = False  # late interest of some days is missing from it


@dataclass(slots=True)
class LettersSent:
    """What a run of letters did; one that was cancelled has done its part, and running again does the rest."""

    documents: list[Document] = field(default_factory=list)
    problems: list[tuple[UUID, RuleError]] = field(
        default_factory=list
    )  # of loans, one for each letter or notice that was not sent
    was_cancelled: bool = False


class LetterService:
    """The letters among the office's steps."""

    def __init__(self, desk: Desk, arrears: ArrearsService, notices: NoticeService, print_paper: Print) -> None:
        self._desk = desk
        self._arrears = arrears
        self._notices = notices
        self._print = print_paper

    def preview(
        self,
        lines: Sequence[ArrearsLine],
        progress: Progress,
        cancelled: Cancelled,
        notices: Sequence[NoticeDue] = (),
    ) -> list[Previewed]:
        """Each as a draft, in its reader's language, in the order of `send`. Cancelled, it gives those made."""
        asked: list[NoticeDue | ArrearsLine] = [*notices, *lines]
        made: list[Previewed] = []
        for number, one in enumerate(asked):
            if cancelled():
                break
            progress(number, len(asked))
            made.append(self._previewed(one))
        progress(len(made), len(asked))
        return made

    def _previewed(self, one: ArrearsLine | NoticeDue) -> Previewed:
        if isinstance(one, NoticeDue):
            loan_id, number = one.to.loan_id, one.loan_number
        else:
            loan_id, number = one.row.loan_id, one.row.number
        try:
            if isinstance(one, NoticeDue):
                return Previewed(loan_id, number, self._notices.draft(one.to))
            content, letter = self.draft(loan_id)
        except RuleError as error:
            return Previewed(loan_id, number, problem=error)
        return Previewed(loan_id, number, content, lacks_rates=letter.lacks_rates)

    def draft(self, loan_id: UUID) -> tuple[bytes, Letter]:
        """The letter that comes next on a loan as it would be sent today; StepWaits when none may be sent."""
        with self._desk.reading() as unit:
            loan = unit.loans.get(loan_id)
            case, coming = self._due(unit, loan)
            letter = self._letter(unit, loan, case, coming)
            paper = replace(loan_paper(unit, self._desk, loan, ""), letter=letter)
        return self._print(KIND_OF[letter.kind], paper).content, letter

    def send(
        self, loan_ids: Sequence[UUID], progress: Progress, cancelled: Cancelled, notices: Sequence[NoticeTo] = ()
    ) -> LettersSent:
        """Issue each notice and letter in a transaction of its own; what was sent before the run stopped stays sent.

        Notices come first: the fee of a letter of the same run is not yet part of what they tell. What may not be sent
        any more (paid meanwhile, or sent by another run) is told among the problems. A failure of the file or the disk
        ends the run.
        """
        self._desk.require(Role.ADVISER, Role.BOOKKEEPER)
        run = LettersSent()
        asked: list[NoticeTo | UUID] = [*notices, *loan_ids]
        for number, one in enumerate(asked):
            if cancelled():
                run.was_cancelled = True
                break
            progress(number, len(asked))
            try:
                document = self._notices.send_one(one) if isinstance(one, NoticeTo) else self.send_one(one)
                run.documents.append(document)
            except RuleError as error:
                run.problems.append((one.loan_id if isinstance(one, NoticeTo) else one, error))
        progress(len(run.documents) + len(run.problems), len(asked))
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
            document = issued(self._desk, kind, paper, printed, uuid4())
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
