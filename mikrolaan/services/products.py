"""What the office offers: its products, and the one that every new office begins with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID, uuid4

from mikrolaan.domain.identity import Country
from mikrolaan.domain.product import Product, Span
from mikrolaan.domain.terms import BusinessDayRule
from mikrolaan.services.desk import Desk


def default_product(country: Country, name: str) -> Product:
    """A start-up loan within the amounts that Nordic microfunds commonly lend; the office may change it.

    Norwegian offices move a due date that falls on a closed day to the next working day
    (gjeldsbrevlova § 5); the others leave it, until the office decides.
    """
    is_norwegian = country is Country.NO
    return Product(
        id=uuid4(),
        name=name,
        currency=country.currency,
        amount=Span(Decimal(5_000), Decimal(200_000), Decimal(50_000)),
        rate_percent=Span(Decimal(0), Decimal(15), Decimal(6)),
        instalments=Span(Decimal(3), Decimal(60), Decimal(24)),
        business_day_rule=BusinessDayRule.FOLLOWING if is_norwegian else BusinessDayRule.NONE,
        calendar=country.value if is_norwegian else None,
        establishment_fee_minor=500_00,
        instalment_fee_minor=35_00,
    )


class ProductService:
    """Products of the office."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def offered(self) -> Sequence[Product]:
        """What the office offers now."""
        with self._desk.reading() as unit:
            return unit.products.offered()

    def get(self, product_id: UUID) -> Product:
        """One version of a product, also one that is no longer offered."""
        with self._desk.reading() as unit:
            return unit.products.get(product_id)
