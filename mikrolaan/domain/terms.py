"""Terms: what a loan contract fixes, from principal and rate to fees and rounding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from mikrolaan.domain.errors import InvalidValue, Limit, Problem
from mikrolaan.domain.money import LARGEST_MINOR, Currency, Money, Rounding
from mikrolaan.domain.months import is_month_end, months_later

MOST_INSTALMENTS = 1200  # a hundred years of months
EARLIEST_DATE = date(1970, 1, 1)
LATEST_DATE = date(2150, 12, 31)
LARGEST_PRINCIPAL_MINOR = LARGEST_MINOR // 1000  # leaves room for the interest of the worst loan
LARGEST_RATE_PERCENT = Decimal(1000)
MOST_RATE_DECIMALS = 10
MOST_TRANCHES = 120
SMALLEST_MULTIPLE_ALLOWED_ABOVE_LOAN = 100  # a whole krone may exceed the loan: a loan of 40 øre is paid at once
LONGEST_CLOSING = timedelta(days=7)  # no banks stay closed longer; a last due date moves back by less
CALENDARS_END_ON = date(2100, 11, 30)  # as far as public holidays are known, and a month for moving a date
CALENDARS = ("NO", "SE", "DK", "FI")


class PeriodUnit(Enum):
    """What the time between two due dates is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


LONGEST_PERIOD = {PeriodUnit.DAYS: 3660, PeriodUnit.WEEKS: 520, PeriodUnit.MONTHS: 120}  # ten years between dates
LONGEST_FIRST_PERIOD = timedelta(days=3660)


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


@dataclass(eq=False)
class AgreedAmountsOff(InvalidValue):
    """The principals agreed one by one do not repay the loan exactly: what is left over, below zero what is too much."""

    left: Money | None = None

    @classmethod
    def by(cls, left: Money) -> AgreedAmountsOff:
        """The error for so much left over."""
        return cls("agreed_principals", Problem.DOES_NOT_REPAY, left.to_decimal(), left)


