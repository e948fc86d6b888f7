"""The picture of a loan's life: what was planned, what was owed, and what is expected, with today marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from mikrolaan.domain.money import Currency, Money
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.services.debt_course import DebtCourse, Standing, balance_on
from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t
from mikrolaan.ui.calculator.drawing import Panel, draw_debt, draw_line, draw_scale, small_font
from mikrolaan.ui.widgets.marked_picture import MarkedPicture

DASHES = (4.0, 3.0)


class DebtPicture(MarkedPicture):
    """Draws the course of a debt; the mouse or the arrow keys mark a day and tell its figures."""

    def __init__(self) -> None:
        super().__init__("debt_picture", _("Picture of planned and actual balance"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._course: DebtCourse | None = None
        self._days: list[date] = []
        self._panel = Panel(QRectF(), 1)

    def sizeHint(self) -> QSize:
        return QSize(420, 212)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 212)

    # -- what is shown

    def show_course(self, course: DebtCourse) -> None:
        """Show another course."""
        self._course = course
        self._days = course.days()
        self._marked = -1
        self.setAccessibleDescription(self.in_words())
        self.lay_out()
        self.update()

    @property
    def marked_on(self) -> date | None:
        """The day whose figures are told."""
        place = self.marked_place
        return self._days[place] if place is not None else None

    def in_words(self) -> str:
        """What the picture shows today, for those who do not see it."""
        if self._course is None:
            return ""
        return ", ".join(f"{word} {figure}".strip() for word, figure in self.figures_on(self._course.today))

    def figures_on(self, day: date) -> list[tuple[str, str]]:
        """Words and figures of a day; the first is the day itself."""
        speaks, course = current_language(), self._course
        told: list[tuple[str, str]] = [(speaks.date(day), "")]
        if course is None:
            return told
        lines: tuple[tuple[str, Sequence[Standing]], ...] = (
            (pgettext("line of a picture", "Planned"), course.planned),
            (pgettext("line of a picture", "Actual"), course.actual),
            (pgettext("line of a picture", "Expected"), course.expected if day > course.today else ()),
        )
        for word, line in lines:
            balance = balance_on(line, day)
            if balance is not None:
                told.append((word, speaks.amount(balance)))
        return told

    # -- measures

    def lay_out(self) -> None:
        course = self._course
        if course is None:
            return
        metrics = QFontMetricsF(small_font(self.font()))
        amount = current_language().whole_amount(Money(course.top_minor, self._currency()))
        left = metrics.horizontalAdvance(amount) + 10
        top = metrics.height() + 14
        height = self.height() - top - metrics.height() - 10
        self._panel = Panel(QRectF(left, top, self.width() - 6 - left, max(40.0, height)), course.top_minor)

    def _currency(self) -> Currency:
        assert self._course is not None
        return self._course.planned[0].balance.currency

    def _x(self, day: date) -> float:
        assert self._course is not None
        start = self._course.begins_on
        length = max(1, (self._course.ends_on - start).days)
        return self._panel.area.left() + (day - start).days / length * self._panel.area.width()

    def _points(self, line: Sequence[Standing]) -> list[QPointF]:
        """A line of steps: level until the day on which it changes."""
        points: list[QPointF] = []
        for step in line:
            x, y = self._x(step.on), self._panel.y(step.balance.minor)
            if points:
                points.append(QPointF(x, points[-1].y()))
            points.append(QPointF(x, y))
        return points

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        course = self._course
        if course is None:
            return
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font(self.font()))
        draw_scale(painter, self._panel, 2, self._currency())
        draw_debt(painter, self._panel, self._points(course.actual))
        draw_line(painter, self._points(course.planned), self._pen(colours.muted, 1.4))
        if course.expected:
            draw_line(painter, self._points(course.expected), self._pen(colours.primary, 2))
        self._draw_today(painter)
        self._draw_ends(painter)
        self._draw_words(painter)
        if self.marked_on is not None:
            self._draw_marked(painter, self.marked_on)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.primary), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), t.RADIUS, t.RADIUS)
        painter.end()

    def _pen(self, colour: str, width: float) -> QPen:
        pen = QPen(QColor(colour), width)
        pen.setDashPattern(DASHES)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        return pen

    def _draw_today(self, painter: QPainter) -> None:
        assert self._course is not None
        x = round(self._x(self._course.today)) + 0.5
        painter.setPen(QPen(QColor(theme.current().edge), 1))
        painter.drawLine(QPointF(x, self._panel.area.top() - 4), QPointF(x, self._panel.area.bottom() + 4))

    def _draw_ends(self, painter: QPainter) -> None:
        """The first and the last day below the ground, and today between them where there is room."""
        course = self._course
        assert course is not None
        painter.setPen(QColor(theme.current().muted))
        metrics, speaks = painter.fontMetrics(), current_language()
        y = self._panel.area.bottom() + 6
        taken: list[tuple[float, float]] = []
        words = ((course.begins_on, ""), (course.ends_on, ""), (course.today, _("Today")))
        for day, word in words:
            text = word or speaks.date(day)
            width = metrics.horizontalAdvance(text)
            left = min(max(self._panel.area.left(), self._x(day) - width / 2), self.width() - 6.0 - width)
            if all(left > end + 8 or left + width < start - 8 for start, end in taken):
                painter.drawText(QRectF(left, y, width + 2, metrics.height()), Qt.AlignmentFlag.AlignLeft, text)
                taken.append((left, left + width))

    def _draw_words(self, painter: QPainter) -> None:
        """Which line is which, above the drawing."""
        colours, course = theme.current(), self._course
        assert course is not None
        metrics = painter.fontMetrics()
        entries = [
            (pgettext("line of a picture", "Planned"), self._pen(colours.muted, 1.4)),
            (pgettext("line of a picture", "Actual"), QPen(QColor(colours.primary), 2)),
        ]
        if course.expected:
            entries.append((pgettext("line of a picture", "Expected"), self._pen(colours.primary, 2)))
        x, height = self._panel.area.left(), metrics.height()
        for word, pen in entries:
            painter.setPen(pen)
            painter.drawLine(QPointF(x, height / 2 + 1), QPointF(x + 22, height / 2 + 1))
            painter.setPen(QColor(colours.muted))
            advance = metrics.horizontalAdvance(word)
            painter.drawText(QRectF(x + 28, 0, advance + 2, height), Qt.AlignmentFlag.AlignVCenter, word)
            x += 28 + advance + 20

    def _draw_marked(self, painter: QPainter, day: date) -> None:
        """A box with the figures of a day, on the side of it where there is room."""
        colours, lines = theme.current(), self.figures_on(day)
        metrics = painter.fontMetrics()
        step = metrics.height() + 3
        words = max((metrics.horizontalAdvance(word) for word, figure in lines if figure), default=0)
        amounts = max(metrics.horizontalAdvance(figure) for _word, figure in lines)
        width = max(words + amounts + 20.0, metrics.horizontalAdvance(lines[0][0]) + 4.0) + 20
        x = self._x(day)
        painter.setPen(QPen(QColor(colours.primary), 1))
        painter.drawLine(QPointF(x, self._panel.area.top()), QPointF(x, self._panel.area.bottom()))
        left = x + 8 if x + 8 + width < self.width() else x - 8 - width
        area = QRectF(left, self._panel.area.top() + 2, width, len(lines) * step + 14)
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.setBrush(QColor(colours.surface))
        painter.drawRoundedRect(area, t.RADIUS, t.RADIUS)
        for number, (word, figure) in enumerate(lines):
            row = QRectF(area.left() + 10, area.top() + 7 + number * step, area.width() - 20, step)
            painter.setPen(QColor(colours.muted if figure else colours.ink))
            painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
            painter.setPen(QColor(colours.ink))
            painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)

    # -- places

    def count(self) -> int:
        return len(self._days)

    def place_at(self, x: float) -> int:
        area = self._panel.area
        if not self._days or not area.left() <= x <= area.right():
            return -1
        places = [abs(self._x(day) - x) for day in self._days]
        return places.index(min(places))

    def figures_at(self, place: int) -> list[tuple[str, str]]:
        return self.figures_on(self._days[place])
