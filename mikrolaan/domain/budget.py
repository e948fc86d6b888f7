"""The budget of a case: what household and business earn and spend in a month, and what an instalment leaves of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from uuid import UUID

from mikrolaan.domain.errors import CurrencyMismatch, InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money, Rounding, rounded, total
from mikrolaan.domain.text import checked_text

LONGEST_NAME = 80
LONGEST_NOTES = 4000
MOST_LINES = 200
LARGEST_LINE_MINOR = 100_000_000_000  # a milliard kroner a line, so that no sum of lines leaves the range of Money
NO_FALL = Decimal(0)
MODERATE_BURDEN_PERCENT = Decimal(33)
HEAVY_BURDEN_PERCENT = Decimal(50)


class Part(Enum):
    """Which part of the budget a line belongs to."""

    INCOME = "income"  # of the household, beside the business: wage, benefit, partner
    COST = "cost"  # of the household: housing, food, transport
    DEBT = "debt"  # what is paid on debts elsewhere, with what remains of them
    SALES = "sales"  # what the business sells for, without VAT
    GOODS = "goods"  # what the things sold cost; falls and rises with the sales
    BUSINESS_COST = "business cost"  # rent, wages to others, insurance: the same whatever is sold


class Per(Enum):
    """How often an amount comes."""

    MONTH = "month"
    YEAR = "year"


class Room(Enum):
    """How much an amount left over is, beside the instalment."""

    ENOUGH = "enough"  # at least one more instalment is left
    TIGHT = "tight"  # nothing is missing, but less than one more instalment is left
    SHORT = "short"  # money is missing


class Burden(Enum):
    """How heavily debts weigh on the income: a rule of thumb for talking, not a rule of lending."""

    LIGHT = "light"  # at most 33 % of the income
    MODERATE = "moderate"  # at most 50 %
    HEAVY = "heavy"  # more, or there is no income to pay from


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One named amount; `remaining` is what is still owed, for debts only."""

    part: Part
    name: str
    amount: Money
    per: Per = Per.MONTH
    remaining: Money | None = None

    def __post_init__(self) -> None:
        checked_text("line_name", self.name, longest=LONGEST_NAME, needed=True)
        _check_amount("line_amount", self.amount)
        if self.part is Part.DEBT and self.per is not Per.MONTH:
            raise InvalidValue("line_per", Problem.NOT_TOGETHER)  # a creditor asks for it month by month
        if self.remaining is not None:
            if self.part is not Part.DEBT:
                raise InvalidValue("line_remaining", Problem.NOT_TOGETHER)
            _check_amount("line_remaining", self.remaining)
            if self.remaining.currency is not self.amount.currency:
                raise CurrencyMismatch(self.remaining.currency.value, self.amount.currency.value)

    @property
    def monthly(self) -> Money:
        """The amount of one month; a year's amount / 12, rounded half up to the øre, once for each line."""
        if self.per is Per.MONTH:
            return self.amount
        return Money(rounded(Fraction(self.amount.minor, 12), Rounding.HALF_UP), self.amount.currency)


def _check_amount(name: str, amount: Money) -> None:
    if amount.minor < 0:
        raise InvalidValue(name, Problem.TOO_SMALL, Decimal(0))
    if amount.minor > LARGEST_LINE_MINOR:
        raise InvalidValue(name, Problem.TOO_LARGE, Decimal(LARGEST_LINE_MINOR) / 100)


@dataclass(frozen=True, slots=True)
class Budget:
    """The one budget of a borrower, as household and business stand on `drawn_up_on`."""

    id: UUID
    borrower_id: UUID
    currency: Currency
    drawn_up_on: date
    lines: tuple[BudgetLine, ...] = ()
    notes: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        checked_text("notes", self.notes, longest=LONGEST_NOTES, lines=True)
        if len(self.lines) > MOST_LINES:
            raise InvalidValue("lines", Problem.TOO_LARGE, MOST_LINES)
        for line in self.lines:
            if line.amount.currency is not self.currency:
                raise CurrencyMismatch(line.amount.currency.value, self.currency.value)

    def of(self, part: Part) -> tuple[BudgetLine, ...]:
        """The lines of one part, in the order in which they were written."""
        return tuple(line for line in self.lines if line.part is part)


def monthly_total(budget: Budget, part: Part) -> Money:
    """The sum of the monthly amounts of a part, each rounded as `BudgetLine.monthly` says."""
    return total([line.monthly for line in budget.of(part)], budget.currency)


def remaining_debts(budget: Budget) -> Money:
    """What is still owed elsewhere: the sum of what remains of the debts, where that is known."""
    known = [line.remaining for line in budget.of(Part.DEBT) if line.remaining is not None]
    return total(known, budget.currency)