@dataclass(eq=False)
class SeasonTakesAll(InvalidValue):
    """The months without principal leave no instalment that repays the loan."""

    @classmethod
    def found(cls) -> SeasonTakesAll:
        """The error with its field."""
        return cls("months_without_principal", Problem.DOES_NOT_REPAY)


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
    `tranches` the principal is their sum and the first falls on `disbursed_on`. Months without principal
    and agreed principals are for annuity and serial loans, one of the two at a time.
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
    months_without_principal: frozenset[int] = frozenset()  # 1–12; the last instalment is the last outside them
    agreed_principals_minor: tuple[int, ...] = ()  # one for each instalment, instead of what the form would give

    @property
    def currency(self) -> Currency:
        """The currency of every amount in the loan."""
        return self.principal.currency

    @property
    def day_kept(self) -> int:
        """The day of the month on which monthly instalments fall, before short months and business days."""
        if self.due_day is not None:
            return self.due_day
        first, start = self.first_due_on, self.disbursed_on
        if first is None or (is_month_end(first) and start.day > first.day):
            return start.day
        return first.day

    @property
    def first_nominal_due_on(self) -> date:
        """The first due date before any move to a business day; by default one period after disbursement."""
        if self.first_due_on is not None:
            return self.first_due_on
        if self.unit is PeriodUnit.MONTHS:
            return months_later(self.disbursed_on, self.every, self.day_kept)
        return self.disbursed_on + timedelta(days=self.every * (7 if self.unit is PeriodUnit.WEEKS else 1))

    @property
    def last_nominal_due_on(self) -> date:
        """The last due date before any move to a business day, found without walking through the plan."""
        first, periods = self.first_nominal_due_on, self.instalments - 1
        if periods == 0:
            return first
        if self.unit is PeriodUnit.MONTHS:
            return months_later(first, self.every * periods, self.day_kept)
        return first + timedelta(days=self.every * periods * (7 if self.unit is PeriodUnit.WEEKS else 1))

    @property
    def is_agreed(self) -> bool:
        """Whether the principal of each instalment was agreed by itself."""
        return bool(self.agreed_principals_minor)

    @property
    def by_form(self) -> Terms:
        """The same terms with the plan that the repayment form gives: no season, nothing agreed one by one."""
        if not self.is_agreed and not self.months_without_principal:
            return self
        return replace(self, months_without_principal=frozenset(), agreed_principals_minor=())

    def rests(self, place: int) -> bool:
        """Whether the instalment at a place, counted from 0, is due in a month without principal.

        Its month is that of the date before any move to a business day.
        """
        if not self.months_without_principal:
            return False
        first = self.first_nominal_due_on
        if self.unit is PeriodUnit.MONTHS:
            return (first.month - 1 + self.every * place) % 12 + 1 in self.months_without_principal
        days = self.every * place * (7 if self.unit is PeriodUnit.WEEKS else 1)
        return (first + timedelta(days=days)).month in self.months_without_principal

    def __post_init__(self) -> None:
        """Refuse what cannot be a loan: InvalidValue with the field, the problem and the limit."""
        self._check_amounts()
        self._check_periods()
        self._check_grace()
        self._check_dates()
        self._check_calendar()
        self._check_tranches()
        self._check_season()
        self._check_agreed()

    def _check_amounts(self) -> None:
        _within("principal", self.principal.minor, 1, LARGEST_PRINCIPAL_MINOR, money=True)
        rate = self.annual_rate_percent
        if not rate.is_finite():
            raise InvalidValue("annual_rate_percent", Problem.NOT_A_NUMBER)
        if rate < 0:
            raise InvalidValue("annual_rate_percent", Problem.TOO_SMALL, Decimal(0))
        if rate > LARGEST_RATE_PERCENT:
            raise InvalidValue("annual_rate_percent", Problem.TOO_LARGE, LARGEST_RATE_PERCENT)
        exponent = rate.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -MOST_RATE_DECIMALS:
            raise InvalidValue("annual_rate_percent", Problem.TOO_MANY_DECIMALS, MOST_RATE_DECIMALS)
        largest_multiple = max(self.principal.minor, SMALLEST_MULTIPLE_ALLOWED_ABOVE_LOAN)
        _within("instalment_multiple", self.instalment_multiple_minor, 1, largest_multiple, money=True)
        deducted = self.establishment_fee_paid is FeePaid.DEDUCTED
        largest_fee = self._first_payout_minor() - 1 if deducted else LARGEST_PRINCIPAL_MINOR
        _within("establishment_fee", self.establishment_fee_minor, 0, largest_fee, money=True)
        _within("instalment_fee", self.instalment_fee_minor, 0, LARGEST_PRINCIPAL_MINOR, money=True)

    def _check_periods(self) -> None:
        _within("instalments", self.instalments, 1, MOST_INSTALMENTS)
        _within("every", self.every, 1, LONGEST_PERIOD[self.unit])
        if self.due_day is not None:
            _within("due_day", self.due_day, 1, 31)
            if self.unit is not PeriodUnit.MONTHS:
                raise InvalidValue("due_day", Problem.NOT_TOGETHER, "unit")

    def _check_grace(self) -> None:
        _within("payment_free_instalments", self.payment_free_instalments, 0, self.instalments - 1)
        left = self.instalments - self.payment_free_instalments
        _within("interest_only_instalments", self.interest_only_instalments, 0, left - 1)

    def _check_dates(self) -> None:
        _dated("disbursed_on", self.disbursed_on, EARLIEST_DATE, LATEST_DATE)
        if self.first_due_on is not None:
            latest = min(LATEST_DATE, self.disbursed_on + LONGEST_FIRST_PERIOD)
            _dated("first_due_on", self.first_due_on, self.disbursed_on + timedelta(days=1), latest)
        if self._least_span() > LATEST_DATE - self.disbursed_on or self.last_nominal_due_on > LATEST_DATE:
            raise InvalidValue("instalments", Problem.TOO_LATE, LATEST_DATE)

    def _check_calendar(self) -> None:
        if self.calendar is not None and self.calendar not in CALENDARS:
            raise InvalidValue("calendar", Problem.UNKNOWN_CHOICE, ", ".join(CALENDARS))
        if self.calendar is None and self.business_day_rule is not BusinessDayRule.NONE:
            raise InvalidValue("calendar", Problem.MISSING)
        if self.business_day_rule is not BusinessDayRule.NONE and self.last_nominal_due_on > CALENDARS_END_ON:
            raise InvalidValue("instalments", Problem.TOO_LATE, CALENDARS_END_ON)

    def _check_tranches(self) -> None:
        if not self.tranches:
            return
        if len(self.tranches) > MOST_TRANCHES:
            raise InvalidValue("tranches", Problem.TOO_LARGE, MOST_TRANCHES)
        if self.tranches[0].on != self.disbursed_on:
            raise InvalidValue("tranches", Problem.NOT_TOGETHER, "disbursed_on")
        latest = self.last_nominal_due_on - timedelta(days=1)
        if self.business_day_rule in (BusinessDayRule.PRECEDING, BusinessDayRule.MODIFIED_FOLLOWING):
            latest -= LONGEST_CLOSING
        earliest = self.disbursed_on
        for tranche in self.tranches:
            _dated("tranches", tranche.on, earliest, latest)
            earliest = tranche.on
            if tranche.amount.currency is not self.currency:
                raise InvalidValue("tranches", Problem.NOT_TOGETHER, "currency")
            _within("tranches", tranche.amount.minor, 1, LARGEST_PRINCIPAL_MINOR, money=True)
        if sum(tranche.amount.minor for tranche in self.tranches) != self.principal.minor:
            raise InvalidValue("tranches", Problem.NOT_TOGETHER, "principal")

    def _check_season(self) -> None:
        months = self.months_without_principal
        if not months:
            return
        for month in months:
            _within("months_without_principal", month, 1, 12)
        self._check_form("months_without_principal")
        first = self.payment_free_instalments + self.interest_only_instalments
        if len(months) == 12 or all(self.rests(place) for place in range(first, self.instalments)):
            raise SeasonTakesAll.found()

    def _check_agreed(self) -> None:
        """One amount for each instalment, which together repay what is lent; the plan sees to capitalised interest."""
        agreed, field = self.agreed_principals_minor, "agreed_principals"
        if not agreed:
            return
        if len(agreed) != self.instalments:
            few = len(agreed) < self.instalments
            raise InvalidValue(f"{field}.count", Problem.TOO_SMALL if few else Problem.TOO_LARGE, self.instalments)
        self._check_form(field)
        if self.months_without_principal:
            raise InvalidValue(field, Problem.NOT_TOGETHER, "months_without_principal")
        for amount in agreed:
            _within(field, amount, 0, LARGEST_PRINCIPAL_MINOR, money=True)
        free = self.payment_free_instalments
        if any(agreed[:free]):
            raise InvalidValue(field, Problem.NOT_TOGETHER, "payment_free_instalments")
        if free and self.payment_free_interest is PaymentFreeInterest.CAPITALISED:
            return
        added = self.establishment_fee_minor if self.establishment_fee_paid is FeePaid.ADDED else 0
        left = self.principal.minor + added - sum(agreed)
        if left:
            raise AgreedAmountsOff.by(Money(left, self.currency))

    def _check_form(self, field: str) -> None:
        if self.repayment not in (Repayment.ANNUITY, Repayment.SERIAL):
            raise InvalidValue(field, Problem.NOT_TOGETHER, "repayment")

    def _least_span(self) -> timedelta:
        """No more than the whole length of the plan: keeps dates that Python cannot hold from being made."""
        days = {PeriodUnit.DAYS: 1, PeriodUnit.WEEKS: 7, PeriodUnit.MONTHS: 28}[self.unit]
        return timedelta(days=days * self.every * (self.instalments - 1))

    def _first_payout_minor(self) -> int:
        return self.tranches[0].amount.minor if self.tranches else self.principal.minor


def _within(field: str, value: int, smallest: int, largest: int, *, money: bool = False) -> None:
    limit: Limit
    if value < smallest:
        limit = Decimal(smallest).scaleb(-2) if money else smallest
        raise InvalidValue(field, Problem.TOO_SMALL, limit)
    if value > largest:
        limit = Decimal(largest).scaleb(-2) if money else largest
        raise InvalidValue(field, Problem.TOO_LARGE, limit)


def _dated(field: str, value: date, earliest: date, latest: date) -> None:
    if value < earliest:
        raise InvalidValue(field, Problem.TOO_EARLY, earliest)
    if value > latest:
        raise InvalidValue(field, Problem.TOO_LATE, latest)
