"""The office and its officers in the office file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from mikrolaan.domain.address import Address
from mikrolaan.domain.errors import ConflictError, NotFound
from mikrolaan.domain.identity import Country
from mikrolaan.domain.office import Office, Officer, OfficeSettings, Role
from mikrolaan.domain.payment_reference import CheckMethod, ReferenceKind, ReferenceRule
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.sorting import sort_key
from mikrolaan.storage.tables import office, officers

OFFICE = "office"
OFFICER = "officer"


class SqlOffice:
    """Keeps the one office."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self) -> Office:
        row = self._work.connection.execute(select(office)).first()
        if row is None:
            raise NotFound(OFFICE, "")
        return row_to_office(row)

    def add(self, aggregate: Office) -> None:
        if self._work.connection.execute(select(office.c.id)).first() is not None:
            raise ConflictError("the file has an office already")
        self._work.add(office, {**office_to_row(aggregate), "version": 1}, OFFICE)

    def save(self, aggregate: Office) -> None:
        self._work.save(office, office_to_row(aggregate), OFFICE)


class SqlOfficers:
    """Keeps officers; their passwords are no records, they wrap the key in the file beside."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, record_id: UUID) -> Officer:
        return row_to_officer(self._work.row(officers, record_id, OFFICER))

    def add(self, aggregate: Officer) -> None:
        self._work.add(officers, {**officer_to_row(aggregate), "version": 1}, OFFICER)

    def save(self, aggregate: Officer) -> None:
        self._work.save(officers, officer_to_row(aggregate), OFFICER)

    def all(self) -> Sequence[Officer]:
        rows = self._work.connection.execute(select(officers)).all()
        return sorted(map(row_to_officer, rows), key=lambda officer: sort_key(officer.name))


def office_to_row(kept: Office) -> Values:
    """The columns of the office."""
    return {
        "id": kept.id,
        "name": kept.name,
        "country": kept.country.value,
        "organisation_number": kept.organisation_number,
        "street": kept.address.street,
        "postal_code": kept.address.postal_code,
        "city": kept.address.city,
        "account_number": kept.account_number,
        "phone": kept.phone,
        "email": kept.email,
        "logo": kept.logo,
        "auto_lock_minutes": kept.settings.auto_lock_minutes,
        "group_members_least": kept.settings.group_members_least,
        "group_members_most": kept.settings.group_members_most,
        **_reference_to_columns(kept.settings.payment_reference),
        "version": kept.version,
    }


def row_to_office(row: Row[Any]) -> Office:
    """The office from its row."""
    return Office(
        id=row.id,
        name=row.name,
        country=Country(row.country),
        organisation_number=row.organisation_number,
        address=Address(row.street, row.postal_code, row.city),
        account_number=row.account_number,
        phone=row.phone,
        email=row.email,
        logo=row.logo,
        settings=OfficeSettings(
            row.auto_lock_minutes, row.group_members_least, row.group_members_most, _columns_to_reference(row)
        ),
        version=row.version,
    )


def _reference_to_columns(rule: ReferenceRule | None) -> Values:
    return {
        "reference_kind": rule.kind.value if rule else None,
        "reference_check": rule.check.value if rule else None,
        "reference_length": rule.length if rule else None,
        "reference_prefix": rule.prefix if rule else None,
        "reference_has_length_digit": rule.has_length_digit if rule else None,
        "reference_creditor": rule.creditor_number if rule else None,
    }


def _columns_to_reference(row: Row[Any]) -> ReferenceRule | None:
    if row.reference_kind is None:
        return None
    return ReferenceRule(
        kind=ReferenceKind(row.reference_kind),
        check=CheckMethod(row.reference_check),
        length=row.reference_length,
        prefix=row.reference_prefix,
        has_length_digit=row.reference_has_length_digit,
        creditor_number=row.reference_creditor,
    )


def officer_to_row(officer: Officer) -> Values:
    """The columns of an officer."""
    return {
        "id": officer.id,
        "name": officer.name,
        "roles": ",".join(sorted(role.value for role in officer.roles)),
        "version": officer.version,
    }


def row_to_officer(row: Row[Any]) -> Officer:
    """An officer from its row."""
    roles = frozenset(Role(value) for value in row.roles.split(",") if value)
    return Officer(row.id, row.name, roles, row.version)
