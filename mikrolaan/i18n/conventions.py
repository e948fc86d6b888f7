"""How one language writes figures and dates, taken once from the Unicode locale data (CLDR, through Babel)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from mikrolaan.domain.money import Currency

if TYPE_CHECKING:
    from babel.core import Locale

THIN_SPACE = "\u202f"  # between thousands in every language; it never breaks a line
NO_BREAK_SPACE = "\u00a0"  # between a figure and its unit
MINUS = "\u2212"
LOCALES = {"en": "en_GB"}  # where the bare code would mean the habits of another continent
SYMBOLS = {"kr", "kr.", "€"}  # readable on paper; CLDR's "Nkr" and "Dkr" are not, the code stands instead


@dataclass(frozen=True, slots=True)
class Conventions:
    """Signs and patterns of one language, ready for `str.format` and concatenation."""

    decimal_sign: str
    percent_sign: str  # with the space before it, where the language has one
    currency_before: dict[Currency, str]  # what stands before an amount, with its space; empty where it stands after
    currency_after: dict[Currency, str]
    date: str  # patterns over the fields {d} {dd} {M} {MM} {MMM} {MMMM} {y} {yy}
    long_date: str
    month: str
    time: str  # pattern over the fields {H} {HH} {h} {hh} {mm}
    months: tuple[str, ...]  # January is the first
    short_months: tuple[str, ...]
    own_name: str


@cache
def conventions(code: str) -> Conventions:
    """The conventions of a language; Babel is imported here, so that a start without figures does not pay for it."""
    from babel.core import Locale

    locale = Locale.parse(LOCALES.get(code, code))
    before, after = _currency_marks(locale)
    numeric = locale.date_formats["short"].pattern
    return Conventions(
        decimal_sign=locale.number_symbols["latn"]["decimal"],
        percent_sign=NO_BREAK_SPACE + "%" if locale.percent_formats[None].pattern[-2].isspace() else "%",
        currency_before=before,
        currency_after=after,
        # 05/06/2026 is May or June depending on the reader: with slashes, the month is written as a word
        date=_pattern(locale.date_formats["medium"].pattern if "/" in numeric else numeric),
        long_date=_pattern(locale.date_formats["long"].pattern),
        month=_pattern(locale.datetime_skeletons["yMMMM"].pattern),
        time=_pattern(locale.time_formats["short"].pattern),
        months=_months(locale, "wide"),
        short_months=_months(locale, "abbreviated"),
        own_name=_capitalised(Locale.parse(code).get_display_name() or code),
    )


def _months(locale: Locale, width: str) -> tuple[str, ...]:
    return tuple(locale.months["format"][width][number] for number in range(1, 13))


def _currency_marks(locale: Locale) -> tuple[dict[Currency, str], dict[Currency, str]]:
    """What stands before and after an amount of each currency, with a space between except after a sign such as €."""
    stands_first = locale.currency_formats["standard"].pattern.startswith("¤")
    before, after = {}, {}
    for currency in Currency:
        symbol = locale.currency_symbols.get(currency.value)
        mark = symbol if symbol in SYMBOLS else currency.value
        if stands_first:
            before[currency] = mark + NO_BREAK_SPACE if mark[-1].isalnum() or mark[-1] == "." else mark
        else:
            after[currency] = NO_BREAK_SPACE + mark
        before.setdefault(currency, "")
        after.setdefault(currency, "")
    return before, after


def _pattern(cldr: str) -> str:
    """A CLDR pattern ("d. MMMM y", quotes around words) as a pattern for `str.format` ("{d}. {MMMM} {y}")."""
    parts = re.findall(r"'([^']*)'|([A-Za-z])(\2*)|([^A-Za-z']+)", cldr)
    return "".join(f"{{{letter}{more}}}" if letter else quoted + other for quoted, letter, more, other in parts)


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
