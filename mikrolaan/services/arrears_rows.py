"""Read models of arrears: the overdue loans with what was done about them, and the log of one loan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from mikrolaan.domain.answering import GuarantorNotice
from mikrolaan.domain.arrears import Age, age_of
from mikrolaan.domain.follow_up import ContactKind, Promise, StepKind, StepTaken
from mikrolaan.domain.group import LiabilityForm
from mikrolaan.domain.guarantor import Binding
from mikrolaan.domain.money import Currency, Money


@dataclass(frozen=True, slots=True)
class ArrearsFilter:
    """Which overdue loans: a search text and an age; empty means all."""

    search: str = ""
    age: Age | None = None


@dataclass(frozen=True, slots=True)
class AgeTotal:
    """How many loans are overdue for so long, and with how much together."""

    loans: int
    overdue: Money


class ArrearsRow(NamedTuple):
    """One overdue loan as the lists know it; a tuple, since a list makes hundreds of them at once."""

    loan_id: UUID
    number: int
    given_names: str
    family_name: str
    group_name: str | None
    liability_form: str | None  # of the group
    currency_code: str
    since: date  # the oldest unpaid due date
    overdue_minor: int  # late interest left out
    may_charge: bool  # whether its product lets reminders cost
    as_of: date

    @property
    def borrower(self) -> str:
        """The name of the borrower."""
        return f"{self.given_names} {self.family_name}"

    @property
    def group(self) -> str:
        """The name of the group; empty where there is none."""
        return self.group_name or ""

    @property
    def liability(self) -> LiabilityForm | None:
        """How the group answers for the loan."""
        return None if self.liability_form is None else LiabilityForm(self.liability_form)

    @property
    def overdue(self) -> Money:
        """What fell due before the day and is unpaid; late interest left out."""
        return Money(self.overdue_minor, Currency(self.currency_code))

    @property
    def days(self) -> int:
        """Days past due."""
        return (self.as_of - self.since).days

    @property
    def age(self) -> Age:
        """The age group."""
        return age_of(self.days)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was done about one loan, and who answers for it; what was done in the order of days."""

    promises: tuple[Promise, ...] = ()
    taken: tuple[StepTaken, ...] = ()
    last_contact_on: date | None = None  # of any kind: a call, a letter, a promise
    told_all_on: tuple[date, ...] = ()  # recorded by hand: everybody who answers for it had notice of default
    bindings: tuple[Binding, ...] = ()  # of guarantors who signed, also those who answer no more
    members: tuple[UUID, ...] = ()  # the other members of a group whose members answer for each other
    notices: tuple[GuarantorNotice, ...] = ()  # each to one person
    paid: tuple[tuple[date, int], ...] = ()  # payments that count, where there is a promise: day and minor units


class LogKind(Enum):
    """What a line of the log is about."""

    CONTACT = "contact"
    PROMISE = "promise"
    STEP = "step"
    NOTICE = "notice"  # of default, to one person who answers for the loan


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a loan's log."""

    id: UUID
    kind: LogKind
    on: date
    recorded_at: datetime  # UTC
    officer: str
    note: str
    contact: ContactKind | None = None
    who: str = ""
    step: StepKind | None = None
    deadline: date | None = None
    document_id: UUID | None = None
    promise: Promise | None = None
