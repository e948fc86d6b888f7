"""Products in the office file: every version a row of its own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update

from mikrolaan.domain.money import Currency
from mikrolaan.domain.product import Product, Span
from mikrolaan.domain.terms import BusinessDayRule, DayCount, FeePaid, Repayment
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.sorting import sort_key
from mikrolaan.storage.tables import products

KIND = "product"


class SqlProducts:
    """Keeps products; a new version (a new id under the same name) takes the place of the one offered before."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, record_id: UUID) -> Product:
        return row_to_product(self._work.row(products, record_id, KIND))

    def add(self, aggregate: Product) -> None:
        self._work.must_write()
        former = update(products).where(products.c.name == aggregate.name)
        self._work.connection.execute(former.values(is_offered=False))
        self._work.add(products, {**product_to_row(aggregate), "is_offered": True, "version": 1}, KIND)

    def save(self, aggregate: Product) -> None:
        self._work.save(products, product_to_row(aggregate), KIND)

    def offered(self) -> Sequence[Product]:
        rows = self._work.connection.execute(select(products).where(products.c.is_offered)).all()
        return sorted(map(row_to_product, rows), key=lambda product: sort_key(product.name))


def product_to_row(product: Product) -> Values:
    """The columns of a product; bounds are exact decimal text."""
    spans = {"amount": product.amount, "rate_percent": product.rate_percent, "instalments": product.instalments}
    bounds = {
        f"{choice}_{bound}": str(getattr(span, bound))
        for choice, span in spans.items()
        for bound in ("least", "most", "usual")
    }
    return {
        "id": product.id,
        "name": product.name,
        "currency": product.currency.value,
        **bounds,
        "repayment": product.repayment.value,
        "day_count": product.day_count.value,
        "business_day_rule": product.business_day_rule.value,
        "calendar": product.calendar,
        "instalment_multiple_minor": product.instalment_multiple_minor,
        "establishment_fee_minor": product.establishment_fee_minor,
        "establishment_fee_paid": product.establishment_fee_paid.value,
        "instalment_fee_minor": product.instalment_fee_minor,
        "version": product.version,
    }


def row_to_product(row: Row[Any]) -> Product:
    """A product from its row."""

    def span(choice: str) -> Span:
        return Span(*(Decimal(getattr(row, f"{choice}_{bound}")) for bound in ("least", "most", "usual")))

    return Product(
        id=row.id,
        name=row.name,
        currency=Currency(row.currency),
        amount=span("amount"),
        rate_percent=span("rate_percent"),
        instalments=span("instalments"),
        repayment=Repayment(row.repayment),
        day_count=DayCount(row.day_count),
        business_day_rule=BusinessDayRule(row.business_day_rule),
        calendar=row.calendar,
        instalment_multiple_minor=row.instalment_multiple_minor,
        establishment_fee_minor=row.establishment_fee_minor,
        establishment_fee_paid=FeePaid(row.establishment_fee_paid),
        instalment_fee_minor=row.instalment_fee_minor,
        version=row.version,
    )
