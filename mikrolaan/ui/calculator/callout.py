"""The box beside a marked bar of the picture of a plan: its words and figures, and how it is drawn."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.services.plan_shape import Bar
from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t

FREE = 8  # pixels between the bar and the box
STRONG_LINES = 2  # the heading and what falls due


def figures_of(bar: Bar) -> list[tuple[str, str]]:
    """The words and figures of one bar; the first is its heading."""
    speaks = current_language()
    if bar.first == bar.last:
        heading = _("No. {number}, due {date}").format(number=speaks.number(bar.first), date=speaks.date(bar.due_on))
    else:
        heading = _("{year}: no. {first} to {last}").format(
            year=bar.due_on.year, first=speaks.number(bar.first), last=speaks.number(bar.last)
        )
    return [
        (heading, ""),
        (_("Falls due"), speaks.amount(bar.due)),
        (pgettext("part of an instalment", "Principal"), speaks.amount(bar.principal)),
        (pgettext("part of an instalment", "Interest"), speaks.amount(bar.interest)),
        (pgettext("part of an instalment", "Fees"), speaks.amount(bar.fees)),
        (_("Still owed"), speaks.amount(bar.balance)),
    ]


def part_colours(colours: t.Tokens) -> tuple[str, str, str]:
    """Principal, interest and fees: one strong, one lighter and one warm, told apart in grey as well."""
    interest = t.mixed(colours.primary, colours.surface, 0.42)
    return colours.primary, interest, t.mixed(colours.warn, colours.surface, 0.15)


def draw_callout(painter: QPainter, bar: Bar, left: float, right: float, room: QRectF) -> None:
    """Draw the figures of a bar that reaches from `left` to `right`, on the side of it where there is room.

    The painter's font is that of the figures.
    """
    lines = figures_of(bar)
    metrics = painter.fontMetrics()
    plain, strong = QFont(painter.font()), QFont(painter.font())
    strong.setWeight(QFont.Weight.DemiBold)
    step = metrics.height() + 3
    words = max(metrics.horizontalAdvance(word) for word, figure in lines if figure)
    amounts = max(metrics.horizontalAdvance(figure) for _word, figure in lines)
    heading = QFontMetricsF(strong).horizontalAdvance(lines[0][0])
    width = max(words + amounts + 24.0, heading + 4) + 24
    start = right + FREE
    if start + width > room.right():
        start = left - FREE - width
    area = QRectF(max(room.left(), start), room.top(), width, len(lines) * step + 18)
    _draw_box(painter, area)
    colours = theme.current()
    marks = dict(zip((word for word, _figure in lines[2:5]), part_colours(colours), strict=True))
    y = area.top() + 9
    for number, (word, figure) in enumerate(lines):
        painter.setFont(strong if number < STRONG_LINES else plain)
        painter.setPen(QColor(colours.ink if number < STRONG_LINES else colours.muted))
        row = QRectF(area.left() + 12, y, area.width() - 24, step)
        if word in marks:
            painter.fillRect(QRectF(area.left() + 5, y + step / 2 - 5, 3, 10), QColor(marks[word]))
        painter.drawText(row, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
        painter.setPen(QColor(colours.ink))
        painter.drawText(row, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
        y += step


def _draw_box(painter: QPainter, area: QRectF) -> None:
    """A surface with a shadow: it floats."""
    colours = theme.current()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 20 if colours.is_dark else 8))
    for spread in (3, 2, 1):
        painter.drawRoundedRect(area.adjusted(-spread, -spread + 2, spread, spread + 2), t.RADIUS + 2, t.RADIUS + 2)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(QColor(colours.surface))
    painter.drawRoundedRect(area, t.RADIUS, t.RADIUS)
