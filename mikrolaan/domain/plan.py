"""The plan: the instalments that the terms give, with dates and exact amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mikrolaan.domain.due_dates import DueDates, due_dates
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import LARGEST_MINOR, Money
from mikrolaan.domain.schedule import Row, schedule
from mikrolaan.domain.terms import FeePaid, Terms


@dataclass(frozen=True, slots=True)
class Instalment:
    """One row of a plan: what falls due on one date, and what is owed after it."""

    number: int
    due_on: date
    principal: Money
    interest: Money
    fees: Money
    balance: Money  # principal outstanding after the instalment is paid

    @property
    def due(self) -> Money:
        """What the borrower pays: principal + interest + fees."""
        return self.principal + self.interest + self.fees


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole repayment plan of one loan."""

    terms: Terms
    instalments: tuple[Instalment, ...]

    @property
    def principal(self) -> Money:
        """What is to be repaid: the sum of all principal, capitalised interest and added fee included."""
        return sum((row.principal for row in self.instalments), start=Money.zero(self.terms.currency))

    @property
    def interest(self) -> Money:
        """The sum of all interest."""
        return sum((row.interest for row in self.instalments), start=Money.zero(self.terms.currency))

    @property
    def fees(self) -> Money:
        """The sum of the fees that fall due with instalments."""
        return sum((row.fees for row in self.instalments), start=Money.zero(self.terms.currency))

    @property
    def due(self) -> Money:
        """The sum of all that falls due."""
        return sum((row.due for row in self.instalments), start=Money.zero(self.terms.currency))

    @property
    def paid_out(self) -> Money:
        """What the borrower receives: the principal, less an establishment fee that is kept back."""
        if self.terms.establishment_fee_paid is FeePaid.DEDUCTED:
            return self.terms.principal - self.establishment_fee
        return self.terms.principal

    @property
    def establishment_fee(self) -> Money:
        """The establishment fee, however it is paid."""
        return Money(self.terms.establishment_fee_minor, self.terms.currency)

    @property
    def paid_separately(self) -> Money:
        """The part of the establishment fee that is paid by itself on the day of payout."""
        if self.terms.establishment_fee_paid is FeePaid.SEPARATELY:
            return self.establishment_fee
        return Money.zero(self.terms.currency)

    @property
    def total_cost(self) -> Money:
        """What the loan costs: all interest (capitalised included) and all fees, the establishment fee too.

        All that is paid, in instalments and by itself, less what was received.
        """
        return self.due + self.paid_separately - self.paid_out


@dataclass(frozen=True, slots=True)
class CashFlow:
    """Money that changes hands on a date: positive to the borrower, negative to the lender."""

    on: date
    amount: Money


def payout_flows(plan: Plan) -> tuple[CashFlow, ...]:
    """What changes hands apart from the instalments.

    A fee kept back lowers the first payout; a fee paid separately falls on the day of disbursement.
    """
    terms = plan.terms
    flows = [CashFlow(tranche.on, tranche.amount) for tranche in terms.tranches]
    if not flows:
        flows = [CashFlow(terms.disbursed_on, terms.principal)]
    if terms.establishment_fee_paid is FeePaid.DEDUCTED and terms.establishment_fee_minor:
        flows[0] = CashFlow(flows[0].on, flows[0].amount - plan.establishment_fee)
    if plan.paid_separately:
        flows.append(CashFlow(terms.disbursed_on, -plan.paid_separately))
    return tuple(flows)


def cash_flows(plan: Plan) -> tuple[CashFlow, ...]:
    """All that the borrower receives and pays when the plan is kept; default costs have no part in it."""
    return (*payout_flows(plan), *(CashFlow(row.due_on, -row.due) for row in plan.instalments if row.due))


def make_plan(terms: Terms) -> Plan:
    """The plan that the terms give.

    Interest of each instalment is rounded once, by the rounding of the terms; the regular instalment is a multiple
    of its rounding unit and the last one settles what is left (`schedule` states the formulas). An establishment
    fee due with the first instalment goes with the first that pays; the instalment fee with each that pays anything.
    """
    dates = due_dates(terms)
    return plan_of_rows(terms, dates, schedule(terms, dates))


def plan_of_rows(terms: Terms, dates: DueDates, rows: Sequence[Row]) -> Plan:
    """The plan with those amounts, fees put where they fall due.

    InvalidValue when all that falls due is more than an amount can hold.
    """
    currency = terms.currency
    asked = sum(row.principal + row.interest for row in rows) + terms.instalment_fee_minor * terms.instalments
    if asked + terms.establishment_fee_minor > LARGEST_MINOR:
        raise InvalidValue("principal", Problem.DOES_NOT_REPAY, Decimal(LARGEST_MINOR).scaleb(-2))
    once = terms.establishment_fee_minor if terms.establishment_fee_paid is FeePaid.FIRST_INSTALMENT else 0
    instalments: list[Instalment] = []
    no_fee, usual_fee = Money.zero(currency), Money(terms.instalment_fee_minor, currency)
    for number, (row, due_on) in enumerate(zip(rows, dates.due, strict=True), start=1):
        fees = usual_fee if row.principal or row.interest else no_fee
        if once and row.pays:
            fees = Money(fees.minor + once, currency)
            once = 0
        principal, interest = Money(row.principal, currency), Money(row.interest, currency)
        instalments.append(Instalment(number, due_on, principal, interest, fees, Money(row.balance, currency)))
    return Plan(terms, tuple(instalments))
