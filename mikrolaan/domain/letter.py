"""A letter about arrears: what it asks for on its day, line by line, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from mikrolaan.domain.arrears import OverdueLine, overdue_lines
from mikrolaan.domain.calendars import next_business_day
from mikrolaan.domain.follow_up import StepKind
from mikrolaan.domain.journal import NewPlan, RateChange
from mikrolaan.domain.late_interest import RATE_SCALE, late_rates
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Money, total
from mikrolaan.domain.statement import statement


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of the office's steps."""

    kind: StepKind
    as_of: date
    lines: tuple[OverdueLine, ...]
    late_interest: Money  # run until the day of the letter
    late_percent: Decimal | None  # a year, on that day; None where none runs or the rate is not known
    fee: Money | None  # for this letter
    deadline: date
    letter_before_on: date | None  # the day of the letter before, in the same default
    lacks_rates: bool = False  # late interest of some days could not be computed: no rate is known for them

    @property
    def overdue(self) -> Money:
        """Principal, interest and fees that are overdue."""
        return total([line.unpaid for line in self.lines], self.late_interest.currency)

    @property
    def total(self) -> Money:
        """All that the letter asks for."""
        asked = self.overdue + self.late_interest
        return asked if self.fee is None else asked + self.fee


def letter_about(
    loan: Loan,
    kind: StepKind,
    as_of: date,
    *,
    deadline_days: int,
    fee: Money | None,
    letter_before_on: date | None,
    country: str,
) -> Letter:
    """What a letter of that kind asks for on that day, by replaying the loan until then.

    A deadline on a day when the banks of the country ("NO") are closed is moved to the next open day, never to an earlier one:
    the law sets the fewest days (`dunning.least_deadline_days`).
    """
    told = statement(loan, as_of)
    return Letter(
        kind=kind,
        as_of=as_of,
        lines=overdue_lines(loan, as_of),
        late_interest=told.late_interest,
        late_percent=late_percent_on(loan, as_of),
        fee=fee,
        deadline=next_business_day(as_of + timedelta(days=deadline_days), country),
        letter_before_on=letter_before_on,
        lacks_rates=bool(told.missing_rates),
    )


def late_percent_on(loan: Loan, day: date) -> Decimal | None:
    """The annual rate of late interest on a day; None where none runs or the table has no rate for the day."""
    contract_percent = loan.terms.annual_rate_percent
    for entry in loan.journal.standing:
        if entry.on <= day and isinstance(entry, RateChange):
            contract_percent = entry.annual_rate_percent
        elif entry.on <= day and isinstance(entry, NewPlan):
            contract_percent = entry.terms.annual_rate_percent
    rates = late_rates(loan.rules, loan.terms.currency, contract_percent)
    before = day - timedelta(days=1)
    if rates is None or rates.missing(before, day) is not None:
        return None
    return Decimal(rates.between(before, day)) / RATE_SCALE
