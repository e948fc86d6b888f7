"""The History tab of a case: every change, newest first, and beside it what the chosen one changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from mikrolaan.domain.errors import NotFound
from mikrolaan.i18n import _, current_language
from mikrolaan.services.queries import Slice
from mikrolaan.services.rows import HistoryRow
from mikrolaan.services.session import Session
from mikrolaan.ui.history.changes import FieldChange, changes_of
from mikrolaan.ui.widgets.basics import IconLabel, label
from mikrolaan.ui.widgets.cards import Card, EmptyState
from mikrolaan.ui.widgets.page import scrolling
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Column, PagedTableModel
from mikrolaan.ui.words import act_word

DETAILS_WIDTH = 400
LONGEST_WORD = 18  # characters; a longer one (an e-mail address) may be broken to stay inside its column
BREAK_HERE = "\u200b"  # a space without width
ARROW_SIZE = 16


class HistoryTab(QWidget):
    """What happened to some records: a borrower with its loans, one loan, a group."""

    def __init__(self, session: Session, record_ids: Sequence[UUID] = ()) -> None:
        super().__init__()
        self._session = session
        self._record_ids = tuple(record_ids)
        self.model = PagedTableModel(self._columns(), self._count, self._part)
        empty = EmptyState("clock-counter-clockwise", _("Every change will be listed here, with who made it and when."))
        self.table = Table(self.model, _("History"), empty)
        self.details = ChangeCard()
        details_area = scrolling(self.details)
        details_area.setMinimumWidth(DETAILS_WIDTH * 3 // 4)
        details_area.setMaximumWidth(DETAILS_WIDTH)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.table, 3)
        layout.addWidget(details_area, 2)
        self.table.row_selected.connect(self._on_selected)
        self._show_first()

    def show_records(self, record_ids: Sequence[UUID]) -> None:
        """Show the history of other records."""
        self._record_ids = tuple(record_ids)
        self.model.reload()
        self._show_first()

    def refresh(self) -> None:
        """Load the list again."""
        self.table.reload()
        if self.table.selected_row() is None:
            self._show_first()

    @staticmethod
    def _columns() -> list[Column[HistoryRow]]:
        return [
            Column(lambda: _("When"), lambda row: current_language().moment(row.at), width=160),
            Column(lambda: _("Who"), lambda row: row.officer, width=150),
            Column(lambda: _("What"), lambda row: act_word(row.act)),
        ]

    def _count(self) -> int:
        return self._session.queries.count_history(self._record_ids) if self._record_ids else 0

    def _part(self, offset: int, limit: int) -> Sequence[HistoryRow]:
        return self._session.queries.history(self._record_ids, Slice(offset, limit))

    def _show_first(self) -> None:
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._on_selected(self.table.selected_row())

    def _on_selected(self, row: object) -> None:
        if not isinstance(row, HistoryRow):
            self.details.hide()
            return

        @cache
        def name_of(kind: str, record_id: UUID) -> str:
            try:
                if kind == "group":
                    return self._session.groups.get(record_id).name
                return self._session.borrowers.get(record_id).name
            except NotFound:
                return ""

        self.details.show_change(row, changes_of(row, self._session.office.get().currency, name_of))
        self.details.show()


class ChangeCard(Card):
    """What one act changed: each field with what it was and what it became."""

    def __init__(self) -> None:
        super().__init__(" ")
        self.when = label("", "muted", wraps=True)
        self.body.addWidget(self.when)
        self._content = QWidget()
        self.body.addWidget(self._content)
        self.body.addStretch(1)

    def show_change(self, row: HistoryRow, changes: Sequence[FieldChange]) -> None:
        """Show another entry."""
        self.heading.setText(act_word(row.act))
        self.when.setText(_("{when}, by {officer}").format(when=current_language().moment(row.at), officer=row.officer))
        is_new = row.before is None
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for number, change in enumerate(changes):
            at = number * 3
            grid.addWidget(label(change.word, "caption", wraps=True), at, 0, 1, 3)
            if is_new:
                grid.addWidget(label(breakable(change.after), wraps=True), at + 1, 0, 1, 3)
            else:
                grid.addWidget(label(breakable(change.before) or _("empty"), "muted", wraps=True), at + 1, 0, top)
                grid.addWidget(IconLabel("arrow-right", "muted", ARROW_SIZE), at + 1, 1, top)
                grid.addWidget(label(breakable(change.after) or _("empty"), wraps=True), at + 1, 2, top)
            grid.setRowMinimumHeight(at + 2, 8)
        if not changes:
            grid.addWidget(label(_("Nothing that is shown here changed."), "muted", wraps=True), 0, 0, 1, 3)
        self.body.replaceWidget(self._content, content)
        self._content.hide()
        self._content.deleteLater()
        self._content = content


def breakable(text: str, longest: int = LONGEST_WORD) -> str:
    """The text for showing only: words longer than that may break after their signs, or where they must."""
    words = []
    for word in text.split(" "):
        if len(word) > longest and not word.isspace():
            word = re.sub(r"([@._/-])", rf"\1{BREAK_HERE}", word)
            word = re.sub(rf"([^{BREAK_HERE}\s]{{{longest}}})(?=[^{BREAK_HERE}\s])", rf"\1{BREAK_HERE}", word)
        words.append(word)
    return " ".join(words)
