"""Borrowers in the office file: a person and an enterprise in one row, with what lists search and sort by."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from mikrolaan.domain.address import Address
from mikrolaan.domain.borrower import Borrower, Enterprise, LegalForm, Person
from mikrolaan.domain.identity import Country, IdentityKind, IdentityNumber
from mikrolaan.domain.search_text import folded, folded_digits, search_text_of
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.sorting import sort_key
from mikrolaan.storage.tables import borrowers

KIND = "borrower"
PERSON_COLUMNS = (
    "given_names",
    "family_name",
    "identity_country",
    "identity_kind",
    "identity_digits",
    "identity_synthetic",
    "identity_birth_date",
    "birth_date",
    "street",
    "postal_code",
    "city",
    "phone",
    "email",
    "paper_language",
    "interpreter_needed",
)


class SqlBorrowers:
    """Keeps borrowers."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, record_id: UUID) -> Borrower:
        return row_to_borrower(self._work.row(borrowers, record_id, KIND))

    def add(self, aggregate: Borrower) -> None:
        self._work.add(borrowers, {**borrower_to_row(aggregate), "version": 1}, KIND)

    def save(self, aggregate: Borrower) -> None:
        self._work.save(borrowers, borrower_to_row(aggregate), KIND)

    def next_number(self) -> int:
        return self._work.next_number(KIND)


def borrower_to_row(borrower: Borrower) -> Values:
    """The columns of a borrower; those for searching and sorting follow from the others."""
    person, enterprise, number = borrower.person, borrower.enterprise, borrower.person.identity_number
    return {
        "id": borrower.id,
        "number": borrower.number,
        **person_to_row(person),
        "enterprise_name": enterprise.name if enterprise else None,
        "enterprise_legal_form": enterprise.legal_form.value if enterprise else None,
        "enterprise_organisation_number": enterprise.organisation_number if enterprise else "",
        "enterprise_industry": enterprise.industry if enterprise else "",
        "enterprise_started_on": enterprise.started_on if enterprise else None,
        "registered_on": borrower.registered_on,
        "born_on": person.born_on,
        "phone_digits": folded_digits(person.phone),
        "name_folded": folded(borrower.name),
        "search_text": search_text_of(
            str(borrower.number),
            borrower.name,
            number.digits if number else None,
            person.phone,
            person.email,
            person.address.city,
            enterprise.name if enterprise else None,
            enterprise.organisation_number if enterprise else None,
        ),
        "name_sort": sort_key(borrower.name),
        "enterprise_sort": sort_key(enterprise.name) if enterprise else "",
        "city_sort": sort_key(person.address.city),
        "version": borrower.version,
    }


def person_to_row(person: Person) -> Values:
    """The columns of a person, in whatever table."""
    number, address = person.identity_number, person.address
    values = (
        person.given_names,
        person.family_name,
        number.country.value if number else None,
        number.kind.value if number else None,
        number.digits if number else None,
        number.synthetic if number else None,
        number.birth_date if number else None,
        person.birth_date,
        address.street,
        address.postal_code,
        address.city,
        person.phone,
        person.email,
        person.paper_language,
        person.interpreter_needed,
    )
    return dict(zip(PERSON_COLUMNS, values, strict=True))


def row_to_borrower(row: Row[Any]) -> Borrower:
    """A borrower from its row; a row that no longer is a borrower raises as its making does."""
    return Borrower(
        id=row.id,
        number=row.number,
        person=row_to_person(row),
        registered_on=row.registered_on,
        enterprise=_enterprise(row),
        version=row.version,
    )


def row_to_person(row: Row[Any]) -> Person:
    """A person from such columns."""
    return Person(
        given_names=row.given_names,
        family_name=row.family_name,
        identity_number=_identity(row),
        birth_date=row.birth_date,
        address=Address(row.street, row.postal_code, row.city),
        phone=row.phone,
        email=row.email,
        paper_language=row.paper_language,
        interpreter_needed=row.interpreter_needed,
    )


def _identity(row: Row[Any]) -> IdentityNumber | None:
    if row.identity_digits is None:
        return None
    return IdentityNumber(
        Country(row.identity_country),
        IdentityKind(row.identity_kind),
        row.identity_digits,
        row.identity_synthetic,
        row.identity_birth_date,
    )


def _enterprise(row: Row[Any]) -> Enterprise | None:
    if row.enterprise_name is None:
        return None
    return Enterprise(
        row.enterprise_name,
        LegalForm(row.enterprise_legal_form),
        row.enterprise_organisation_number,
        row.enterprise_industry,
        row.enterprise_started_on,
    )
