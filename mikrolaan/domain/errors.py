"""What can go wrong that the program foresaw; errors carry facts, `ui/error_texts.py` the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as required
from datetime import date
from decimal import Decimal
from enum import Enum
from uuid import UUID


class MikrolaanError(Exception):
    """Something this program foresaw; the officer is told and keeps working."""


class RuleError(MikrolaanError):
    """The lender's rules forbid the request. Nothing was changed."""

    field: str = ""  # the field the sentence stands beside; empty where it concerns the whole


class ConflictError(MikrolaanError):
    """Somebody else changed the record meanwhile. Nothing was changed; load it again."""


class OfficeFileError(MikrolaanError):
    """The office file or the disk it lies on cannot be used as asked."""


Limit = int | Decimal | date | str | None


class Problem(Enum):
    """What is wrong with one typed or given value."""

    MISSING = "missing"  # nothing was given and something is needed
    NOT_A_NUMBER = "not a number"
    NOT_A_DATE = "not a date"
    NO_SUCH_DAY = "no such day"  # written as a date, but the calendar has no such day: 29 February 2027
    AMBIGUOUS = "ambiguous"  # could be read in two ways, such as 1.500
    TOO_SMALL = "too small"  # limit: the smallest allowed
    TOO_LARGE = "too large"  # limit: the largest allowed
    TOO_EARLY = "too early"  # limit: the earliest date allowed
    TOO_LATE = "too late"  # limit: the latest date allowed
    TOO_LONG = "too long"  # limit: how many characters fit
    TOO_MANY_DECIMALS = "too many decimals"  # limit: how many are allowed
    UNKNOWN_CHOICE = "unknown choice"  # limit: the choices
    UNKNOWN_FIELD = "unknown field"
    NOT_TOGETHER = "not together"  # limit: the other field it contradicts
    MALFORMED = "malformed"  # not of the form that the field asks
    WRONG_CHECK_DIGIT = "wrong check digit"
    DOES_NOT_REPAY = "does not repay"  # a plan that leaves a balance or never ends


@dataclass(eq=False)
class InvalidValue(RuleError):
    """One field holds what it may not: the field, what is wrong, and the limit where there is one."""

    field: str = required()  # without it the empty default of RuleError would stand, before fields that have none
    problem: Problem
    limit: Limit = None

    def __str__(self) -> str:
        told = f"{self.field}: {self.problem.value}"
        return told if self.limit is None else f"{told} (limit {self.limit})"


@dataclass(eq=False)
class NotFound(MikrolaanError):
    """No record has this id: it was never there, or this file is another office's."""

    kind: str
    record_id: UUID | str


@dataclass(eq=False)
class CurrencyMismatch(RuleError):
    """Two amounts of different currencies were to be added or compared."""

    first: str
    second: str
