"""The table view of every list: calm rows, one hairline each, Enter opens, an empty list says what will be here."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QIcon,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t
from mikrolaan.ui.icons import draw_icon
from mikrolaan.ui.widgets.basics import plain_tip
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.table_model import STRUCK_ROLE, TONE_ROLE, Index, PagedTableModel

PADDING = 12
SMALL_ICON = 16
ABOVE_AND_BELOW = 12  # pixels of a row that are not text, together
_ANYWHERE = QTextOption()
_ANYWHERE.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


class RowDelegate(QStyledItemDelegate):
    """Paints one cell: hover and selection across the row, the text elided, a state's icon in its colour."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        try:
            self._paint(painter, option, index)
        finally:  # an error on the way must not leave the painter with this cell's font and pen
            painter.restore()

    def _paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.current()
        if self._table.selectionModel().isSelected(index):
            painter.fillRect(option.rect, QColor(colours.selection))
        elif index.row() == self._table.hovered_row:
            painter.fillRect(option.rect, QColor(colours.hover))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        area = option.rect.adjusted(PADDING, 0, -PADDING, -1)
        tone = index.data(TONE_ROLE)
        mark = index.data(Qt.ItemDataRole.DecorationRole)
        if isinstance(mark, QIcon):
            mark.paint(painter, QRect(area.left(), area.center().y() - SMALL_ICON // 2 + 1, SMALL_ICON, SMALL_ICON))
            area.adjust(SMALL_ICON + 6, 0, 0, 0)
        struck = bool(index.data(STRUCK_ROLE))
        font = QFont(self._table.font())
        font.setStrikeOut(struck)
        painter.setFont(font)
        painter.setPen(QColor(colours.tone(tone) if tone else colours.muted if struck else colours.ink))
        shown = "\n".join(_lines(str(index.data() or ""), font, area.width(), self._table.most_lines))
        painter.drawText(area, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the whole text on one line; as high as its lines in the column."""
        text, metrics = str(index.data() or ""), self._table.fontMetrics()
        around = (SMALL_ICON + 6 if index.data(TONE_ROLE) else 0) + 2 * PADDING
        height = t.ROW_HEIGHT
        if self._table.most_lines > 1:
            lines = _lines(text, self._table.font(), option.rect.width() - around, self._table.most_lines)
            height = max(height, len(lines) * metrics.lineSpacing() + ABOVE_AND_BELOW)
        return QSize(metrics.horizontalAdvance(text) + around + 2, height)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        if not tip and index.isValid() and self.sizeHint(option, index).width() > option.rect.width():
            tip = index.data()
        QToolTip.showText(event.globalPos(), plain_tip(str(tip or "")), view)
        return True


def _lines(text: str, font: QFont, width: int, most: int) -> list[str]:
    """A text broken into lines of a width, at most so many; the last one ends with … where there is more."""
    ends: list[int] = []
    if most > 1:
        layout = QTextLayout(text, font)
        layout.setTextOption(_ANYWHERE)
        layout.beginLayout()
        while len(ends) < most - 1 and (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            ends.append(line.textStart() + line.textLength())
        layout.endLayout()
    if ends and ends[-1] == len(text):
        ends.pop()  # the last line is what is left
    places = [0, *ends]
    left = QFontMetrics(font).elidedText(text[places[-1] :], Qt.TextElideMode.ElideRight, max(1, width))
    return [*(text[first:after].rstrip() for first, after in pairwise(places)), left]


class Header(QHeaderView):
    """Column headings; the sorted one has a small arrow of our set."""

    def __init__(self, table: Table) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(56)
        self.setSectionsMovable(False)

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        painter.save()
        try:
            super().paintSection(painter, rect, logical_index)
        finally:
            painter.restore()
        if self.isSortIndicatorShown() and self.sortIndicatorSection() == logical_index:
            rising = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            at_end = (
                self.model().headerData(logical_index, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
                & Qt.AlignmentFlag.AlignRight
            )
            left = rect.left() if at_end else rect.right() - 13
            where = QRect(left, rect.center().y() - 5, 12, 12)
            draw_icon(painter, where, "caret-up" if rising else "caret-down", theme.current().primary)


class Table(QTableView):
    """A list. `row_opened` gives the row that was double-clicked or on which Enter was pressed."""

    row_opened = Signal(object)
    row_selected = Signal(object)  # the row, or None

    def __init__(self, model: PagedTableModel[Any], name: str, empty: EmptyState | None = None) -> None:
        """`name` is what a screen reader says: "Borrowers"."""
        super().__init__()
        self.hovered_row = -1
        self.most_lines = 1  # of a text in its cell
        self.setAccessibleName(name)
        self.setFont(theme.tabular(self.font()))
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setHorizontalHeader(Header(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(max(t.ROW_HEIGHT, self.fontMetrics().height() + 12))
        self._lay_out_columns()
        self.doubleClicked.connect(self._open)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.empty = empty
        if empty is not None:
            empty.cover(self.viewport())
            model.modelReset.connect(self._show_empty)
            self._show_empty()

    def paged(self) -> PagedTableModel[Any]:
        """The model of this table."""
        model = self.model()
        assert isinstance(model, PagedTableModel)
        return model

    def selected_row(self) -> object | None:
        """The chosen row, or None."""
        index = self.currentIndex()
        return self.paged().row(index.row()) if index.isValid() else None

    def reload(self) -> None:
        """Ask the query again, keeping the chosen place in the list."""
        at = self.currentIndex().row()
        self.paged().reload()
        if 0 <= at < self.paged().rowCount():
            self.setCurrentIndex(self.paged().index(at, 0))

    def wrap(self, most_lines: int) -> None:
        """Let long texts go on below themselves, on so many lines at most. For short lists: every row is measured."""
        self.most_lines = most_lines
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().sectionResized.connect(lambda *_section: self.resizeRowsToContents())
        self.paged().modelReset.connect(self.resizeRowsToContents)
        self.resizeRowsToContents()

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        columns = self.paged().columns
        sortable = any(column.sort_key for column in columns)
        for number, column in enumerate(columns):
            if column.width:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                heading = header.fontMetrics().horizontalAdvance(column.title()) + 2 * PADDING + 16
                self.setColumnWidth(number, max(round(column.width * self.fontMetrics().height() / 19), heading))
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        if sortable:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            header.setSortIndicatorShown(True)
            header.sectionClicked.connect(self._on_heading)

    def _on_heading(self, section: int) -> None:
        header = self.horizontalHeader()
        if not self.paged().columns[section].sort_key:
            header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
            return
        self.paged().sort(section, header.sortIndicatorOrder())

    def _show_empty(self) -> None:
        if self.empty is not None:
            self.empty.setVisible(self.paged().rowCount() == 0)

    def _on_current(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.row_selected.emit(self.paged().row(current.row()) if current.isValid() else None)

    def _open(self, index: QModelIndex) -> None:
        row = self.paged().row(index.row()) if index.isValid() else None
        if row is not None:
            self.row_opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()
