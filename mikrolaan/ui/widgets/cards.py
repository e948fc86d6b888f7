"""Calm containers: cards, key figures, state chips, breadcrumbs and what an empty page says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStyle, QStyleOptionButton, QVBoxLayout, QWidget

from mikrolaan.i18n import _
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import Button, ElidedLabel, IconLabel, action_button, dress, empty, label, set_look

LEAST_OF_A_NAME = 24  # letters that stay of a long name on the way to a case


class Card(QFrame):
    """A surface with a heading; put content into `body`."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 16, 20, 20)
        self.body.setSpacing(12)
        self.heading = label(title, "section", wraps=True)
        self.body.addWidget(self.heading)  # first, since a widget shown without a parent is a window for a moment
        self.heading.setVisible(bool(title))


class KeyFigure(QFrame):
    """A figure with its word; hovering or F1 gives its definition in plain words."""

    def __init__(self, word: str, figure: str = "–", explanation: str = "", *, large: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "key_figure")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.word = label(word, "caption")
        self.figure = label(figure, "figure" if large else "figure_small")
        self.figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.word)
        layout.addWidget(self.figure)
        self.setToolTip(explanation)
        if explanation:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._name()

    def show_figure(self, figure: str) -> None:
        """Show another figure."""
        self.figure.setText(figure)
        self._name()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.word.text()}: {self.figure.text()}")


@dataclass(frozen=True, slots=True)
class State:
    """A state as people see it: a word, an icon, and a tone (good, warn, bad, primary or muted)."""

    word: str
    icon: str
    tone: str = "muted"


class StateChip(QFrame):
    """A state as word and icon on a wash of its colour."""

    def __init__(self, state: State | None = None) -> None:
        super().__init__()
        self.setProperty("role", "chip")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 3, 10, 3)
        layout.setSpacing(6)
        self._icon = IconLabel("circle", "muted", 16)
        self.word = label("")
        layout.addWidget(self._icon)
        layout.addWidget(self.word)
        self.show_state(state)

    def show_state(self, state: State | None) -> None:
        """Show another state; None hides the chip."""
        if state is None or self.parentWidget() is not None:  # shown without a parent it is a window for a moment
            self.setVisible(state is not None)
        if state is not None:
            self._icon.show_icon(state.icon, state.tone)
            self.word.setText(state.word)
            self.setAccessibleName(state.word)
            set_look(self, "tone", state.tone)
            self.word.style().polish(self.word)  # its colour hangs on the tone of the chip


class EmptyState(QWidget):
    """What will be here and the first act, where a page or table has nothing to show yet.

    What it covers may be too low for all of it: then words and act stand without the picture.
    """

    def __init__(self, icon_name: str, text: str, act: QAction | None = None, title: str = "") -> None:
        super().__init__()
        layout = self._layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(1)
        self.picture = IconLabel(icon_name, "muted", 48)
        layout.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        if title:
            layout.addWidget(label(title, "section"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.text = label(text, "muted", wraps=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        width = min(360, self.text.fontMetrics().horizontalAdvance(text) + 8)
        self.text.setMinimumSize(width, self.text.heightForWidth(width))  # a centred label is given one line otherwise
        layout.addWidget(self.text, 0, Qt.AlignmentFlag.AlignHCenter)
        if act is not None:
            layout.addSpacing(8)
            layout.addWidget(action_button(act), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)
        self._show_picture(True)

    def cover(self, host: QWidget) -> None:
        """Lie over `host` and keep its size."""
        self.setParent(host)
        host.installEventFilter(self)
        self.resize(host.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_picture(True)
        self._show_picture(self.height() >= self._layout.totalMinimumSize().height())

    def _show_picture(self, shown: bool) -> None:
        self.picture.setVisible(shown)
        air = 32 if shown else 8
        self._layout.setContentsMargins(24, air, 24, air)


class _Crumb(Button):
    """A step of the way that leads back; a long name ends in … and stands in the tooltip."""

    def __init__(self, text: str) -> None:
        super().__init__(text.replace("&", "&&"))  # of a name, no letter to jump by
        dress(self, "crumb")
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * LEAST_OF_A_NAME), whole.height())

    def option(self) -> QStyleOptionButton:
        """How it is drawn: with as much of the name as there is room for."""
        made = QStyleOptionButton()
        self.initStyleOption(made)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, made, self).width()
        both = Qt.TextFlag.TextShowMnemonic.value  # reads && as one sign
        made.text = self.fontMetrics().elidedText(made.text, Qt.TextElideMode.ElideRight, room, both)
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, self.option(), painter, self)
        painter.end()


class Breadcrumb(QWidget):
    """The way here, each step a link except the last."""

    go_to = Signal(object)  # Destination

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("The way here"))
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)

    def show_steps(self, steps: Sequence[tuple[str, Destination | None]]) -> None:
        """Show other steps: (text, where it leads or None)."""
        empty(self._layout)
        for number, (text, destination) in enumerate(steps):
            if number:
                self._layout.addWidget(IconLabel("caret-right", "muted", 12))
            if destination is None:
                last = ElidedLabel(text, "muted")
                last.setMinimumWidth(min(last.sizeHint().width(), last.minimumSizeHint().width() * 3))
                self._layout.addWidget(last)
                continue
            link = _Crumb(text)
            link.clicked.connect(lambda _checked=False, place=destination: self.go_to.emit(place))
            self._layout.addWidget(link)
        self._layout.addStretch(1)
