"""A small picture of how a debt falls, beside others on one scale."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mikrolaan.domain.plan import Plan
from mikrolaan.services.plan_shape import bars_of, debt_steps
from mikrolaan.ui import theme

HEIGHT = 44
MOST_STEPS = 120


class DebtSketch(QWidget):
    """Draws the debt over time; `top_minor` and `days` are those of the largest and the longest beside it."""

    def __init__(self, plan: Plan, top_minor: int, days: int) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        bars = bars_of(plan, MOST_STEPS)
        start = plan.terms.disbursed_on
        heights = [minor / top_minor for minor in debt_steps(plan, bars)]
        places = [(bar.due_on - start).days / days for bar in bars]
        self.shares: list[tuple[float, float]] = [(0.0, heights[0])]  # how far across, and how high, from 0 to 1
        for place, before, after in zip(places, heights, heights[1:], strict=False):
            self.shares += [(place, before), (place, after)]
        theme.announcer().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        floor, room = self.height() - 1.5, self.height() - 4.0
        points = [QPointF(across * (self.width() - 2), floor - high * room) for across, high in self.shares]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.wash("primary")))
        painter.drawPolygon(QPolygonF([*points, QPointF(points[-1].x(), floor), QPointF(0, floor)]))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(QPointF(0, floor), QPointF(self.width(), floor))
        painter.setPen(QPen(QColor(colours.primary), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.end()
