"""One line of a budget to type in: a name with suggestions, an amount, and whether it comes each month or each year."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QListView, QToolButton, QVBoxLayout, QWidget

from mikrolaan.domain.budget import LARGEST_LINE_MINOR, LONGEST_NAME, BudgetLine, Part, Per
from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.money import Currency, Money
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.ui.widgets.basics import IconLabel, icon_button, label
from mikrolaan.ui.widgets.fields import FIELD_ICON, TextField
from mikrolaan.ui.widgets.picker import HitDelegate
from mikrolaan.ui.widgets.value_fields import MoneyField

AMOUNT_WIDTH = 5.0  # heights of a line of text: 100 000.00 fits
PERIOD_PADDING = 16  # pixels beside the word of the period
Typed = list[str]


def period_word(per: Per) -> str:
    """Each month or each year, in one word."""
    return pgettext("budget", "month") if per is Per.MONTH else pgettext("budget", "year")


def _tidy(cell: MoneyField) -> str:
    amount = cell.peek()
    return cell.text() if amount is None else current_language().amount(amount)


class NameCell(TextField):
    """A name whose sentence stands below the whole line."""

    told = Signal()

    def set_error(self, text: str) -> None:
        super().set_error(text)
        self._error_row.hide()
        self.told.emit()


class AmountCell(MoneyField):
    """An amount whose sentence stands below the whole line; its currency stands over the column."""

    told = Signal()

    def set_error(self, text: str) -> None:
        super().set_error(text)
        self._error_row.hide()
        self.told.emit()

    def set_unit(self, unit: str) -> None:
        """The column names it."""


class BudgetRow(QWidget):
    """Enter goes on to the next field and line; Ctrl+Delete takes the line away."""

    changed = Signal()
    done = Signal(object)  # this row: Enter was pressed in its last field
    removing = Signal(object)  # this row

    def __init__(self, part: Part, currency: Currency, proposed: str, suggestions: Sequence[str]) -> None:
        """`proposed` stands in grey and becomes the name when only an amount is typed."""
        super().__init__()
        self.part = part
        self._proposed = proposed
        largest = Money(LARGEST_LINE_MINOR, currency)
        self.name = NameCell("line_name", _("Name"), required=False, placeholder=proposed, longest=LONGEST_NAME)
        self.amount = AmountCell("line_amount", _("Amount"), currency, largest=largest)
        self.remaining = AmountCell("line_remaining", _("Still owed"), currency, required=False, largest=largest)
        self.fields = (self.name, self.amount, self.remaining) if part is Part.DEBT else (self.name, self.amount)
        self.per = Per.MONTH
        self.per_button = QToolButton()
        self.remove_button = icon_button("x", _("Take this line away (Ctrl+Delete)"), tone="muted", size=FIELD_ICON)
        self._suggest(suggestions)
        self._lay_out()
        self.name.submitted.connect(self.amount.line.setFocus)
        if part is Part.DEBT:
            self.amount.submitted.connect(self.remaining.line.setFocus)
        self.fields[-1].submitted.connect(lambda: self.done.emit(self))
        for field in self.fields:
            field.changed.connect(self.changed)
            field.told.connect(self._show_error)
            field.keep_together()
            field.line.installEventFilter(self)
        self.amount.line.editingFinished.connect(self.take_proposed)
        self.per_button.clicked.connect(self._turn_period)
        self.remove_button.clicked.connect(lambda: self.removing.emit(self))
        self._name_parts()

    def _suggest(self, suggestions: Sequence[str]) -> None:
        completer = QCompleter(list(suggestions), self.name.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _text: self.changed.emit())
        popup = QListView()
        popup.setItemDelegate(HitDelegate(popup))
        completer.setPopup(popup)
        self.name.line.setCompleter(completer)

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        layout = QHBoxLayout()
        layout.setSpacing(4)
        outer.addLayout(layout)
        self.error_label = label("", "error", wraps=True)
        self._error_row = QWidget()
        error = QHBoxLayout(self._error_row)
        error.setContentsMargins(0, 0, 0, 4)
        error.setSpacing(4)
        error.addWidget(IconLabel("warning-circle", "bad", 16), 0, Qt.AlignmentFlag.AlignTop)
        error.addWidget(self.error_label, 1)
        self._error_row.hide()
        outer.addWidget(self._error_row)
        top = Qt.AlignmentFlag.AlignTop
        height = self.fontMetrics().height()
        for field in self.fields:
            field.label.hide()
            layout.addWidget(field, 1 if field is self.name else 0, top)
            if field is not self.name:
                field.setFixedWidth(round(height * AMOUNT_WIDTH))
        if self.part is not Part.DEBT:
            words = self.per_button.fontMetrics()
            widest = max(words.horizontalAdvance(period_word(per)) for per in Per)
            self.per_button.setFixedWidth(widest + PERIOD_PADDING)
            layout.addWidget(self.per_button, 0, top)
        layout.addWidget(self.remove_button, 0, top)
        self._show_period()

    # -- values

    def is_empty(self) -> bool:
        """Whether nothing is typed."""
        return all(field.is_empty() for field in self.fields)

    def check(self) -> bool:
        """Whether the line may be saved; says beside the field what is wrong. An empty line is right."""
        if self.is_empty():
            return True
        right = [field.check() for field in self.fields]  # every field, so that all that is wrong is said
        return all(right)

    def line(self) -> BudgetLine | None:
        """The line typed; None where nothing is; raises RuleError when it is wrong."""
        if self.is_empty():
            return None
        remaining = self.remaining.given() if self.part is Part.DEBT else None
        return BudgetLine(self.part, self.name.value() or self._proposed, self.amount.value(), self.per, remaining)

    def peek(self) -> BudgetLine | None:
        """The line typed so far, for what moves while typing; None where there is no right amount yet."""
        try:
            return self.line()
        except RuleError:
            return None

    @property
    def is_unreadable(self) -> bool:
        """Whether an amount is typed that cannot be read, so that every sum would be wrong."""
        return not self.amount.is_empty() and self.amount.peek() is None

    def show_line(self, line: BudgetLine) -> None:
        """Show a line."""
        self.name.set_value(line.name)
        self.amount.set_value(line.amount)
        self.remaining.set_value(line.remaining)
        self.per = line.per
        self._show_period()

    def typed(self) -> Typed:
        """What stands in the line, to be given to `restore`; an amount that can be read in one way of writing only."""
        return [self.name.text(), _tidy(self.amount), _tidy(self.remaining), self.per.value]

    def restore(self, typed: Typed) -> None:
        """Put back what `typed` gave."""
        name, amount, remaining, per = typed
        self.name.restore_typed(name)
        self.amount.restore_typed(amount)
        self.remaining.restore_typed(remaining)
        self.per = Per(per)
        self._show_period()

    def set_read_only(self, read_only: bool) -> None:
        """Show the line without letting anyone change it."""
        for field in self.fields:
            field.set_read_only(read_only)
        self.per_button.setEnabled(not read_only)
        self.remove_button.setVisible(not read_only)

    def stops(self) -> list[QWidget]:
        """What Tab visits, in reading order."""
        period = [] if self.part is Part.DEBT else [self.per_button]
        return [*self.fields, *period, self.remove_button]

    # -- parts

    def _show_error(self) -> None:
        """The first sentence of the line, below all of it."""
        text = next((field.error for field in self.fields if field.error), "")
        self.error_label.setText(text)
        self._error_row.setVisible(bool(text))

    def _turn_period(self) -> None:
        self.per = Per.YEAR if self.per is Per.MONTH else Per.MONTH
        self._show_period()
        self.changed.emit()

    def _show_period(self) -> None:
        monthly = self.per is Per.MONTH
        self.per_button.setText(period_word(self.per))
        tip = _("The amount of a month. Press for a year's amount.")
        if not monthly:
            tip = _("The amount of a year: a twelfth counts, rounded to the øre. Press for a month's amount.")
        self.per_button.setToolTip(tip)
        self.per_button.setAccessibleDescription(tip)
        self._name_parts()

    def take_proposed(self) -> None:
        """A line with an amount has a name that can be read."""
        if not self.amount.is_empty() and self.name.is_empty() and not self.name.line.isReadOnly():
            self.name.set_value(self._proposed)
            self._name_parts()

    def _name_parts(self) -> None:
        """What a screen reader says: which line the amount and the buttons belong to."""
        name = self.name.text() or self._proposed
        self.name.editor.setAccessibleName(_("Name of the line"))
        self.amount.editor.setAccessibleName(_("{name}, amount").format(name=name))
        self.remaining.editor.setAccessibleName(_("{name}, still owed").format(name=name))
        self.per_button.setAccessibleName(
            _("{name}, for each {period}").format(name=name, period=self.per_button.text())
        )
        self.remove_button.setAccessibleName(_("Take away {name}").format(name=name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.remove_button.isVisible():
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Delete and held:
                self.removing.emit(self)
                return True
        return super().eventFilter(watched, event)
