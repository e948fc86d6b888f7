"""Late interest: the dated statutory rates of a country, and the interest they give on overdue money."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.domain.money import Currency
from mikrolaan.domain.rate_table import RateRow, RateTable
from mikrolaan.domain.shipped_tables import COUNTRY, shipped_rates

RATE_SCALE = 10**10  # rates are counted in whole ten-milliardths of a percent
YEAR_DAYS = 365  # actual/365, also in leap years
LATE_OF = YEAR_DAYS * 100 * RATE_SCALE  # an amount × scaled percent × days, over this, is its late interest

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MissingRate:
    """Days of overdue money for which the table holds no rate: no late interest is computed for them."""

    country: str  # "no", "se", "dk"; empty where the currency has no table
    first: date
    last: date


class LateRates:
    """The rate that holds on each day, summed up so that any stretch of days costs two look-ups.

    A day counts with the rate that holds on it; the due day itself does not count, the day of payment does.
    """

    def __init__(self, rows: Iterable[RateRow], floor: Decimal) -> None:
        """`floor` is the contract rate: it is asked where it is higher; where a rate is missing nothing is."""
        self._starts: list[date] = []
        self._rates: list[int] = []
        self._known: list[bool] = []
        self._sums: list[int] = []  # scaled percent × days of all the stretches before
        ends: date | None = None
        for row in rows:
            if ends is not None and row.first > ends:
                self._begin(ends, None)
            self._begin(row.first, None if row.percent is None else max(row.percent, floor))
            ends = row.last + _DAY
        if ends is not None:
            self._begin(ends, None)
        unknown = (day for day, known in zip(self._starts, self._known, strict=True) if not known)
        self._known_until = next(unknown, date.max)  # from the first day on, without a gap

    def _begin(self, day: date, percent: Decimal | None) -> None:
        before = self._sums[-1] + self._rates[-1] * (day - self._starts[-1]).days if self._starts else 0
        self._sums.append(before)
        self._starts.append(day)
        self._rates.append(0 if percent is None else int(percent * RATE_SCALE))
        self._known.append(percent is not None)

    def until(self, day: date) -> int:
        """Scaled percent × days, of all days up to and including `day`."""
        place = bisect_right(self._starts, day) - 1
        if place < 0:
            return 0
        return self._sums[place] + self._rates[place] * ((day - self._starts[place]).days + 1)

    def between(self, start: date, end: date) -> int:
        """Scaled percent × days, `start` excluded and `end` included."""
        return self.until(end) - self.until(start)

    def are_known(self, start: date, end: date) -> bool:
        """Whether there is a rate for all days from `start` to `end`, for certain: found out at a glance."""
        return bool(self._starts) and self._starts[0] <= start and end < self._known_until

    def missing(self, start: date, end: date) -> tuple[date, date] | None:
        """The first and the last day after `start` up to `end` without a known rate; None when all are known."""
        if self.are_known(start, end):
            return None
        first = start + _DAY
        gaps: list[date] = []
        if not self._starts:
            return (first, end) if first <= end else None
        if first < self._starts[0]:
            gaps += [first, min(end, self._starts[0] - _DAY)]
        for place in range(max(0, bisect_right(self._starts, first) - 1), bisect_right(self._starts, end)):
            if not self._known[place]:
                last = self._starts[place + 1] - _DAY if place + 1 < len(self._starts) else end
                gaps += [max(self._starts[place], first), min(last, end)]
        return (min(gaps), max(gaps)) if gaps and first <= end else None


@lru_cache(maxsize=64)
def _statutory(table: RateTable, contract_percent: Decimal) -> LateRates:
    return LateRates(table.rows, contract_percent)


@lru_cache(maxsize=64)
def _agreed(percent: Decimal) -> LateRates:
    return LateRates((RateRow(date.min, date.max - _DAY, percent),), percent)


def late_rates(rules: LoanRules, currency: Currency, contract_percent: Decimal) -> LateRates | None:
    """The late-interest rates of a loan by its rules; None when it asks for no late interest.

    Statutory rates are those that the rules carry, or the country's as they ship with the program.
    """
    if rules.late_interest is LateInterest.NONE:
        return None
    if rules.late_interest_percent is not None:
        return _agreed(rules.late_interest_percent)
    table = rules.statutory or shipped_rates(COUNTRY.get(currency, ""))
    return _statutory(table, contract_percent)
