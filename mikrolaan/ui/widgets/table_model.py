"""The rows of a long list, read from its query a page at a time, when they are first painted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QIcon

from mikrolaan.ui.icons import icon
from mikrolaan.ui.widgets.cards import State

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

PAGE_SIZE = 100
PAGES_KEPT = 20
TONE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
STRUCK_ROLE = TONE_ROLE + 1


class Align(Enum):
    """Where a column's text stands."""

    START = "start"  # words
    END = "end"  # amounts and counts, with tabular figures


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its heading and text are asked when shown, so that they follow the language."""

    title: Callable[[], str]
    text: Callable[[R], str]
    align: Align = Align.START
    tooltip: Callable[[R], str] | None = None
    state: Callable[[R], State | None] | None = None  # an icon and colour before the text
    sort_key: str = ""  # what the query sorts by; a column without one cannot be sorted
    width: int = 0  # a first width in pixels; 0 shares what is left
    struck: Callable[[R], bool] | None = None  # whether the text is struck through: it counts no more


class PagedTableModel(QAbstractTableModel, Generic[R]):
    """Knows the true number of rows; keeps the pages last looked at, with their texts."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        count: Callable[[], int],
        fetch: Callable[[int, int], Sequence[R]],
        sort_by: Callable[[str, bool], None] | None = None,
    ) -> None:
        """`fetch(offset, limit)` gives rows; `sort_by(key, descending)` tells the query what to sort by."""
        super().__init__()
        self.columns = tuple(columns)
        self._count = count
        self._fetch = fetch
        self._sort_by = sort_by
        self._pages: OrderedDict[int, Sequence[R]] = OrderedDict()
        self._texts: dict[int, tuple[str, ...]] = {}
        self._total = count()

    def reload(self) -> None:
        """Ask the query again: after a search, a sort, or a change of the records."""
        self.beginResetModel()
        self._pages.clear()
        self._texts.clear()
        self._total = self._count()
        self.endResetModel()

    def row(self, number: int) -> R | None:
        """The row as the query gave it; None where the list became shorter meanwhile."""
        if not 0 <= number < self._total:
            return None
        page_number, within = divmod(number, PAGE_SIZE)
        page = self._pages.get(page_number)
        if page is None:
            page = self._pages[page_number] = self._fetch(page_number * PAGE_SIZE, PAGE_SIZE)
            if len(self._pages) > PAGES_KEPT:
                oldest, _rows = self._pages.popitem(last=False)
                for gone in range(oldest * PAGE_SIZE, (oldest + 1) * PAGE_SIZE):
                    self._texts.pop(gone, None)
        else:
            self._pages.move_to_end(page_number)
        return page[within] if within < len(page) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.align is Align.END else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column.tooltip is not None:
            row = self.row(index.row())
            return None if row is None else column.tooltip(row)
        if role in (Qt.ItemDataRole.DecorationRole, TONE_ROLE) and column.state is not None:
            row = self.row(index.row())
            state = None if row is None else column.state(row)
            if state is None:
                return None
            return state.tone if role == TONE_ROLE else _state_icon(state)
        if role == STRUCK_ROLE and column.struck is not None:
            row = self.row(index.row())
            return row is not None and column.struck(row)
        return None

    def _text(self, number: int, column: int) -> str:
        texts = self._texts.get(number)
        if texts is None:
            row = self.row(number)
            texts = ("",) * len(self.columns) if row is None else tuple(made.text(row) for made in self.columns)
            self._texts[number] = texts
        return texts[column]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.align is Align.END else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self._sort_by is None or not 0 <= column < len(self.columns) or not self.columns[column].sort_key:
            return
        self._sort_by(self.columns[column].sort_key, order == Qt.SortOrder.DescendingOrder)
        self.reload()


def _state_icon(state: State) -> QIcon:
    return icon(state.icon, state.tone)
