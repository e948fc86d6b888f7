"""What an officer can do with a bank file: look at its lines, save those accepted as payments, reverse all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.bank_file import BankFile, BankFormat, shortened
from mikrolaan.domain.bank_import import (
    LONGEST_FILE_NAME,
    BankImport,
    ImportedLine,
    ImportReversed,
    LineRefused,
    LineTaken,
    NothingAccepted,
    PaidMeanwhile,
    payer_mark,
)
from mikrolaan.domain.csv_guide import CsvGuide, CsvSample
from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.errors import CurrencyMismatch, InvalidValue, MikrolaanError, Problem
from mikrolaan.domain.journal import Payment, PaymentMeans, Recorded, Reversal
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.long_work import Cancelled, Progress, never, no_progress
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.office import Role
from mikrolaan.domain.statement import Statement, statement
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.bank_doubles import DAYS_APART, doubles
from mikrolaan.services.bank_matching import Matcher, ReviewedLine
from mikrolaan.services.bank_rows import ImportRow, KnownPayment, PayableLoan
from mikrolaan.services.desk import Desk
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.taking_payments import check_takes_payments


class BankFileReader(Protocol):
    """Reads the bytes of bank files; the readers themselves are a room of their own."""

    def load(self, path: Path) -> bytes:
        """The bytes of a file; BankFileRefused when it cannot be read, is empty or too large."""
        ...

    def format_of(self, content: bytes) -> BankFormat | None:
        """What the first bytes say it is; None when nothing fits."""
        ...

    def sample(self, content: bytes) -> CsvSample:
        """The beginning of a list, with a guess of its columns."""
        ...

    def read(
        self, content: bytes, guide: CsvGuide | None, currency: str, progress: Progress, cancelled: Cancelled
    ) -> BankFile | None:
        """All of a file; BankFileRefused when any of it is wrong, None when cancelled."""
        ...


@dataclass(frozen=True, slots=True)
class BankReview:
    """A file as it is shown before anything is saved."""

    file: BankFile
    file_name: str
    lines: tuple[ReviewedLine, ...]
    earlier: ImportRow | None  # the same bytes were imported before
    matcher: Matcher

    def proposed(self) -> dict[int, UUID]:
        """What is accepted unless the officer says otherwise: loan by the place of the line."""
        return {place: each.loan.loan_id for place, each in enumerate(self.lines) if each.is_proposed and each.loan}


class BankImportService:
    """Bank files and what became of them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- looking

    @property
    def currency(self) -> Currency:
        """What the office lends in: what a list without currencies means."""
        with self._desk.reading() as unit:
            return unit.office.get().country.currency

    def review(self, file: BankFile, file_name: str) -> BankReview:
        """Every line with its state; nothing is kept."""
        bank, today = self._desk.queries.bank, self._desk.today()
        identities = [line.identity for line in file.lines]
        latest = max((line.booked_on for line in file.lines), default=today)
        matcher = Matcher(
            bank.payable_loans(min(latest, today)),
            currency=self.currency.value,
            today=today,
            taken=bank.lines_taken(identities),
            undone=bank.lines_undone(identities),
            payers=bank.payers(),
            payments=self._known_payments(file),
        )
        lines = tuple(matcher.review(file.lines))
        return BankReview(
            file, shortened(file_name, LONGEST_FILE_NAME), lines, bank.earlier_import(file.sha256), matcher
        )

    def _known_payments(self, file: BankFile) -> Sequence[KnownPayment]:
        """The payments that any line of the file may be."""
        days = [line.booked_on for line in file.lines] or [self._desk.today()]
        apart = timedelta(days=DAYS_APART)
        first, last = max(min(days), date.min + apart) - apart, min(max(days), date.max - apart) + apart
        return self._desk.queries.bank.known_payments(first, last)

    def find_loans(self, review: BankReview, search: str, most: int) -> Sequence[PayableLoan]:
        """Loans by number, borrower or reference, for a line that the officer places by hand; a whole number first."""
        named = review.matcher.named(search)
        rows = self._desk.queries.loans(LoanFilter(search=search), Order(), Slice(0, 4 * most))
        found = [loan for row in rows if (loan := review.matcher.loan(row.id)) and loan not in named]
        found.sort(key=lambda loan: loan.step is not Step.REPAYING)
        return [loan for loan in (*named, *found) if loan.paid_out_on is not None][:most]

    def count_imports(self) -> int:
        """How many files have been imported."""
        return self._desk.queries.bank.count_imports()

    def imports(self, offset: int, limit: int) -> Sequence[ImportRow]:
        """The files imported, the latest first."""
        return self._desk.queries.bank.imports(offset, limit)

    # -- lists

    def guide_for(self, sample: CsvSample) -> CsvGuide | None:
        """How the office reads lists of these headings; None when it has not met any.

        Letters and delimiter are those of the list at hand: a bank may write the next one in another way.
        """
        kept = self._desk.queries.bank.csv_guide(sample.key)
        if kept is None:
            return None
        try:
            guide = CsvGuide.from_json(dict(kept))
        except (InvalidValue, TypeError):
            return None  # of a later version; the officer chooses again
        if guide.heading_row != sample.heading_row:
            return None
        return replace(guide, encoding=sample.encoding, delimiter=sample.delimiter)

    def keep_guide(self, sample: CsvSample, guide: CsvGuide) -> None:
        """Read every list of these headings so from now on."""
        self._desk.require(Role.BOOKKEEPER, Role.ADVISER)
        with self._desk.open_unit(Act.BANK_LIST_EXPLAINED) as unit:
            unit.bank_imports.keep_guide(sample.key, guide)
            unit.commit()

    # -- saving

    def preview(
        self, review: BankReview, accepted: Mapping[int, UUID], place: int, loan_id: UUID
    ) -> tuple[Statement, Statement]:
        """The loan before and after the line at that place is paid in on it, on the line's day; nothing is kept.

        What is accepted on the loan of the lines above is paid in before. Raises what refuses a line when it is saved.
        """
        with self._desk.reading() as unit:
            loan = unit.loans.get(loan_id)
        recorded = self._desk.recorded()
        for above in sorted(each for each, chosen in accepted.items() if chosen == loan_id and each < place):
            loan = self._paid(loan, review.lines[above], next_entry_id(), recorded)
        after = self._paid(loan, review.lines[place], next_entry_id(), recorded)
        day = review.lines[place].line.booked_on
        return statement(loan, day), statement(after, day)

    def save(
        self,
        review: BankReview,
        accepted: Mapping[int, UUID],
        progress: Progress = no_progress,
        cancelled: Cancelled = never,
    ) -> BankImport | None:
        """Make payments of the accepted lines (loan by place), all or none; None when cancelled, with nothing kept.

        Raises NothingAccepted, LineTaken where a line became a payment meanwhile, PaidMeanwhile where one like it was
        taken, and LineRefused for the first line that its loan does not allow.
        """
        self._desk.require(Role.BOOKKEEPER, Role.ADVISER)
        if not accepted:
            raise NothingAccepted
        chosen = {review.lines[place].line.identity: place for place in accepted}
        with self._desk.open_unit(Act.BANK_FILE_IMPORTED) as unit:
            for identity in unit.bank_imports.taken(list(chosen)):
                raise LineTaken(review.lines[chosen[identity]].line.number, place=chosen[identity])
            self._refuse_if_paid_meanwhile(unit, review, accepted)
            entries = self._pay(unit, review, accepted, progress, cancelled)
            if entries is None:
                return None
            made = self._import_of(review, accepted)
            unit.bank_imports.add(made, _kept_lines(review, accepted, entries))
            unit.commit()
        return made

    def _refuse_if_paid_meanwhile(self, unit: UnitOfWork, review: BankReview, accepted: Mapping[int, UUID]) -> None:
        """The officer decided without knowing of a payment that came since: typed on another tab, by another file."""
        since = [each for each in self._known_payments(review.file) if not review.matcher.knows(each)]
        placed = [(place, review.lines[place].line, loan_id) for place, loan_id in sorted(accepted.items())]
        for place, payment in doubles(placed, since).items() if since else ():
            number = unit.loans.get(accepted[place]).number
            raise PaidMeanwhile(review.lines[place].line.number, number, payment.on, place=place)

    def _pay(
        self,
        unit: UnitOfWork,
        review: BankReview,
        accepted: Mapping[int, UUID],
        progress: Progress,
        cancelled: Cancelled,
    ) -> dict[int, UUID] | None:
        of_loan: dict[UUID, list[int]] = defaultdict(list)
        for place in sorted(accepted):
            of_loan[accepted[place]].append(place)
        entries: dict[int, UUID] = {}
        recorded = self._desk.recorded()
        for loan_id, places in of_loan.items():
            if cancelled():
                return None
            loan = unit.loans.get(loan_id)
            for place in places:
                entries[place] = next_entry_id()
                with _telling(review.lines[place].line.number, loan.number, place):
                    loan = self._paid(loan, review.lines[place], entries[place], recorded)
            unit.loans.save(loan)
            progress(len(entries), len(accepted))
        return entries

    def _paid(self, loan: Loan, reviewed: ReviewedLine, entry_id: UUID, recorded: Recorded) -> Loan:
        line, currency = reviewed.line, loan.terms.currency
        if line.currency != currency.value:
            raise CurrencyMismatch(line.currency, currency.value)
        if not reviewed.may_be_saved:
            raise InvalidValue("lines", Problem.NOT_TOGETHER, reviewed.state.value)
        if line.booked_on > self._desk.today():
            raise InvalidValue("received_on", Problem.TOO_LATE, self._desk.today())
        check_takes_payments(loan)
        amount = Money(line.amount_minor, currency)
        return loan.with_entry(Payment(entry_id, line.booked_on, amount, recorded, PaymentMeans.BANK))

    def _import_of(self, review: BankReview, accepted: Mapping[int, UUID]) -> BankImport:
        currency = self.currency
        own = Money(sum(review.lines[place].line.amount_minor for place in accepted), currency)
        return BankImport(
            id=uuid4(),
            file_name=review.file_name,
            sha256=review.file.sha256,
            format=review.file.format,
            recorded=self._desk.recorded(),
            lines=len(review.lines),
            accepted=len(accepted),
            total=Money(review.file.total_minor(currency.value), currency),
            accepted_total=own,
        )

    # -- reversing

    def reverse(
        self, import_id: UUID, *, reason: str, progress: Progress = no_progress, cancelled: Cancelled = never
    ) -> BankImport | None:
        """Reverse every payment of an import that still counts, all or none; None when cancelled.

        Raises ImportAlreadyReversed, and LineRefused when a loan has moved on so that a payment must stand.
        """
        self._desk.require(Role.BOOKKEEPER, Role.ADVISER)
        recorded = self._desk.recorded()
        with self._desk.open_unit(Act.BANK_IMPORT_REVERSED) as unit:
            done = unit.bank_imports.get(import_id).with_reversal(ImportReversed(recorded, reason))
            of_loan: dict[UUID, list[ImportedLine]] = defaultdict(list)
            for line in unit.bank_imports.lines(import_id):
                if line.loan_id is not None:
                    of_loan[line.loan_id].append(line)
            for count, (loan_id, lines) in enumerate(of_loan.items(), start=1):
                if cancelled():
                    return None
                loan = unit.loans.get(loan_id)
                for line in reversed(lines):
                    if line.entry_id is not None and line.entry_id not in loan.journal.reversed_ids:
                        reversal = Reversal(next_entry_id(), self._desk.today(), line.entry_id, reason, recorded)
                        with _telling(line.line, loan.number):
                            loan = loan.with_entry(reversal)
                unit.loans.save(loan)
                progress(count, len(of_loan))
            unit.bank_imports.save(done)
            unit.commit()
        return done


@contextmanager
def _telling(line: int, loan_number: int, place: int | None = None) -> Iterator[None]:
    """A refusal inside is told with the line and the loan."""
    try:
        yield
    except MikrolaanError as error:
        raise LineRefused(line, loan_number, error, place=place) from error


def _kept_lines(
    review: BankReview, accepted: Mapping[int, UUID], entries: Mapping[int, UUID]
) -> Sequence[ImportedLine]:
    currencies = {currency.value: currency for currency in Currency}
    return [
        ImportedLine(
            position=place,
            line=each.line.number,
            identity=each.line.identity,
            amount=Money(each.line.amount_minor, currencies[each.line.currency])
            if each.line.currency in currencies
            else None,
            booked_on=each.line.booked_on,
            payer_mark=payer_mark(each.line) if place in accepted else "",
            loan_id=accepted.get(place),
            entry_id=entries.get(place),
        )
        for place, each in enumerate(review.lines)
    ]