def gross_profit(budget: Budget) -> Money:
    """Sales − cost of goods, in a month."""
    return monthly_total(budget, Part.SALES) - monthly_total(budget, Part.GOODS)


def business_result(budget: Budget, sales_fall_percent: Decimal = NO_FALL) -> Money:
    """What the business leaves for private use in a month; negative where the household must add.

    (sales − cost of goods) × (100 − fall) / 100 − other costs: the goods fall with the sales, rent and wages stay.
    Rounded once, half up, to the øre. InvalidValue when the fall is not between 0 and 100.
    """
    if sales_fall_percent < 0:
        raise InvalidValue("sales_fall_percent", Problem.TOO_SMALL, Decimal(0))
    if sales_fall_percent > 100:
        raise InvalidValue("sales_fall_percent", Problem.TOO_LARGE, Decimal(100))
    kept = gross_profit(budget).minor * (100 - Fraction(sales_fall_percent)) / 100
    return Money(rounded(kept, Rounding.HALF_UP), budget.currency) - monthly_total(budget, Part.BUSINESS_COST)


def earned(budget: Budget) -> Money:
    """What the household has in a month to live and pay from: its income + the business result."""
    return monthly_total(budget, Part.INCOME) + business_result(budget)


def household_left(budget: Budget, sales_fall_percent: Decimal = NO_FALL) -> Money:
    """What is left in a month before the instalment: income + business result − costs − payments on other debts."""
    in_hand = monthly_total(budget, Part.INCOME) + business_result(budget, sales_fall_percent)
    return in_hand - monthly_total(budget, Part.COST) - monthly_total(budget, Part.DEBT)


def left_after(budget: Budget, instalment: Money, sales_fall_percent: Decimal = NO_FALL) -> Money:
    """What is left in a month after the instalment, and after sales fell by so many percent."""
    return household_left(budget, sales_fall_percent) - instalment


def debt_share_percent(budget: Budget, instalment: Money) -> Decimal | None:
    """The part of the income that goes to debts: (other debts + instalment) / (income + business result), in percent.

    Rounded half up to a tenth of a percent. None where there is no income to divide by.
    """
    in_hand = earned(budget)
    if in_hand.minor <= 0:
        return None
    paid = monthly_total(budget, Part.DEBT) + instalment
    return Decimal(rounded(Fraction(paid.minor * 1000, in_hand.minor), Rounding.HALF_UP)) / 10


def fall_until_nothing_left(budget: Budget, instalment: Money) -> Decimal | None:
    """The largest fall in sales, in percent, after which the instalment can still be paid.

    left after the instalment / (sales − cost of goods) × 100, rounded down to a tenth of a percent, so that at the
    figure shown nothing is missing yet. 0 where nothing is left as it is; None where even without any sales
    enough is left, or where a fall in sales takes nothing away.
    """
    left = left_after(budget, instalment).minor
    if left <= 0:
        return Decimal(0)
    profit = gross_profit(budget).minor
    if left > profit:
        return None
    return Decimal(left * 1000 // profit) / 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an instalment does to a budget; each figure is the function of the same name."""

    household_left: Money
    business_result: Money
    left_after: Money
    sales_fall_percent: Decimal
    left_after_fall: Money  # `left_after` when sales fall by that much
    debt_share_percent: Decimal | None
    fall_until_nothing_left: Decimal | None


def outcome(budget: Budget, instalment: Money, sales_fall_percent: Decimal) -> Outcome:
    """All figures of a budget beside one monthly instalment; InvalidValue when the fall is not between 0 and 100."""
    return Outcome(
        household_left=household_left(budget),
        business_result=business_result(budget),
        left_after=left_after(budget, instalment),
        sales_fall_percent=sales_fall_percent,
        left_after_fall=left_after(budget, instalment, sales_fall_percent),
        debt_share_percent=debt_share_percent(budget, instalment),
        fall_until_nothing_left=fall_until_nothing_left(budget, instalment),
    )


def room(left: Money, instalment: Money) -> Room:
    """How much that is, beside the instalment."""
    if left.minor < 0:
        return Room.SHORT
    return Room.TIGHT if left < instalment else Room.ENOUGH


def burden(share_percent: Decimal | None) -> Burden:
    """How heavily that share of the income weighs."""
    if share_percent is None or share_percent > HEAVY_BURDEN_PERCENT:
        return Burden.HEAVY
    return Burden.MODERATE if share_percent > MODERATE_BURDEN_PERCENT else Burden.LIGHT
