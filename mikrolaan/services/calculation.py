"""A loan worked out before anybody applies for it: choices within a product become a plan and its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.money import Money
from mikrolaan.domain.months import months_later
from mikrolaan.domain.office import Office
from mikrolaan.domain.plan import Instalment, Plan, make_plan
from mikrolaan.domain.product import Product
from mikrolaan.domain.terms import FeePaid, PaymentFreeInterest, PeriodUnit, Repayment, Terms

SPREADING = (Repayment.ANNUITY, Repayment.SERIAL)  # forms whose principal comes back bit by bit


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
    interest_only: int = 0  # instalments of interest alone, before the principal begins to come back
    payment_free: int = 0  # instalments in which nothing is paid, before those
    months_without_principal: frozenset[int] = frozenset()  # 1–12; left aside where the form repays all at the end
    agreed_principals_minor: tuple[int, ...] = ()  # one for each instalment, where they were agreed by hand

    def terms(self) -> Terms:
        """The terms chosen; InvalidValue names the field that breaks a limit of the product or of any loan."""
        by_form = self.product.terms(
            self.amount,
            self.rate_percent,
            self.instalments,
            self.disbursed_on,
            self.first_due_on,
            repayment=self.repayment,
            interest_only_instalments=self.interest_only,
            payment_free_instalments=self.payment_free,
        )
        if self.agreed_principals_minor:
            return replace(by_form, agreed_principals_minor=self.agreed_principals_minor)
        if self.months_without_principal and self.repayment in SPREADING:
            return replace(by_form, months_without_principal=self.months_without_principal)
        return by_form

    @property
    def by_form(self) -> Choices:
        """The same without amounts agreed by hand."""
        return replace(self, agreed_principals_minor=())


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
        """The instalment that stands for the rest."""
        return regular_instalment(self.plan)

    @property
    def last(self) -> Instalment:
        """The instalment that settles the loan."""
        return last_paying(self.plan)

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


@dataclass(frozen=True, slots=True)
class CalculationPaper:
    """Everything that a page or a file about a calculation may hold."""

    office: Office
    product_name: str
    calculation: Calculation
    borrower_name: str  # empty where it is for nobody yet
    officer_name: str
    made_on: date
    language: str


@dataclass(frozen=True, slots=True)
class CalculationPress:
    """How a calculation leaves the screen; each gives the bytes of a file."""

    sheet: Callable[[CalculationPaper], bytes]  # PDF
    workbook: Callable[[CalculationPaper], bytes]  # XLSX
    table: Callable[[CalculationPaper], bytes]  # CSV


def regular_instalment(plan: Plan) -> Instalment:
    """The first instalment that stands for the rest, wherever one figure is shown for "the instalment".

    It is the first that pays after any grace, outside months without principal, but not one that alone carries the
    establishment fee, or the interest of payment-free instalments, where another follows. Where amounts were agreed
    one by one it is the largest.
    """
    terms = plan.terms
    if terms.is_agreed:
        return max(plan.instalments, key=lambda row: row.due.minor)
    grace = terms.payment_free_instalments + terms.interest_only_instalments
    paying = [row for row in plan.instalments if row.due] or [plan.instalments[-1]]
    repaying = [row for row in plan.instalments[grace:] if row.due and not terms.rests(row.number - 1)] or paying
    once = terms.establishment_fee_paid is FeePaid.FIRST_INSTALMENT and terms.establishment_fee_minor
    carried = terms.payment_free_instalments and terms.payment_free_interest is PaymentFreeInterest.ACCRUED
    if (once or carried) and repaying[0] is paying[0] and len(repaying) > 1:
        return repaying[1]
    return repaying[0]


def last_paying(plan: Plan) -> Instalment:
    """The last instalment in which anything falls due."""
    return next((row for row in reversed(plan.instalments) if row.due), plan.instalments[-1])


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
        interest_only=int(product.interest_only.usual),
        payment_free=int(product.payment_free.usual),
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
        terms.interest_only_instalments,
        terms.payment_free_instalments,
        terms.months_without_principal,
        terms.agreed_principals_minor,
    )


def usual_first_due_on(product: Product, disbursed_on: date) -> date:
    """One period of the product after disbursement; in months, on the same day or the last of a shorter month."""
    if product.unit is PeriodUnit.MONTHS:
        return months_later(disbursed_on, product.every)
    return disbursed_on + timedelta(days=product.every * (7 if product.unit is PeriodUnit.WEEKS else 1))
