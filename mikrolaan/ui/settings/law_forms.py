"""The fields of one row of the law's tables: a rate of late interest, or a fee for a letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from mikrolaan.domain.collection_fees import (
    LARGEST_FEE,
    LONGEST_RESTART_MONTHS,
    LONGEST_WAIT_DAYS,
    MOST_LETTERS,
    CollectionLetter,
    FeeRow,
)
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.rate_table import LARGEST_STATUTORY_PERCENT, LONGEST_SOURCE, RateRow
from mikrolaan.i18n import _
from mikrolaan.ui.products.rule_words import letter_word
from mikrolaan.ui.widgets.fields import TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField, CountField, DateField, MoneyField, PercentField

EARLIEST = date(1970, 1, 1)
LATEST = date(2199, 12, 31)


def _source() -> TextField:
    return TextField(
        "source",
        _("&Source"),
        longest=LONGEST_SOURCE,
        help_text=_("Where it was announced: a law, a regulation, a page and its day."),
    )


class RateForm(Form):
    """Fields in, a row out; the percentage stays empty until somebody knows it."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(columns=2)
        self.first = self.add(DateField("first", _("&From"), today, earliest=EARLIEST, latest=LATEST))
        self.last = self.add(DateField("last", _("&To"), today, earliest=EARLIEST, latest=LATEST))
        self.percent = self.add(
            PercentField("percent", _("&Rate of late interest"), largest=LARGEST_STATUTORY_PERCENT), wide=True
        )
        self.source = self.add(_source(), wide=True)

    def show_row(self, row: RateRow, *, with_source: bool) -> None:
        """Put a row into the fields; the source of one that ships is not that of its correction."""
        self.show_days(row.first, row.last)
        self.percent.set_value(row.percent)
        self.source.set_value(row.source if with_source else "")

    def show_days(self, first: date, last: date) -> None:
        """Propose the days."""
        self.first.set_value(first)
        self.last.set_value(last)

    def row(self) -> RateRow:
        """What is filled in; raises RuleError."""
        return RateRow(self.first.value(), self.last.value(), self.percent.value(), self.source.value())


class FeeForm(Form):
    """Fields in, a row out."""

    def __init__(self, today: Callable[[], date], currency: Currency) -> None:
        super().__init__(columns=2)
        self._currency = currency
        self.letter = self.add(
            ChoiceField("letter", _("Kind of &letter"), [(kind, letter_word(kind)) for kind in CollectionLetter])
        )
        largest = Money.from_decimal(LARGEST_FEE, currency)
        self.amount = self.add(MoneyField("amount", _("F&ee"), currency, largest=largest))
        self.first = self.add(DateField("first", _("&From"), today, earliest=EARLIEST, latest=LATEST))
        self.last = self.add(
            DateField(
                "last",
                _("&To"),
                today,
                required=False,
                earliest=EARLIEST,
                latest=LATEST,
                help_text=_("Empty: until further notice."),
            )
        )
        days = _("days")
        self.waiting = self.add(
            CountField("waiting_days", _("After the due date"), unit=days, largest=LONGEST_WAIT_DAYS)
        )
        self.apart = self.add(
            CountField("apart_days", _("After the letter before"), unit=days, largest=LONGEST_WAIT_DAYS)
        )
        no_limit = _("Empty: no limit.")
        self.most = self.add(
            CountField(
                "most",
                _("At most for one claim"),
                required=False,
                unit=_("fees"),
                largest=MOST_LETTERS,
                help_text=no_limit,
            )
        )
        self.most_so_far = self.add(
            CountField(
                "most_so_far",
                _("Beside gentler letters"),
                required=False,
                unit=_("fees"),
                largest=MOST_LETTERS,
                help_text=no_limit,
            )
        )
        self.restart = self.add(
            CountField(
                "restart_months",
                _("Counted anew after"),
                required=False,
                unit=_("months"),
                largest=LONGEST_RESTART_MONTHS,
                help_text=_("Empty: never."),
            )
        )
        self.source = self.add(_source(), wide=True)

    def show_row(self, row: FeeRow, *, with_source: bool) -> None:
        """Put a row into the fields; the source of one that ships is not that of its correction."""
        self.letter.set_value(row.letter)
        self.amount.set_value(Money.from_decimal(row.amount, self._currency))
        self.first.set_value(row.first)
        self.last.set_value(row.last)
        self.waiting.set_value(row.waiting_days)
        self.apart.set_value(row.apart_days)
        self.most.set_value(row.most)
        self.most_so_far.set_value(row.most_so_far)
        self.restart.set_value(row.restart_months)
        self.source.set_value(row.source if with_source else "")

    def row(self) -> FeeRow:
        """What is filled in; raises RuleError."""
        amount: Decimal = self.amount.value().to_decimal()
        return FeeRow(
            letter=self.letter.value(),
            first=self.first.value(),
            last=self.last.given(),
            amount=amount,
            waiting_days=self.waiting.value(),
            apart_days=self.apart.value(),
            most=self.most.given(),
            most_so_far=self.most_so_far.given(),
            restart_months=self.restart.given(),
            source=self.source.value(),
        )
