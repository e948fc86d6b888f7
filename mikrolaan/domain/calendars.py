"""Calendars: on which days the banks of a country are open, and where a closed day moves to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from mikrolaan.domain.terms import BusinessDayRule

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BankClosing:
    """A day of every year on which banks are closed though the law names no holiday; years inclusive."""

    country: str
    month: int
    day: int
    since: int
    until: int | None = None


# Norway: payment systems keep 24 December as a half day and NICS settles nothing from noon (Bits, bank closing days);
# Sweden: Bankgirot and Riksbank's RIX closed on 24 and 31 December; Denmark: Finans Danmark's bank closing days
# 5 June and 24 and 31 December; Finland: TARGET is open on 24 December, banks keep 24 December closed.
BANK_CLOSINGS = (
    BankClosing("NO", 12, 24, 1970),
    BankClosing("NO", 12, 31, 1970),
    BankClosing("SE", 12, 24, 1970),
    BankClosing("SE", 12, 31, 1970),
    BankClosing("DK", 6, 5, 1970),
    BankClosing("DK", 12, 24, 1970),
    BankClosing("DK", 12, 31, 1970),
    BankClosing("FI", 12, 24, 1970),
    BankClosing("FI", 12, 31, 1970),
)


@cache
def closed_days(country: str, year: int) -> frozenset[date]:
    """The weekdays of a year on which the banks of the country are closed: public holidays and bank closings.

    Public holidays come from the library `holidays`; it is loaded here, at the first question, because
    it takes longer to load than the rest of the program's start.
    """
    import holidays

    public = holidays.country_holidays(country, years=year)
    days = {day for day, name in public.items() if day.year == year and not _is_plain_sunday(day, name)}
    for closing in BANK_CLOSINGS:
        if closing.country == country and closing.since <= year <= (closing.until or year):
            days.add(date(year, closing.month, closing.day))
    return frozenset(days)


def _is_plain_sunday(day: date, name: str) -> bool:
    """Whether the library lists the day only because Sweden counts every Sunday as a holiday."""
    return day.weekday() == 6 and name in {"Söndag", "Sunday"}


def is_business_day(day: date, country: str) -> bool:
    """Whether the banks of the country are open: no Saturday, Sunday, public holiday or bank closing day."""
    return day.weekday() < 5 and day not in closed_days(country, day.year)


def next_business_day(day: date, country: str) -> date:
    """The day itself, or the first open day after it."""
    while not is_business_day(day, country):
        day += _ONE_DAY
    return day


def previous_business_day(day: date, country: str) -> date:
    """The day itself, or the last open day before it."""
    while not is_business_day(day, country):
        day -= _ONE_DAY
    return day


def _modified_following(day: date, country: str) -> date:
    moved = next_business_day(day, country)
    return moved if moved.month == day.month else previous_business_day(day, country)


def _unmoved(day: date, country: str) -> date:
    return day


_MOVES: dict[BusinessDayRule, Callable[[date, str], date]] = {
    BusinessDayRule.NONE: _unmoved,
    BusinessDayRule.FOLLOWING: next_business_day,
    BusinessDayRule.MODIFIED_FOLLOWING: _modified_following,
    BusinessDayRule.PRECEDING: previous_business_day,
}


def moved_to_business_day(day: date, rule: BusinessDayRule, country: str) -> date:
    """Where a due date falls under the rule.

    Source: gjeldsbrevlova § 5 (Norway) moves a due date on a Saturday, Sunday, public holiday, 1 or 17 May to the
    next working day: `following`. The other rules are those of ISDA 2006 Definitions, section 4.12.
    """
    return _MOVES[rule](day, country)
