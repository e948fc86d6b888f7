"""Terms: what a loan contract fixes, from principal and rate to fees and rounding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from mikrolaan.domain.money import Currency, Money, Rounding


class PeriodUnit(Enum):
    """What the time between two due dates is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Repayment(Enum):
    """How the principal comes back."""

    ANNUITY = "annuity"  # equal instalments
    SERIAL = "serial"  # equal principal, falling interest
    BULLET = "bullet"  # nothing until the end, then all with its interest
    INTEREST_ONLY = "interest-only"  # interest each period, the principal at the end


class InterestMethod(Enum):
    """What the interest of an instalment is computed on."""

    DECLINING = "declining"  # the balance that is left
    FLAT = "flat"  # the principal first lent, all the way


class DayCount(Enum):
    """How much of a year a stretch of time is."""

    THIRTY_360 = "30/360"  # a month is 30 days, a week 7; a part of a period by its actual days
    ACTUAL_365 = "actual/365"
    ACTUAL_360 = "actual/360"
    ACTUAL_364 = "actual/364"
    ACTUAL_ACTUAL = "actual/actual"  # each part over the length of its own year
    PERIOD = "period"  # the annual rate divided by the periods in a year; days by actual/365


class BusinessDayRule(Enum):
    """Where a due date goes that falls on a day when banks are closed."""

    NONE = "none"
    FOLLOWING = "following"
    MODIFIED_FOLLOWING = "modified-following"  # following, but never into the next month
    PRECEDING = "preceding"


class FeePaid(Enum):
    """How the establishment fee is paid."""

    DEDUCTED = "deducted"  # kept back from the payout
    ADDED = "added"  # added to the principal
    FIRST_INSTALMENT = "first-instalment"  # due with the first instalment
    SEPARATELY = "separately"  # paid by itself on the day of payout


class PaymentFreeInterest(Enum):
    """What becomes of the interest of instalments in which nothing is paid."""

    CAPITALISED = "capitalised"  # added to the principal on each due date
    ACCRUED = "accrued"  # carried without interest on itself, paid with the first instalment that pays


@dataclass(frozen=True, slots=True)
class Tranche:
    """One part of a loan that is paid out in parts."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Terms:
    """What the contract fixes; valid once it exists, else InvalidValue names the field and the limit.

    Fields and their meaning follow the terms of the command line (`mikrolaan plan`). `first_due_on`
    None means one period after disbursement; `due_day` 31 means the last day of the month; with
    `tranches` the principal is their sum and the first falls on `disbursed_on`.
    """

    principal: Money
    annual_rate_percent: Decimal
    disbursed_on: date
    instalments: int
    every: int = 1
    unit: PeriodUnit = PeriodUnit.MONTHS
    first_due_on: date | None = None
    due_day: int | None = None
    repayment: Repayment = Repayment.ANNUITY
    interest_method: InterestMethod = InterestMethod.DECLINING
    day_count: DayCount = DayCount.THIRTY_360
    interest_only_instalments: int = 0
    payment_free_instalments: int = 0
    payment_free_interest: PaymentFreeInterest = PaymentFreeInterest.CAPITALISED
    instalment_multiple_minor: int = 1
    rounding: Rounding = Rounding.HALF_UP
    business_day_rule: BusinessDayRule = BusinessDayRule.NONE
    calendar: str | None = None
    establishment_fee_minor: int = 0
    establishment_fee_paid: FeePaid = FeePaid.DEDUCTED
    instalment_fee_minor: int = 0
    tranches: tuple[Tranche, ...] = ()

    @property
    def currency(self) -> Currency:
        """The currency of every amount in the loan."""
        return self.principal.currency
