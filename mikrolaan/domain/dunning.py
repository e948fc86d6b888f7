"""Dunning: the office's steps against arrears, and which of them comes next on a loan and when."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache

from mikrolaan.domain.collection_fees import CollectionLetter, FeeTable, SentLetter, chargeable, earliest_fee_on
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.follow_up import Promise, StepKind, StepTaken
from mikrolaan.domain.identity import Country
from mikrolaan.domain.money import Money
from mikrolaan.paths import resource

MOST_STEPS = 10
LONGEST_DAYS = 365
LETTERS_FROM_MINOR = 50_00  # where the office has not said otherwise; a letter about less costs more than it brings
_DAY = timedelta(days=1)
_LETTERS = {
    StepKind.REMINDER: CollectionLetter.REMINDER,
    StepKind.NOTICE: CollectionLetter.NOTICE,
    StepKind.DEMAND: CollectionLetter.DEMAND,
}


def _between(name: str, value: int, least: int, most: int) -> None:
    if value < least:
        raise InvalidValue(name, Problem.TOO_SMALL, least)
    if value > most:
        raise InvalidValue(name, Problem.TOO_LARGE, most)


class CountedFrom(Enum):
    """From when the days of a step are counted."""

    DUE_DATE = "due-date"  # the oldest unpaid one
    STEP_BEFORE = "step-before"


@dataclass(frozen=True, slots=True)
class DunningStep:
    """One step of the office: what, how long after what, which deadline it gives, and whether it may cost."""

    kind: StepKind
    days: int
    counted_from: CountedFrom = CountedFrom.STEP_BEFORE
    deadline_days: int = 0  # of a letter; other steps have none
    has_fee: bool = False

    def __post_init__(self) -> None:
        _between("days", self.days, 0, LONGEST_DAYS)
        _between("deadline_days", self.deadline_days, 1 if self.kind.is_letter else 0, LONGEST_DAYS)
        if not self.kind.is_letter and self.deadline_days:
            raise InvalidValue("deadline_days", Problem.NOT_TOGETHER, "kind")
        if not self.kind.is_letter and self.has_fee:
            raise InvalidValue("has_fee", Problem.NOT_TOGETHER, "kind")


Steps = tuple[DunningStep, ...]

DEFAULT_STEPS: Steps = (
    DunningStep(StepKind.CALL, 5, CountedFrom.DUE_DATE),
    DunningStep(StepKind.REMINDER, 14, CountedFrom.DUE_DATE, 14, has_fee=True),
    DunningStep(StepKind.NOTICE, 15, CountedFrom.STEP_BEFORE, 14, has_fee=True),
    DunningStep(StepKind.DEMAND, 15, CountedFrom.STEP_BEFORE, 14, has_fee=True),
    DunningStep(StepKind.HANDING_OVER, 15, CountedFrom.STEP_BEFORE),
)


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """The shortest deadline that a kind of letter may give, from a day on."""

    first: date
    kind: StepKind
    least_days: int
    source: str


@cache
def deadline_rules(country: Country) -> tuple[DeadlineRow, ...]:
    """The table of a country as it ships (`resources/dunning_deadlines`), by date; its rows name their sources."""
    with resource("dunning_deadlines", f"{country.value.lower()}.tsv").open(encoding="utf-8", newline="") as file:
        rows = [
            DeadlineRow(date.fromisoformat(row["from"]), StepKind(row["letter"]), int(row["least_days"]), row["source"])
            for row in csv.DictReader(file, delimiter="\t")
        ]
    return tuple(sorted(rows, key=lambda row: row.first))


def least_deadline_days(country: Country, kind: StepKind, on: date) -> int:
    """The shortest deadline that the law lets a letter sent on that day give; 1 where the table has none."""
    days = [row.least_days for row in deadline_rules(country) if row.kind is kind and row.first <= on]
    return days[-1] if days else 1


def checked_steps(steps: Steps, country: Country, today: date) -> Steps:
    """The steps themselves when the office may work by them; InvalidValue names the step ("2.deadline_days")."""
    if not steps:
        raise InvalidValue("steps", Problem.MISSING)
    if len(steps) > MOST_STEPS:
        raise InvalidValue("steps", Problem.TOO_LONG, MOST_STEPS)
    for number, step in enumerate(steps, start=1):
        if step.kind.is_letter:
            least = least_deadline_days(country, step.kind, today)
            if step.deadline_days < least:
                raise InvalidValue(f"{number}.deadline_days", Problem.TOO_SMALL, least)
        if step.kind is StepKind.HANDING_OVER and number < len(steps):
            raise InvalidValue(f"{number}.kind", Problem.NOT_TOGETHER, str(number + 1))
    return steps


def checked_letters_from(amount: Money) -> Money:
    """The smallest overdue amount that letters are sent about, itself allowed; InvalidValue where it is negative."""
    if amount.minor < 0:
        raise InvalidValue("letters_from", Problem.TOO_SMALL, Money.zero(amount.currency).to_decimal())
    return amount


class WaitsFor(Enum):
    """What decides the first day of a step."""

    OFFICE = "office"  # the days of the office's own step
    DEADLINE = "deadline"  # of the letter before
    LAW = "law"  # the waiting days before a letter may cost
    PROMISE = "promise"  # the borrower's word


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step that comes next on a loan, the first day for it, and what decides that day."""

    step: DunningStep
    earliest_on: date
    waits_for: WaitsFor
    is_about_too_little: bool = False  # a letter, and less is overdue than the office sends letters about

    def is_open(self, today: date) -> bool:
        """Whether the step may be taken."""
        return today >= self.earliest_on and not self.is_about_too_little


