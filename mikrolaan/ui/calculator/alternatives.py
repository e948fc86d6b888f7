"""Up to three alternatives side by side, with what sets them apart named in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mikrolaan.i18n import _, current_language
from mikrolaan.services.calculation import Calculation
from mikrolaan.services.plan_shape import debt_top
from mikrolaan.ui.calculator.alternative_words import LETTERS, difference_words, instalments_in_words
from mikrolaan.ui.calculator.debt_sketch import DebtSketch
from mikrolaan.ui.widgets.basics import button, empty, hairline, icon_button, label
from mikrolaan.ui.widgets.cards import Card, EmptyState
from mikrolaan.ui.words import repayment_form_told

COMPARED_ROW = 6


class Alternatives(QWidget):
    """A column for each alternative; the others are compared with the first."""

    chosen = Signal(int)  # go on with the one at that place
    removed = Signal(int)

    def __init__(self, keep_act: QAction) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.empty_state = EmptyState(
            "scales",
            _(
                "Keep what you have worked out, change the numbers, and keep it again. "
                "Up to three alternatives stand here side by side, with their differences in words."
            ),
            keep_act,
        )
        layout.addWidget(self.empty_state)
        self.card = Card()
        self.card.body.setContentsMargins(16, 12, 16, 14)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(4)
        self.card.body.addLayout(self._grid)
        layout.addWidget(self.card)
        layout.addStretch(1)
        self.go_on_buttons: list[QPushButton] = []
        self.remove_buttons: list[QWidget] = []
        self.difference_labels: list[QLabel] = []
        self.sketches: list[DebtSketch] = []
        self._present: int | None = None
        self.show_all([])

    def show_all(self, kept: Sequence[Calculation]) -> None:
        """Show these, in the order in which they were kept."""
        self.empty_state.setVisible(not kept)
        self.card.setVisible(bool(kept))
        empty(self._grid)
        self.go_on_buttons, self.remove_buttons, self.difference_labels, self.sketches = [], [], [], []
        if kept:
            self._add_words(len(kept))
            for place, calculation in enumerate(kept):
                self._add_column(place, calculation, kept)
            for column in range(1, len(LETTERS) + 1):
                self._grid.setColumnStretch(column, 1 if column <= len(kept) else 0)
        self.mark_present(self._present)

    def mark_present(self, place: int | None) -> None:
        """Say which of them is the one in the fields now; None: none of them."""
        self._present = place
        for at, made in enumerate(self.go_on_buttons):
            made.setEnabled(at != place)
            made.setText(_("Shown now") if at == place else _("Go on"))

    def _add_words(self, count: int) -> None:
        words = {
            3: _("Instalment"),
            4: _("Effective rate"),
            5: _("Total cost"),
            6: _("Beside A"),
            8: _("Amount"),
            9: _("Nominal rate"),
            10: _("Instalments"),
            11: _("Form"),
            12: _("Repaid"),
        }
        for row, word in words.items():
            if row != COMPARED_ROW or count > 1:
                self._grid.addWidget(label(word, "caption"), row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(hairline(), 7, 0, 1, len(LETTERS) + 1)

    def _add_column(self, place: int, calculation: Calculation, kept: Sequence[Calculation]) -> None:
        speaks, terms, plan = current_language(), calculation.terms, calculation.plan
        column = place + 1
        self._grid.addWidget(self._head(place), 0, column)
        if place:
            told = label("\n".join(difference_words(kept[0], calculation)), "caption", wraps=True)
            self.difference_labels.append(told)
            self._grid.addWidget(told, COMPARED_ROW, column, Qt.AlignmentFlag.AlignTop)
        top = max(debt_top(one.plan) for one in kept)
        days = max((one.last.due_on - one.terms.disbursed_on).days for one in kept)
        sketch = DebtSketch(plan, top, days)
        sketch.setAccessibleName(_("How the debt of alternative {letter} falls").format(letter=LETTERS[place]))
        self.sketches.append(sketch)
        self._grid.addWidget(sketch, 2, column)
        rate = calculation.effective_rate
        figures = (
            speaks.money(calculation.regular.due),
            "–" if rate is None else speaks.percent(rate),
            speaks.money(plan.total_cost),
        )
        for row, figure in enumerate(figures, start=3):
            self._grid.addWidget(label(figure, "strong"), row, column, Qt.AlignmentFlag.AlignTop)
        chosen = (
            speaks.money(terms.principal),
            speaks.percent(terms.annual_rate_percent, decimals=None),
            instalments_in_words(terms),
            repayment_form_told(terms),
            speaks.date(calculation.last.due_on),
        )
        for row, text in enumerate(chosen, start=8):
            self._grid.addWidget(label(text, wraps=True), row, column, Qt.AlignmentFlag.AlignTop)

    def _head(self, place: int) -> QWidget:
        """The letter, the way on with it, and the way out."""
        letter = LETTERS[place]
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(letter, "section"), 0, Qt.AlignmentFlag.AlignBaseline)
        go_on = button("", "link")
        go_on.setAccessibleName(_("Go on with alternative {letter}").format(letter=letter))
        go_on.clicked.connect(lambda _checked=False: self.chosen.emit(place))
        self.go_on_buttons.append(go_on)
        row.addWidget(go_on, 0, Qt.AlignmentFlag.AlignBaseline)
        row.addStretch(1)
        remove = icon_button("x", _("Remove alternative {letter}").format(letter=letter), tone="muted", size=16)
        remove.clicked.connect(lambda _checked=False: self.removed.emit(place))
        self.remove_buttons.append(remove)
        row.addWidget(remove)
        return head
