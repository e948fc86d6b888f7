"""A figure of the budget with its state in word, icon and colour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from mikrolaan.ui.widgets.basics import set_look
from mikrolaan.ui.widgets.cards import KeyFigure, State, StateChip


class ResultFigure(KeyFigure):
    """Hover or F1 gives the definition; a screen reader says figure and state together."""

    def __init__(self, word: str, explanation: str, *, main: bool = False) -> None:
        """`main`: in larger type, its state below instead of beside it."""
        super().__init__(word, "–", explanation)
        self.setAccessibleDescription(explanation)
        if main:
            set_look(self.figure, "role", "title")
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        self.chip = StateChip()
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        if not main:
            layout.removeWidget(self.figure)
            row.addWidget(self.figure)
        row.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        layout.addLayout(row)

    def show_nothing(self) -> None:
        """There is nothing to reckon with yet."""
        self.show_figure("–")
        self.chip.show_state(None)

    def show_result(self, figure: str, state: State, word: str = "") -> None:
        """Show another figure with its state, under another word where one is given."""
        if word:
            self.word.setText(word)
        self.figure.setText(figure)
        self.chip.show_state(state)
        self.setAccessibleName(f"{self.word.text()}: {figure}, {state.word}")
