"""Products in the office file: every version a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from mikrolaan.domain.loan_rules import (
    NORWEGIAN_ORDER,
    EarlyRepayment,
    InterestRule,
    LateInterest,
    LateInterestBase,
    LoanRules,
    Part,
)
from mikrolaan.domain.money import Currency, Rounding
from mikrolaan.domain.product import Product, Span
from mikrolaan.domain.terms import (
    BusinessDayRule,
    DayCount,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
)
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.tables import products

KIND = "product"
SPANS = ("amount", "rate_percent", "instalments", "interest_only", "payment_free")
BOUNDS = ("least", "most", "usual")

# What the audit trail leaves unsaid of products kept before revision 0002 of the tables.
BEFORE_0002: Values = {
    "number": 1,
    **{f"{choice}_{bound}": "0" for choice in ("interest_only", "payment_free") for bound in BOUNDS},
    "payment_free_interest": PaymentFreeInterest.CAPITALISED.value,
    "every": 1,
    "unit": PeriodUnit.MONTHS.value,
    "repayments_allowed": ",".join(sorted(form.value for form in Repayment)),
    "interest_method": InterestMethod.DECLINING.value,
    "rounding": Rounding.HALF_UP.value,
    "establishment_fee_percent": "0",
}

# What it leaves unsaid of products kept before revision 0005.
BEFORE_0005: Values = {
    "interest_rule": InterestRule.BY_PLAN.value,
    "allocation": ",".join(part.value for part in NORWEGIAN_ORDER),
    "early_repayment": EarlyRepayment.SHORTEN.value,
    "late_interest": LateInterest.STATUTORY.value,
    "late_interest_base": LateInterestBase.PRINCIPAL_AND_INTEREST.value,
    "reminder_fees": True,
    "rate_notice_months": 2,
}


class SqlProducts:
    """Keeps products; a version that is kept changes only in whether it is offered."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, record_id: UUID) -> Product:
        return row_to_product(self._work.row(products, record_id, KIND))

    def add(self, aggregate: Product) -> None:
        values = {**product_to_row(aggregate), "is_offered": aggregate.is_offered, "version": 1}
        position = self._position(aggregate.product_id)
        self._work.add(products, {**values, "position": position}, KIND)

    def save(self, aggregate: Product) -> None:
        self._work.save(products, {**product_to_row(aggregate), "is_offered": aggregate.is_offered}, KIND)

    def offered(self) -> Sequence[Product]:
        return [product for product in self.all() if product.is_offered]

    def all(self) -> Sequence[Product]:
        latest = select(products.c.product_id, func.max(products.c.number).label("number"))
        grouped = latest.group_by(products.c.product_id).subquery()
        same = (products.c.product_id == grouped.c.product_id) & (products.c.number == grouped.c.number)
        rows = select(products).join(grouped, same).order_by(products.c.position, products.c.name)
        return [row_to_product(row) for row in self._work.connection.execute(rows)]

    def versions(self, product_id: UUID) -> Sequence[Product]:
        rows = select(products).where(products.c.product_id == product_id).order_by(products.c.number.desc())
        return [row_to_product(row) for row in self._work.connection.execute(rows)]

    def _position(self, product_id: UUID) -> int:
        """The place of the product among the office's; a new one comes last."""
        of_product = select(products.c.position).where(products.c.product_id == product_id)
        known = self._work.connection.execute(of_product).scalars().first()
        if known is not None:
            return int(known)
        return int(self._work.connection.execute(select(func.max(products.c.position))).scalar() or 0) + 1


