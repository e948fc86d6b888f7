"""The office (the lender using this file), its officers and its settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

from mikrolaan.domain.address import Address
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country
from mikrolaan.domain.money import Currency
from mikrolaan.domain.payment_reference import ReferenceRule, usual_rule
from mikrolaan.domain.text import checked_text

LARGEST_LOGO_BYTES = 2_000_000


class Role(Enum):
    """What an officer may do."""

    ADVISER = "adviser"  # sits with clients: cases, applications, contracts
    APPROVER = "approver"  # decides on applications
    BOOKKEEPER = "bookkeeper"  # pays out, takes payments
    AUDITOR = "auditor"  # sees everything, changes nothing
    ADMINISTRATOR = "administrator"  # office, officers, products, settings


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who signs in."""

    id: UUID
    name: str
    roles: frozenset[Role]
    version: int = 0

    def __post_init__(self) -> None:
        checked_text("officer_name", self.name, longest=120, needed=True)


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What an office chooses for itself; limits that law or practice set elsewhere are dated data."""

    auto_lock_minutes: int = 10  # idle minutes before the file locks itself
    group_members_least: int = 3  # a network group has at least so many members when it is formed
    group_members_most: int = 5
    payment_reference: ReferenceRule | None = None  # None: what is usual in the office's country

    def __post_init__(self) -> None:
        _between("auto_lock_minutes", self.auto_lock_minutes, 1, 240)
        _between("group_members_least", self.group_members_least, 2, 50)
        _between("group_members_most", self.group_members_most, self.group_members_least, 50)


def _between(name: str, value: int, least: int, most: int) -> None:
    if value < least:
        raise InvalidValue(name, Problem.TOO_SMALL, least)
    if value > most:
        raise InvalidValue(name, Problem.TOO_LARGE, most)


@dataclass(frozen=True, slots=True)
class Office:
    """The lender: who stands on the letterhead and in which country's rules it works."""

    id: UUID
    name: str
    country: Country
    organisation_number: str = ""
    address: Address = field(default_factory=Address)
    account_number: str = ""
    phone: str = ""
    email: str = ""
    logo: bytes | None = None  # PNG or JPEG
    settings: OfficeSettings = field(default_factory=OfficeSettings)
    version: int = 0

    def __post_init__(self) -> None:
        checked_text("office_name", self.name, longest=120, needed=True)
        if self.logo is not None:
            if len(self.logo) > LARGEST_LOGO_BYTES:
                raise InvalidValue("logo", Problem.TOO_LARGE, LARGEST_LOGO_BYTES)
            if not self.logo.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
                raise InvalidValue("logo", Problem.MALFORMED)
        rule = self.settings.payment_reference
        if rule is not None and rule.kind.country is not self.country:
            raise InvalidValue("reference_kind", Problem.UNKNOWN_CHOICE)

    @property
    def currency(self) -> Currency:
        """What the office lends in."""
        return self.country.currency

    @property
    def reference_rule(self) -> ReferenceRule:
        """How the payment references of new loans are built."""
        return self.settings.payment_reference or usual_rule(self.country)
