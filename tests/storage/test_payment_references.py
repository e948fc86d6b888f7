"""Payment references in files: given to older loans when a file is brought up to date, and proved with the rest."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from mikrolaan.domain.errors import ConflictError
from mikrolaan.domain.identity import Country
from mikrolaan.domain.payment_reference import PaymentReference, ReferenceKind, reference_for, usual_rule
from mikrolaan.storage import migrate
from mikrolaan.storage.check import Proof
from tests.storage.samples import Kept
from tests.storage.tampering import tamper


def insert(connection: sa.Connection, table_name: str, **values: Any) -> None:
    """A row of an older file: what is not named is nothing, zero or today."""
    table = sa.Table(table_name, sa.MetaData(), autoload_with=connection)
    for column in table.columns:
        if column.name in values or column.nullable or column.server_default is not None:
            continue
        blank = {sa.Integer: 0, sa.BigInteger: 0, sa.Boolean: False, sa.Date: date(2026, 1, 5)}
        values[column.name] = next(
            (value for kind, value in blank.items() if isinstance(column.type, kind)), uuid4().hex
        )
    connection.execute(sa.insert(table), values)


@pytest.mark.parametrize(("country", "kind"), [("NO", "kid"), ("SE", "ocr"), ("DK", "fik-71")])
def test_loans_whose_contract_is_printed_get_the_usual_reference_and_others_none(country: str, kind: str):
    engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    with engine.begin() as connection:
        migrate.upgrade_within(connection, "0005")
        insert(connection, "office", country=country)
        for number in (1, 2, 125, 99_999):
            printed = uuid4().hex if number != 2 else None
            insert(connection, "loans", number=number, contract_document_id=printed, terms="{}")

        migrate.upgrade_within(connection, "0006")

        told = {row.number: row for row in connection.execute(sa.text("SELECT * FROM loans"))}
        assert connection.execute(sa.text("SELECT reference_kind FROM office")).scalar() is None
    assert (told[2].payment_reference, told[2].payment_reference_kind) == (None, None)
    for number in (1, 125, 99_999):
        given = reference_for(number, usual_rule(Country(country)))
        assert (told[number].payment_reference, told[number].payment_reference_kind) == (given.digits, kind)


def test_a_reference_given_to_an_older_loan_is_no_fault_and_another_one_is(kept: Kept):
    kept.add_paid_out_loan()  # its contract is from before references
    tamper(kept, "UPDATE loans SET payment_reference = '00000018', payment_reference_kind = 'kid'")
    assert kept.file.check() == []

    tamper(kept, "UPDATE loans SET payment_reference = '00000026'")

    assert {finding.proof for finding in kept.file.check()} == {Proof.RECORDS}


def test_a_reference_belongs_to_one_loan_only(kept: Kept):
    one, other = kept.add_loan(), kept.add_loan()
    reference = PaymentReference(ReferenceKind.KID, "0000023-")
    with kept.unit() as unit:
        unit.loans.save(one.with_reference(reference))
        unit.commit()

    assert kept.loan(one.id).payment_reference == reference
    with kept.unit(None) as unit:
        assert unit.loans.with_reference("0000023-") == one.id
        assert unit.loans.with_reference("00000018") is None
    with kept.unit() as unit, pytest.raises(ConflictError):
        unit.loans.save(other.with_reference(reference))
    assert kept.loan(other.id).payment_reference is None


def test_a_loan_keeps_the_reference_it_has(kept: Kept):
    loan = kept.add_loan().with_reference(PaymentReference(ReferenceKind.KID, "00000018"))

    again = loan.with_reference(PaymentReference(ReferenceKind.OCR, "00000026"))

    assert again == loan
    assert isinstance(again.id, UUID)
