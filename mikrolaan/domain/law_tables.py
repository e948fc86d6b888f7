"""The office's own rows of the law's dated tables: what was announced after the program shipped, and corrections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from mikrolaan.domain.collection_fees import FeeRow, FeeTable, in_order
from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.rate_table import LONGEST_SOURCE, RateRow, RateTable
from mikrolaan.domain.text import checked_text

AnyRow = TypeVar("AnyRow", RateRow, FeeRow)
LONGEST_RATE = timedelta(days=366)
_DAY = timedelta(days=1)


@dataclass(eq=False)
class LawPeriodTaken(RuleError):
    """Another row of the office holds for some of these days already."""

    taken_from: date
    taken_to: date | None  # None: until further notice
    field: str = "first"


@dataclass(frozen=True, slots=True)
class OwnRate:
    """A late-interest rate that the office entered; a withdrawn one no longer holds.

    It says where it is from, and is for a year at most: the law sets rates for half a year.
    """

    id: UUID
    row: RateRow
    is_withdrawn: bool = False
    version: int = 0

    def __post_init__(self) -> None:
        if self.row.percent is None:
            raise InvalidValue("percent", Problem.MISSING)
        if self.row.last - self.row.first >= LONGEST_RATE:
            raise InvalidValue("last", Problem.TOO_LATE, self.row.first + LONGEST_RATE - _DAY)
        checked_text("source", self.row.source, longest=LONGEST_SOURCE, needed=True)


@dataclass(frozen=True, slots=True)
class OwnFee:
    """A fee for a letter that the office entered; a withdrawn one no longer holds."""

    id: UUID
    row: FeeRow
    is_withdrawn: bool = False
    version: int = 0

    def __post_init__(self) -> None:
        checked_text("source", self.row.source, longest=LONGEST_SOURCE, needed=True)


def rates_with(shipped: RateTable, own: Iterable[OwnRate]) -> RateTable:
    """The shipped table with the office's rates over it; the shipped one itself when the office has none."""
    rows = [one.row for one in own if not one.is_withdrawn]
    if not rows:
        return shipped
    return RateTable(shipped.country, tuple(sorted(_over(shipped.rows, rows), key=lambda row: row.first)))


def fees_with(shipped: FeeTable, own: Iterable[OwnFee]) -> FeeTable:
    """The shipped table with the office's fees over it, each over those of its own kind of letter."""
    rows = [one.row for one in own if not one.is_withdrawn]
    if not rows:
        return shipped
    mixed: list[FeeRow] = []
    for letter in {row.letter for row in (*shipped.rows, *rows)}:
        of_letter = [row for row in shipped.rows if row.letter is letter]
        mixed += _over(of_letter, [row for row in rows if row.letter is letter])
    return FeeTable(shipped.country, shipped.currency, in_order(mixed))


def check_free(wanted: OwnRate | OwnFee, others: Iterable[OwnRate | OwnFee]) -> None:
    """Raise LawPeriodTaken when another row of the office, of the same kind of letter, shares a day with this one."""
    row = wanted.row
    for other in others:
        if other.id == wanted.id or other.is_withdrawn:
            continue
        if isinstance(row, FeeRow) and isinstance(other.row, FeeRow) and row.letter is not other.row.letter:
            continue
        if row.first <= _end(other.row) and other.row.first <= _end(row):
            raise LawPeriodTaken(other.row.first, other.row.last)


def half_year(day: date) -> tuple[date, date]:
    """The first and the last day of the half-year, in which the statutory rates of all three countries are set."""
    if day.month <= 6:
        return date(day.year, 1, 1), date(day.year, 6, 30)
    return date(day.year, 7, 1), date(day.year, 12, 31)


def unknown_half_years(table: RateTable, today: date) -> tuple[tuple[date, date], ...]:
    """Of the present and the next half-year those in which some day has no rate."""
    present = half_year(today)
    coming = half_year(present[1] + _DAY)
    return tuple(period for period in (present, coming) if not _is_covered(table.rows, *period))


def _is_covered(rows: Sequence[RateRow], first: date, last: date) -> bool:
    for row in rows:
        if row.percent is not None and row.first <= first <= row.last:
            first = row.last + _DAY
    return first > last


def _over(shipped: Iterable[AnyRow], own: Sequence[AnyRow]) -> list[AnyRow]:
    left: list[AnyRow] = list(shipped)
    for one in own:
        left = [piece for row in left for piece in _without(row, one.first, _end(one))]
    return left + list(own)


def _without(row: AnyRow, first: date, last: date) -> list[AnyRow]:
    """What is left of a row outside the days from `first` to `last`."""
    if last < row.first or _end(row) < first:
        return [row]
    pieces: list[AnyRow] = []
    if row.first < first:
        pieces.append(replace(row, last=first - _DAY))
    if last < _end(row):
        pieces.append(replace(row, first=last + _DAY))
    return pieces


def _end(row: RateRow | FeeRow) -> date:
    return date.max if row.last is None else row.last
