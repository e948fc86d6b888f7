"""The plan as a table, with a sum for each year and for all."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem

from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import _, current_language
from mikrolaan.services.plan_lines import LineKind, PlanLine, plan_lines
from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t
from mikrolaan.ui.calculator.plan_lines import cells, headings
from mikrolaan.ui.widgets.table import PADDING, RowDelegate, Table
from mikrolaan.ui.widgets.table_model import Align, Column, Index, PagedTableModel

LEFT_PADDING = 4  # amounts stand at the right; less room is needed before them


class PlanTable(Table):
    """Seven columns that share the width by what their figures need; sums stand out."""

    def __init__(self) -> None:
        self._lines: tuple[PlanLine, ...] = ()
        model: PagedTableModel[PlanLine] = PagedTableModel(
            [_column(number) for number in range(7)],
            lambda: len(self._lines),
            lambda offset, limit: self._lines[offset : offset + limit],
        )
        super().__init__(model, _("Repayment plan"))
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
        at, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self._lines = plan_lines(plan)
        self.reload()
        if 0 <= at < len(self._lines):
            self.setCurrentIndex(self.paged().index(at, 0))
        self.verticalScrollBar().setValue(scrolled)
        self._share_width()

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
        """How wide each column must be: the sums and the first balance are its longest texts."""
        speaks = current_language()
        strong = QFontMetrics(_strong(self))
        head = self.horizontalHeader().fontMetrics()
        samples = (cells(self._lines[0], speaks), cells(self._lines[-1], speaks))
        last = max(line.number for line in self._lines if line.kind is LineKind.INSTALMENT)
        widest = []
        for column, heading in enumerate(headings()):
            texts = [sample[column] for sample in samples] + ([str(last)] if column == 0 else [])
            before = PADDING if column == 1 else LEFT_PADDING
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

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = self._plan_table
        line = table.line_at(index.row())
        is_sum = line.kind is not LineKind.INSTALMENT
        colours = theme.current()
        area: QRect = option.rect
        painter.save()
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
        painter.setFont(_strong(table) if is_sum else table.font())
        painter.setPen(QColor(colours.ink))
        inside = area.adjusted(PADDING if index.column() == 1 else 0, 0, -PADDING, -1)
        painter.drawText(inside, index.data(Qt.ItemDataRole.TextAlignmentRole), str(index.data() or ""))
        painter.restore()


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
