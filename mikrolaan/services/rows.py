"""Read models: the frozen rows that lists show, each made by one query for one screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from mikrolaan.domain.audit import Act
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.group import GroupRole
from mikrolaan.domain.loan import Step
from mikrolaan.domain.money import Money
from mikrolaan.domain.statement import Status


@dataclass(frozen=True, slots=True)
class BorrowerRow:
    """One line of the list of borrowers."""

    id: UUID
    number: int
    name: str
    identity_number: str  # digits; empty where there is none yet
    birth_date: date | None
    enterprise: str
    phone: str
    city: str
    loans: int  # how many loans and applications the case has
    outstanding: Money  # principal outstanding on all its loans


@dataclass(frozen=True, slots=True)
class SimilarBorrower:
    """A borrower that resembles the one being typed."""

    id: UUID
    number: int
    name: str
    birth_date: date | None
    enterprise: str
    phone: str
    same_identity_number: bool


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One line of the list of loans."""

    id: UUID
    number: int
    borrower_id: UUID
    borrower: str
    group_id: UUID | None
    group: str
    principal: Money
    step: Step
    status: Status  # as the loan's statement says today
    outstanding: Money
    next_due_on: date | None
    applied_on: date


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line of the list of network groups."""

    id: UUID
    number: int
    name: str
    formed_on: date
    members: int
    leader: str
    loans: int
    outstanding: Money


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member on a group's page, with what the member owes."""

    borrower_id: UUID
    name: str
    role: GroupRole
    joined_on: date
    left_on: date | None
    loans: int
    outstanding: Money


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One issued document, without its pages."""

    id: UUID
    number: str
    kind: DocumentKind
    loan_id: UUID
    loan_number: int
    language: str
    text_version: str
    issued_at: datetime
    issued_by: str
    sha256_hex: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change in the history of a case."""

    sequence: int
    at: datetime  # UTC
    officer: str
    act: Act
    kind: str
    before: str | None
    after: str | None
