"""The lines of one part of a budget, with their sum in a month and a way to add more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.budget import MOST_LINES, BudgetLine, Part
from mikrolaan.domain.money import Currency, total
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.ui import theme
from mikrolaan.ui.budget.budget_row import AMOUNT_WIDTH, BudgetRow, Typed
from mikrolaan.ui.budget.budget_words import further_names, other_name, part_help, part_word, usual_names
from mikrolaan.ui.widgets.basics import button, label

REMOVE_WIDTH = 32  # pixels of the button that takes a line away, about


class PartLines(QWidget):
    """Enter in the last filled line adds another; in an empty one it leads on to the next part."""

    changed = Signal()
    reached = Signal()  # the cursor went to another line
    finished = Signal()  # Enter was pressed in an empty last line

    def __init__(self, part: Part, currency: Currency) -> None:
        super().__init__()
        self.part, self._currency = part, currency
        self._read_only = False
        self.rows: list[BudgetRow] = []
        self._suggestions = [*usual_names(part), *further_names(part)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.title = label(part_word(part), "label")
        self.sum = label("")
        self.sum.setFont(theme.tabular(self.sum.font()))
        self.sum.setProperty("role", "strong")
        head.addWidget(self.title, 1)
        head.addWidget(self.sum)
        layout.addLayout(head)
        if part_help(part):
            layout.addWidget(label(part_help(part), "caption", wraps=True))
        if part is Part.DEBT:
            layout.addLayout(self._debt_heads())
        self._layout = QVBoxLayout()
        self._layout.setSpacing(4)
        layout.addLayout(self._layout)
        foot = QHBoxLayout()
        self.add_button = button(_("Add a line"), "link", "plus")
        self.add_button.setAccessibleName(_("Add a line: {part}").format(part=part_word(part)))
        self.add_button.clicked.connect(self._on_add)
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        layout.addLayout(foot)
        self._show_sum()

    def _debt_heads(self) -> QHBoxLayout:
        """Above the two amounts of a debt: which is which."""
        heads = QHBoxLayout()
        heads.setSpacing(4)
        heads.addStretch(1)
        height = self.fontMetrics().height()
        for text in (pgettext("budget", "a month"), _("Still owed")):
            head = label(text, "caption")
            head.setAlignment(Qt.AlignmentFlag.AlignRight)
            head.setFixedWidth(round(height * AMOUNT_WIDTH))
            heads.addWidget(head)
        heads.addSpacing(REMOVE_WIDTH)
        return heads

    # -- lines

    def show_lines(self, lines: Sequence[BudgetLine], *, usual: bool = False) -> None:
        """Show these lines; `usual` begins a new budget with the lines that people usually need."""
        self._clear()
        for line in lines:
            self._append().show_line(line)
        self._offer(usual)

    def restore(self, typed: Sequence[Typed], *, usual: bool = False) -> None:
        """Put back what `typed` gave."""
        self._clear()
        for cells in typed:
            self._append().restore(cells)
        self._offer(usual)

    def _offer(self, usual: bool) -> None:
        """Empty lines to write in: one where there is none, or all that people usually need."""
        if self._read_only:
            pass
        elif usual:
            while self._next_name() in usual_names(self.part):
                self._append()
        elif not self.rows:
            self._append()
        self._after()

    def typed(self) -> list[Typed]:
        """What stands in every line that is not empty."""
        return [row.typed() for row in self.rows if not row.is_empty()]

    def lines(self) -> list[BudgetLine]:
        """The lines typed, without empty ones; raises RuleError when one is wrong."""
        return [line for line in (row.line() for row in self.rows) if line is not None]

    def peek(self) -> list[BudgetLine]:
        """The lines that are right so far."""
        return [line for line in (row.peek() for row in self.rows) if line is not None]

    def check(self) -> bool:
        """Whether every line may be saved; says beside a line where not."""
        right = [row.check() for row in self.rows]  # every line, so that all that is wrong is said
        return all(right)

    def first_wrong(self) -> QWidget | None:
        """The editor of the first field with a sentence beside it."""
        return next((field.editor for row in self.rows for field in row.fields if field.error), None)

    def add(self) -> None:
        """One more line, with the cursor in it."""
        if self._read_only or len(self.rows) >= MOST_LINES:
            return
        row = self._append()
        self._after()
        self._reach(row.name.line)

    def remove(self, row: BudgetRow) -> None:
        """Take a line away; the cursor goes to the next one."""
        place = self.rows.index(row)
        self.rows.remove(row)
        self._layout.removeWidget(row)
        if self.rows:
            self._reach(self.rows[min(place, len(self.rows) - 1)].name.line)
        else:
            self._reach(self.add_button)
        row.hide()
        row.deleteLater()
        self._after()
        self.changed.emit()

    def begin(self) -> None:
        """Put the cursor into the first line."""
        if self.rows:
            self._reach(self.rows[0].name.line)
        else:
            self.add()

    def set_read_only(self, read_only: bool) -> None:
        """Show the lines without letting anyone change them."""
        self._read_only = read_only
        self.add_button.setVisible(not read_only)
        for row in self.rows:
            row.set_read_only(read_only)

    # -- parts

    def _on_add(self) -> None:
        self.add()

    def _reach(self, stop: QWidget) -> None:
        stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reached.emit()

    def _append(self) -> BudgetRow:
        row = BudgetRow(self.part, self._currency, self._next_name(), self._suggestions)
        row.set_read_only(self._read_only)
        row.changed.connect(self._on_changed)
        row.done.connect(self._on_done)
        row.removing.connect(self.remove)
        self.rows.append(row)
        self._layout.addWidget(row)
        return row

    def _next_name(self) -> str:
        """The first suggestion that no line has taken yet."""
        taken = {row.name.text() or row.name.line.placeholderText() for row in self.rows}
        return next((name for name in self._suggestions if name not in taken), other_name(self.part))

    def _clear(self) -> None:
        for row in self.rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []

    def _after(self) -> None:
        self._show_sum()
        self._order_stops()

    def _order_stops(self) -> None:
        """Let Tab come to the lines where the button below them stood, which was there first, and then to the button."""
        stops = [stop for row in self.rows for stop in row.stops()]
        for before, following in pairwise([self.add_button, *stops, self.add_button]):
            QWidget.setTabOrder(before, following)

    def _on_done(self, row: BudgetRow) -> None:
        place = self.rows.index(row)
        if place + 1 < len(self.rows):
            self._reach(self.rows[place + 1].name.line)
        elif row.is_empty():
            self.finished.emit()
        else:
            self.add()

    def _on_changed(self) -> None:
        self._show_sum()
        self.changed.emit()

    def _show_sum(self) -> None:
        monthly = total([line.monthly for line in self.peek()], self._currency)
        unreadable = any(row.is_unreadable for row in self.rows)
        text = "–" if unreadable else current_language().amount(monthly)
        self.sum.setText(text)
        self.sum.setAccessibleName(_("{part}, in a month: {amount}").format(part=part_word(self.part), amount=text))
