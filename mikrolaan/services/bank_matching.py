"""Which loan each line of a bank file is for: sure by its reference, likely by amount and payer, or for the officer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from uuid import UUID

from mikrolaan.domain.bank_file import BankLine, LineKind
from mikrolaan.domain.bank_import import payer_mark
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.loan import Step
from mikrolaan.domain.payment_reference import read_reference
from mikrolaan.domain.search_text import folded
from mikrolaan.services.bank_doubles import doubles, repetitions
from mikrolaan.services.bank_rows import KnownPayment, PayableLoan

_DIGITS = re.compile(r"(?<!\d)\d{1,25}(?: \d{1,25})*-?(?!\d)", re.ASCII)
_MOST_GROUPS = 8  # of a reference of 25 digits, in fours, there are seven
_MOST_GROUPS_READ = 20  # in one row: nobody writes more
OPEN_STEPS = (Step.REPAYING, Step.CLOSED)


class LineState(Enum):
    """What the program makes of a line before the officer decides."""

    MATCHED = "matched"  # its reference is that of a loan under repayment
    SUGGESTED = "suggested"  # amount and payer point to one loan; the officer confirms
    UNMATCHED = "unmatched"
    ALREADY_IMPORTED = "already-imported"  # this very line is a payment by now
    REVERSED_BEFORE = "reversed-before"  # its payment was reversed by itself, and perhaps entered in another way
    SEEMS_TAKEN = "seems-taken"  # the loan has a payment of that amount already, of about that day
    REPEATED = "repeated"  # a line above tells the same movement
    WRONG_CURRENCY = "wrong-currency"
    LOAN_NOT_OPEN = "loan-not-open"  # repaid, closed or not paid out on that day
    TAKEN_BACK = "taken-back"  # the bank took a payment back: for the officer to reverse
    NOT_YET = "not-yet"  # dated later than today


class Settles(Enum):
    """What a payment is against what is due on its loan that day."""

    WHAT_IS_DUE = "what-is-due"
    PART_OF_DUE = "part-of-due"
    MORE_THAN_DUE = "more-than-due"  # what is due, and the next instalment or early repayment
    NEXT_INSTALMENT = "next-instalment"  # nothing is due yet
    AHEAD = "ahead"  # nothing is due, and it is not the next instalment
    NOTHING = "nothing"  # the loan asks for nothing more; the money is the borrower's


NEVER_SAVED = frozenset({LineState.ALREADY_IMPORTED, LineState.WRONG_CURRENCY, LineState.TAKEN_BACK, LineState.NOT_YET})


@dataclass(frozen=True, slots=True)
class ReviewedLine:
    """One line with its state, the loan it points to, if any, and the payment it may have been entered as."""

    line: BankLine
    state: LineState
    loan: PayableLoan | None = None
    known: KnownPayment | None = None

    @property
    def is_proposed(self) -> bool:
        """Whether the program would save it without being told."""
        return self.state is LineState.MATCHED

    @property
    def may_be_saved(self) -> bool:
        """Whether the officer may accept it, on this or another loan."""
        return self.state not in NEVER_SAVED

    def can_pay(self, loan: PayableLoan) -> bool:
        """Whether the line may become a payment on that loan."""
        if not self.may_be_saved or self.line.currency != loan.currency.value or loan.step not in OPEN_STEPS:
            return False
        if loan.is_written_off:
            return False
        return loan.paid_out_on is not None and loan.paid_out_on <= self.line.booked_on


def settles(amount_minor: int, loan: PayableLoan, before_minor: int = 0) -> Settles:
    """What the amount would do on that loan, after others of the file have paid `before_minor` on it."""
    if not loan.due_minor and not loan.next_minor:
        return Settles.NOTHING
    due_minor = loan.due_minor - before_minor
    if due_minor <= 0:
        is_next = amount_minor == loan.next_minor + due_minor
        return Settles.NEXT_INSTALMENT if is_next else Settles.AHEAD
    if amount_minor == due_minor:
        return Settles.WHAT_IS_DUE
    return Settles.PART_OF_DUE if amount_minor < due_minor else Settles.MORE_THAN_DUE


class Matcher:
    """Knows the office's loans, and gives each line its state."""

    def __init__(
        self,
        loans: Sequence[PayableLoan],
        *,
        currency: str,
        today: date,
        taken: Mapping[str, UUID] | None = None,
        undone: Collection[str] = frozenset(),
        payers: Mapping[str, frozenset[UUID]] | None = None,
        payments: Sequence[KnownPayment] = (),
    ) -> None:
        """`currency` is the office's, `taken` the loans by the identities of lines that are payments by now, `undone` the
        identities of those whose payment was reversed by itself; `payers` say which accounts paid on which loans, `payments` which ones count.
        """
        self._today = today
        self._taken = taken or {}
        self._undone = undone
        self._payers = payers or {}
        self._payments = payments
        self._known_ids = {payment.entry_id for payment in payments}
        self._unexplained = payments
        self._currencies = {currency, *(loan.currency.value for loan in loans)}
        self._by_id = {loan.loan_id: loan for loan in loans}
        self._by_reference = {loan.reference: loan for loan in loans if loan.reference}
        self._by_bare: dict[str, list[PayableLoan]] = defaultdict(list)
        for reference, loan in self._by_reference.items():
            self._by_bare[reference.lstrip("0")].append(loan)
        self._by_amount: dict[int, list[PayableLoan]] = defaultdict(list)
        for loan in loans:
            if loan.step is Step.REPAYING:
                for amount in {loan.due_minor, loan.next_minor, loan.due_minor + loan.next_minor} - {0}:
                    self._by_amount[amount].append(loan)

    def loan(self, loan_id: UUID) -> PayableLoan | None:
        """The loan of that id."""
        return self._by_id.get(loan_id)

    def knows(self, payment: KnownPayment) -> bool:
        """Whether the payment was there when the lines were looked at."""
        return payment.entry_id in self._known_ids

    def on_loan(self, reviewed: ReviewedLine, loan: PayableLoan) -> ReviewedLine:
        """The line as it stands on a loan that the officer chose: it seems paid where that loan has such a payment."""
        if not reviewed.may_be_saved or (reviewed.known is not None and reviewed.known.loan_id == loan.loan_id):
            return reviewed
        known = doubles([(0, reviewed.line, loan.loan_id)], self._unexplained).get(0)
        return replace(reviewed, state=LineState.SEEMS_TAKEN, known=known) if known is not None else reviewed

    def named(self, typed: str) -> list[PayableLoan]:
        """The loans whose whole number or reference was typed."""
        number, by_reference = typed.strip(), self._by_reference.get(_reference(typed.strip()))
        by_number = [loan for loan in self._by_id.values() if str(loan.number) == number and loan is not by_reference]
        return [by_reference, *by_number] if by_reference else by_number

    def review(self, lines: Iterable[BankLine]) -> list[ReviewedLine]:
        """Each line with its state, in the order of the file."""
        reviewed = [self._reviewed(line) for line in lines]
        met = {each.line.identity for each in reviewed if each.state is LineState.ALREADY_IMPORTED}
        seeming = doubles(
            [(place, each.line, each.loan.loan_id) for place, each in enumerate(reviewed) if each.loan and _asks(each)],
            [payment for payment in self._payments if payment.identity not in met],
        )
        explained = {payment.entry_id for payment in seeming.values()}
        self._unexplained = [
            each for each in self._payments if each.identity not in met and each.entry_id not in explained
        ]
        for place, payment in seeming.items():
            reviewed[place] = replace(reviewed[place], state=LineState.SEEMS_TAKEN, known=payment)
        for place in repetitions(each.line for each in reviewed):
            if reviewed[place].state in {LineState.MATCHED, LineState.SUGGESTED, LineState.UNMATCHED}:
                reviewed[place] = replace(reviewed[place], state=LineState.REPEATED)
        return reviewed

    def _reviewed(self, line: BankLine) -> ReviewedLine:
        loan = self._by_reference.get(_reference(line.reference))
        if line.kind is LineKind.TAKEN_BACK:
            return ReviewedLine(line, LineState.TAKEN_BACK, loan)
        if line.identity in self._taken:
            return ReviewedLine(line, LineState.ALREADY_IMPORTED, self._by_id.get(self._taken[line.identity]))
        if line.currency not in self._currencies if loan is None else line.currency != loan.currency.value:
            return ReviewedLine(line, LineState.WRONG_CURRENCY, loan)
        if line.booked_on > self._today:
            return ReviewedLine(line, LineState.NOT_YET, loan)
        sure = loan is not None
        loan = loan or self._likely(line)
        if line.identity in self._undone:
            return ReviewedLine(line, LineState.REVERSED_BEFORE, loan)
        if loan is None:
            return ReviewedLine(line, LineState.UNMATCHED)
        is_open = loan.step is Step.REPAYING and loan.paid_out_on is not None and loan.paid_out_on <= line.booked_on
        if not is_open:
            return ReviewedLine(line, LineState.LOAN_NOT_OPEN, loan)
        return ReviewedLine(line, LineState.MATCHED if sure else LineState.SUGGESTED, loan)

    def _likely(self, line: BankLine) -> PayableLoan | None:
        """The one loan that speaks for itself: a reference in the text, or the amount together with the payer.

        Or the reference itself but for zeros before it, which spreadsheets drop and some banks add.

        An account from which only one loan was paid before is enough by itself. Two loans that fit equally well are
        no suggestion: the officer would trust it.
        """
        but_for_zeros = self._by_bare.get(_reference(line.reference).lstrip("0"), [])
        if len(but_for_zeros) == 1:
            return but_for_zeros[0]
        written = {self._by_reference.get(found) for found in _written(line.text)} - {None}
        if len(written) == 1:
            return written.pop()
        paid_before = self._payers.get(payer_mark(line), frozenset())
        words = set(folded(line.payer).split())
        of_amount = [
            loan for loan in self._by_amount.get(line.amount_minor, ()) if loan.currency.value == line.currency
        ]
        fitting = [loan for loan in of_amount if loan.loan_id in paid_before or _is_named(loan, words)]
        if not fitting and len(paid_before) == 1:
            fitting = [loan for loan in map(self._by_id.get, paid_before) if loan and loan.step is Step.REPAYING]
        return fitting[0] if len(fitting) == 1 else None


def _written(text: str) -> Iterator[str]:
    """What may be a reference within a message: digits in one, or in groups as they stand on paper (0000 0018)."""
    for found in _DIGITS.finditer(text):
        groups = found.group().split(" ")[:_MOST_GROUPS_READ]
        for first in range(len(groups)):
            for after in range(first + 1, min(first + _MOST_GROUPS, len(groups)) + 1):
                digits = "".join(groups[first:after])
                yield digits
                if digits.endswith("-"):  # the check of some KIDs by modulus 11; else a dash behind the digits
                    yield digits[:-1]


def _asks(reviewed: ReviewedLine) -> bool:
    """Whether the line's money could be on its loan by a payment that did not come by this line."""
    return reviewed.state in {LineState.MATCHED, LineState.SUGGESTED, LineState.LOAN_NOT_OPEN}


def _is_named(loan: PayableLoan, words: set[str]) -> bool:
    """Whether the payer has every name of the borrower, in any order and with others between."""
    names = loan.name_folded.split()
    return len(names) > 1 and words.issuperset(names)


def _reference(text: str) -> str:
    """The digits of a reference as the bank writes it; empty where it is none of ours."""
    if not text:
        return ""
    try:
        return read_reference(text)
    except InvalidValue:
        return ""
