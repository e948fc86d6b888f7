"""Arithmetic of months on dates, with one answer for the ends of short months."""

from __future__ import annotations

from datetime import date

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February (Gregorian calendar)."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """How many days the month has, 28 to 31."""
    return 29 if month == 2 and is_leap(year) else _LENGTHS[month - 1]


def days_in_year(year: int) -> int:
    """365, or 366 in a leap year."""
    return 366 if is_leap(year) else 365


def months_later(day: date, months: int, keep_day: int | None = None) -> date:
    """The date `months` later (earlier when negative), on `keep_day` or the day it has.

    A day that the month lacks becomes the last day of the month: 31 January + 1 month = 28 February.
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    wanted = day.day if keep_day is None else keep_day
    if wanted > 28:
        wanted = min(wanted, days_in_month(years, month + 1))
    return date(years, month + 1, wanted)


def is_month_end(day: date) -> bool:
    """Whether the date is the last of its month."""
    return day.day == days_in_month(day.year, day.month)
