"""The course of a debt: what the contract planned, what was owed until today, and what is expected from today on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mikrolaan.domain.journal import HolidayInterest, PaymentHoliday
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Money
from mikrolaan.domain.replay import Replay
from mikrolaan.domain.statement import Statement
from mikrolaan.domain.terms import PaymentFreeInterest
from mikrolaan.services.plan_shape import round_above


@dataclass(frozen=True, slots=True)
class Standing:
    """What is owed from the end of a day on, until the next."""

    on: date
    balance: Money


@dataclass(frozen=True, slots=True)
class DebtCourse:
    """Three lines of principal owed, each a step per day on which it changes."""

    today: date
    planned: tuple[Standing, ...]  # by the contract
    actual: tuple[Standing, ...]  # from the payout to today
    expected: tuple[Standing, ...]  # from today, when everything is paid as it falls due

    @property
    def begins_on(self) -> date:
        """The first day of any line."""
        return min(line[0].on for line in (self.planned, self.actual) if line)

    @property
    def ends_on(self) -> date:
        """The last day of any line."""
        return max(line[-1].on for line in (self.planned, self.actual, self.expected) if line)

    @property
    def top_minor(self) -> int:
        """The top of the scale, in minor units."""
        lines = (self.planned, self.actual, self.expected)
        return round_above(max(1, *(step.balance.minor for line in lines for step in line)))

    def days(self) -> list[date]:
        """Every day on which a line changes, in order."""
        return sorted({step.on for line in (self.planned, self.actual, self.expected) for step in line})


def debt_course(loan: Loan, told: Statement) -> DebtCourse:
    """The course of a loan that was paid out, seen from the day of its statement."""
    plan, today = loan.plan(), told.as_of
    planned = [Standing(loan.terms.disbursed_on, loan.terms.principal)]
    planned += [Standing(row.due_on, row.balance) for row in plan.instalments]
    currency = loan.terms.currency
    actual = [
        Standing(day, Money(Replay(loan.terms, loan.rules, loan.journal, day).outstanding, currency))
        for day in _changing_days(loan, told)
    ]
    actual.append(Standing(today, told.outstanding_principal))
    expected = [Standing(today, told.outstanding_principal)] if told.outstanding_principal else []
    expected += [
        Standing(row.instalment.due_on, row.instalment.balance)
        for row in told.rows
        if row.instalment.due_on > today and expected
    ]
    return DebtCourse(today, tuple(planned), tuple(actual), tuple(expected))


def balance_on(line: Sequence[Standing], day: date) -> Money | None:
    """What a line says of a day; None before it begins and after it ends."""
    if not line or not line[0].on <= day <= line[-1].on:
        return None
    return [step.balance for step in line if step.on <= day][-1]


def _changing_days(loan: Loan, told: Statement) -> list[date]:
    """The days until today on which something happened, or interest may have joined the principal."""
    days = {entry.on for entry in loan.journal.standing}
    grows = loan.terms.payment_free_instalments and (
        loan.terms.payment_free_interest is PaymentFreeInterest.CAPITALISED
    )
    if grows or any(
        isinstance(entry, PaymentHoliday) and entry.interest is HolidayInterest.CAPITALISED
        for entry in loan.journal.standing
    ):
        days |= {row.instalment.due_on for row in told.rows}
    return sorted(day for day in days if day <= told.as_of)
