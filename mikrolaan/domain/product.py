"""Products: the lender's rules for a kind of loan; they make an amount and a term into terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.terms import (
    BusinessDayRule,
    DayCount,
    FeePaid,
    PeriodUnit,
    Repayment,
    Terms,
)
from mikrolaan.domain.text import checked_text


@dataclass(frozen=True, slots=True)
class Span:
    """The least, the most and the usual value of one choice; whole numbers or exact decimals."""

    least: Decimal
    most: Decimal
    usual: Decimal

    def __post_init__(self) -> None:
        if not self.least <= self.usual <= self.most:
            raise InvalidValue("usual", Problem.TOO_SMALL if self.usual < self.least else Problem.TOO_LARGE, self.least)

    def check(self, field: str, value: Decimal) -> None:
        """Raise InvalidValue with the limit when `value` is outside."""
        if value < self.least:
            raise InvalidValue(field, Problem.TOO_SMALL, self.least)
        if value > self.most:
            raise InvalidValue(field, Problem.TOO_LARGE, self.most)


@dataclass(frozen=True, slots=True)
class Product:
    """One version of a kind of loan that the office offers; old loans keep the version they were made with."""

    id: UUID  # of this version
    name: str
    currency: Currency
    amount: Span  # main units
    rate_percent: Span
    instalments: Span
    repayment: Repayment = Repayment.ANNUITY
    day_count: DayCount = DayCount.THIRTY_360
    business_day_rule: BusinessDayRule = BusinessDayRule.NONE
    calendar: str | None = None
    instalment_multiple_minor: int = 1
    establishment_fee_minor: int = 0
    establishment_fee_paid: FeePaid = FeePaid.DEDUCTED
    instalment_fee_minor: int = 0
    version: int = 0

    def __post_init__(self) -> None:
        checked_text("product_name", self.name, longest=120, needed=True)

    def terms(
        self,
        amount: Money,
        rate_percent: Decimal,
        instalments: int,
        disbursed_on: date,
        first_due_on: date | None = None,
        *,
        repayment: Repayment | None = None,
    ) -> Terms:
        """The terms of a loan of this kind; InvalidValue names the field that breaks a limit of the product."""
        self.amount.check("principal", amount.to_decimal())
        self.rate_percent.check("annual_rate_percent", rate_percent)
        self.instalments.check("instalments", Decimal(instalments))
        return Terms(
            principal=amount,
            annual_rate_percent=rate_percent,
            disbursed_on=disbursed_on,
            instalments=instalments,
            every=1,
            unit=PeriodUnit.MONTHS,
            first_due_on=first_due_on,
            repayment=repayment or self.repayment,
            day_count=self.day_count,
            business_day_rule=self.business_day_rule,
            calendar=self.calendar,
            instalment_multiple_minor=self.instalment_multiple_minor,
            establishment_fee_minor=self.establishment_fee_minor,
            establishment_fee_paid=self.establishment_fee_paid,
            instalment_fee_minor=self.instalment_fee_minor,
        )
