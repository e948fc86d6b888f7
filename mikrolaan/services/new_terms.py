"""Terms for what is left of a loan: a new plan of it, or the same plan on another day of the month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import Any

from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.journal import HolidayInterest, PaymentHoliday
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.loan_rules import InterestRule
from mikrolaan.domain.money import Money
from mikrolaan.domain.months import months_later
from mikrolaan.domain.particulars import Settled
from mikrolaan.domain.statement import Statement, statement
from mikrolaan.domain.terms import InterestMethod, PaymentFreeInterest, PeriodUnit, Repayment, Terms


@dataclass(eq=False)
class DueDayFixed(RuleError):
    """The due day cannot be moved: the plan is not counted in months, was agreed line by line, or has flat interest."""

    field: str = "due_day"


@dataclass(eq=False)
class NothingOutstanding(RuleError):
    """All principal is repaid: what is still due stays due on its day."""

    field: str = "due_day"


@dataclass(eq=False)
class SettleFirst(RuleError):
    """The due day is not moved while something is overdue: that would hide the arrears."""

    overdue: Money
    field: str = "due_day"


@dataclass(frozen=True, slots=True)
class NewPlanChoices:
    """What one chooses for a new plan; not checked until terms are made of it."""

    instalments: int
    rate_percent: Decimal
    first_due_on: date
    repayment: Repayment
    takes_in: bool  # unpaid interest and fees join the principal; else they stay due as they are


def terms_of_the_rest(loan: Loan, on: date, chosen: NewPlanChoices) -> Terms:
    """Terms for what is outstanding at the end of that day; InvalidValue names the field that does not fit.

    Where the running instalment was paid ahead by plan, its interest is paid up to its due date, so the new plan's
    interest begins there.
    """
    told = statement(loan, on)
    principal = told.payoff_amount + told.credit if chosen.takes_in else told.outstanding_principal
    terms = _rest(loan, told, principal)
    spread = chosen.repayment in (Repayment.ANNUITY, Repayment.SERIAL)
    monthly = terms.unit is PeriodUnit.MONTHS
    return replace(
        terms,
        annual_rate_percent=chosen.rate_percent,
        instalments=chosen.instalments,
        first_due_on=chosen.first_due_on,
        due_day=chosen.first_due_on.day if monthly else None,
        repayment=chosen.repayment,
        months_without_principal=terms.months_without_principal if spread else frozenset(),
        payment_free_instalments=0,
        interest_only_instalments=0,
    )


def terms_with_due_day(loan: Loan, on: date, due_day: int) -> Terms:
    """As many instalments as are left, by the same terms, on another day of the month.

    The first falls on that day, on or after the due date it takes the place of, so that nobody has to pay sooner.
    DueDayFixed, NothingOutstanding or SettleFirst where the day cannot be moved.
    """
    told = statement(loan, on)
    if not told.outstanding_principal:
        raise NothingOutstanding
    terms = _rest(loan, told, told.outstanding_principal)
    agreed = loan.terms_on(on).is_agreed
    if agreed or terms.unit is not PeriodUnit.MONTHS or terms.interest_method is InterestMethod.FLAT:
        raise DueDayFixed
    overdue = told.due_unpaid + told.late_interest
    if overdue:
        raise SettleFirst(overdue)
    left = instalments_left(told)
    if not left:
        raise DueDayFixed
    was_due_on = left[0].instalment.due_on
    first = months_later(was_due_on, 0, due_day)
    if first < was_due_on:
        first = months_later(was_due_on, 1, due_day)
    return replace(terms, instalments=len(left), first_due_on=first, due_day=due_day, **_grace_left(loan, terms, left))


def _grace_left(loan: Loan, terms: Terms, left: list[Settled]) -> dict[str, Any]:
    """How many of the next instalments ask for nothing, or for interest alone, as a part of terms."""
    none: dict[str, Any] = {"payment_free_instalments": 0, "interest_only_instalments": 0}
    if terms.repayment in (Repayment.BULLET, Repayment.INTEREST_ONLY):
        return none
    free = list(takewhile(lambda row: not row.instalment.due, left))
    interest_only = list(takewhile(lambda row: not row.instalment.principal, left[len(free) :]))
    if free and any(
        isinstance(entry, PaymentHoliday) and entry.interest is HolidayInterest.WAIVED
        for entry in loan.journal.standing
    ):
        raise DueDayFixed  # terms know no instalments without interest
    capitalised = any(row.capitalised for row in free)
    return {
        "payment_free_instalments": len(free),
        "payment_free_interest": PaymentFreeInterest.CAPITALISED if capitalised else PaymentFreeInterest.ACCRUED,
        "interest_only_instalments": len(interest_only),
    }


def instalments_left(told: Statement) -> list[Settled]:
    """The instalments not yet due that are not paid ahead."""
    return [row for row in told.rows if row.instalment.due_on > told.as_of and not is_paid_ahead(row)]


def rest_is_late(loan: Loan, today: date) -> bool:
    """Whether a part should have been paid out by now and was not, and the plan asks for interest on it as printed.

    Without parts in the terms, all should have been paid out before the first instalment.
    """
    if loan.rules.interest is not InterestRule.BY_PLAN or loan.step is not Step.REPAYING or not loan.left_to_pay_out:
        return False
    parts = [part.on for part in loan.terms.tranches]
    return today > max(parts, default=loan.plan().instalments[0].due_on)


def is_paid_ahead(row: Settled) -> bool:
    """Whether all that an instalment asks for has been paid; a fee asked for since then brings it not back."""
    return bool(row.paid - row.paid_fees) and not row.unpaid_without_fees


def _rest(loan: Loan, told: Statement, principal: Money) -> Terms:
    """The terms in force, without what has happened already: tranches and the establishment fee."""
    starts_on = told.as_of
    if loan.rules.interest is InterestRule.BY_PLAN:
        ahead = [
            row.instalment.due_on for row in told.rows if row.instalment.due_on > told.as_of and is_paid_ahead(row)
        ]
        starts_on = max([starts_on, *ahead])
    terms = loan.terms_on(told.as_of)
    return replace(
        terms,
        principal=principal,
        disbursed_on=starts_on,
        first_due_on=None,
        tranches=(),
        agreed_principals_minor=(),
        establishment_fee_minor=0,
        instalment_multiple_minor=max(1, min(terms.instalment_multiple_minor, principal.minor)),
    )
