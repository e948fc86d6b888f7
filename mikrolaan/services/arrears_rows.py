"""Read models of arrears: the overdue loans with what was done about them, and the log of one loan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from mikrolaan.domain.arrears import Age, age_of
from mikrolaan.domain.follow_up import ContactKind, Promise, StepKind, StepTaken
from mikrolaan.domain.group import LiabilityForm
from mikrolaan.domain.money import Money


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


@dataclass(frozen=True, slots=True)
class ArrearsRow:
    """One overdue loan as the lists know it."""

    loan_id: UUID
    number: int
    borrower: str
    group: str
    liability: LiabilityForm | None  # of the group
    overdue: Money  # late interest left out
    since: date  # the oldest unpaid due date
    days: int
    may_charge: bool  # whether its product lets reminders cost

    @property
    def age(self) -> Age:
        """The age group."""
        return age_of(self.days)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was done about one loan; all in the order of days."""

    promises: tuple[Promise, ...] = ()
    taken: tuple[StepTaken, ...] = ()
    last_contact_on: date | None = None  # of any kind: a call, a letter, a promise
    guarantor_notices: tuple[date, ...] = ()
    paid: tuple[tuple[date, int], ...] = ()  # payments that count, where there is a promise: day and minor units


class LogKind(Enum):
    """What a line of the log is about."""

    CONTACT = "contact"
    PROMISE = "promise"
    STEP = "step"


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