def product_to_row(product: Product) -> Values:
    """The columns of a product that its version fixes; bounds are exact decimal text."""
    return {
        "id": product.id,
        "product_id": product.product_id,
        "number": product.number,
        "name": product.name,
        "description": product.description,
        "currency": product.currency.value,
        **{f"{choice}_{bound}": str(getattr(getattr(product, choice), bound)) for choice in SPANS for bound in BOUNDS},
        "payment_free_interest": product.payment_free_interest.value,
        "every": product.every,
        "unit": product.unit.value,
        "repayment": product.repayment.value,
        "repayments_allowed": ",".join(sorted(form.value for form in product.repayments_allowed)),
        "interest_method": product.interest_method.value,
        "day_count": product.day_count.value,
        "rounding": product.rounding.value,
        "business_day_rule": product.business_day_rule.value,
        "calendar": product.calendar,
        "instalment_multiple_minor": product.instalment_multiple_minor,
        "establishment_fee_minor": product.establishment_fee_minor,
        "establishment_fee_percent": str(product.establishment_fee_percent),
        "establishment_fee_paid": product.establishment_fee_paid.value,
        "instalment_fee_minor": product.instalment_fee_minor,
        **rules_to_row(product.rules),
        "version": product.version,
    }


def rules_to_row(rules: LoanRules) -> Values:
    """The columns of the rules; the dated rates are not among them: they are the office's, not the product's."""
    percent = rules.late_interest_percent
    return {
        "interest_rule": rules.interest.value,
        "allocation": ",".join(part.value for part in rules.allocation),
        "early_repayment": rules.early_repayment.value,
        "late_interest": rules.late_interest.value,
        "late_interest_percent": None if percent is None else str(percent),
        "late_interest_base": rules.late_interest_base.value,
        "reminder_fees": rules.reminder_fees,
        "rate_notice_months": rules.rate_notice_months,
    }


def row_to_rules(row: Row[Any]) -> LoanRules:
    """The rules from the row of a product."""
    percent = row.late_interest_percent
    return LoanRules(
        interest=InterestRule(row.interest_rule),
        allocation=tuple(map(Part, row.allocation.split(","))),
        early_repayment=EarlyRepayment(row.early_repayment),
        late_interest=LateInterest(row.late_interest),
        late_interest_percent=None if percent is None else Decimal(percent),
        late_interest_base=LateInterestBase(row.late_interest_base),
        reminder_fees=row.reminder_fees,
        rate_notice_months=row.rate_notice_months,
    )


def row_to_product(row: Row[Any]) -> Product:
    """A product from its row."""

    def span(choice: str) -> Span:
        return Span(*(Decimal(getattr(row, f"{choice}_{bound}")) for bound in BOUNDS))

    return Product(
        id=row.id,
        product_id=row.product_id,
        number=row.number,
        name=row.name,
        description=row.description,
        currency=Currency(row.currency),
        amount=span("amount"),
        rate_percent=span("rate_percent"),
        instalments=span("instalments"),
        interest_only=span("interest_only"),
        payment_free=span("payment_free"),
        payment_free_interest=PaymentFreeInterest(row.payment_free_interest),
        every=row.every,
        unit=PeriodUnit(row.unit),
        repayment=Repayment(row.repayment),
        repayments_allowed=frozenset(map(Repayment, row.repayments_allowed.split(","))),
        interest_method=InterestMethod(row.interest_method),
        day_count=DayCount(row.day_count),
        rounding=Rounding(row.rounding),
        business_day_rule=BusinessDayRule(row.business_day_rule),
        calendar=row.calendar,
        instalment_multiple_minor=row.instalment_multiple_minor,
        establishment_fee_minor=row.establishment_fee_minor,
        establishment_fee_percent=Decimal(row.establishment_fee_percent),
        establishment_fee_paid=FeePaid(row.establishment_fee_paid),
        instalment_fee_minor=row.instalment_fee_minor,
        rules=row_to_rules(row),
        is_offered=row.is_offered,
        version=row.version,
    )


def untold(values: Values) -> Values:
    """The fields of a product of which an older audit trail says nothing: what held before, and whose version it is.

    The product and the number of a version kept before revision 0002 follow from its name and its place.
    """
    return {**BEFORE_0002, **BEFORE_0005, "product_id": str(values["product_id"]), "number": values["number"]}
