"""Calendars: on which days the banks of a country are open, and where a closed day moves to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from mikrolaan.domain.terms import BusinessDayRule

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BankClosing:
    """A day on which banks are closed though the law names no holiday, from a year on."""

    country: str
    since: int
    day_in: Callable[[int], date]


def _easter(year: int) -> date:
    """Easter Sunday (Meeus, Astronomical Algorithms, 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    shift = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + shift - 7 * ((a + 11 * h + 22 * shift) // 451) + 114, 31)
    return date(year, month, day + 1)


def _christmas_eve(year: int) -> date:
    return date(year, 12, 24)


def _new_years_eve(year: int) -> date:
    return date(year, 12, 31)


def _midsummer_eve(year: int) -> date:
    """The Friday from 19 to 25 June."""
    latest = date(year, 6, 25)
    return latest - timedelta(days=(latest.weekday() - 4) % 7)


def _constitution_day(year: int) -> date:
    return date(year, 6, 5)


def _after_ascension(year: int) -> date:
    return _easter(year) + timedelta(days=40)


# Bank practice, not law: Norway (Bits' calendar of payment settlement), Sweden (de facto holidays of semesterlagen and
# the collective agreements, Bankgirot's calendar), Denmark (Finans Danmark's banklukkedage; the Friday after Ascension
# since the agreement of 2008), Finland (Finanssiala's list of banking days).
BANK_CLOSINGS = (
    BankClosing("NO", 1970, _christmas_eve),
    BankClosing("NO", 1970, _new_years_eve),
    BankClosing("SE", 1970, _midsummer_eve),
    BankClosing("SE", 1970, _christmas_eve),
    BankClosing("SE", 1970, _new_years_eve),
    BankClosing("DK", 1970, _constitution_day),
    BankClosing("DK", 2009, _after_ascension),
    BankClosing("DK", 1970, _christmas_eve),
    BankClosing("DK", 1970, _new_years_eve),
    BankClosing("FI", 1970, _midsummer_eve),
    BankClosing("FI", 1970, _christmas_eve),
)


@lru_cache(maxsize=1024)
def closed_days(country: str, year: int) -> frozenset[date]:
    """Public holidays and bank closing days of a year; Saturdays and Sundays are closed besides.

    Public holidays come from the library `holidays`, which knows them until 2100. It is loaded here, at the first
    question, because it takes longer to load than the rest of the program's start.
    """
    import holidays

    public = holidays.country_holidays(country, years=year)
    closings = (
        closing.day_in(year) for closing in BANK_CLOSINGS if closing.country == country and closing.since <= year
    )
    return frozenset({day for day in public if day.year == year}.union(closings))


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
