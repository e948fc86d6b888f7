"""The plan as printed, line by line: what a loan begins its life with.

Amounts are whole minor units.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import lru_cache

from mikrolaan.domain.day_count import interest_dates, year_shares
from mikrolaan.domain.due_dates import due_dates
from mikrolaan.domain.loan_rules import Part
from mikrolaan.domain.plan import Plan, make_plan
from mikrolaan.domain.schedule import lending_of
from mikrolaan.domain.terms import PaymentFreeInterest, Repayment, Terms, Tranche

FEES, LATE, INTEREST, PRINCIPAL = range(4)  # places of the parts in lists of four
PLACE = {Part.FEES: FEES, Part.LATE_INTEREST: LATE, Part.INTEREST: INTEREST, Part.PRINCIPAL: PRINCIPAL}


class Kind(Enum):
    """What an instalment does."""

    REPAYS = "repays"
    INTEREST_ONLY = "interest only"
    RESTS = "rests"  # interest only, for its month is without principal; repays if it moves to another
    CAPITALISES = "capitalises"  # asks for nothing; its interest joins the principal on its due date
    CARRIES = "carries"  # asks for nothing; its interest is asked for with the next that pays
    FREE = "free"  # asks for nothing, and its interest is let go


ASKING = (Kind.REPAYS, Kind.INTEREST_ONLY, Kind.RESTS)
CARRYING = (Kind.CARRIES, Kind.FREE)
_UNTIL_THE_LAST = {Repayment.INTEREST_ONLY: Kind.INTEREST_ONLY, Repayment.BULLET: Kind.CARRIES}


@dataclass(slots=True, eq=False)
class Line:
    """One instalment of a running plan."""

    number: int
    begins_on: date
    counted_from: date  # where its interest period begins: by nominal dates for counts by whole periods
    due_on: date
    share: int  # of a year, over the denominator of the day count
    kind: Kind
    due: list[int]  # fees, late interest (always 0 here), interest, principal
    paid: list[int]
    paid_in: int = 0  # planned to be paid out inside the period
    paid_in_parts: int = 0  # amount × share of a year of those
    tranches: tuple[Tranche, ...] = ()  # those, by day
    capitalised: int = 0
    once_fee: int = 0  # the establishment fee that is due with the first instalment
    rates: tuple[tuple[date, int], ...] = ()  # scaled rates from days inside the period
    closed: bool = False  # by day: settled ahead, so that later days belong to the next instalment
    waived: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    paid_on: date | None = None
    late: int = 0  # late interest so far, over LATE_OF
    lost: int = 0  # written off inside the period, which bears interest until the due date as printed

    def copy(self) -> Line:
        """The same instalment, to live on by itself."""
        return Line(
            self.number,
            self.begins_on,
            self.counted_from,
            self.due_on,
            self.share,
            self.kind,
            [*self.due],
            [*self.paid],
            self.paid_in,
            self.paid_in_parts,
            self.tranches,
            self.capitalised,
            self.once_fee,
            self.rates,
            self.closed,
            [*self.waived],
            self.paid_on,
            self.late,
            self.lost,
        )

    @property
    def left(self) -> int:
        """What is left to pay, without late interest."""
        due, paid = self.due, self.paid
        return due[0] + due[2] + due[3] - paid[0] - paid[2] - paid[3]

    @property
    def principal_left(self) -> int:
        """The principal that is left to pay."""
        return self.due[PRINCIPAL] - self.paid[PRINCIPAL]

    @property
    def interest_left(self) -> int:
        """The interest that is left to pay."""
        return self.due[INTEREST] - self.paid[INTEREST]

    @property
    def had_interest(self) -> int:
        """The interest that is paid or was let go."""
        return self.paid[INTEREST] + self.waived[INTEREST]

    @property
    def is_touched(self) -> bool:
        """Whether anything has been paid of it."""
        return any(self.paid)

    def ask(self, interest: int, fees: int) -> None:
        """Ask for that interest and fees, less what was let go and never less than what is paid."""
        self.due[INTEREST] = max(self.paid[INTEREST], interest - self.waived[INTEREST])
        self.due[FEES] = max(self.paid[FEES], fees - self.waived[FEES])


@dataclass(frozen=True, slots=True)
class Printed:
    """A plan as printed, with the numbers that its running needs."""

    plan: Plan
    lines: tuple[Line, ...]  # as they stand before anything has happened; not to be changed
    share_of: int
    opening: int
    paid_out: int  # what the borrower receives
    capitalises: bool


@lru_cache(maxsize=1024)
def printed(terms: Terms) -> Printed:
    """The plan of the terms; kept, since a loan is replayed far more often than its terms change."""
    dates = due_dates(terms)
    shares = year_shares(terms, dates)
    lending = lending_of(terms, dates)
    rate = terms.annual_rate_percent.as_integer_ratio()[0]
    plan = make_plan(terms, dates)
    begins = counted_from = terms.disbursed_on
    balance, usual_fee = lending.opening, terms.instalment_fee_minor
    later = [part for part in terms.tranches if part.on > terms.disbursed_on]  # the others are in the opening balance
    columns = zip(  # not the instalments themselves: nobody has asked for their amounts yet
        plan.due_on,
        interest_dates(terms, dates),
        shares.parts,
        _kinds(terms),
        plan.fees_minor,
        plan.interests_minor,
        plan.principals_minor,
        plan.balances_minor,
        strict=False,  # a plan that ends earlier needs fewer dates than the terms give
    )
    lines: list[Line] = []
    for place, (due_on, counted_to, share, kind, fees, interest, principal, balance_after) in enumerate(columns):
        line = Line(
            place + 1,
            begins,
            counted_from,
            due_on,
            share,
            kind,
            [fees, 0, interest, principal],
            [0, 0, 0, 0],
            lending.paid_in[place],
            lending.paid_in_interest[place] // rate if rate else 0,
            once_fee=fees - (usual_fee if principal or interest else 0),
        )
        if later:
            line.tranches = tuple([part for part in later if begins <= part.on < due_on])
        if kind is Kind.CAPITALISES:
            line.capitalised = balance_after - balance - line.paid_in
        lines.append(line)
        balance, begins, counted_from = balance_after, due_on, counted_to
    capitalises = any(line.kind is Kind.CAPITALISES for line in lines)
    return Printed(plan, tuple(lines), shares.of, lending.opening, plan.paid_out.minor, capitalises)


def _kinds(terms: Terms) -> list[Kind]:
    """What the terms let each instalment do; `schedule.grace_of` computes by the same rule."""
    capitalised = terms.payment_free_interest is PaymentFreeInterest.CAPITALISED
    kinds = [Kind.CAPITALISES if capitalised else Kind.CARRIES] * terms.payment_free_instalments
    if terms.is_agreed:
        return kinds + [Kind.REPAYS] * (terms.instalments - len(kinds))
    kinds += [Kind.INTEREST_ONLY] * terms.interest_only_instalments
    first = len(kinds)
    kinds += [_UNTIL_THE_LAST.get(terms.repayment, Kind.REPAYS)] * (terms.instalments - first - 1)
    kinds.append(Kind.REPAYS)
    if terms.months_without_principal:
        for place in range(first, terms.instalments):
            if terms.rests(place):
                kinds[place] = Kind.RESTS
    return kinds
