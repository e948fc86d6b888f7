"""What an officer can do with payments: take them, see where they go, reverse them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mikrolaan.domain.audit import Act
from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.journal import Payment, PaymentMeans
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import EarlyRepayment
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Role
from mikrolaan.domain.statement import Statement, statement
from mikrolaan.services.desk import Desk
from mikrolaan.services.reversing import reverse_entry
from mikrolaan.services.shown_payment import ShownPayment
from mikrolaan.services.taking_payments import check_takes_payments


@dataclass(eq=False)
class SeemsTooMuch(RuleError):
    """A payment would leave more credit than a whole instalment: most likely a figure too many."""

    needed: Money  # what closes the loan that day
    credit: Money
    field: str = "amount"


class PaymentService:
    """Money that comes in, and entries that were wrong."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._shown = ShownPayment()

    def take(
        self,
        loan_id: UUID,
        amount: Money,
        received_on: date,
        means: PaymentMeans = PaymentMeans.BANK,
        note: str = "",
        *,
        early_repayment: EarlyRepayment | None = None,
        is_meant: bool = False,
    ) -> Statement:
        """Enter one payment; the answer is the loan as it stands today.

        `early_repayment` None leaves what is beyond to the product's rule. SeemsTooMuch unless such an amount
        `is_meant`.
        """
        self._desk.require(Role.BOOKKEEPER, Role.ADVISER)
        with self._desk.open_unit(Act.PAYMENT_TAKEN) as unit:
            loan = unit.loans.get(loan_id)
            paid = self._with_payment(loan, amount, received_on, means, note, early_repayment)
            if not is_meant:
                self._doubt(loan, paid, received_on)
            unit.loans.save(paid)
            unit.commit()
        return statement(paid, self._desk.today())

    def preview(
        self, loan: Loan, amount: Money, received_on: date, early_repayment: EarlyRepayment | None = None
    ) -> tuple[Statement, Statement]:
        """The loan before and after a payment that is not kept, both on the day it was received."""
        before = statement(loan, received_on)
        after = self._with_payment(loan, amount, received_on, PaymentMeans.BANK, "", early_repayment)
        return before, statement(after, received_on)

    def reverse(self, loan_id: UUID, entry_id: UUID, *, reason: str) -> Statement:
        """Undo an entry by a reversal with its reason; both stay in the journal."""
        return statement(reverse_entry(self._desk, loan_id, entry_id, reason), self._desk.today())

    def _with_payment(
        self,
        loan: Loan,
        amount: Money,
        received_on: date,
        means: PaymentMeans,
        note: str,
        early_repayment: EarlyRepayment | None,
    ) -> Loan:
        if received_on > self._desk.today():
            raise InvalidValue("received_on", Problem.TOO_LATE, self._desk.today())
        check_takes_payments(loan)
        recorded = self._desk.recorded()
        payment = Payment(next_entry_id(), received_on, amount, recorded, means, note, early_repayment)
        return self._shown.loan_with(loan, payment)

    def _doubt(self, loan: Loan, paid: Loan, on: date) -> None:
        payment, usual = paid.journal.entries[-1], loan.plan().largest_due
        if isinstance(payment, Payment) and payment.amount <= usual:
            return
        told = statement(paid, on)
        left = next(allocation.to_credit for allocation in told.allocations if allocation.payment_id == payment.id)
        if left > usual:
            raise SeemsTooMuch(statement(loan, on).payoff_amount, left)
