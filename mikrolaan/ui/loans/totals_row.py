"""A line of totals under a table, each under the column it adds up."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from mikrolaan.i18n import _
from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t
from mikrolaan.ui.widgets.table import PADDING, Table


class TotalsRow(QFrame):
    """Keeps in sight while the table scrolls; a screen reader hears it as one sentence."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._table = table
        self._totals: dict[int, str] = {}
        table.horizontalHeader().geometriesChanged.connect(self.update)
        table.horizontalHeader().sectionResized.connect(lambda *_sizes: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _at: self.update())

    def show_totals(self, totals: Mapping[int, str]) -> None:
        """Show other totals, by the number of their column."""
        self._totals = dict(totals)
        columns = self._table.paged().columns
        told = " · ".join(f"{columns[column].title()} {total}" for column, total in totals.items())
        self.setAccessibleName(_("Total: {totals}").format(totals=told))
        self.update()

    @property
    def totals(self) -> dict[int, str]:
        """What is shown, by the number of its column."""
        return dict(self._totals)

    def sizeHint(self) -> QSize:
        return QSize(320, max(t.ROW_HEIGHT, self.fontMetrics().height() + 12) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        header = self._table.horizontalHeader()
        font = QFont(self._table.font())
        font.setBold(True)
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(theme.current().ink)
        edge = self._table.frameWidth()
        first = min(self._totals, default=0)
        until = header.sectionViewportPosition(first)
        painter.drawText(
            QRect(edge + PADDING, 0, until, self.height()),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            _("Total"),
        )
        for column, text in self._totals.items():
            left = edge + header.sectionViewportPosition(column)
            room = QRect(left, 0, header.sectionSize(column) - PADDING, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
