"""Taking payments as they come: find the loan, see where the money goes, keep it; one by one or a group at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from mikrolaan.domain.audit import Act
from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.errors import InvalidValue, MikrolaanError, Problem, RuleError
from mikrolaan.domain.group import NetworkGroup
from mikrolaan.domain.journal import Payment, PaymentMeans, Reversal
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Role
from mikrolaan.domain.payment_reference import read_reference
from mikrolaan.domain.statement import Statement, Status, statement
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.desk import Desk
from mikrolaan.services.payment_rows import Match, PaymentSearch, TakenRow
from mikrolaan.services.shown_payment import ShownPayment

MOST_FOUND = 8
FAR_ABOVE = Decimal("1.1")  # times the payoff amount: a little more is rounding up, this much is asked about
LONGEST_LOAN_NUMBER = 9  # digits


@dataclass(frozen=True, slots=True)
class PayableLoan:
    """A loan that a payment may be for, as it stands on the day of the payment."""

    loan: Loan
    borrower: str
    told: Statement
    by: Match

    @property
    def due_now(self) -> Money:
        """All that is due and unpaid, with late interest."""
        return self.told.due_unpaid + self.told.late_interest

    @property
    def proposed(self) -> Money | None:
        """What the borrower most likely pays; None when nothing is left."""
        return self.told.proposed

    @property
    def takes_payments(self) -> bool:
        """Whether money can come in as a payment: it is paid out, and not written off."""
        return bool(self.loan.journal.payouts) and self.told.status is not Status.WRITTEN_OFF


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a payment looks like a mistake."""

    loan_number: int
    borrower: str
    amount: Money
    payoff: Money | None  # what would close the loan, where the amount is far above it
    is_second: bool  # the same amount is taken on this loan for this day already


@dataclass(eq=False)
class UnusualPayment(RuleError):
    """The payment may be right, but the officer has to say so. Nothing was kept."""

    doubts: tuple[Doubt, ...]
    field: str = "amount"


@dataclass(eq=False)
class GroupPaymentRefused(RuleError):
    """One payment of a group sheet cannot be taken, so none of them was."""

    loan_id: UUID
    cause: MikrolaanError
    field: str = ""


@dataclass(eq=False)
class LoanWrittenOff(RuleError):
    """What comes in on a loan that is written off is a recovered loss, no payment."""

    number: int
    field: str = "amount"


def check_takes_payments(loan: Loan) -> None:
    """Raise LoanWrittenOff where all that was outstanding is lost; a payment would be kept as the borrower's credit."""
    if loan.step is Step.CLOSED and loan.journal.payouts and not loan.is_repaid:
        raise LoanWrittenOff(loan.number)


@dataclass(frozen=True, slots=True)
class Taken:
    """A payment that was kept, and the loan as it stands today."""

    loan_id: UUID
    payment_id: UUID
    told: Statement


