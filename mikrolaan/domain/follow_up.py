"""What is done about overdue loans: contacts with the borrower, promises to pay, and the steps that were taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from uuid import UUID

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.journal import Recorded
from mikrolaan.domain.money import Money
from mikrolaan.domain.text import checked_text

LONGEST_NOTE = 1000
LONGEST_WHO = 120


class ContactKind(Enum):
    """How the office and somebody spoke with each other."""

    CALL = "call"
    NO_ANSWER = "no-answer"  # called, nobody answered
    MEETING = "meeting"
    MESSAGE = "message"  # SMS, chat
    EMAIL = "email"
    POST = "post"  # a letter outside the office's steps
    GUARANTOR_NOTICE = "guarantor-notice"  # written notice of default to those who answer for the loan


class StepKind(Enum):
    """What the office may do about arrears, the gentlest first."""

    CALL = "call"  # a friendly call
    REMINDER = "reminder"
    NOTICE = "notice"  # of debt collection (inkassoloven § 9)
    DEMAND = "demand"  # for payment (inkassoloven § 10)
    HANDING_OVER = "handing-over"  # to a collector or the court

    @property
    def is_letter(self) -> bool:
        """Whether the step is a letter to the borrower."""
        return self in {StepKind.REMINDER, StepKind.NOTICE, StepKind.DEMAND}


@dataclass(eq=False)
class PromiseOver(RuleError):
    """The promise was taken back before."""

    promise_id: UUID
    field: str = "promise"


@dataclass(frozen=True, slots=True)
class Contact:
    """One line of the contact log."""

    id: UUID
    loan_id: UUID
    on: date
    kind: ContactKind
    who: str  # whom the office spoke with
    note: str
    recorded: Recorded

    def __post_init__(self) -> None:
        checked_text("who", self.who, longest=LONGEST_WHO)
        needs_note = self.kind is not ContactKind.NO_ANSWER
        checked_text("note", self.note, longest=LONGEST_NOTE, needed=needs_note, lines=True)


@dataclass(frozen=True, slots=True)
class Promise:
    """The borrower's word to pay so much on a day at the latest."""

    id: UUID
    loan_id: UUID
    made_on: date
    due_on: date
    amount: Money
    note: str
    recorded: Recorded
    taken_back_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if self.amount.minor <= 0:
            raise InvalidValue("amount", Problem.TOO_SMALL, Money(1, self.amount.currency).to_decimal())
        if self.due_on < self.made_on:
            raise InvalidValue("due_on", Problem.TOO_EARLY, self.made_on)
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)

    def holds_back(self, today: date) -> bool:
        """Whether the next step waits for this promise: its day has not passed."""
        return self.taken_back_on is None and today <= self.due_on

    def taken_back(self, on: date) -> Promise:
        """The promise after it was found wrong or replaced; it stays in the log."""
        if self.taken_back_on is not None:
            raise PromiseOver(self.id)
        return replace(self, taken_back_on=on)


class PromiseState(Enum):
    """What became of a promise."""

    OPEN = "open"  # its day has not passed
    KEPT = "kept"
    BROKEN = "broken"
    TAKEN_BACK = "taken back"


def promise_state(promise: Promise, paid: Iterable[tuple[date, int]], today: date) -> PromiseState:
    """What became of a promise, from the payments that count: their days and minor units.

    It is kept by what came in from the day it was made to its own day, both included.
    """
    if promise.taken_back_on is not None:
        return PromiseState.TAKEN_BACK
    came_in = sum(minor for day, minor in paid if promise.made_on <= day <= promise.due_on)
    if came_in >= promise.amount.minor:
        return PromiseState.KEPT
    return PromiseState.OPEN if today <= promise.due_on else PromiseState.BROKEN


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of the office that was taken on a loan."""

    id: UUID
    loan_id: UUID
    kind: StepKind
    on: date
    recorded: Recorded
    deadline: date | None = None  # that the letter gave
    document_id: UUID | None = None  # of a letter
    fee_entry_id: UUID | None = None  # in the loan's journal, where the letter bore a fee
    note: str = ""

    def __post_init__(self) -> None:
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)
