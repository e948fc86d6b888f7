"""What an officer can do with payments: take them, see where they go, reverse them."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.journal import Payment, PaymentMeans, Recorded, Reversal
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Money
from mikrolaan.domain.office import Role
from mikrolaan.domain.statement import Statement, statement
from mikrolaan.services.desk import Desk


class PaymentService:
    """Money that comes in, and entries that were wrong."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def take(
        self, loan_id: UUID, amount: Money, received_on: date, means: PaymentMeans = PaymentMeans.BANK, note: str = ""
    ) -> Statement:
        """Enter one payment; the answer is the loan as it stands today."""
        self._desk.require(Role.BOOKKEEPER, Role.ADVISER)
        with self._desk.open_unit(Act.PAYMENT_TAKEN) as unit:
            loan = self._with_payment(unit.loans.get(loan_id), amount, received_on, means, note)
            unit.loans.save(loan)
            unit.commit()
        return statement(loan, self._desk.today())

    def preview(self, loan: Loan, amount: Money, received_on: date) -> tuple[Statement, Statement]:
        """The loan before and after a payment that is not kept, both on the day it was received."""
        after = self._with_payment(loan, amount, received_on, PaymentMeans.BANK, "")
        return statement(loan, received_on), statement(after, received_on)

    def reverse(self, loan_id: UUID, entry_id: UUID, *, reason: str) -> Statement:
        """Undo an entry by a reversal with its reason; both stay in the journal."""
        self._desk.require(Role.BOOKKEEPER, Role.ADVISER)
        with self._desk.open_unit(Act.ENTRY_REVERSED) as unit:
            reversal = Reversal(uuid4(), self._desk.today(), entry_id, reason, self._recorded())
            loan = unit.loans.get(loan_id).with_entry(reversal)
            unit.loans.save(loan)
            unit.commit()
        return statement(loan, self._desk.today())

    def _with_payment(self, loan: Loan, amount: Money, received_on: date, means: PaymentMeans, note: str) -> Loan:
        if received_on > self._desk.today():
            raise InvalidValue("received_on", Problem.TOO_LATE, self._desk.today())
        return loan.with_entry(Payment(uuid4(), received_on, amount, self._recorded(), means, note))

    def _recorded(self) -> Recorded:
        return Recorded(self._desk.now(), self._desk.officer.id)
