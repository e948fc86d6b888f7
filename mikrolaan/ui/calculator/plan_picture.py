"""The picture of a plan: how the debt falls, and what each instalment consists of, one above the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy

from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import Plan
from mikrolaan.i18n import _, current_language, ngettext, pgettext
from mikrolaan.services.plan_shape import Bar, bars_of, bars_top, debt_steps, debt_top
from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t
from mikrolaan.ui.calculator.callout import draw_callout, figures_of, part_colours
from mikrolaan.ui.calculator.drawing import Panel, draw_debt, draw_scale, small_font
from mikrolaan.ui.widgets.basics import ENTER
from mikrolaan.ui.widgets.marked_picture import MarkedPicture, has_modifier

LEAST_PITCH = 4.5  # pixels from bar to bar; with less room, a bar stands for a year
MOST_ROUNDED = 36  # narrower bars keep their corners
BALANCE_SHARE = 0.42  # of the height goes to the upper drawing


class PlanPicture(MarkedPicture):
    """Draws a plan; the mouse or the arrow keys mark an instalment and show its figures."""

    marked = Signal(object)  # Bar or None
    chosen = Signal(int)  # the number of the instalment on which one pressed Enter or double-clicked

    def __init__(self) -> None:
        super().__init__("plan_picture", _("Picture of the repayment plan"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._plan: Plan | None = None
        self._bars: tuple[Bar, ...] = ()
        self._balance_panel = self._parts_panel = Panel(QRectF(), 1)

    def sizeHint(self) -> QSize:
        return QSize(560, 236)  # it takes all the room there is, but never makes the page scroll

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 236)

    # -- what is shown

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars drawn now."""
        return self._bars

    @property
    def marked_bar(self) -> Bar | None:
        """The bar whose figures are shown."""
        place = self.marked_place
        return self._bars[place] if place is not None else None

    def show_plan(self, plan: Plan) -> None:
        """Show another plan; Qt paints it once, however often this is called before."""
        self._plan = plan
        self.lay_out()
        self.setAccessibleDescription(self.in_words())
        self.update()

    def in_words(self) -> str:
        """What the picture shows, for those who do not see it."""
        if self._plan is None:
            return ""
        speaks, plan = current_language(), self._plan
        first, last = plan.instalments[0], plan.instalments[-1]
        told = ngettext(
            "The debt of {principal} falls to zero in {count} instalment.",
            "The debt of {principal} falls to zero in {count} instalments.",
            len(plan.instalments),
        ).format(principal=speaks.money(plan.terms.principal), count=speaks.number(len(plan.instalments)))
        ends = _(
            "The first, due {first_date}, is {first}: principal {first_principal} and interest {first_interest}. "
            "The last, due {last_date}, is {last}: principal {last_principal} and interest {last_interest}."
        ).format(
            first_date=speaks.date(first.due_on),
            first=speaks.money(first.due),
            first_principal=speaks.money(first.principal),
            first_interest=speaks.money(first.interest),
            last_date=speaks.date(last.due_on),
            last=speaks.money(last.due),
            last_principal=speaks.money(last.principal),
            last_interest=speaks.money(last.interest),
        )
        return f"{told} {ends}"

    # -- measures

    def _small(self) -> QFont:
        return small_font(self.font())

    def lay_out(self) -> None:
        if self._plan is None:
            return
        small = QFontMetricsF(self._small())
        line = small.height()
        plan = self._plan
        speaks = current_language()
        balance_top = debt_top(plan)
        head = QFontMetricsF(self.font()).height() + 10
        widest = small.horizontalAdvance(speaks.whole_amount(Money(balance_top, plan.terms.currency)))
        left, right = widest + 10, self.width() - 4.0
        self._bars = bars_of(plan, max(12, int((right - left) / LEAST_PITCH)))
        if self._marked >= len(self._bars):
            self._marked = -1
        parts_top = bars_top(self._bars)
        room = self.height() - 2 * head - line - 10 - 12
        upper = max(30.0, room * BALANCE_SHARE)
        self._balance_panel = Panel(QRectF(left, head, right - left, upper), balance_top)
        top = head + upper + 12 + head
        self._parts_panel = Panel(QRectF(left, top, right - left, max(30.0, self.height() - top - line - 8)), parts_top)

    def _pitch(self) -> float:
        return self._parts_panel.area.width() / max(1, len(self._bars))

    def _middle(self, index: int) -> float:
        return self._parts_panel.area.left() + (index + 0.5) * self._pitch()

    def bar_at(self, x: float) -> int:
        """The index of the bar at a place, −1 beside them."""
        area = self._parts_panel.area
        if not self._bars or not area.left() <= x <= area.right():
            return -1
        return min(len(self._bars) - 1, int((x - area.left()) / self._pitch()))

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._plan is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.current()
        if 0 <= self._marked < len(self._bars):
            self._draw_band(painter)
        currency = self._plan.terms.currency
        painter.setFont(self._small())
        draw_scale(painter, self._balance_panel, 2, currency)
        self._draw_balance(painter)
        painter.setFont(self._small())
        draw_scale(painter, self._parts_panel, 2, currency)
        self._draw_bars(painter)
        self._draw_dates(painter)
        self._draw_heads(painter)
        bar = self.marked_bar
        if bar is not None:
            painter.setFont(self._small())
            at, half = self._middle(self._marked), self._pitch() / 2
            room = QRectF(2, self._balance_panel.area.top() + 2, self.width() - 6, self.height())
            draw_callout(painter, bar, at - half, at + half, room)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.primary), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), t.RADIUS, t.RADIUS)
        painter.end()

    def _draw_balance(self, painter: QPainter) -> None:
        colours, panel = theme.current(), self._balance_panel
        assert self._plan is not None
        before, *after = (panel.y(minor) for minor in debt_steps(self._plan, self._bars))
        points = [QPointF(panel.area.left(), before)]
        for index, height in enumerate(after):
            x = self._middle(index)
            points.append(QPointF(x, points[-1].y()))
            points.append(QPointF(x, height))
        draw_debt(painter, panel, points)
        if 0 <= self._marked < len(self._bars):
            painter.setPen(QPen(QColor(colours.surface), 2))
            painter.setBrush(QColor(colours.primary))
            painter.drawEllipse(points[2 * self._marked + 2], 5, 5)

    def _parts(self) -> tuple[tuple[str, str, list[int]], ...]:
        """Word, colour and amounts of each part of the bars, from the bottom up."""
        words = (
            pgettext("part of an instalment", "Principal"),
            pgettext("part of an instalment", "Interest"),
            pgettext("part of an instalment", "Fees"),
        )
        heights = zip(*(bar.parts for bar in self._bars), strict=True)
        found = zip(words, part_colours(theme.current()), (list(amounts) for amounts in heights), strict=True)
        return tuple(part for part in found if any(part[2]))

    def _draw_bars(self, painter: QPainter) -> None:
        panel, pitch = self._parts_panel, self._pitch()
        width = min(pitch * (0.78 if pitch > 5 else 0.9), 44.0)
        radius = min(3.0, width / 4)
        painter.setPen(Qt.PenStyle.NoPen)
        below = [0] * len(self._bars)
        for _word, colour, amounts in self._parts():
            rectangles = []
            for index, minor in enumerate(amounts):
                if minor > 0:
                    bottom = panel.y(below[index])
                    below[index] += minor
                    top = panel.y(below[index])
                    rectangles.append(QRectF(self._middle(index) - width / 2, top, width, bottom - top))
            painter.setBrush(QColor(colour))
            painter.drawRects(rectangles)
        if len(self._bars) <= MOST_ROUNDED:
            self._round_tops(painter, below, width, radius)

    def _round_tops(self, painter: QPainter, tops: list[int], width: float, radius: float) -> None:
        """Cut the two upper corners of each bar out in the colour of what lies behind."""
        panel, colours = self._parts_panel, theme.current()
        for index, minor in enumerate(tops):
            if minor <= 0:
                continue
            left, top = self._middle(index) - width / 2, panel.y(minor)
            corners = QPainterPath()
            corners.addRect(QRectF(left - 0.5, top - 0.5, width + 1, radius + 0.5))
            kept = QPainterPath()
            kept.addRoundedRect(QRectF(left, top, width, 4 * radius), radius, radius)
            behind = colours.hover if index == self._marked else colours.surface
            painter.fillPath(corners.subtracted(kept), QColor(behind))

    def _draw_dates(self, painter: QPainter) -> None:
        """The year below its first bar, with a tick where it begins; the dates themselves where there are few bars."""
        colours, panel = theme.current(), self._parts_panel
        painter.setFont(self._small())
        height, y = painter.fontMetrics().height(), panel.area.bottom() + 4
        for text, left, has_tick in self.date_labels():
            if has_tick:
                x = round(left - 4) + 0.5
                painter.setPen(QPen(QColor(colours.edge), 1))
                painter.drawLine(QPointF(x, panel.area.bottom()), QPointF(x, panel.area.bottom() + 5))
            painter.setPen(QColor(colours.muted))
            painter.drawText(QRectF(left, y, self.width() - left, height), Qt.AlignmentFlag.AlignLeft, text)

    def date_labels(self) -> list[tuple[str, float, bool]]:
        """What stands below the bars: the text, where it begins, and whether a tick stands before it.

        Where the first year has too few bars for its label, the whole year after it is the one that is named.
        """
        metrics, speaks, pitch = QFontMetricsF(self._small()), current_language(), self._pitch()
        years = [bar.due_on.year for bar in self._bars]
        few = len(years) * (metrics.horizontalAdvance(speaks.date(self._bars[0].due_on)) + 12)
        shows_dates = few < self._parts_panel.area.width()
        has_ticks = not shows_dates and len(set(years)) < len(years)
        labels: list[tuple[str, float, bool]] = []
        free_from = 0.0
        for index, bar in enumerate(self._bars):
            if not shows_dates and index and years[index] == years[index - 1]:
                continue
            text = speaks.date(bar.due_on) if shows_dates else str(bar.due_on.year)
            width = metrics.horizontalAdvance(text)
            left = self._middle(index) - (pitch / 2 - 4 if has_ticks else width / 2)
            if left < free_from or left + width > self.width():
                continue
            if has_ticks and not index and years[0] != years[-1] and years.count(years[0]) * pitch < width + 8:
                continue
            labels.append((text, left, has_ticks))
            free_from = left + width + 8
        return labels

    def _draw_heads(self, painter: QPainter) -> None:
        """What each drawing shows, and the words of its colours at the right."""
        colours = theme.current()
        assert self._plan is not None
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        by_year = len(self._bars) < len(self._plan.instalments)
        lower = _("What falls due in each year") if by_year else _("What each instalment consists of")
        painter.setFont(strong)
        painter.setPen(QColor(colours.ink))
        height = painter.fontMetrics().height()
        lower_top = self._parts_panel.area.top() - height - 10
        painter.drawText(QRectF(0, 0, self.width(), height), Qt.AlignmentFlag.AlignLeft, _("What is still owed"))
        painter.drawText(QRectF(0, lower_top, self.width(), height), Qt.AlignmentFlag.AlignLeft, lower)
        taken = painter.fontMetrics().horizontalAdvance(lower)
        painter.setFont(self._small())
        metrics = painter.fontMetrics()
        entries = [(word, colour) for word, colour, _amounts in self._parts()]
        needed = sum(metrics.horizontalAdvance(word) + 14 + 16 for word, _colour in entries) - 16
        x = max(taken + 16.0, self.width() - 4.0 - needed)
        for word, colour in entries:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(x, lower_top + height / 2 - 4, 9, 9), 2, 2)
            painter.setPen(QColor(colours.muted))
            advance = metrics.horizontalAdvance(word)
            painter.drawText(QRectF(x + 14, lower_top, advance + 2, height), Qt.AlignmentFlag.AlignVCenter, word)
            x += 14 + advance + 16

    def _draw_band(self, painter: QPainter) -> None:
        """A band behind the marked instalment, through both drawings."""
        pitch = max(self._pitch(), 3.0)
        left = self._middle(self._marked) - pitch / 2
        top = self._balance_panel.area.top()
        area = QRectF(left, top, pitch, self._parts_panel.area.bottom() - top)
        painter.fillRect(area, QColor(theme.current().hover))

    # -- places

    def count(self) -> int:
        return len(self._bars)

    def place_at(self, x: float) -> int:
        return self.bar_at(x)

    def figures_at(self, place: int) -> Sequence[tuple[str, str]]:
        return figures_of(self._bars[place])

    def on_marked(self) -> None:
        self.marked.emit(self.marked_bar)

    # -- Qt

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._choose()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not has_modifier(event):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        bar = self.marked_bar
        if bar is not None:
            self.chosen.emit(bar.first)
