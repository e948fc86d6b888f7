"""What an administrator can do with the office: its letterhead and settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.office import Office, Officer, OfficeSettings, Role
from mikrolaan.domain.product import Product
from mikrolaan.domain.unit_of_work import OpenUnit
from mikrolaan.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first start asks for, besides the password."""

    office: Office
    officer: Officer
    products: tuple[Product, ...]


def first_officer(name: str) -> Officer:
    """The officer who founds the office and holds every role but the auditor's."""
    return Officer(uuid4(), name, frozenset({Role.ADVISER, Role.APPROVER, Role.BOOKKEEPER, Role.ADMINISTRATOR}))


def found(open_unit: OpenUnit, founding: Founding) -> None:
    """Keep the office, its first officer and its products as the first unit of work of a new file."""
    with open_unit(Act.OFFICE_FOUNDED) as unit:
        unit.office.add(founding.office)
        unit.officers.add(founding.officer)
        for product in founding.products:
            unit.products.add(product)
        unit.commit()


class OfficeService:
    """The office itself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def get(self) -> Office:
        """The office as it stands."""
        with self._desk.reading() as unit:
            return unit.office.get()

    def officer_name(self, officer_id: UUID) -> str:
        """The name of an officer, also of one who no longer signs in."""
        with self._desk.reading() as unit:
            return unit.officers.get(officer_id).name

    def change(self, office: Office) -> Office:
        """Keep a changed letterhead; the country stays, since currency and rules hang on it."""
        self._desk.require(Role.ADMINISTRATOR)
        with self._desk.open_unit(Act.OFFICE_CHANGED) as unit:
            unit.office.save(replace(office, country=unit.office.get().country))
            unit.commit()
        return self.get()

    def change_settings(self, settings: OfficeSettings) -> Office:
        """Keep other settings."""
        return self.change(replace(self.get(), settings=settings))
