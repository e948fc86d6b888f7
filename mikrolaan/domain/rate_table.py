"""A country's dated late-interest rates, as data: which rate holds from when to when, and who says so."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.text import checked_text

LARGEST_STATUTORY_PERCENT = Decimal(100)
MOST_STATUTORY_DECIMALS = 4
LONGEST_SOURCE = 500


@dataclass(frozen=True, slots=True)
class RateRow:
    """The rate of one stretch of time, both days included; None where nobody has entered it yet."""

    first: date
    last: date
    percent: Decimal | None
    source: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidValue("last", Problem.TOO_EARLY, self.first)
        if self.last == date.max:  # the day after it is asked for
            raise InvalidValue("last", Problem.TOO_LATE, date.max - timedelta(days=1))
        if self.percent is not None:
            _check_percent(self.percent)
        checked_text("source", self.source, longest=LONGEST_SOURCE)


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates of a country, by date and never overlapping; equal tables give equal interest."""

    country: str  # "no", "se", "dk"; empty where the currency has no table
    rows: tuple[RateRow, ...]
    _hash: int = field(init=False, repr=False, compare=False)  # worked out once: the table is a key of every statement

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.country, self.rows)))

    def __hash__(self) -> int:
        return self._hash

    def on(self, day: date) -> RateRow | None:
        """The row that a day lies in; None where the table has none."""
        return next((row for row in self.rows if row.first <= day <= row.last), None)


def read_rates(lines: Iterable[str]) -> tuple[RateRow, ...]:
    """Rows from a table with the columns from, to, percent, source; an empty percent is a rate not known yet."""
    rows = [
        RateRow(
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]),
            Decimal(row["percent"]) if row["percent"] else None,
            row.get("source") or "",
        )
        for row in csv.DictReader(lines, delimiter="\t")
    ]
    return tuple(sorted(rows, key=lambda row: row.first))


def _check_percent(percent: Decimal) -> None:
    if not percent.is_finite():
        raise InvalidValue("percent", Problem.NOT_A_NUMBER)
    if percent < 0:
        raise InvalidValue("percent", Problem.TOO_SMALL, Decimal(0))
    if percent > LARGEST_STATUTORY_PERCENT:
        raise InvalidValue("percent", Problem.TOO_LARGE, LARGEST_STATUTORY_PERCENT)
    if percent != round(percent, MOST_STATUTORY_DECIMALS):
        raise InvalidValue("percent", Problem.TOO_MANY_DECIMALS, MOST_STATUTORY_DECIMALS)
