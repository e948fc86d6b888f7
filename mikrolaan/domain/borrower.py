"""Borrowers: a person, and the enterprise the person runs or plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from uuid import UUID

from mikrolaan.domain.address import Address
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import IdentityNumber
from mikrolaan.domain.text import checked_text

EARLIEST_BIRTH = date(1900, 1, 1)


class LegalForm(Enum):
    """The legal form of an enterprise."""

    SOLE_TRADER = "sole trader"  # enkeltpersonforetak, enskild firma, enkeltmandsvirksomhed
    LIMITED_COMPANY = "limited company"  # aksjeselskap, aktiebolag, anpartsselskab
    COOPERATIVE = "cooperative"  # samvirkeforetak, ekonomisk förening, andelsforening
    PARTNERSHIP = "partnership"  # ansvarlig selskap, handelsbolag, interessentskab
    ASSOCIATION = "association"  # forening, lag
    FOUNDATION = "foundation"  # stiftelse, fond
    UNDECIDED = "undecided"  # not yet registered, form not chosen


@dataclass(frozen=True, slots=True)
class Person:
    """Who the borrower is; either an identity number or a birth date is needed."""

    given_names: str
    family_name: str
    identity_number: IdentityNumber | None = None
    birth_date: date | None = None  # needed while there is no identity number
    address: Address = field(default_factory=Address)
    phone: str = ""
    email: str = ""
    paper_language: str = "nb"  # the language of the borrower's contract and letters
    interpreter_needed: bool = False

    def __post_init__(self) -> None:
        checked_text("given_names", self.given_names, longest=120, needed=True)
        checked_text("family_name", self.family_name, longest=120, needed=True)
        checked_text("phone", self.phone, longest=30)
        checked_text("email", self.email, longest=254)
        if self.identity_number is None and self.birth_date is None:
            raise InvalidValue("birth_date", Problem.MISSING)
        if self.birth_date is not None and self.birth_date < EARLIEST_BIRTH:
            raise InvalidValue("birth_date", Problem.TOO_EARLY, EARLIEST_BIRTH)

    @property
    def name(self) -> str:
        """Given names and family name, as written on paper."""
        return f"{self.given_names} {self.family_name}"

    @property
    def born_on(self) -> date | None:
        """The birth date that was given, else the one the identity number tells; None when neither does."""
        if self.birth_date is not None:
            return self.birth_date
        return self.identity_number.birth_date if self.identity_number is not None else None


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The borrower's business, also one that is not registered or not started."""

    name: str
    legal_form: LegalForm = LegalForm.UNDECIDED
    organisation_number: str = ""  # digits only; empty while not registered
    industry: str = ""
    started_on: date | None = None  # None: not started

    def __post_init__(self) -> None:
        checked_text("enterprise_name", self.name, longest=160, needed=True)
        checked_text("industry", self.industry, longest=120)


@dataclass(frozen=True, slots=True)
class Borrower:
    """A person with a case in the office, before, during and after any loan."""

    id: UUID
    number: int  # the readable number of the case
    person: Person
    registered_on: date
    enterprise: Enterprise | None = None
    version: int = 0

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.name
