"""Products in the office file: versions, what is offered, and files from before products had versions."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import ConflictError
from mikrolaan.domain.loan_rules import (
    EarlyRepayment,
    InterestRule,
    LateInterest,
    LateInterestBase,
    LoanRules,
    Part,
)
from mikrolaan.domain.money import Rounding
from mikrolaan.domain.product import NO_GRACE, Product, Span
from mikrolaan.domain.terms import (
    BusinessDayRule,
    DayCount,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
)
from mikrolaan.services.queries import LoanFilter
from mikrolaan.storage.check import Proof
from mikrolaan.storage.office_file import OfficeFileStore
from tests.builders import a_product
from tests.offices import CHEAP, PASSWORD, Clock
from tests.storage.samples import ALL, ANY, Kept
from tests.storage.tampering import tamper

OLD_FILE = Path(__file__).parents[1] / "data" / "offices" / "0001"  # made by the program that knew only revision 0001


def a_rich_product() -> Product:
    """Every field other than it is by default."""
    return replace(
        a_product(),
        name="Årstidslån",
        description="For farmers.\nIn spring.",
        rate_percent=Span(Decimal(0), Decimal("12.345"), Decimal("4.50")),
        interest_only=Span(Decimal(0), Decimal(2), Decimal(1)),
        payment_free=Span(Decimal(1), Decimal(4), Decimal(2)),
        instalments=Span(Decimal(8), Decimal(40), Decimal(12)),
        payment_free_interest=PaymentFreeInterest.ACCRUED,
        every=2,
        unit=PeriodUnit.WEEKS,
        repayment=Repayment.SERIAL,
        repayments_allowed=frozenset({Repayment.SERIAL, Repayment.BULLET}),
        interest_method=InterestMethod.FLAT,
        day_count=DayCount.ACTUAL_365,
        rounding=Rounding.HALF_EVEN,
        business_day_rule=BusinessDayRule.PRECEDING,
        calendar="SE",
        instalment_multiple_minor=100,
        establishment_fee_minor=100_00,
        establishment_fee_percent=Decimal("1.5"),
        establishment_fee_paid=FeePaid.ADDED,
        instalment_fee_minor=0,
        rules=LoanRules(
            interest=InterestRule.BY_DAY,
            allocation=(Part.PRINCIPAL, Part.INTEREST, Part.FEES, Part.LATE_INTEREST),
            early_repayment=EarlyRepayment.KEEP_PLAN,
            late_interest=LateInterest.AGREED,
            late_interest_percent=Decimal("9.50"),
            late_interest_base=LateInterestBase.PRINCIPAL,
            reminder_fees=False,
            rate_notice_months=0,
        ),
    )


def kept_product(kept: Kept, product: Product) -> Product:
    with kept.unit() as unit:
        unit.products.add(product)
        unit.commit()
    with kept.unit(None) as unit:
        return unit.products.get(product.id)


def test_a_product_comes_back_with_everything_it_fixes(kept: Kept):
    product = a_rich_product()

    assert kept_product(kept, product) == replace(product, version=1)
    kept.reopen()
    with kept.unit(None) as unit:
        assert unit.products.get(product.id) == replace(product, version=1)
    assert kept.file.check() == []


def test_products_are_offered_in_the_order_in_which_they_came_and_by_their_latest_version(kept: Kept):
    first = kept.founding.products[0]
    other = kept_product(kept, replace(a_product(), name="Another loan"))
    with kept.unit() as unit:
        unit.products.save(replace(unit.products.get(first.id), is_offered=False))
        unit.products.add(replace(first, id=uuid4(), number=2, name="A loan with a new name"))
        unit.products.save(replace(other, is_offered=False))
        unit.commit()

    with kept.unit(None) as unit:
        assert [product.name for product in unit.products.offered()] == ["A loan with a new name"]
        assert [product.name for product in unit.products.all()] == ["A loan with a new name", "Another loan"]
        assert [product.number for product in unit.products.versions(first.product_id)] == [2, 1]
        assert unit.products.versions(uuid4()) == []
    assert kept.file.check() == []


def test_a_stale_version_is_refused(kept: Kept):
    stale = kept_product(kept, a_rich_product())
    with kept.unit() as unit:
        unit.products.save(replace(stale, is_offered=False))
        unit.commit()

    with kept.unit() as unit, pytest.raises(ConflictError):
        unit.products.save(stale)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE products SET every = 3",
        "UPDATE products SET establishment_fee_percent = '2'",
        "UPDATE products SET repayments_allowed = 'annuity,flood'",
        "UPDATE products SET payment_free_least = 'NaN'",
        "UPDATE products SET allocation = 'fees,principal'",
        "UPDATE products SET late_interest = 'percent'",
        "UPDATE products SET reminder_fees = 0",
        "UPDATE products SET product_id = '00000000000040008000000000000001'",
    ],
)
def test_a_product_changed_behind_the_program_is_found(kept: Kept, harm: str):
    tamper(kept, harm)

    assert {finding.proof for finding in kept.file.check()} == {Proof.RECORDS}


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    shutil.copytree(OLD_FILE, tmp_path / "old")
    return tmp_path / "old" / "fjordfondet.mikrolaan"


def test_a_file_from_before_versions_opens_with_its_products_and_loans(old_file: Path):
    clock = Clock()
    file = OfficeFileStore(today=clock.today, now=clock.now, cost=CHEAP).open(old_file, PASSWORD)
    try:
        with file.unit(None) as unit:
            (offered,) = unit.products.offered()
            latest, first = unit.products.versions(offered.product_id)
            assert (latest.number, latest.rate_percent.usual, latest.is_offered) == (2, Decimal("7.5"), True)
            assert (first.number, first.rate_percent.usual, first.is_offered) == (1, Decimal(6), False)
            assert first.product_id == first.id
            assert offered.repayments_allowed == frozenset(Repayment)
            assert latest.rules == first.rules == LoanRules()  # what held for every loan before it could be chosen
            assert (offered.every, offered.unit, offered.interest_only) == (1, PeriodUnit.MONTHS, NO_GRACE)
            (row,) = file.queries.loans(LoanFilter(), ANY, ALL)
            assert unit.loans.get(row.id).product_id == first.id
            assert unit.loans.get(row.id).rules == LoanRules()
        assert file.check() == []
    finally:
        file.close()


def test_a_product_of_an_old_file_can_be_changed_and_is_then_told_by_the_audit_trail(old_file: Path):
    clock = Clock()
    kept_by = OfficeFileStore(today=clock.today, now=clock.now, cost=CHEAP)
    file = kept_by.open(old_file, PASSWORD)
    with file.unit(Act.PRODUCT_CHANGED) as unit:
        (offered,) = unit.products.offered()
        unit.products.save(replace(offered, is_offered=False))
        unit.products.add(replace(offered, id=uuid4(), number=3, every=2))
        unit.commit()
    assert file.check() == []
    file.close()
    file = kept_by.open(old_file, PASSWORD)
    with file.unit(None) as unit:
        assert [product.every for product in unit.products.offered()] == [2]
    file.close()