class TakingService:
    """The Payments page's acts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._shown = ShownPayment()

    # -- finding the loan

    def find(self, typed: str, amount: Money | None = None, on: date | None = None) -> Sequence[PayableLoan]:
        """Loans for what was typed, the surest first: a reference, a loan's number, an amount, a name.

        `amount` is what was typed read as an amount, where it can be. The figures are of the day `on`, or today.
        """
        search = _search_for(typed, amount)
        if not search.text:
            return ()
        found = self._desk.queries.loans_to_pay(search, MOST_FOUND)
        with self._desk.reading() as unit:
            return [self._payable(unit, hit.loan_id, on or self._desk.today(), hit.by) for hit in found]

    def payable(self, loan_id: UUID, on: date | None = None) -> PayableLoan:
        """One loan as it stands on a day, or today."""
        with self._desk.reading() as unit:
            return self._payable(unit, loan_id, on or self._desk.today(), Match.NUMBER)

    def _payable(self, unit: UnitOfWork, loan_id: UUID, on: date, by: Match) -> PayableLoan:
        loan = unit.loans.get(loan_id)
        return PayableLoan(loan, unit.borrowers.get(loan.borrower_id).name, statement(loan, on), by)

    # -- one payment

    def preview(self, loan: Loan, amount: Money, on: date) -> tuple[Statement, Statement]:
        """The loan before and after a payment that is not kept, both on the day it was received."""
        before = statement(loan, on)
        after = self._with_payment(loan, amount, on, PaymentMeans.BANK)
        return before, statement(after, on)

    def take(
        self, loan_id: UUID, amount: Money, on: date, means: PaymentMeans = PaymentMeans.BANK, *, is_sure: bool = False
    ) -> Taken:
        """Keep one payment. Raises UnusualPayment for one that looks like a mistake, unless the officer is sure."""
        self._desk.require(Role.BOOKKEEPER, Role.ADVISER)
        with self._desk.open_unit(Act.PAYMENT_TAKEN) as unit:
            before = unit.loans.get(loan_id)
            doubt = (
                None if is_sure else self._doubt(unit, before, amount, on)
            )  # first: the payment goes on from its replay
            loan = self._with_payment(before, amount, on, means)
            if doubt is not None:
                raise UnusualPayment((doubt,))
            unit.loans.save(loan)
            unit.commit()
        return self._taken(loan)

    # -- a group's payments

    def group_lines(self, group_id: UUID, on: date | None = None) -> tuple[NetworkGroup, Sequence[PayableLoan]]:
        """The loans under repayment of a group's members, as they stand on a day, or today."""
        loan_ids = self._desk.queries.loans_of_members(group_id)
        with self._desk.reading() as unit:
            day = on or self._desk.today()
            lines = [self._payable(unit, loan_id, day, Match.NUMBER) for loan_id in loan_ids]
            return unit.groups.get(group_id), lines

    def take_group(
        self,
        lines: Sequence[tuple[UUID, Money]],
        on: date,
        means: PaymentMeans = PaymentMeans.CASH,
        *,
        is_sure: bool = False,
    ) -> Sequence[Taken]:
        """Keep the payments of a meeting, each (loan, amount), all of them or none.

        Raises InvalidValue on "lines" when there is none, GroupPaymentRefused for the first that cannot be, and
        UnusualPayment with every doubt, unless the officer is sure.
        """
        self._desk.require(Role.BOOKKEEPER, Role.ADVISER)
        if not lines:
            raise InvalidValue("lines", Problem.MISSING)
        self._not_later(on)
        taken: list[Taken] = []
        doubts: list[Doubt] = []
        with self._desk.open_unit(Act.GROUP_PAYMENTS_TAKEN) as unit:
            for loan_id, amount in lines:
                before = unit.loans.get(loan_id)
                doubt = None if is_sure else self._doubt(unit, before, amount, on)
                try:
                    loan = self._with_payment(before, amount, on, means)
                except MikrolaanError as error:
                    raise GroupPaymentRefused(loan_id, error) from error
                if doubt is not None:
                    doubts.append(doubt)
                unit.loans.save(loan)
                taken.append(self._taken(loan))
            if doubts:
                raise UnusualPayment(tuple(doubts))
            unit.commit()
        return taken

    # -- afterwards

    def reverse(self, payments: Sequence[Taken], *, reason: str) -> None:
        """Reverse payments that were just taken, all of them or none; they stay in their journals."""
        self._desk.require(Role.BOOKKEEPER, Role.ADVISER)
        with self._desk.open_unit(Act.ENTRY_REVERSED) as unit:
            for payment in payments:
                reversal = Reversal(
                    next_entry_id(), self._desk.today(), payment.payment_id, reason, self._desk.recorded()
                )
                unit.loans.save(unit.loans.get(payment.loan_id).with_entry(reversal))
            unit.commit()

    def taken_on(self, day: date) -> Sequence[TakenRow]:
        """The payments typed on a day of this machine's calendar, the latest first."""
        begins, ends = (
            datetime.combine(each, time.min).astimezone().astimezone(UTC) for each in (day, day + timedelta(days=1))
        )
        return self._desk.queries.payments_taken(begins, ends)

    # -- parts

    def _with_payment(self, loan: Loan, amount: Money, on: date, means: PaymentMeans) -> Loan:
        self._not_later(on)
        check_takes_payments(loan)
        return self._shown.loan_with(loan, Payment(next_entry_id(), on, amount, self._desk.recorded(), means))

    def _taken(self, loan: Loan) -> Taken:
        return Taken(loan.id, loan.journal.entries[-1].id, statement(loan, self._desk.today()))

    def _doubt(self, unit: UnitOfWork, loan: Loan, amount: Money, on: date) -> Doubt | None:
        payoff = statement(loan, on).payoff_amount
        too_much = amount.minor > payoff.minor * FAR_ABOVE
        is_second = any(known.on == on and known.amount == amount for known in loan.journal.payments)
        if not too_much and not is_second:
            return None
        borrower = unit.borrowers.get(loan.borrower_id).name
        return Doubt(loan.number, borrower, amount, payoff if too_much else None, is_second)

    def _not_later(self, day: date) -> None:
        if day > self._desk.today():
            raise InvalidValue("received_on", Problem.TOO_LATE, self._desk.today())


def _search_for(typed: str, amount: Money | None) -> PaymentSearch:
    text = typed.strip()
    try:
        reference = read_reference(text)
    except InvalidValue:
        reference = None
    is_number = reference is not None and reference.isdigit() and not reference.startswith("0")
    number = int(reference) if reference and is_number and len(reference) <= LONGEST_LOAN_NUMBER else None
    return PaymentSearch(text, reference, number, amount)
