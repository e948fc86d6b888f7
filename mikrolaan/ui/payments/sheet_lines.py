"""The rows of a group's sheet: each member's loan, what is due, and a field for what was paid."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from mikrolaan.domain.money import Currency, Money, total
from mikrolaan.i18n import _, current_language
from mikrolaan.services.taking_payments import PayableLoan
from mikrolaan.ui.payments.loan_search import late_part, overdue_state
from mikrolaan.ui.widgets.basics import ElidedLabel, empty, hairline, label
from mikrolaan.ui.widgets.cards import Card, StateChip
from mikrolaan.ui.widgets.value_fields import MoneyField

PAID_WIDTH = 152
MEMBER, LOAN, DUE, NEXT, STATE, PAID = range(6)
END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class SheetLines(Card):
    """Up and down go from amount to amount; Enter in the last one asks to save."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._currency = currency
        self._lines: Sequence[PayableLoan] = ()
        self.fields: list[MoneyField] = []
        self.sum = label("", "strong")
        self._holder = QWidget()
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(MEMBER, 1)
        self.body.addWidget(self._holder)
        self.body.addStretch(1)
        self.changed.connect(self._show_sum)

    @property
    def count(self) -> int:
        """How many loans the sheet has."""
        return len(self._lines)

    def show_lines(self, lines: Sequence[PayableLoan], *, keep_typed: bool = False) -> None:
        """Show these loans; amounts that are typed stay beside their loan where asked."""
        typed = self.typed() if keep_typed else {}
        self._lines = lines
        self.fields = []
        empty(self._grid)
        heads = (
            _("Member"),
            _("Loan"),
            _("Due now, {currency}").format(currency=self._currency.value),
            _("Next instalment, {currency}").format(currency=self._currency.value),
            _("State"),
            _("Paid, {currency}").format(currency=self._currency.value),
        )
        for column, words in enumerate(heads):
            side = END if column in (LOAN, DUE, NEXT, PAID) else Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(label(words, "caption"), 0, column, side)
        for number, line in enumerate(lines):
            self._add_line(1 + number, line)
        self._put(typed)
        self._add_totals(1 + len(lines))
        self._show_sum()

    def _add_line(self, row: int, line: PayableLoan) -> None:
        speaks = current_language()
        told = line.told
        following = next((each for each in told.rows if each.unpaid and each.instalment.due_on > told.as_of), None)
        name = ElidedLabel(line.borrower)
        due = label(speaks.amount(line.due_now) if line.due_now else "–")
        due.setToolTip(late_part(line))
        coming = label(speaks.amount(following.unpaid) if following else "–")
        if following is not None:
            coming.setToolTip(_("Due {date}").format(date=speaks.date(following.instalment.due_on)))
        paid = MoneyField("paid", _("Paid by {name}").format(name=line.borrower), self._currency, required=False)
        paid.label.hide()
        paid.setFixedWidth(PAID_WIDTH)
        paid.changed.connect(self.changed)
        paid.line.installEventFilter(self)
        self.fields.append(paid)
        self._grid.addWidget(name, row, MEMBER)
        self._grid.addWidget(label(str(line.loan.number)), row, LOAN, END)
        self._grid.addWidget(due, row, DUE, END)
        self._grid.addWidget(coming, row, NEXT, END)
        self._grid.addWidget(
            StateChip(overdue_state(line)), row, STATE, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self._grid.addWidget(paid, row, PAID)

    def _add_totals(self, row: int) -> None:
        self.sum = label("", "strong")  # the one before goes with its row
        if not self._lines:
            return
        due = total([line.due_now for line in self._lines], self._currency)
        self._grid.addWidget(hairline(), row, 0, 1, PAID + 1)
        self._grid.addWidget(label(_("Total"), "strong"), row + 1, MEMBER)
        self._grid.addWidget(label(current_language().amount(due), "strong"), row + 1, DUE, END)
        self._grid.addWidget(self.sum, row + 1, PAID, END)

    def _show_sum(self) -> None:
        paid = self.sum_so_far()
        self.sum.setText("–" if paid is None else current_language().amount(paid))

    # -- amounts

    def typed(self) -> dict[UUID, object]:
        """What stands in the rows, by loan; empty rows are left out."""
        return {
            line.loan.id: field.typed()
            for line, field in zip(self._lines, self.fields, strict=True)
            if not field.is_empty()
        }

    def restore_typed(self, typed: dict[UUID, object]) -> None:
        """Put back what `typed` gave, on the rows that are still there."""
        self._put(typed)
        self.changed.emit()

    def _put(self, typed: dict[UUID, object]) -> None:
        for line, field in zip(self._lines, self.fields, strict=True):
            if line.loan.id in typed:
                field.restore_typed(typed[line.loan.id])

    def fill(self) -> None:
        """Propose in every empty row what is due, else the next instalment."""
        for line, field in zip(self._lines, self.fields, strict=True):
            if field.is_empty() and line.proposed is not None:
                field.set_value(line.proposed)
        self.changed.emit()
        self.focus_first()

    def clear(self) -> None:
        """Empty every amount."""
        for field in self.fields:
            field.set_value(None)
        self.changed.emit()

    def check(self) -> bool:
        """Whether every amount can be read; the cursor goes to the first that cannot."""
        wrong = [field for field in self.fields if not field.check()]
        if wrong:
            wrong[0].line.setFocus()
        return not wrong

    def paid(self) -> list[tuple[UUID, Money]]:
        """What was paid on which loan; rows that are empty or zero are left out."""
        pairs = [(line.loan.id, field.given()) for line, field in zip(self._lines, self.fields, strict=True)]
        return [(loan_id, amount) for loan_id, amount in pairs if amount]

    def peek(self) -> list[Money]:
        """The amounts that can be read, while one types."""
        return [amount for field in self.fields if (amount := field.peek())]

    def sum_so_far(self) -> Money | None:
        """What all members pay, as far as it is typed; None while an amount cannot be read."""
        if any(field.peek() is None for field in self.fields if not field.is_empty()):
            return None
        return total(self.peek(), self._currency)

    def set_error(self, loan_id: UUID, text: str) -> None:
        """Show a sentence beside the amount of a loan."""
        for line, field in zip(self._lines, self.fields, strict=True):
            if line.loan.id == loan_id:
                field.set_error(text)
                field.line.setFocus()

    def focus_first(self) -> None:
        """Put the cursor into the first amount."""
        if self.fields:
            self._focus(0)

    def focus_loan(self, loan_number: int) -> None:
        """Put the cursor into the amount of a loan."""
        for place, line in enumerate(self._lines):
            if line.loan.number == loan_number:
                self._focus(place)

    def _focus(self, number: int) -> None:
        self.fields[number].line.setFocus()
        self.fields[number].line.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            lines = [field.line for field in self.fields]
            step = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Return: 1,
                Qt.Key.Key_Enter: 1,
                Qt.Key.Key_Up: -1,
            }.get(Qt.Key(event.key()), 0)
            if step and watched in lines:
                at = lines.index(watched) + step
                if 0 <= at < len(lines):
                    self._focus(at)
                elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self.submitted.emit()
                return True
        return super().eventFilter(watched, event)
