"""What a letter about an overdue claim may cost the debtor: dated amounts, waiting days and numbers per claim."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.months import months_later
from mikrolaan.domain.rate_table import LONGEST_SOURCE
from mikrolaan.domain.text import checked_text

LARGEST_FEE = Decimal(100_000)
LONGEST_WAIT_DAYS = 365
MOST_LETTERS = 20
LONGEST_RESTART_MONTHS = 120


class CollectionLetter(Enum):
    """The letters that may carry a fee, the gentlest first."""

    REMINDER = "reminder"  # purring, påminnelse, rykker
    NOTICE = "notice"  # of debt collection: inkassovarsel, inkassokrav
    DEMAND = "demand"  # for payment, as the lender's own collection: betalingsoppfordring, inkasso
    INSTALMENT_PLAN = "instalment-plan"  # agreed in writing with the debtor: amorteringsplan


_PLACE = {letter: place for place, letter in enumerate(CollectionLetter)}


@dataclass(frozen=True, slots=True)
class FeeRow:
    """What the law lets one kind of letter cost in one stretch of time, both days included."""

    letter: CollectionLetter
    first: date
    last: date | None  # None: until further notice
    amount: Decimal  # in the country's currency
    waiting_days: int = 0  # from the due date to the first day on which such a letter may carry a fee
    apart_days: int = 0  # from the letter before, whatever its kind
    most: int | None = None  # fees for this kind of letter on one claim; None: the table sets no limit
    most_so_far: int | None = None  # fees for this kind and the gentler ones together
    restart_months: int | None = None  # after so long a fee no longer counts towards `most` and `most_so_far`
    source: str = ""

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise InvalidValue("last", Problem.TOO_EARLY, self.first)
        if not self.amount.is_finite():
            raise InvalidValue("amount", Problem.NOT_A_NUMBER)
        _between("amount", self.amount, LARGEST_FEE)
        if self.amount != round(self.amount, 2):
            raise InvalidValue("amount", Problem.TOO_MANY_DECIMALS, 2)
        _between("waiting_days", self.waiting_days, LONGEST_WAIT_DAYS)
        _between("apart_days", self.apart_days, LONGEST_WAIT_DAYS)
        _between("most", self.most, MOST_LETTERS)
        _between("most_so_far", self.most_so_far, MOST_LETTERS)
        _between("restart_months", self.restart_months, LONGEST_RESTART_MONTHS)
        checked_text("source", self.source, longest=LONGEST_SOURCE)


@dataclass(frozen=True, slots=True)
class FeeTable:
    """The rows of a country, by date; rows of one kind of letter never overlap."""

    country: str  # "no", "se", "dk"
    currency: Currency
    rows: tuple[FeeRow, ...]


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter that went out on a claim before."""

    letter: CollectionLetter
    sent_on: date
    had_fee: bool = True


def rule_for(table: FeeTable, letter: CollectionLetter, sent_on: date) -> FeeRow | None:
    """The row that holds for a letter sent on that day; None where the table has none."""
    for row in table.rows:
        if row.letter is letter and row.first <= sent_on and (row.last is None or sent_on <= row.last):
            return row
    return None


def fee_for(table: FeeTable, letter: CollectionLetter, sent_on: date) -> Money | None:
    """The most that such a letter may cost, by the rate on the day it is sent (inkassoforskriften § 1-1).

    None where the table knows no fee: then none is asked.
    """
    row = rule_for(table, letter, sent_on)
    return None if row is None else Money.from_decimal(row.amount, table.currency)


def earliest_fee_on(
    table: FeeTable, letter: CollectionLetter, due_on: date, sent: Sequence[SentLetter], asked_on: date
) -> date | None:
    """The first day from which such a letter may carry a fee by the days of waiting; None where no fee is known.

    Norway: 14 days after the due date, and 14 after the letter before, whose deadline must have been missed
    (inkassoforskriften §§ 1-2, 1-3). Denmark: letters 10 days apart (renteloven § 9 b(2)). The rule is that of
    `asked_on`.
    """
    row = rule_for(table, letter, asked_on)
    if row is None:
        return None
    days = [due_on + timedelta(days=row.waiting_days)]
    days += [before.sent_on + timedelta(days=row.apart_days) for before in sent]
    return max(days)


def chargeable(
    table: FeeTable, letter: CollectionLetter, sent_on: date, due_on: date, sent: Sequence[SentLetter] = ()
) -> Money | None:
    """The fee that a letter sent on that day may carry, with what was sent on the claim before; None: no fee.

    None while a day of waiting is left, once the claim bears as many fees as the law allows, and where the table
    knows no fee.
    """
    row = rule_for(table, letter, sent_on)
    earliest = earliest_fee_on(table, letter, due_on, sent, sent_on)
    if row is None or earliest is None or sent_on < earliest:
        return None
    counted = [before.letter for before in sent if before.had_fee and _counts(before, row, sent_on)]
    if row.most is not None and sum(before is letter for before in counted) >= row.most:
        return None
    so_far = sum(_PLACE[before] <= _PLACE[letter] for before in counted)
    if row.most_so_far is not None and so_far >= row.most_so_far:
        return None
    return fee_for(table, letter, sent_on)


def read_fees(lines: Iterable[str]) -> tuple[FeeRow, ...]:
    """Rows from a table with a column for each field of FeeRow; an empty number is no limit."""

    def number(text: str) -> int | None:
        return int(text) if text else None

    rows = [
        FeeRow(
            CollectionLetter(row["letter"]),
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]) if row["to"] else None,
            Decimal(row["amount"]),
            int(row["waiting_days"]),
            int(row["apart_days"]),
            number(row["most"]),
            number(row["most_so_far"]),
            number(row["restart_months"]),
            row["source"],
        )
        for row in csv.DictReader(lines, delimiter="\t")
    ]
    return in_order(rows)


def in_order(rows: Iterable[FeeRow]) -> tuple[FeeRow, ...]:
    """By date, and on one date the gentlest letter first."""
    return tuple(sorted(rows, key=lambda row: (row.first, _PLACE[row.letter])))


def _counts(before: SentLetter, row: FeeRow, sent_on: date) -> bool:
    return row.restart_months is None or months_later(before.sent_on, row.restart_months) > sent_on


def _between(field: str, value: Decimal | int | None, largest: Decimal | int) -> None:
    if value is not None and value < 0:
        raise InvalidValue(field, Problem.TOO_SMALL, 0)
    if value is not None and value > largest:
        raise InvalidValue(field, Problem.TOO_LARGE, largest)
