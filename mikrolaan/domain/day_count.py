"""Day counts: how much of a year each interest period of a plan is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mikrolaan.domain.due_dates import DueDates
from mikrolaan.domain.months import days_in_year, is_leap, months_later
from mikrolaan.domain.terms import DayCount, PeriodUnit, Terms

_BY_PERIOD = (DayCount.THIRTY_360, DayCount.PERIOD)
_YEARS = {
    DayCount.THIRTY_360: 360,
    DayCount.ACTUAL_365: 365,
    DayCount.ACTUAL_360: 360,
    DayCount.ACTUAL_364: 364,
    DayCount.ACTUAL_ACTUAL: 365 * 366,
}


@dataclass(frozen=True, slots=True)
class YearShares:
    """The length of each period as whole numbers over one denominator: `parts[n] / of` years."""

    parts: tuple[int, ...]
    of: int


def year_shares(terms: Terms, dates: DueDates) -> YearShares:
    """How much of a year every period of the plan is, exactly.

    - actual/365, /360, /364: the days between due dates (first excluded, last included) over that number.
    - actual/actual: days falling in each calendar year over the length of that year (ISDA 2006, 4.16(b), with the
      first day excluded and the last included as in directive 2008/48/EC, annex I).
    - 30/360: whole periods at 30 days a month or 7 a week, and what is left over by its actual days, over 360.
    - period: whole periods as `every`/12 or `every`/52 of a year, and what is left over by its actual days over 365.

    The last two go by the dates before any move to a business day: a month stays a month.
    """
    of = _denominator(terms)
    if terms.day_count in _BY_PERIOD:
        counted = dates.nominal
        regular = _whole_period(terms)
        parts: tuple[int, ...] = (share_between(terms, terms.disbursed_on, counted[0]),)
        if len(counted) > 1:
            alike = terms.unit is not PeriodUnit.MONTHS or counted[0].day == counted[1].day < 28
            second = regular if alike else share_between(terms, counted[0], counted[1])
            parts += (second,) + (regular,) * (len(counted) - 2)
        return YearShares(parts, of)
    counted = dates.due
    starts = (terms.disbursed_on, *counted[:-1])
    if terms.day_count is DayCount.ACTUAL_ACTUAL:
        return YearShares(tuple(map(_actual_actual, starts, counted)), of)
    return YearShares(tuple([(end - start).days for start, end in zip(starts, counted, strict=True)]), of)


def interest_dates(terms: Terms, dates: DueDates) -> tuple[date, ...]:
    """The dates on which interest periods end: as they fall due, or for counts by whole periods as nominally given."""
    return dates.nominal if terms.day_count in _BY_PERIOD else dates.due


def share_between(terms: Terms, start: date, end: date) -> int:
    """The length of one stretch in the same denominator as `year_shares`; `end` is a due date of the plan."""
    if terms.day_count is DayCount.ACTUAL_ACTUAL:
        return _actual_actual(start, end)
    if terms.day_count not in _BY_PERIOD or terms.unit is PeriodUnit.DAYS:
        return max(0, (end - start).days)
    whole, days = _whole_periods_and_days(terms, start, end)
    if not days:
        return whole * _whole_period(terms)
    one_day = 1 if terms.day_count is DayCount.THIRTY_360 else 52 if terms.unit is PeriodUnit.WEEKS else 12
    return whole * _whole_period(terms) + days * one_day


def share_so_far(terms: Terms, start: date, day: date, whole: int | None = None) -> int:
    """How much of a period has run by a day inside it, in the denominator of `year_shares`; never above `whole`.

    A part of a period counts by its actual days (30/360: over 360; period: over 365), so that the last days of a
    long month add nothing there and the last day of a short one adds what is missing.
    """
    if day <= start:
        return 0
    if terms.day_count is DayCount.ACTUAL_ACTUAL:
        share = _actual_actual(start, day)
    elif terms.day_count is DayCount.PERIOD:
        share = (day - start).days * {PeriodUnit.DAYS: 1, PeriodUnit.WEEKS: 52, PeriodUnit.MONTHS: 12}[terms.unit]
    else:
        share = (day - start).days
    return share if whole is None else min(share, whole)


def _denominator(terms: Terms) -> int:
    if terms.day_count is not DayCount.PERIOD:
        return _YEARS[terms.day_count]
    return 365 if terms.unit is PeriodUnit.DAYS else 365 * (52 if terms.unit is PeriodUnit.WEEKS else 12)


def _whole_period(terms: Terms) -> int:
    unit = terms.unit
    if unit is PeriodUnit.DAYS:
        return terms.every
    if terms.day_count is DayCount.PERIOD:
        return terms.every * 365
    return terms.every * (30 if unit is PeriodUnit.MONTHS else 7)


def _whole_periods_and_days(terms: Terms, start: date, end: date) -> tuple[int, int]:
    """How many whole periods, counted back from the due date, fit in, and how many days are left over."""
    if end <= start:
        return 0, 0
    if terms.unit is PeriodUnit.WEEKS:
        whole, days = divmod((end - start).days, 7 * terms.every)
        return whole, days
    months = (end.year - start.year) * 12 + end.month - start.month
    whole = months // terms.every
    if start.day == end.day < 28 and whole * terms.every == months:
        return whole, 0
    keep = terms.day_kept if terms.day_kept > end.day and months_later(end, 0, terms.day_kept) == end else end.day
    back = months_later(end, -whole * terms.every, keep)
    if back < start:
        whole -= 1
        back = months_later(end, -whole * terms.every, keep)
    return whole, (back - start).days


def _actual_actual(start: date, end: date) -> int:
    if start.year == end.year:
        return max(0, (end - start).days) * (365 if is_leap(start.year) else 366)
    total = 0
    for year in range(start.year, end.year + 1):
        # the first day is excluded and the last included, so that a year's days begin after 31 December before it
        days = (min(end, date(year, 12, 31)) - max(start, date(year - 1, 12, 31))).days
        total += days * (365 * 366 // days_in_year(year))
    return total
