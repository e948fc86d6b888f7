"""What pictures of a debt share: a panel with its scale, and the falling line with the area under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from mikrolaan.domain.money import Currency, Money
from mikrolaan.i18n import current_language
from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t


@dataclass(frozen=True, slots=True)
class Panel:
    """A place to draw in, with amounts from 0 at the bottom to `top_minor` at the top."""

    area: QRectF
    top_minor: int

    def y(self, minor: int) -> float:
        """How far down an amount stands; those below zero stand on the ground."""
        return self.area.bottom() - max(0, minor) / self.top_minor * self.area.height()


def small_font(font: QFont) -> QFont:
    """The font of figures beside a drawing."""
    small = theme.tabular(font)
    small.setPointSizeF(font.pointSizeF() * t.CAPTION_PT / t.BODY_PT)
    return small


def draw_scale(painter: QPainter, panel: Panel, parts: int, currency: Currency) -> None:
    """Hairlines across the panel with their amounts at the left, in the painter's font."""
    colours, speaks = theme.current(), current_language()
    for part in range(parts + 1):
        minor = panel.top_minor * part // parts
        y = round(panel.y(minor)) + 0.5
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QPointF(panel.area.left(), y), QPointF(panel.area.right(), y))
        painter.setPen(QColor(colours.muted))
        where = QRectF(0, y - 10, panel.area.left() - 8, 20)
        text = speaks.whole_amount(Money(minor, currency))
        painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def draw_debt(painter: QPainter, panel: Panel, points: Sequence[QPointF]) -> None:
    """The line of what is owed, with the area under it."""
    colours, ground = theme.current(), panel.area.bottom()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.wash("primary")))
    painter.drawPolygon(QPolygonF([*points, QPointF(points[-1].x(), ground), QPointF(points[0].x(), ground)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw_line(painter, points, QPen(QColor(colours.primary), 2))


def draw_line(painter: QPainter, points: Sequence[QPointF], pen: QPen) -> None:
    """A line with sharp corners."""
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(list(points)))
