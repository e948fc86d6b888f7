"""One language: its words, how it writes figures and dates, and how what people type is read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from gettext import NullTranslations
from typing import TYPE_CHECKING

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.i18n import reading
from mikrolaan.i18n.catalogue import SOURCE_LANGUAGE, catalogue, languages_with_catalogue
from mikrolaan.i18n.conventions import MINUS, THIN_SPACE, conventions

if TYPE_CHECKING:
    from mikrolaan.domain.money import Currency, Money

WIDE = Context(prec=100)  # enough for any figure of this program, whatever precision the caller has set


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The words and writing habits of one language; the same object for the same code, from `language(code)`."""

    code: str  # as in resources/locale: "nb", "en"
    texts: NullTranslations

    @property
    def own_name(self) -> str:
        """What the language calls itself: "Norsk bokmål", "English"."""
        return conventions(self.code).own_name

    # words

    def gettext(self, text: str) -> str:
        """The text in this language; a text without translation stays as it is."""
        return self.texts.gettext(text) if text else ""  # gettext itself gives the catalogue's header for ""

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The form of the text that suits `count`; the caller fills in the fields."""
        return self.texts.ngettext(singular, plural, count)

    def pgettext(self, context: str, text: str) -> str:
        """The text, where `context` tells apart words that English does not: `pgettext("loan state", "Open")`."""
        return self.texts.pgettext(context, text)

    def npgettext(self, context: str, singular: str, plural: str, count: int) -> str:
        """As `ngettext`, for a word that `context` tells apart."""
        return self.texts.npgettext(context, singular, plural, count)

    # figures

    def money(self, money: Money, currency: bool = True) -> str:
        """An amount with its currency, two decimals always: "1 234,50 kr", "NOK 1 234.50", "−20,00 kr".

        Thousands stand apart by a thin space in every language, the minus is U+2212, nothing breaks over a line end.
        """
        figure = self.amount(money)
        if not currency:
            return figure
        habit = conventions(self.code)
        return habit.currency_before[money.currency] + figure + habit.currency_after[money.currency]

    def amount(self, money: Money) -> str:
        """The amount without its currency, for a column whose head names it: "1 234,50"."""
        minor = money.minor
        whole, rest = divmod(abs(minor), 100)
        figure = f"{whole:,}".replace(",", THIN_SPACE) + conventions(self.code).decimal_sign + f"{rest:02d}"
        return MINUS + figure if minor < 0 else figure

    def whole_amount(self, money: Money) -> str:
        """The amount to the nearest whole krone (50 øre go away from zero), without currency: "1 235".

        For pictures and key figures; never where someone checks a sum.
        """
        whole = (abs(money.minor) + 50) // 100
        figure = f"{whole:,}".replace(",", THIN_SPACE)
        return MINUS + figure if money.minor < 0 and whole else figure

    def number(self, number: int | Decimal) -> str:
        """A count, or a decimal with just the decimals it has: "12 400", "3,25"."""
        figure = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
        return self._figure(figure)

    def percent(self, rate: Decimal, decimals: int | None = 2) -> str:
        """A rate in percent, rounded half up to `decimals` places: "8,00 %", "11.06%".

        `decimals=None` shows the rate exactly, with at least two decimals: what a contract says of its own rate.
        """
        if decimals is None:
            exponent = rate.normalize(WIDE).as_tuple().exponent
            decimals = max(2, -exponent) if isinstance(exponent, int) else 2
        rounded = rate.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE)
        return self._figure(f"{rounded if rounded else abs(rounded):f}") + conventions(self.code).percent_sign

    def _figure(self, plain: str) -> str:
        """Python's own writing of a number ("-1,234.5") in this language's."""
        whole, point, decimals = plain.replace("-", MINUS).partition(".")
        return whole.replace(",", THIN_SPACE) + (conventions(self.code).decimal_sign + decimals if point else "")

    # days and times

    def date(self, day: dt.date) -> str:
        """A day, short and in figures where those are unambiguous: "31.12.2026", "31 Dec 2026"."""
        return self._day(conventions(self.code).date, day)

    def long_date(self, day: dt.date) -> str:
        """A day with the month's name: "31. desember 2026", "31 December 2026"."""
        return self._day(conventions(self.code).long_date, day)

    def month(self, day: dt.date) -> str:
        """The month of a day: "desember 2026", "December 2026"."""
        return self._day(conventions(self.code).month, day)

    def time(self, moment: dt.datetime) -> str:
        """The time of day, to the minute: "14:05"; a moment with a time zone is shown in this machine's own."""
        local = moment.astimezone() if moment.tzinfo else moment
        twelve = (local.hour + 11) % 12 + 1
        return conventions(self.code).time.format(
            H=local.hour, HH=f"{local.hour:02d}", h=twelve, hh=f"{twelve:02d}", mm=f"{local.minute:02d}"
        )

    def moment(self, moment: dt.datetime) -> str:
        """Day and time of day: "31.12.2026 14:05"; a moment with a time zone is shown in this machine's own."""
        local = moment.astimezone() if moment.tzinfo else moment
        return f"{self.date(local)} {self.time(local)}"

    def _day(self, pattern: str, day: dt.date) -> str:
        habit = conventions(self.code)
        return pattern.format(
            d=day.day,
            dd=f"{day.day:02d}",
            M=day.month,
            MM=f"{day.month:02d}",
            MMM=habit.short_months[day.month - 1],
            MMMM=habit.months[day.month - 1],
            y=f"{day.year:04d}",
            yy=f"{day.year % 100:02d}",
        )

    # reading: the rules are the same in every language, see `reading`

    def read_money(self, typed: str, currency: Currency) -> Money:
        """The amount that was typed; raises InvalidValue("amount", …). Rules: `reading.read_money`."""
        return reading.read_money(typed, currency)

    def read_percent(self, typed: str) -> Decimal:
        """The rate in percent that was typed; raises InvalidValue("percent", …). Rules: `reading.read_percent`."""
        return reading.read_percent(typed)

    def read_count(self, typed: str) -> int:
        """The whole number, zero or more; raises InvalidValue("count", …). Rules: `reading.read_count`."""
        return reading.read_count(typed)

    def read_date(self, typed: str, today: dt.date, in_past: bool = False) -> dt.date:
        """The day that was typed; raises InvalidValue("date", …). Rules: `reading.read_date`."""
        return reading.read_date(typed, today, in_past)


@cache
def language(code: str) -> Language:
    """The language of that code; raises InvalidValue("language", UNKNOWN_CHOICE, …) when it is not offered."""
    offered = (*languages_with_catalogue(), SOURCE_LANGUAGE)
    if code not in offered:
        raise InvalidValue("language", Problem.UNKNOWN_CHOICE, ", ".join(offered))
    return Language(code, catalogue(code))
