"""One of the law's tables on a card: its rows, and what an administrator does with the one chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from mikrolaan.i18n import _
from mikrolaan.services.law_tables import FeeLine, RateLine
from mikrolaan.ui.widgets.basics import action_button, label, make_action
from mikrolaan.ui.widgets.cards import Card, EmptyState, State
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Column, PagedTableModel

Line = TypeVar("Line", RateLine, FeeLine)
ROWS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class CardWords:
    """What stands on a card."""

    title: str
    explanation: str
    new: str
    new_tip: str
    empty: str


class LawCard(Card, Generic[Line]):
    """Asks for what is to be done; the section does it."""

    new_asked = Signal()
    correction_asked = Signal(object)  # the line
    withdrawal_asked = Signal(object)

    def __init__(
        self,
        words: CardWords,
        columns: Sequence[Column[Line]],
        told: Callable[[Line], str],
        *,
        may_change: bool,
        shortcut: str,
    ) -> None:
        """`told` is what stands below the table of the row chosen: what no column has room for."""
        super().__init__(words.title)
        self._may_change = may_change
        self._told: Callable[[Line], str] = told
        self._lines: Sequence[Line] = ()
        self.body.setContentsMargins(24, 20, 24, 24)
        self.body.setSpacing(16)
        self.body.addWidget(label(words.explanation, "muted", wraps=True))
        self.new_act = make_action(
            self, words.new, self.new_asked.emit, shortcut=shortcut, tip=words.new_tip, icon_name="plus"
        )
        self.correct_act = make_action(
            self, _("Correct"), self._correct, tip=_("Let the row chosen be another"), icon_name="pencil"
        )
        self.withdraw_act = make_action(
            self,
            _("Withdraw"),
            self._withdraw,
            tip=_("Take away what the office entered; what ships with the program holds again"),
            icon_name="prohibit",
        )
        if may_change:
            self.body.addLayout(self._acts_row())
        else:
            for act in (self.new_act, self.correct_act, self.withdraw_act):
                act.setVisible(False)
        shown: list[Column[Line]] = list(columns)
        shown.append(_kept_by())
        self._model: PagedTableModel[Line] = PagedTableModel(shown, lambda: len(self._lines), self._part)
        self.table = Table(self._model, words.title, EmptyState("scales", words.empty))
        self.table.row_selected.connect(lambda _row: self._follow())
        if may_change:
            self.table.row_opened.connect(lambda _row: self._correct())
        self.body.addWidget(self.table)
        self.about_chosen = label("", "caption", wraps=True)
        self.body.addWidget(self.about_chosen)
        self._follow()

    def _acts_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(action_button(self.new_act, "primary"))
        for act in (self.correct_act, self.withdraw_act):
            row.addWidget(action_button(act))
        row.addStretch(1)
        return row

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown, the latest first."""
        return self._lines

    @property
    def chosen(self) -> Line | None:
        """The line chosen."""
        row: Any = self.table.selected_row()
        return row if row in self._lines else None

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the rows, with the same place chosen."""
        at = max(0, self.table.currentIndex().row())
        self._lines = lines
        self._model.reload()
        rows = min(max(len(lines), 1), ROWS_SHOWN)
        header, each = self.table.horizontalHeader().sizeHint(), self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(max(header.height() + rows * each + 4, 0 if lines else 200))
        if lines:
            self.table.setCurrentIndex(self._model.index(min(at, len(lines) - 1), 0))
        self._follow()

    def _part(self, offset: int, limit: int) -> Sequence[Line]:
        return self._lines[offset : offset + limit]

    def _follow(self) -> None:
        chosen = self.chosen
        self.correct_act.setEnabled(self._may_change and chosen is not None)
        self.withdraw_act.setEnabled(self._may_change and chosen is not None and chosen.own is not None)
        self.about_chosen.setText("" if chosen is None else self._told(chosen))
        self.about_chosen.setVisible(chosen is not None)

    def _correct(self) -> None:
        if self.chosen is not None:
            self.correction_asked.emit(self.chosen)

    def _withdraw(self) -> None:
        if self.chosen is not None and self.chosen.own is not None:
            self.withdrawal_asked.emit(self.chosen)


def _kept_by() -> Column[Any]:
    def state(line: RateLine | FeeLine) -> State | None:
        if line.own is not None:
            return State(_("The office"), "buildings", "primary")
        if isinstance(line, RateLine) and line.row.percent is None:
            return State(_("Not entered"), "warning", "warn")
        return None

    def word(line: RateLine | FeeLine) -> str:
        told = state(line)
        return told.word if told is not None else _("The program")

    return Column(lambda: _("Entered by"), word, state=state, width=130)
