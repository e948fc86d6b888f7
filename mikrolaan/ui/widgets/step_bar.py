"""The way of a loan from enquiry to closed, always whole; the present step says what is missing and leads there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mikrolaan.i18n import _
from mikrolaan.ui import theme
from mikrolaan.ui.icons import draw_icon
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import IconLabel, button, empty, label

MARK = 18


class StepState(Enum):
    """Where a step stands."""

    DONE = "done"
    CURRENT = "current"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """One step by its word."""

    word: str
    state: StepState


@dataclass(frozen=True, slots=True)
class Missing:
    """What the present step waits for, and where to give it."""

    text: str
    destination: Destination | None = None


class StepBar(QWidget):
    """Marks joined by a line, each over its word; below it what is missing, as links."""

    go_to = Signal(object)  # Destination

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._line = _Line()
        layout.addWidget(self._line)
        self._missing_row = QWidget()
        self._missing = QHBoxLayout(self._missing_row)
        self._missing.setContentsMargins(0, 0, 0, 0)
        self._missing.setSpacing(12)
        layout.addWidget(self._missing_row)

    def show_steps(self, steps: Sequence[Step], missing: Sequence[Missing] = ()) -> None:
        """Show where the loan stands and what is missing now."""
        self._line.show_steps(steps)
        current = next((step.word for step in steps if step.state is StepState.CURRENT), "")
        self.setAccessibleName(_("Step: {step}").format(step=current))
        empty(self._missing)
        self._missing_row.setVisible(bool(missing))
        if not missing:
            return
        self._missing.addWidget(IconLabel("warning-circle", "warn", 16))
        self._missing.addWidget(label(_("Missing:"), "strong"))
        for thing in missing:
            if thing.destination is None:
                self._missing.addWidget(label(thing.text))
                continue
            link = button(thing.text, "link")
            link.clicked.connect(lambda _checked=False, place=thing.destination: self.go_to.emit(place))
            self._missing.addWidget(link)
        self._missing.addStretch(1)


class _Line(QWidget):
    """The painted marks and words."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[Step]) -> None:
        self._steps = tuple(steps)
        self.setToolTip(" · ".join(step.word for step in steps))
        self.updateGeometry()
        self.update()

    def _font(self, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(self.font().pointSizeF() * 0.86)
        font.setBold(bold)
        return font

    def sizeHint(self) -> QSize:
        return QSize(560, MARK + 6 + self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share = self.width() / len(self._steps)
        middle = MARK / 2 + 1
        for number, step in enumerate(self._steps):
            left = number * share
            reached = step.state is not StepState.AHEAD
            colour = colours.primary if reached else colours.edge
            if number + 1 < len(self._steps):
                passed = step.state is StepState.DONE
                painter.setPen(QPen(QColor(colours.primary if passed else colours.line), 2))
                painter.drawLine(round(left + MARK + 5), round(middle), round(left + share - 4), round(middle))
            mark = QRectF(left + 1, 1, MARK, MARK)
            painter.setPen(QPen(QColor(colour), 2 if step.state is StepState.CURRENT else 1.2))
            painter.setBrush(QColor(colours.primary if step.state is StepState.DONE else colours.surface))
            painter.drawEllipse(mark)
            if step.state is StepState.DONE:
                draw_icon(painter, mark.adjusted(3.5, 3.5, -3.5, -3.5), "check", colours.on_primary)
            elif step.state is StepState.CURRENT:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.primary))
                painter.drawEllipse(mark.adjusted(5, 5, -5, -5))
            font = self._font(step.state is StepState.CURRENT)
            painter.setFont(font)
            painter.setPen(QColor(colours.ink if reached else colours.muted))
            word = painter.fontMetrics().elidedText(step.word, Qt.TextElideMode.ElideRight, round(share - 4))
            words = QRectF(left, MARK + 4, share, self.height() - MARK - 4)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, word)
        painter.end()
