"""The plan as a table, with a sum for each year and for all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QStyleOptionViewItem, QWidget

from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import _, current_language
from mikrolaan.services.plan_lines import LineKind, PlanLine, plan_lines
from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t
from mikrolaan.ui.calculator.plan_lines import cells, headings
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.icons import draw_icon
from mikrolaan.ui.widgets.table import PADDING, RowDelegate, Table
from mikrolaan.ui.widgets.table_model import Align, Column, Index, PagedTableModel

LEFT_PADDING = 4  # amounts stand at the right; less room is needed before them
PRINCIPAL, WHOLE = 2, 5  # the columns whose amounts can be typed over
EDITABLE = (PRINCIPAL, WHOLE)
TYPED_MARK = 13  # pixels of the icon beside an amount that was typed
MARK_AHEAD = 8  # pixels by which it stands in the free space at the end of the column before
MONTHS = 12
LONGEST_AMOUNT = 30  # characters


class PlanTable(Table):
    """Seven columns that share the width by what their figures need; sums stand out.

    Principal and whole amount can be typed over where `may_change` says so of the instalment's place, from 0.
    """

    amount_typed = Signal(int, bool, object)  # place, whether it is the whole amount, the Money typed
    misread = Signal(str)  # what is typed cannot be read, in a sentence

    def __init__(self) -> None:
        self._lines: tuple[PlanLine, ...] = ()
        self.may_change: Callable[[int], bool] | None = None
        self.typed_places: frozenset[int] = frozenset()
        self._goes_on = False
        super().__init__(_PlanModel(self), _("Repayment plan"))
        self.setItemDelegate(SumDelegate(self))
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setMinimumSectionSize(32)
        for section in range(7):
            self.horizontalHeader().setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
        self._usual_size = self.font().pointSizeF()

    @property
    def lines(self) -> tuple[PlanLine, ...]:
        """What the table shows."""
        return self._lines

    def show_plan(self, plan: Plan) -> None:
        """Show another plan, at the place in the table where one looks."""
        at, column, scrolled = self.currentIndex().row(), self.currentIndex().column(), self.verticalScrollBar().value()
        self._lines = plan_lines(plan)
        self.reload()
        if 0 <= at < len(self._lines):
            self.setCurrentIndex(self.paged().index(at, max(0, column)))
        self.verticalScrollBar().setValue(scrolled)
        self._share_width()

    def mark_typed(self, places: frozenset[int]) -> None:
        """Mark the amounts that were typed by hand."""
        if places != self.typed_places:
            self.typed_places = places
            self._share_width()
            self.viewport().update()

    def is_editable(self, index: Index) -> bool:
        """Whether the amount in that cell can be typed over."""
        line = self._lines[index.row()] if 0 <= index.row() < len(self._lines) else None
        if line is None or line.kind is not LineKind.INSTALMENT or index.column() not in EDITABLE:
            return False
        return self.may_change is not None and self.may_change(line.number - 1)

    def is_typed(self, index: Index) -> bool:
        """Whether the principal in that cell was typed by hand."""
        line = self._lines[index.row()]
        return line.kind is LineKind.INSTALMENT and index.column() == PRINCIPAL and line.number - 1 in self.typed_places

    def edit_amount(self, number: int, column: int = 2) -> None:
        """Open the editor over an amount of that instalment."""
        row = next(
            at for at, line in enumerate(self._lines) if (line.kind, line.number) == (LineKind.INSTALMENT, number)
        )
        index = self.paged().index(row, column)
        self.setCurrentIndex(index)
        if self.is_editable(index):
            self.edit(index)

    def enter(self, index: Index, amount: Money, *, goes_on: bool) -> None:
        """An amount was typed into that cell."""
        self._goes_on = goes_on
        self.amount_typed.emit(self._lines[index.row()].number - 1, index.column() == WHOLE, amount)

    def go_on(self) -> None:
        """After Enter, to the same column of the next instalment, as in a spreadsheet."""
        at = self.currentIndex()
        if not self._goes_on or not at.isValid():
            return
        self._goes_on = False
        for row in range(at.row() + 1, len(self._lines)):
            if self._lines[row].kind is LineKind.INSTALMENT:
                self.setCurrentIndex(self.paged().index(row, at.column()))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        if event.key() == Qt.Key.Key_F2 and at.isValid() and at.column() not in EDITABLE:
            self.setCurrentIndex(at.siblingAtColumn(PRINCIPAL))
        super().keyPressEvent(event)

    def show_instalment(self, number: int) -> None:
        """Bring the line of that instalment into sight and choose it."""
        for row, line in enumerate(self._lines):
            if line.kind is LineKind.INSTALMENT and line.number == number:
                self.selectRow(row)
                self.scrollTo(self.paged().index(row, 0), Table.ScrollHint.PositionAtCenter)
                return

    def line_at(self, row: int) -> PlanLine:
        """The line of a row."""
        return self._lines[row]

    def _widest(self) -> list[int]:
        """How wide each column must be: sums, the first balance and the dates of a year are its longest texts."""
        speaks = current_language()
        strong = QFontMetrics(_strong(self))
        head = self.horizontalHeader().fontMetrics()
        samples = [cells(line, speaks) for line in (*self._lines[:MONTHS], self._lines[-1])]
        last = max(line.number for line in self._lines if line.kind is LineKind.INSTALMENT)
        widest = []
        for column, heading in enumerate(headings()):
            texts = [sample[column] for sample in samples] + ([str(last)] if column == 0 else [])
            before = PADDING if column == 1 else LEFT_PADDING
            if column == PRINCIPAL and self.typed_places:
                before += TYPED_MARK - MARK_AHEAD - LEFT_PADDING
            needed = max(strong.horizontalAdvance(text) for text in texts) + PADDING + before
            widest.append(max(needed, head.horizontalAdvance(heading) + 2 * PADDING))
        return widest

    def _share_width(self) -> None:
        """Give each column what it needs and share the rest; smaller type where there is too little."""
        if not self._lines:
            return
        room = self.viewport().width()
        for share_of_size in (1.0, t.CAPTION_PT / t.BODY_PT):
            font = self.font()
            font.setPointSizeF(self._usual_size * share_of_size)
            self.setFont(font)
            widest = self._widest()
            if sum(widest) <= room:
                break
        share, left_over = divmod(max(0, room - sum(widest)), 6)
        for column, width in enumerate(widest):
            extra = share + (left_over if column == 6 else 0) if column else 0
            self.setColumnWidth(column, width + extra)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()


class SumDelegate(RowDelegate):
    """Paints amounts close together, the sum of a year strong on a wash, and the sum of all under a strong line."""

    def __init__(self, table: PlanTable) -> None:
        super().__init__(table)
        self._plan_table = table
        self._goes_on = False  # Enter closes the editor

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = self._plan_table
        line = table.line_at(index.row())
        is_sum = line.kind is not LineKind.INSTALMENT
        area: QRect = option.rect
        painter.save()
        try:
            self._paint_cell(painter, area, index, line, is_sum=is_sum)
        finally:
            painter.restore()

    def _paint_cell(self, painter: QPainter, area: QRect, index: Index, line: PlanLine, *, is_sum: bool) -> None:
        table, colours = self._plan_table, theme.current()
        if table.selectionModel().isSelected(index):
            painter.fillRect(area, QColor(colours.selection))
        elif is_sum:
            painter.fillRect(area, QColor(colours.ground))
        elif index.row() == table.hovered_row:
            painter.fillRect(area, QColor(colours.hover))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if line.kind is LineKind.TOTAL:
            painter.fillRect(area.left(), area.top(), area.width(), 2, QColor(colours.ink))
        is_typed = table.is_typed(index)
        if is_typed:
            mark = QRect(area.left() - MARK_AHEAD, area.center().y() - TYPED_MARK // 2 + 1, TYPED_MARK, TYPED_MARK)
            draw_icon(painter, mark, "pencil", colours.primary)
        if table.hasFocus() and index == table.currentIndex() and table.is_editable(index):
            painter.setPen(QPen(QColor(colours.primary), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        painter.setFont(_strong(table) if is_sum or is_typed else table.font())
        painter.setPen(QColor(colours.primary if is_typed else colours.ink))
        inside = area.adjusted(PADDING if index.column() == 1 else 0, 0, -PADDING, -1)
        painter.drawText(inside, index.data(Qt.ItemDataRole.TextAlignmentRole), str(index.data() or ""))

    # -- typing over an amount

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("amount_editor")
        editor.setProperty("kind", "cell")
        editor.setFont(theme.tabular(self._plan_table.font()))
        editor.setMaxLength(LONGEST_AMOUNT)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = self._plan_table.line_at(index.row())
        told = _("Principal of no. {number}") if index.column() == PRINCIPAL else _("Whole amount of no. {number}")
        editor.setAccessibleName(told.format(number=line.number))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data() or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)
        if editor.isModified():
            with suppress(RuleError):  # left with something that is no amount: the old one stays
                self._plan_table.enter(index, self._read(editor), goes_on=self._goes_on)
        self._goes_on = False

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(0, 1, 0, -2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if (is_enter or event.key() == Qt.Key.Key_Tab) and watched.isModified():
                try:
                    self._read(watched)
                except RuleError as error:
                    self._plan_table.misread.emit(sentence_for(error))
                    watched.selectAll()
                    return True
            self._goes_on = is_enter
        return super().eventFilter(watched, event)

    def _read(self, editor: QLineEdit) -> Money:
        currency = self._plan_table.line_at(0).principal.currency
        return current_language().read_money(editor.text(), currency)


class _PlanModel(PagedTableModel[PlanLine]):
    """The lines of a plan; says which amounts can be typed over."""

    def __init__(self, table: PlanTable) -> None:
        self._table = table
        super().__init__(
            [_column(number) for number in range(7)],
            lambda: len(table.lines),
            lambda offset, limit: table.lines[offset : offset + limit],
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsEditable if self._table.is_editable(index) else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid() and self._table.is_editable(index):
            if self._table.is_typed(index):
                return _("Typed by hand. Double-click or press F2 to change it.")
            return _("Double-click or press F2 to agree another amount.")
        return super().data(index, role)


def _strong(table: Table) -> QFont:
    font = theme.tabular(table.font())
    font.setWeight(QFont.Weight.DemiBold)
    return font


def _column(number: int) -> Column[PlanLine]:
    return Column(
        lambda: headings()[number],
        lambda line: cells(line, current_language())[number],
        Align.END if number != 1 else Align.START,
        width=t.ROW_HEIGHT,  # set anew by what the figures need
    )
