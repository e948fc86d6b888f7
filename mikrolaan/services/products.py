"""What the office offers: its products, their versions, and what a new one begins with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import ConflictError, NotFound
from mikrolaan.domain.identity import Country
from mikrolaan.domain.office import Role
from mikrolaan.domain.product import Product, ProductNameTaken, Span
from mikrolaan.domain.terms import BusinessDayRule
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.desk import Desk
from mikrolaan.services.queries import Slice

MOST_CHANGES_READ = 10_000


@dataclass(frozen=True, slots=True)
class ProductEvent:
    """A moment in the life of a product: a version was made (`is_new`), withdrawn or offered again."""

    product: Product  # the version it happened to
    is_new: bool
    act: Act
    at: datetime  # UTC
    officer: str


def business_days_of(country: Country) -> tuple[BusinessDayRule, str | None]:
    """What happens to a due date on a closed day, unless the office decides otherwise: the rule and its calendar.

    In Norway the law moves it to the next working day (gjeldsbrevlova § 5); in Sweden and Denmark it
    stays until the office decides.
    """
    if country is Country.NO:
        return BusinessDayRule.FOLLOWING, country.value
    return BusinessDayRule.NONE, None


def default_product(country: Country, name: str) -> Product:
    """A start-up loan within the amounts that Nordic microfunds commonly lend; the office may change it."""
    rule, calendar = business_days_of(country)
    return Product(
        id=uuid4(),
        product_id=uuid4(),
        name=name,
        currency=country.currency,
        amount=Span(Decimal(5_000), Decimal(200_000), Decimal(50_000)),
        rate_percent=Span(Decimal(0), Decimal(15), Decimal(6)),
        instalments=Span(Decimal(3), Decimal(60), Decimal(24)),
        business_day_rule=rule,
        calendar=calendar,
        establishment_fee_minor=500_00,
        instalment_fee_minor=35_00,
    )


class ProductService:
    """Products of the office; only an administrator changes them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- looking

    def offered(self) -> Sequence[Product]:
        """What the office offers now."""
        with self._desk.reading() as unit:
            return unit.products.offered()

    def all(self) -> Sequence[Product]:
        """The latest version of every product, withdrawn ones too."""
        with self._desk.reading() as unit:
            return unit.products.all()

    def get(self, product_id: UUID) -> Product:
        """One version of a product, by the id of the version, also one that is no longer offered."""
        with self._desk.reading() as unit:
            return unit.products.get(product_id)

    def versions(self, product_id: UUID) -> Sequence[Product]:
        """Every version of a product, the latest first."""
        with self._desk.reading() as unit:
            return unit.products.versions(product_id)

    def events(self, product_id: UUID) -> Sequence[ProductEvent]:
        """When and by whom each version was made, withdrawn and offered again, by the audit trail; the latest first."""
        events = []
        for version in self.versions(product_id):
            for row in self._desk.queries.history([version.id], Slice(0, MOST_CHANGES_READ)):
                is_new = row.before is None
                if is_new or row.act in (Act.PRODUCT_WITHDRAWN, Act.PRODUCT_OFFERED_AGAIN):
                    events.append(ProductEvent(version, is_new, row.act, row.at, row.officer))
        return events

    # -- changing

    def add(self, draft: Product) -> Product:
        """Offer a new kind of loan; its first version. The draft's identities and currency are not looked at."""
        self._desk.require(Role.ADMINISTRATOR)
        with self._desk.open_unit(Act.PRODUCT_ADDED) as unit:
            currency = unit.office.get().country.currency
            added = replace(
                draft, id=uuid4(), product_id=uuid4(), currency=currency, number=1, is_offered=True, version=0
            )
            _check_name(unit, added)
            unit.products.add(added)
            unit.commit()
        return self.get(added.id)

    def change(self, product: Product, draft: Product) -> Product:
        """Let the draft be the next version of the product; loans keep the version they were made with.

        `product` is the version that was shown; ConflictError when the office has a later one, or withdrew it or
        offered it again meanwhile. Its currency stays. A draft that changes nothing makes no version.
        """
        self._desk.require(Role.ADMINISTRATOR)
        with self._desk.open_unit(Act.PRODUCT_CHANGED) as unit:
            latest = _latest(unit, product.product_id)
            if (latest.id, latest.version) != (product.id, product.version):
                raise ConflictError(f"product {product.product_id}: version {latest.number} is the latest")
            changed = replace(
                draft,
                id=uuid4(),
                product_id=latest.product_id,
                currency=latest.currency,
                number=latest.number + 1,
                is_offered=latest.is_offered,
                version=0,
            )
            same = replace(changed, id=latest.id, number=latest.number, version=latest.version)
            if same == latest:
                return latest
            _check_name(unit, changed)
            if latest.is_offered:
                unit.products.save(replace(latest, is_offered=False))
            unit.products.add(changed)
            unit.commit()
        return self.get(changed.id)

    def withdraw(self, product_id: UUID) -> Product:
        """Stop offering a product; its loans go on, and it stays to be seen and offered again."""
        return self._set_offered(product_id, Act.PRODUCT_WITHDRAWN, is_offered=False)

    def offer_again(self, product_id: UUID) -> Product:
        """Offer a withdrawn product as it was last."""
        return self._set_offered(product_id, Act.PRODUCT_OFFERED_AGAIN, is_offered=True)

    def _set_offered(self, product_id: UUID, act: Act, *, is_offered: bool) -> Product:
        self._desk.require(Role.ADMINISTRATOR)
        with self._desk.open_unit(act) as unit:
            latest = _latest(unit, product_id)
            if latest.is_offered == is_offered:
                raise ConflictError(f"product {product_id}: done already")
            unit.products.save(replace(latest, is_offered=is_offered))
            unit.commit()
        return self.get(latest.id)


def _latest(unit: UnitOfWork, product_id: UUID) -> Product:
    versions = unit.products.versions(product_id)
    if not versions:
        raise NotFound("product", product_id)
    return versions[0]


def _check_name(unit: UnitOfWork, wanted: Product) -> None:
    """Two products of one name could not be told apart in the calculator."""
    for other in unit.products.all():
        if other.product_id != wanted.product_id and other.name.casefold() == wanted.name.casefold():
            raise ProductNameTaken(other.name)
