"""A drawing of places in a row, of which the mouse or the arrow keys mark one and tell its figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from mikrolaan.ui import theme


class MarkedPicture(QWidget):
    """What every such drawing does with mouse, keyboard and screen reader; override what tells of its places."""

    def __init__(self, name: str, spoken_name: str) -> None:
        """`spoken_name` is what a screen reader says before the words of the picture."""
        super().__init__()
        self.setObjectName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(spoken_name)
        self._marked = -1
        theme.announcer().changed.connect(self.update)

    # -- to override

    def count(self) -> int:
        """How many places there are."""
        raise TypeError(type(self).__name__)

    def place_at(self, x: float) -> int:
        """The place under the mouse; −1 where there is none."""
        raise TypeError(type(self).__name__)

    def figures_at(self, place: int) -> Sequence[tuple[str, str]]:
        """What is told of a place: words and figures."""
        raise TypeError(type(self).__name__)

    def in_words(self) -> str:
        """What the picture shows, for those who do not see it."""
        raise TypeError(type(self).__name__)

    def lay_out(self) -> None:
        """Find room for the parts, after the size or the type changed."""

    def on_marked(self) -> None:
        """Another place is marked, or none."""

    # -- marking

    @property
    def marked_place(self) -> int | None:
        """The place whose figures are told."""
        return self._marked if 0 <= self._marked < self.count() else None

    def mark(self, place: int) -> None:
        """Mark a place; −1 marks none."""
        if place == self._marked:
            return
        self._marked = place
        self.update()
        self.on_marked()
        shown = self.marked_place
        if shown is not None and self.hasFocus():
            told = (f"{word} {figure}".strip() for word, figure in self.figures_at(shown))
            self.setAccessibleDescription(", ".join(told))
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    # -- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.mark(self.place_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self.mark(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.mark(-1)
        self.setAccessibleDescription(self.in_words())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = self.count() - 1
        places = {
            Qt.Key.Key_Right: min(last, self._marked + 1),
            Qt.Key.Key_Left: max(0, self._marked - 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
            Qt.Key.Key_Escape: -1,
        }
        key = Qt.Key(event.key())
        if has_modifier(event) or key not in places or (key == Qt.Key.Key_Escape and self._marked < 0):
            super().keyPressEvent(event)
        else:
            self.mark(places[key])


def has_modifier(event: QKeyEvent) -> bool:
    """Whether Ctrl, Shift or the like is held down with the key."""
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
