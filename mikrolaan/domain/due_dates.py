"""Due dates: on which days the instalments of a loan fall due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from mikrolaan.domain.calendars import moved_to_business_day, next_business_day
from mikrolaan.domain.months import days_in_month
from mikrolaan.domain.terms import EARLIEST_DATE, LATEST_DATE, BusinessDayRule, PeriodUnit, Terms

_ONE_DAY = timedelta(days=1)
_FIRST_YEAR = EARLIEST_DATE.year


@dataclass(frozen=True, slots=True)
class DueDates:
    """The dates of a plan: as the periods give them, and as they fall due on business days."""

    nominal: tuple[date, ...]
    due: tuple[date, ...]


def due_dates(terms: Terms) -> DueDates:
    """The due dates of every instalment, strictly increasing, all after the disbursement.

    Monthly dates keep `due_day` (or the day of disbursement, or that of `first_due_on`), moved to the last day
    of a shorter month. A business-day rule moves each date by itself; where that would meet the date before it, the
    next business day is taken, so that no two instalments fall due together.
    """
    nominal = _nominal(terms)
    if terms.calendar is None or terms.business_day_rule is BusinessDayRule.NONE:
        return DueDates(nominal, nominal)
    moved: list[date] = []
    before = terms.disbursed_on
    for day in nominal:
        due_on = moved_to_business_day(day, terms.business_day_rule, terms.calendar)
        if due_on <= before:
            due_on = next_business_day(before + _ONE_DAY, terms.calendar)
        moved.append(due_on)
        before = due_on
    return DueDates(nominal, tuple(moved))


def _nominal(terms: Terms) -> tuple[date, ...]:
    first = terms.first_nominal_due_on
    if terms.unit is not PeriodUnit.MONTHS:
        step = terms.every * (7 if terms.unit is PeriodUnit.WEEKS else 1)
        begins = first.toordinal()
        return tuple(map(date.fromordinal, range(begins, begins + step * terms.instalments, step)))
    every = terms.every
    second = (first.year - _FIRST_YEAR) * 12 + first.month - 1 + every
    later = _every_month(terms.day_kept)[second : second + every * (terms.instalments - 1) : every]
    return (first, *later)


@lru_cache(maxsize=31)
def _every_month(keep: int) -> tuple[date, ...]:
    """That day of every month in which terms may have a date, the last day where the month is shorter."""
    years = range(_FIRST_YEAR, LATEST_DATE.year + 1)
    return tuple([date(y, m, min(keep, days_in_month(y, m))) for y in years for m in range(1, 13)])
