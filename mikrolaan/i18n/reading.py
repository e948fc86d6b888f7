"""Reading what people type, strictly and by one rule in every language: it means one thing, or it is refused.

Point and comma are both decimal signs; spaces of every kind part thousands, in right groups of three. A point or comma
parts thousands only where that is certain: it stands twice, or the other one follows as decimal sign. One sign with
exactly three digits after it (`1.500`) could be either and is refused as AMBIGUOUS. Only the digits 0–9 are read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import LARGEST_MINOR, Currency, Money

LONGEST = 60  # characters; nothing a person means as one figure or date is longer
PERCENT_DECIMALS = 6
LARGEST_PERCENT = 999_999_999
LARGEST_COUNT = 999_999_999
MONTHS, LONGEST_MONTH = 12, 31
EARLIEST = date(1900, 1, 1)  # no borrower was born before; a year outside is a slip of the finger
LATEST = date(2199, 12, 31)
YEARS_AHEAD = 20  # a year of two digits is at most so far ahead, else in the century before

MARKS = {
    "kr": {Currency.NOK, Currency.SEK, Currency.DKK},
    "krone": {Currency.NOK, Currency.DKK},
    "kroner": {Currency.NOK, Currency.DKK},
    "krona": {Currency.SEK},
    "kronor": {Currency.SEK},
    "euro": {Currency.EUR},
    "€": {Currency.EUR},
    **{currency.value.casefold(): {currency} for currency in Currency},
}

AMOUNT = re.compile(
    r"""(?P<sign>[-\u2212]\ ?)?  (?P<before>[^\W\d_]{2,6}\.?|€)?\ ?  (?P<inner>[-\u2212]\ ?)?
        (?P<figure>[0-9](?:[0-9 .,]*[0-9])?)  (?P<no_minor>[.,][-–—])?\ ?  (?P<after>[^\W\d_]{2,6}\.?|€)?""",
    re.VERBOSE,
)
PLAIN = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")
SPACED = re.compile(r"([1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,]([0-9]+))?")
POINTED = re.compile(r"([1-9][0-9]{0,2}(?:\.[0-9]{3})+),([0-9]+)|([1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})")
COMMAED = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]+)|([1-9][0-9]{0,2}(?:,[0-9]{3}){2,})")
EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
PERCENT = re.compile(r"([-\u2212] ?)?([0-9]+)(?:[.,]([0-9]+))? ?%?")

YEAR_FIRST = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
DAY_FIRST = re.compile(r"([0-9]{1,2})[-./ ] ?([0-9]{1,2})(?:[-./ ] ?([0-9]{4}|[0-9]{2}))?[.]?")
DIGITS_ONLY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")
MONTH_NAMED = re.compile(r"([0-9]{1,2})[. ] ?([^\W\d_]{3,12})\.?(?: ([0-9]{4}|[0-9]{2}))?")


def read_money(typed: str, currency: Currency) -> Money:
    """The amount that was typed, which may name its currency before or after it ("kr", the code, "€") or end in ",-".

    1500 · 1 500,5 · 1.500,50 · 1,500.50 · 1.500,- · kr 1500 · −20 are read; 1.500 is AMBIGUOUS, 1,255 finer than an øre is
    TOO_MANY_DECIMALS, another currency's mark UNKNOWN_CHOICE. Raises InvalidValue("amount", …).
    """
    field = "amount"
    match = AMOUNT.fullmatch(_tidied(typed, field))
    if not match or (match["sign"] and match["inner"]) or (match["inner"] and not match["before"]):
        raise InvalidValue(field, Problem.NOT_A_NUMBER)
    if match["before"] and match["after"]:
        raise InvalidValue(field, Problem.NOT_A_NUMBER)
    _check_mark(match["before"] or match["after"], currency)
    figure = match["figure"]
    if match["no_minor"]:
        figure += match["no_minor"][0] + "00"
    whole, decimals = _parts(figure, field)
    if len(decimals) > currency.decimals:
        raise InvalidValue(field, Problem.TOO_MANY_DECIMALS, currency.decimals)
    minor = int(whole + decimals.ljust(currency.decimals, "0"))
    if minor > LARGEST_MINOR:
        raise InvalidValue(field, Problem.TOO_LARGE, Decimal(LARGEST_MINOR) / 100)
    return Money(-minor if match["sign"] or match["inner"] else minor, currency)


def read_percent(typed: str) -> Decimal:
    """The rate in percent, with or without the sign: 8 · 8,5 · 8.125 %; nobody writes thousands in a rate.

    The decimals are kept as typed, at most six. Raises InvalidValue("percent", …).
    """
    field = "percent"
    match = PERCENT.fullmatch(_tidied(typed, field))
    if not match:
        raise InvalidValue(field, Problem.NOT_A_NUMBER)
    minus, whole, decimals = match[1], match[2], match[3] or ""
    if len(decimals) > PERCENT_DECIMALS:
        raise InvalidValue(field, Problem.TOO_MANY_DECIMALS, PERCENT_DECIMALS)
    if int(whole) > LARGEST_PERCENT:
        raise InvalidValue(field, Problem.TOO_LARGE, LARGEST_PERCENT)
    rate = Decimal(f"{whole}.{decimals}" if decimals else whole)
    return -rate if minus and rate else rate


def read_count(typed: str) -> int:
    """A whole number, zero or more: 24 · 1 200 · 1.000.000. Raises InvalidValue("count", …)."""
    field = "count"
    text = _tidied(typed, field)
    negative = text[0] in "-\u2212"
    whole, decimals = _parts(text[1:].lstrip() if negative else text, field)
    if decimals:
        raise InvalidValue(field, Problem.TOO_MANY_DECIMALS, 0)
    count = int(whole)
    if negative and count:
        raise InvalidValue(field, Problem.TOO_SMALL, 0)
    if count > LARGEST_COUNT:
        raise InvalidValue(field, Problem.TOO_LARGE, LARGEST_COUNT)
    return count


def read_date(typed: str, today: date, in_past: bool = False) -> date:
    """The day that was typed; the day comes before the month, except when a year of four digits stands first.

    31.12.2026 · 31/12/26 · 31-12-2026 · 31/12-26 · 31 12 2026 · 311226 · 31122026 · 2026-12-31 · 31. desember 2026 · 31 Dec 26,
    with month names of every offered language, in full or short. A year of two digits is at most 20 years ahead of
    `today`. Without a year (31.12. · 31 Dec) it is the such day nearest to `today`. With `in_past` (a birth date) both
    mean the latest such day that is not after `today`. A day that does not exist (29.02.2027) is NO_SUCH_DAY; years
    outside 1900–2199 are TOO_EARLY or TOO_LATE. Raises InvalidValue("date", …).
    """
    text = _tidied(typed, "date")
    if match := YEAR_FIRST.fullmatch(text):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := DIGITS_ONLY.fullmatch(text) or DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), match[3]
    elif (match := MONTH_NAMED.fullmatch(text)) and (named := _months_by_name().get(match[2].casefold())):
        day, month, year = int(match[1]), named, match[3]
    else:
        raise InvalidValue("date", Problem.NOT_A_DATE)
    if year is None:
        return _nearest(day, month, today, in_past)
    if len(year) == 4:
        return _day(int(year), month, day)
    last = today.year if in_past else today.year + YEARS_AHEAD
    full_year = last - (last - int(year)) % 100
    if in_past and full_year == today.year and (month, day) > (today.month, today.day):
        full_year -= 100
    return _day(full_year, month, day)


def _tidied(typed: str, field: str) -> str:
    """The text without what surrounds it unseen, and with every kind of space inside written as the ordinary one."""
    plain = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in typed[: 4 * LONGEST])
    start, end = 0, len(plain)
    while start < end and _is_unseen(plain[start]):
        start += 1
    while end > start and _is_unseen(plain[end - 1]):
        end -= 1
    if start == end:
        raise InvalidValue(field, Problem.MISSING)
    if end - start > LONGEST:
        raise InvalidValue(field, Problem.TOO_LONG, LONGEST)
    return plain[start:end]


def _is_unseen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) == "Cf"  # byte order and direction marks come with pasting


def _parts(figure: str, field: str) -> tuple[str, str]:
    """The digits before and after the decimal sign."""
    if EITHER.fullmatch(figure):
        raise InvalidValue(field, Problem.AMBIGUOUS)
    for form in (PLAIN, SPACED, POINTED, COMMAED):
        if match := form.fullmatch(figure):
            whole, decimals, *grouped_only = match.groups()
            return re.sub("[ .,]", "", whole or grouped_only[0]), decimals or ""
    raise InvalidValue(field, Problem.NOT_A_NUMBER)


def _check_mark(mark: str | None, currency: Currency) -> None:
    if mark is None:
        return
    meant = MARKS.get(mark.removesuffix(".").casefold())
    if meant is None:
        raise InvalidValue("amount", Problem.NOT_A_NUMBER)
    if currency not in meant:
        raise InvalidValue("amount", Problem.UNKNOWN_CHOICE, currency.value)


def _day(year: int, month: int, day: int) -> date:
    if year < EARLIEST.year:
        raise InvalidValue("date", Problem.TOO_EARLY, EARLIEST)
    if year > LATEST.year:
        raise InvalidValue("date", Problem.TOO_LATE, LATEST)
    try:
        return date(year, month, day)
    except ValueError:
        raise _no_such(day, month) from None


def _no_such(day: int, month: int) -> InvalidValue:
    """What is wrong with a day that the calendar does not have; a month beyond the twelve was not meant as one."""
    is_of_a_month = 1 <= month <= MONTHS and 1 <= day <= LONGEST_MONTH
    return InvalidValue("date", Problem.NO_SUCH_DAY if is_of_a_month else Problem.NOT_A_DATE)


def _nearest(day: int, month: int, today: date, in_past: bool) -> date:
    """The such day nearest to today, the later of two equally near; or the latest one up to today."""
    candidates = []
    for year in (today.year + 1, today.year, today.year - 1):
        try:
            candidates.append(date(year, month, day))
        except ValueError:
            continue
    if in_past:
        candidates = [candidate for candidate in candidates if candidate <= today]
    if not candidates:
        raise _no_such(day, month)
    return min(candidates, key=lambda candidate: abs(candidate - today))


@cache
def _months_by_name() -> dict[str, int]:
    """Month numbers by every name, full and short, in the offered languages; none of them disagree."""
    from mikrolaan.i18n.catalogue import SOURCE_LANGUAGE, languages_with_catalogue
    from mikrolaan.i18n.conventions import conventions

    numbers: dict[str, int] = {}
    for code in (*languages_with_catalogue(), SOURCE_LANGUAGE):
        habit = conventions(code)
        for names in (habit.months, habit.short_months):
            for number, name in enumerate(names, start=1):
                numbers[name.casefold().rstrip(".")] = number
                numbers[name.casefold()[:3]] = number
    return numbers
