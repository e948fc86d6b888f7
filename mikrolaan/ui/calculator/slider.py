"""A slider drawn in our colours: the handle follows the mouse and every arrow key."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider

from mikrolaan.ui import theme

HANDLE = 18
GROOVE = 4
FOCUS_RING = 2


class Slider(QSlider):
    """Horizontal; a press anywhere on it moves the handle there, and the wheel leaves it alone."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self._usual: int | None = None

    def mark_usual(self, position: int) -> None:
        """Mark the position of the product's usual value on the groove."""
        self._usual = position
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, HANDLE + 2 * FOCUS_RING + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, HANDLE + 2 * FOCUS_RING + 2)

    def _ends(self) -> tuple[float, float]:
        margin = HANDLE / 2 + FOCUS_RING + 1
        return margin, self.width() - margin

    def _x(self, position: int) -> float:
        left, right = self._ends()
        span = self.maximum() - self.minimum()
        return left if span <= 0 else left + (right - left) * (position - self.minimum()) / span

    def _position_at(self, x: float) -> int:
        left, right = self._ends()
        share = (x - left) / max(1.0, right - left)
        return self.minimum() + round(max(0.0, min(1.0, share)) * (self.maximum() - self.minimum()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._position_at(event.position().x()))
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setValue(self._position_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; numbers do not change in passing

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        left, right = self._ends()
        at = self._x(self.value())
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(QRectF(left, middle - GROOVE / 2, right - left, GROOVE), GROOVE / 2, GROOVE / 2)
        painter.setBrush(QColor(colours.primary if self.isEnabled() else colours.muted))
        painter.drawRoundedRect(QRectF(left, middle - GROOVE / 2, at - left, GROOVE), GROOVE / 2, GROOVE / 2)
        if self._usual is not None:
            usual = self._x(self._usual)
            painter.setBrush(QColor(colours.primary if usual <= at else colours.edge))
            painter.drawRoundedRect(QRectF(usual - 1, middle - 5, 2, 10), 1, 1)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.primary), FOCUS_RING))
            painter.setBrush(QColor(colours.surface))
            ring = HANDLE / 2 + FOCUS_RING - 0.5
            painter.drawEllipse(QPointF(at, middle), ring, ring)
        painter.setPen(QPen(QColor(colours.surface), 2))
        busy = self.isSliderDown() or self.underMouse()
        painter.setBrush(QColor(colours.primary_hover if busy else colours.primary))
        radius = HANDLE / 2 - (2 if self.hasFocus() else 0)
        painter.drawEllipse(QPointF(at, middle), radius, radius)
        painter.end()
