"""The rules of a product that say how a loan lives: interest, allocation, early repayment, late interest."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.rate_table import RateTable

LARGEST_LATE_PERCENT = Decimal(1000)
LONGEST_RATE_NOTICE_MONTHS = 24


class InterestRule(Enum):
    """What the interest of an instalment is computed on."""

    BY_PLAN = "by-plan"  # as printed, whatever the payment day
    BY_DAY = "by-day"  # on what is owed from day to day


class Part(Enum):
    """The parts of an instalment that a payment settles one after the other."""

    FEES = "fees"
    LATE_INTEREST = "late-interest"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class EarlyRepayment(Enum):
    """What becomes of the plan when principal is repaid before it is asked for."""

    KEEP_PLAN = "keep-plan"  # the principal of the next instalments stays as printed; the last ones are repaid
    LOWER_INSTALMENT = "lower-instalment"  # the same last due date, smaller instalments
    SHORTEN = "shorten"  # the same instalment, fewer of them


class LateInterest(Enum):
    """Whether late interest is asked for, and where its rate comes from."""

    NONE = "none"
    STATUTORY = "statutory"  # the dated table of the country, or the contract rate where it is higher
    AGREED = "percent"  # a percentage that the contract fixes


class LateInterestBase(Enum):
    """Of which overdue money late interest is asked."""

    PRINCIPAL_AND_INTEREST = "principal-and-interest"
    PRINCIPAL = "principal"


NORWEGIAN_ORDER = (Part.FEES, Part.LATE_INTEREST, Part.INTEREST, Part.PRINCIPAL)


@dataclass(frozen=True, slots=True)
class LoanRules:
    """How one kind of loan is kept; the defaults are what Norwegian lenders use.

    The earliest due instalment is settled first (finansavtaleloven § 2-9(3)); `allocation` is the order within it.
    Early repayment is free at any time (§ 2-9(2)). Late interest is simple, actual/365, by forsinkelsesrenteloven § 3,
    the contract rate where that is higher (§ 3(2)). A reminder may cost what the country's dated table allows
    (inkassoforskriften §§ 1-1 to 1-3); nothing else is asked for a late payment (forsinkelsesrenteloven § 4 b). A
    higher rate holds two months after it was announced (finansavtaleloven § 3-13(2)); a lower one at once.
    """

    interest: InterestRule = InterestRule.BY_PLAN
    allocation: tuple[Part, ...] = NORWEGIAN_ORDER
    early_repayment: EarlyRepayment = EarlyRepayment.SHORTEN
    late_interest: LateInterest = LateInterest.STATUTORY
    late_interest_percent: Decimal | None = None  # of AGREED
    late_interest_base: LateInterestBase = LateInterestBase.PRINCIPAL_AND_INTEREST
    reminder_fees: bool = True  # whether a reminder may add its fee to the claim
    rate_notice_months: int = 2  # from the day a change to the borrower's detriment is told until it holds; 0: none
    statutory: RateTable | None = None  # the dated rates of STATUTORY where the office has its own; else as shipped

    def __post_init__(self) -> None:
        if len(self.allocation) != len(Part) or set(self.allocation) != set(Part):
            raise InvalidValue("allocation", Problem.MALFORMED, ", ".join(part.value for part in NORWEGIAN_ORDER))
        percent = self.late_interest_percent
        if (percent is not None) != (self.late_interest is LateInterest.AGREED):
            raise InvalidValue("late_interest", Problem.NOT_TOGETHER, "percent")
        if percent is not None and not percent.is_finite():
            raise InvalidValue("late_interest.percent", Problem.NOT_A_NUMBER)
        if percent is not None and percent < 0:
            raise InvalidValue("late_interest.percent", Problem.TOO_SMALL, Decimal(0))
        if percent is not None and percent > LARGEST_LATE_PERCENT:
            raise InvalidValue("late_interest.percent", Problem.TOO_LARGE, LARGEST_LATE_PERCENT)
        if self.rate_notice_months < 0:
            raise InvalidValue("rate_notice_months", Problem.TOO_SMALL, 0)
        if self.rate_notice_months > LONGEST_RATE_NOTICE_MONTHS:
            raise InvalidValue("rate_notice_months", Problem.TOO_LARGE, LONGEST_RATE_NOTICE_MONTHS)
