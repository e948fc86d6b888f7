"""A loan worked out before anybody applies for it: choices within a product become a plan and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.money import Money
from mikrolaan.domain.months import months_later
from mikrolaan.domain.plan import Instalment, Plan, make_plan
from mikrolaan.domain.product import Product
from mikrolaan.domain.terms import FeePaid, Repayment, Terms


@dataclass(frozen=True, slots=True)
class Choices:
    """What one sets in the calculator; not checked until `calculate`."""

    product: Product
    amount: Money
    rate_percent: Decimal
    instalments: int
    repayment: Repayment
    disbursed_on: date
    first_due_on: date | None = None  # None: one period after disbursement

    def terms(self) -> Terms:
        """The terms chosen; InvalidValue names the field that breaks a limit of the product or of any loan."""
        return self.product.terms(
            self.amount,
            self.rate_percent,
            self.instalments,
            self.disbursed_on,
            self.first_due_on,
            repayment=self.repayment,
        )


@dataclass(frozen=True, slots=True)
class Calculation:
    """A plan and the figures that people compare loans by."""

    plan: Plan
    effective_rate: Decimal | None  # percent; None where no rate fits the flows

    @property
    def terms(self) -> Terms:
        """The terms the plan was made from."""
        return self.plan.terms

    @property
    def regular(self) -> Instalment:
        """The first instalment that stands for the rest: the first that pays, after one that carries the other fee."""
        paying = [row for row in self.plan.instalments if row.due]
        once = self.terms.establishment_fee_paid is FeePaid.FIRST_INSTALMENT and self.terms.establishment_fee_minor
        return paying[1] if once and len(paying) > 1 else paying[0]

    @property
    def last(self) -> Instalment:
        """The instalment that settles the loan."""
        return self.plan.instalments[-1]

    @property
    def fees(self) -> Money:
        """All fees, the establishment fee too, however it is paid."""
        if self.terms.establishment_fee_paid is FeePaid.FIRST_INSTALMENT:
            return self.plan.fees
        return self.plan.fees + self.plan.establishment_fee

    @property
    def interest(self) -> Money:
        """All interest, capitalised interest included."""
        return self.plan.total_cost - self.fees

    @property
    def to_pay(self) -> Money:
        """All that the borrower pays: every instalment, and a fee that is paid by itself."""
        return self.plan.due + self.plan.paid_separately


def calculate(choices: Choices) -> Calculation:
    """The plan and its figures; InvalidValue names the field that does not fit."""
    return calculation_of(make_plan(choices.terms()))


def calculation_of(plan: Plan) -> Calculation:
    """The figures of a plan that exists."""
    return Calculation(plan, effective_rate_of(plan))


def usual_choices(product: Product, disbursed_on: date) -> Choices:
    """What the product proposes, paid out on that day."""
    return Choices(
        product,
        Money.from_decimal(product.amount.usual, product.currency),
        product.rate_percent.usual,
        int(product.instalments.usual),
        product.repayment,
        disbursed_on,
    )


def choices_of(terms: Terms, product: Product) -> Choices:
    """The choices that lead to these terms with this product."""
    return Choices(
        product,
        terms.principal,
        terms.annual_rate_percent,
        terms.instalments,
        terms.repayment,
        terms.disbursed_on,
        terms.first_due_on,
    )


def usual_first_due_on(disbursed_on: date) -> date:
    """One month after disbursement, on the same day or the last of a shorter month."""
    return months_later(disbursed_on, 1)
