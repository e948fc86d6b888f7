"""Invented borrowers, offices and loans for tests; every identity number is synthetic."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from mikrolaan.domain.address import Address
from mikrolaan.domain.borrower import Borrower, Enterprise, LegalForm, Person
from mikrolaan.domain.identity import Country
from mikrolaan.domain.journal import Payment, Payout, Recorded
from mikrolaan.domain.loan import ContractIssued, Decision, Loan, Outcome
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.office import Office
from mikrolaan.domain.product import Product
from mikrolaan.domain.terms import Terms
from mikrolaan.services.products import default_product

OFFICER = UUID("00000000-0000-4000-8000-0000000000aa")
APPLIED_ON = date(2026, 1, 5)
PAID_OUT_ON = date(2026, 1, 15)


def nok(amount: int | str) -> Money:
    """An amount in kroner: nok(100_000), nok("1234.50")."""
    return Money.from_decimal(amount, Currency.NOK)


def recorded() -> Recorded:
    return Recorded(datetime(2026, 1, 15, 9, 30, tzinfo=UTC), OFFICER)


def a_person(**changes: Any) -> Person:
    person = Person(
        given_names="Amina",
        family_name="Ødegård",
        birth_date=date(1988, 4, 17),
        address=Address("Storgata 12 B", "7013", "Trondheim"),
        phone="+4790000001",
        email="amina@example.org",
    )
    return replace(person, **changes)


def a_borrower(number: int = 1, **changes: Any) -> Borrower:
    borrower = Borrower(
        id=uuid4(),
        number=number,
        person=a_person(),
        registered_on=date(2026, 1, 2),
        enterprise=Enterprise("Aminas Søm", LegalForm.SOLE_TRADER, industry="Tailoring", started_on=date(2025, 8, 1)),
    )
    return replace(borrower, **changes)


def an_office(**changes: Any) -> Office:
    office = Office(
        id=uuid4(),
        name="Fjordfondet",
        country=Country.NO,
        address=Address("Havnegata 1", "7010", "Trondheim"),
        account_number="86011117947",
    )
    return replace(office, **changes)


def a_product() -> Product:
    return default_product(Country.NO, "Start-up loan")


def terms(**changes: Any) -> Terms:
    """12 000 kroner without interest or fees, 12 months from 15 January 2026: 1 000 kroner a month."""
    base = Terms(principal=nok(12_000), annual_rate_percent=Decimal(0), disbursed_on=PAID_OUT_ON, instalments=12)
    return replace(base, **changes)


def a_loan(**changes: Any) -> Loan:
    """An application, waiting for the decision."""
    loan = Loan(
        id=uuid4(),
        number=1,
        borrower_id=uuid4(),
        product_id=uuid4(),
        terms=terms(),
        applied_on=APPLIED_ON,
        purpose="Sewing machine",
    )
    return replace(loan, **changes)


def approved(loan: Loan) -> Loan:
    return loan.with_decision(Decision(APPLIED_ON, Outcome.APPROVED, OFFICER))


def signed(loan: Loan) -> Loan:
    issued = ContractIssued(uuid4(), APPLIED_ON)
    return approved(loan).with_contract(issued).with_signature(APPLIED_ON)


def paid_out(loan: Loan, on: date = PAID_OUT_ON) -> Loan:
    return signed(loan).with_entry(Payout(uuid4(), on, loan.plan().paid_out, recorded()))


def payment(amount: Money, on: date) -> Payment:
    return Payment(uuid4(), on, amount, recorded())
