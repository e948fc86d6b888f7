"""A page that is one list: searched while one types, counted, sorted and paged by the query, and opened with Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mikrolaan.i18n import _, current_language
from mikrolaan.services.queries import Order, Slice
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.fields import SearchField
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Column, PagedTableModel

SEARCH_WIDTH = 360

Row = TypeVar("Row")


class ListPage(Page, Generic[Row]):
    """Override the questions of the list; call `lay_out_list` once the acts are made."""

    clear_act: QAction
    search_width = SEARCH_WIDTH

    def lay_out_list(
        self,
        search: SearchField,
        columns: Sequence[Column[Row]],
        none_yet: EmptyState,
        nothing_found: EmptyState,
        beside: Sequence[QWidget] = (),
    ) -> None:
        """`beside` the search stands what narrows the list further; `clear_act` shows everything again."""
        self._order = Order()
        self.search = search
        search.setFixedWidth(self.search_width)
        search.searched.connect(lambda _text: self.refresh())
        search.submitted.connect(self._on_enter)
        self.first_focus = search.line
        self.count = label("", "muted")
        row = QHBoxLayout()
        row.setSpacing(16)
        for made in (search, *beside, self.count):
            row.addWidget(made)
        row.addStretch(1)
        self.body.addLayout(row)
        self.model: PagedTableModel[Row] = PagedTableModel(
            columns, self.how_many, lambda offset, limit: self.rows(self._order, Slice(offset, limit)), self._sort_by
        )
        self.table = Table(self.model, self.title())
        self.table.row_opened.connect(self.open_row)
        self.body.addWidget(self.table, 1)
        self.none_yet, self.nothing_found = none_yet, nothing_found
        for state in (none_yet, nothing_found):
            state.cover(self.table.viewport())
        self.show_count()

    # -- to override

    def how_many(self) -> int:
        """How many rows the list has, as it is narrowed now."""
        raise TypeError(type(self).__name__)

    def how_many_in_all(self) -> int:
        """How many there are in the office."""
        raise TypeError(type(self).__name__)

    def rows(self, order: Order, part: Slice) -> Sequence[Row]:
        """A part of them."""
        raise TypeError(type(self).__name__)

    def open_row(self, row: object) -> None:
        """Go to the case of a row."""
        raise TypeError(type(self).__name__)

    def counted(self, rows: int) -> str:
        """How many there are in the office, in words with the field {count}."""
        raise TypeError(type(self).__name__)

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of everything is asked for."""
        return bool(self.search.text())

    # -- what every list does

    def clear_search(self) -> None:
        """Show everything again."""
        self.search.line.clear()
        self.refresh()
        self.search.line.setFocus()

    def refresh(self) -> None:
        self.table.reload()
        self.show_count()

    def show_count(self) -> None:
        """Say how many there are, and what an empty list is empty of."""
        shown, narrowed, speaks = self.model.rowCount(), self.is_narrowed, current_language()
        total = self.how_many_in_all() if narrowed else shown
        if narrowed:
            told = _("{count} of {total}").format(count=speaks.number(shown), total=speaks.number(total))
        else:
            told = self.counted(total).format(count=speaks.number(total))
        self.count.setText(told if total else "")  # an empty list says itself that it is empty
        self.none_yet.setVisible(not total)
        self.nothing_found.setVisible(bool(total) and not shown)
        self.clear_act.setVisible(narrowed)

    def _sort_by(self, key: str, descending: bool) -> None:
        self._order = Order(key, descending)

    def _on_enter(self) -> None:
        """Enter opens the only one found, else it goes into the list."""
        self.refresh()
        first = self.model.row(0)
        if first is None:
            return
        if self.model.rowCount() == 1:
            self.open_row(first)
            return
        self.table.setFocus()
        self.table.setCurrentIndex(self.model.index(0, 0))
