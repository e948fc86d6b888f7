"""Asks which column of the bank's list is which, with the first rows and the first payment as they would be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QGridLayout, QWidget

from mikrolaan.domain.bank_file import BankFile
from mikrolaan.domain.csv_guide import DATE_FORMS, DECIMAL_SIGNS, NONE, CsvGuide, CsvSample
from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.money import Currency, Money
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.widgets.dialogs import Dialog
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Column, PagedTableModel
from mikrolaan.ui.widgets.value_fields import ChoiceField

Try = Callable[[CsvGuide], BankFile | None]
MOST_SHOWN = 8  # columns of the preview; a list of more is scrolled


class BankGuideDialog(Dialog):
    """`guide` is what the officer chose, once it was accepted."""

    def __init__(self, parent: QWidget | None, sample: CsvSample, guide: CsvGuide | None, try_out: Try) -> None:
        """`try_out` reads the beginning of the list by a guide."""
        super().__init__(
            parent,
            _("Which column is which?"),
            _("The program remembers it for lists with the same headings."),
        )
        self.guide: CsvGuide | None = None
        self._sample, self._try_out = sample, try_out
        self.setMinimumWidth(760)
        columns = [(number, self._heading(number)) for number in range(sample.columns)]
        none = [(NONE, _("– none –"))]
        known = guide or sample.guide
        self.fields: dict[str, ChoiceField[int]] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        asked = (
            ("date_column", _("&Day"), columns),
            ("amount_column", _("&Amount that came in"), columns),
            ("reference_column", _("Payment &reference"), none + columns),
            ("payer_column", _("&Who paid"), none + columns),
            ("account_column", _("A&ccount that paid"), none + columns),
            ("text_column", _("&Message"), none + columns),
        )
        for place, (name, words, choices) in enumerate(asked):
            field = self.fields[name] = ChoiceField(name, words, choices, placeholder=_("Choose"))
            field.set_value(getattr(known, name) if known else (NONE if choices is not columns else None))
            field.changed.connect(self._show)
            grid.addWidget(field, place // 3, place % 3)
        self.date_form: ChoiceField[str] = ChoiceField(
            "date_form", _("Days are written"), [(form, _date_example(form)) for form in DATE_FORMS]
        )
        self.date_form.set_value(known.date_form if known else DATE_FORMS[0])
        self.decimal_sign: ChoiceField[str] = ChoiceField(
            "decimal_sign", _("Decimals after"), [(",", _("comma: 1.234,50")), (".", _("point: 1,234.50"))]
        )
        self.decimal_sign.set_value(known.decimal_sign if known else DECIMAL_SIGNS[0])
        for column, how in enumerate((self.date_form, self.decimal_sign)):
            how.changed.connect(self._show)
            grid.addWidget(how, 2, column)
        self.body.addLayout(grid)
        rows = sample.rows
        self.table = Table(
            PagedTableModel(
                [self._column(number) for number in range(sample.columns)],
                lambda: len(rows),
                lambda offset, limit: rows[offset : offset + limit],
            ),
            _("The first rows of the list"),
        )
        self.table.setMinimumHeight(170)
        self.body.addWidget(self.table, 1)
        self.message = InlineMessage()
        self.body.addWidget(self.message)
        self.add_cancel()
        self.read_button = self.add_button(_("Read the list"), "primary")
        self.read_button.clicked.connect(self._on_read)
        self._show()

    def _heading(self, number: int) -> str:
        heading = self._sample.headings[number].strip()
        return heading or _("Column {number}").format(number=number + 1)

    def _column(self, number: int) -> Column[tuple[str, ...]]:
        return Column(
            lambda: self._heading(number),
            lambda row: row[number] if number < len(row) else "",
            width=0 if self._sample.columns <= MOST_SHOWN else 120,
        )

    def chosen(self) -> CsvGuide | None:
        """The guide as it stands in the fields; None while something needed is missing."""
        values = {name: field.given() for name, field in self.fields.items()}
        date_form, decimal_sign = self.date_form.given(), self.decimal_sign.given()
        if values["date_column"] is None or values["amount_column"] is None or not date_form or not decimal_sign:
            return None
        known = self._sample.guide
        try:
            return CsvGuide(
                encoding=self._sample.encoding,
                delimiter=self._sample.delimiter,
                heading_row=self._sample.heading_row,
                date_form=date_form,
                decimal_sign=decimal_sign,
                currency_column=known.currency_column if known else NONE,
                **{name: NONE if value is None else value for name, value in values.items()},
            )
        except MikrolaanError:
            return None

    def _show(self) -> None:
        """Say how the first payment is read, or what is wrong."""
        guide = self.chosen()
        self.read_button.setEnabled(guide is not None)
        if guide is None:
            self.message.say(_("Choose one column for the day and another for the amount."), "primary")
            return
        try:
            read = self._try_out(guide)
        except MikrolaanError as error:
            self.message.say(sentence_for(error), "warn")
            return
        if read is None or not read.lines:
            self.message.say(_("The first rows hold no payment that came in."), "warn")
            return
        first, speaks = read.lines[0], current_language()
        amount = speaks.amount(Money(first.amount_minor, Currency.NOK))  # every currency offered has two decimals
        told = [speaks.date(first.booked_on), f"{amount} {first.currency}"]
        told += [part for part in (first.reference, first.payer) if part]
        self.message.say(
            ngettext(
                "The first payment: {payment}", "The first of {count} payments here: {payment}", len(read.lines)
            ).format(count=speaks.number(len(read.lines)), payment=" · ".join(told)),
            "good",
        )

    def _on_read(self) -> None:
        self.guide = self.chosen()
        if self.guide is not None:
            self.accept()


def _date_example(form: str) -> str:
    return date(2026, 12, 31).strftime(form)