@dataclass(frozen=True, slots=True)
class Case:
    """What decides the next step on an overdue loan."""

    since: date  # the oldest unpaid due date
    taken: Sequence[StepTaken]
    promises: Sequence[Promise]
    may_charge: bool  # whether the loan's product lets reminders cost
    is_small: bool = False  # less is overdue than the office sends letters about

    @property
    def counted(self) -> list[StepTaken]:
        """The steps taken in this default, by date; each asked for all that was overdue on its day."""
        return sorted((step for step in self.taken if step.on > self.since), key=lambda step: step.on)

    @property
    def sent(self) -> list[SentLetter]:
        """The letters among them, as the table of fees counts them."""
        return [
            SentLetter(_LETTERS[step.kind], step.on, step.fee_entry_id is not None)
            for step in self.counted
            if step.kind in _LETTERS
        ]


def next_step(steps: Steps, case: Case, table: FeeTable, today: date) -> NextStep | None:
    """The step that comes next and the first day for it; None when all have been taken.

    The step after the last one taken, at the latest of: its own days, the day after the deadline of the letter before,
    the waiting days of the law where it bears a fee, and the day after a promise. A call that was not made does not
    hold up the letter after it.
    """
    counted = case.counted
    reached = _reached(steps, counted)
    if reached >= len(steps):
        return None
    own = _own_days(steps, case, counted, reached)
    while steps[reached].kind is StepKind.CALL and reached + 1 < len(steps) and own[reached + 1] <= today:
        reached += 1
    step = steps[reached]
    days = [(own[reached], WaitsFor.OFFICE)]
    deadlines = [taken.deadline for taken in counted if taken.deadline is not None]
    if step.kind is not StepKind.CALL and deadlines:
        days.append((max(deadlines) + _DAY, WaitsFor.DEADLINE))
    law = _law_days(step, case, table, max(today, *(day for day, _why in days)))
    if law is not None:
        days.append((law, WaitsFor.LAW))
    days += [(promise.due_on + _DAY, WaitsFor.PROMISE) for promise in case.promises if promise.holds_back(today)]
    earliest = max(day for day, _why in days)
    waits_for = next(why for day, why in reversed(days) if day == earliest)
    return NextStep(step, earliest, waits_for, case.is_small and step.kind.is_letter)


def fee_of(step: DunningStep, case: Case, table: FeeTable, sent_on: date) -> Money | None:
    """What the letter of a step sent on that day costs the borrower; None where it may not or shall not cost."""
    letter = _LETTERS.get(step.kind)
    if letter is None or not step.has_fee or not case.may_charge:
        return None
    return chargeable(table, letter, sent_on, case.since, case.sent)


def _reached(steps: Steps, counted: Sequence[StepTaken]) -> int:
    """How many steps are behind; a step taken before its turn takes those before it along."""
    reached = 0
    for taken in counted:
        later = next((n for n in range(reached, len(steps)) if steps[n].kind is taken.kind), None)
        if later is not None:
            reached = later + 1
    return reached


def _own_days(steps: Steps, case: Case, counted: Sequence[StepTaken], reached: int) -> list[date]:
    """The first day of each step by the office's own days, as if every step not taken were taken on its day."""
    before = counted[-1].on if counted and reached else case.since
    own: list[date] = []
    for number, step in enumerate(steps):
        if number >= reached:
            start = case.since if step.counted_from is CountedFrom.DUE_DATE else before
            before = max(case.since, start + timedelta(days=step.days))
        own.append(before)
    return own


def _law_days(step: DunningStep, case: Case, table: FeeTable, asked_on: date) -> date | None:
    """The first day on which the letter may bear its fee; None where it bears none anyway, or no more."""
    letter = _LETTERS.get(step.kind)
    if letter is None or not step.has_fee or not case.may_charge:
        return None
    earliest = earliest_fee_on(table, letter, case.since, case.sent, asked_on)
    if earliest is None or chargeable(table, letter, max(earliest, asked_on), case.since, case.sent) is None:
        return None
    return earliest
