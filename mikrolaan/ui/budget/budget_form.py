"""The two columns of a budget: the household left, the business right, with their results in a month below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mikrolaan.domain.budget import LONGEST_NOTES, Budget, Part, business_result, household_left
from mikrolaan.domain.money import Currency, Money
from mikrolaan.i18n import _, current_language
from mikrolaan.ui.budget.budget_words import business_result_help, household_left_help
from mikrolaan.ui.budget.part_lines import PartLines
from mikrolaan.ui.widgets.basics import hairline, label
from mikrolaan.ui.widgets.cards import Card, KeyFigure
from mikrolaan.ui.widgets.fields import Field, MultilineField
from mikrolaan.ui.widgets.value_fields import DateField

HOUSEHOLD = (Part.INCOME, Part.COST, Part.DEBT)
BUSINESS = (Part.SALES, Part.GOODS, Part.BUSINESS_COST)
BESIDE_FROM = 35  # heights of a line of text; narrower, the business stands below the household
Typed = dict[str, Any]


class BudgetForm(QWidget):
    """Shows a budget and reads it back; `changed` after everything typed."""

    changed = Signal()
    reached = Signal()  # the cursor went to another line

    def __init__(self, currency: Currency, today: date) -> None:
        super().__init__()
        self.setObjectName("page_body")
        self._currency = currency
        self._budget: Budget | None = None
        self._is_showing = False
        self.parts = {part: PartLines(part, currency) for part in (*HOUSEHOLD, *BUSINESS)}
        self.left = KeyFigure(_("Left before the instalment, a month"), explanation=household_left_help())
        self.result = KeyFigure(_("Result of the business, a month"), explanation=business_result_help())
        self.drawn_up_on = DateField("drawn_up_on", _("&Drawn up on"), lambda: today, latest=today)
        self.notes = MultilineField(
            "budget_notes",
            _("No&tes"),
            required=False,
            lines=3,
            longest=LONGEST_NOTES,
            help_text=_("Where the figures come from, what is uncertain."),
        )
        self.from_business = label("", "muted", wraps=True)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(16)
        self.household_card = self._column(_("Household, a month"), HOUSEHOLD, self.left)
        self.business_card = self._column(_("Business, a month"), BUSINESS, self.result)
        below = Card()
        below.body.addWidget(self.drawn_up_on)
        below.body.addWidget(self.notes)
        below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        right = QVBoxLayout()
        right.setSpacing(16)
        right.addWidget(self.business_card)
        right.addWidget(below)
        right.addStretch(1)
        self._columns.addWidget(self.household_card, 11, Qt.AlignmentFlag.AlignTop)  # a debt has two amounts
        self._columns.addLayout(right, 10)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._columns)
        outer.addStretch(1)
        order = list(self.parts.values())
        for lines, following in pairwise(order):
            lines.finished.connect(following.begin)
        order[-1].finished.connect(self.drawn_up_on.line.setFocus)
        for lines in order:
            lines.changed.connect(self._on_changed)
            lines.reached.connect(self.reached)
        self.fields: tuple[Field[Any], ...] = (self.drawn_up_on, self.notes)
        for field in self.fields:
            field.changed.connect(self._on_changed)

    def _column(self, title: str, parts: Sequence[Part], figure: KeyFigure) -> Card:
        card = Card(title)
        card.body.setContentsMargins(14, 12, 14, 14)
        card.body.setSpacing(14)
        for part in parts:
            card.body.addWidget(self.parts[part])
            if part is Part.INCOME:
                card.body.addWidget(self.from_business)
        card.body.addWidget(hairline())
        row = QHBoxLayout()
        row.addWidget(figure)
        row.addStretch(1)
        card.body.addLayout(row)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return card

    # -- values

    def show_budget(self, budget: Budget) -> None:
        """Show a budget; one that was never saved begins with the lines that people usually need."""
        self._budget = budget
        self._is_showing = True
        for part, lines in self.parts.items():
            lines.show_lines(budget.of(part), usual=budget.version == 0)
        self.drawn_up_on.set_value(budget.drawn_up_on)
        self.notes.set_value(budget.notes)
        self._is_showing = False
        self._show_results()

    def settle(self, saved: Budget) -> None:
        """What is shown was saved so; the cursor stays where it is."""
        self._budget = saved
        for part in self.parts.values():
            for row in part.rows:
                row.take_proposed()

    def budget(self) -> Budget:
        """The budget typed; raises RuleError when something is wrong."""
        assert self._budget is not None  # shown before it is read
        lines = tuple(line for part in self.parts.values() for line in part.lines())
        return replace(self._budget, lines=lines, drawn_up_on=self.drawn_up_on.value(), notes=self.notes.value())

    def peek(self) -> Budget | None:
        """The budget of the lines filled so far; None before any was shown, and while an amount cannot be read."""
        if self._budget is None or any(row.is_unreadable for part in self.parts.values() for row in part.rows):
            return None
        return replace(self._budget, lines=tuple(line for part in self.parts.values() for line in part.peek()))

    def typed(self) -> Typed:
        """What stands in every field, to be given to `restore_typed`."""
        return {
            "lines": {part.value: lines.typed() for part, lines in self.parts.items()},
            **{field.name: field.typed() for field in self.fields},
        }

    def restore_typed(self, typed: Typed) -> None:
        """Put back what `typed` gave."""
        self._is_showing = True
        for part, lines in self.parts.items():
            lines.restore(typed["lines"][part.value], usual=self._budget is not None and self._budget.version == 0)
        for field in self.fields:
            field.restore_typed(typed[field.name])
        self._is_showing = False
        self._show_results()

    def check_all(self) -> bool:
        """Whether everything may be saved; says beside each field what is wrong."""
        return all([*(lines.check() for lines in self.parts.values()), *(field.check() for field in self.fields)])

    def first_wrong(self) -> QWidget | None:
        """The editor of the first field with a sentence beside it."""
        wrong = (lines.first_wrong() for lines in self.parts.values())
        of_fields = (field.editor for field in self.fields if field.error)
        return next((editor for editor in (*wrong, *of_fields) if editor is not None), None)

    def set_read_only(self, read_only: bool) -> None:
        """Show everything without letting anyone change it."""
        for lines in self.parts.values():
            lines.set_read_only(read_only)
        for field in self.fields:
            field.set_read_only(read_only)

    def begin(self) -> None:
        """Put the cursor into the first line."""
        self.parts[Part.INCOME].begin()

    # -- parts

    def _on_changed(self) -> None:
        if not self._is_showing:
            self._show_results()
            self.changed.emit()

    def _show_results(self) -> None:
        budget = self.peek()
        if budget is None:
            self.left.show_figure("–")
            self.result.show_figure("–")
            self.from_business.setText("")
            return
        speaks = current_language()
        drawn = business_result(budget)
        self.left.show_figure(speaks.money(household_left(budget)))
        self.result.show_figure(speaks.money(drawn))
        told = _("From the business for private use: {amount}").format(amount=speaks.money(drawn))
        if drawn < Money.zero(self._currency):
            told = _("The business needs {amount} from the household.").format(amount=speaks.money(-drawn))
        self.from_business.setText(told)

    def fit(self, width: int) -> None:
        """The business beside the household, or below it where there is no room; the form itself may not shrink yet."""
        beside = width >= BESIDE_FROM * self.fontMetrics().height()
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
