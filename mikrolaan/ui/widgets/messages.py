"""What the program says in passing: messages inside a page, and toasts that float and offer Undo."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QGraphicsDropShadowEffect,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from mikrolaan.i18n import _
from mikrolaan.ui.widgets.basics import IconLabel, announce, button, icon_button, label, set_look

ICONS = {"good": "check-circle", "warn": "warning", "bad": "warning-circle", "primary": "info", "muted": "info"}
EDGE, GAP = 24, 12  # below a toast, to the window's edge and to a button
SHOWN_MS = 6000
SHOWN_WITH_UNDO_MS = 12000
LOOKS_MS = 150  # how soon a message leaves a button that has come under it


class InlineMessage(QFrame):
    """A sentence inside the page in the tone good, warn, bad or primary; hidden while it has nothing to say."""

    def __init__(self, text: str = "", tone: str = "primary", *, is_narrow: bool = False) -> None:
        """A narrow one, within a column of a form, has the link below its sentence instead of beside it."""
        super().__init__()
        self.setProperty("role", "message")
        layout = QGridLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.setColumnStretch(1, 1)
        self._icon = IconLabel(ICONS[tone], tone)
        self.label = label("", wraps=True)
        self._act: Callable[[], object] = lambda: None
        self._link = button("", "link")  # made with the message, so that Tab meets it where the message stands
        self._link.clicked.connect(lambda _checked=False: self._act())
        layout.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.label, 0, 1)
        if is_narrow:
            layout.addWidget(self._link, 1, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            layout.addWidget(self._link, 0, 2)
        self.say(text, tone)

    def say(self, text: str, tone: str = "primary") -> None:
        """Show the sentence; an empty one hides the message."""
        self.label.setText(text)
        self.setAccessibleName(text)
        self._icon.show_icon(ICONS[tone], tone)
        set_look(self, "tone", tone)
        self.setVisible(bool(text))
        self._link.hide()
        announce(self, text)

    def offer(self, text: str, act: Callable[[], object]) -> QPushButton:
        """Show a link that does something about it, until the next sentence; gives it back."""
        self._act = act
        self._link.setText(text)
        self._link.show()
        return self._link


class Toast(QFrame):
    """Floats at the bottom of a window for some seconds; says what was done and offers Undo where undo exists."""

    undo_offered = Signal(bool)

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setProperty("role", "toast")
        self._host = host
        layout = self._layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 10, 10)
        layout.setSpacing(12)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.undo_button = QPushButton(_("Undo"))
        self.close_button = icon_button("x", _("Close the message"), tone="surface")
        layout.addWidget(self.label, 1)
        layout.addWidget(self.undo_button)
        layout.addWidget(self.close_button)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)
        self._undo: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._looking = QTimer(self)  # while it is shown: another page or tab has its buttons elsewhere
        self._looking.setInterval(LOOKS_MS)
        self._looking.timeout.connect(self._place)
        self.undo_button.clicked.connect(self.undo)
        self.close_button.clicked.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show the sentence, with Undo when a callable is given."""
        self._undo = undo
        self.label.setText(text)
        self.setAccessibleName(text)
        self.undo_button.setVisible(undo is not None)
        self.show()
        self._place()
        QTimer.singleShot(0, self, self._place)  # the page may be about to show what it did not before
        self.raise_()
        announce(self, text)
        self.undo_offered.emit(undo is not None)
        self._timer.start(SHOWN_WITH_UNDO_MS if undo else SHOWN_MS)
        self._looking.start()

    def undo(self) -> None:
        """Take back what was said to be done; nothing the second time."""
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.stop()
        self.undo_offered.emit(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        host = self._host
        self.label.setWordWrap(False)
        widest = host.width() - 48
        if self.sizeHint().width() > widest:
            self.label.setWordWrap(True)
            self.resize(widest, self._layout.totalHeightForWidth(widest))
        else:
            self.adjustSize()
        left, top = (host.width() - self.width()) // 2, host.height() - self.height() - EDGE
        where = QRect(left, top, self.width(), self.height())
        covered = [other for other in _fixed_buttons(host) if other.intersects(where)]
        self.move(left, min([top, *(other.top() - GAP - self.height() for other in covered)]))


def _fixed_buttons(host: QWidget) -> list[QRect]:
    """Where the buttons are that stand still at the foot of the page: what is read in passing must not cover them."""
    found = []
    for other in host.findChildren(QPushButton):
        place = other.parentWidget()
        while place is not None and place is not host and not isinstance(place, QAbstractScrollArea | Toast):
            place = place.parentWidget()
        if place is host and other.isVisible():
            found.append(QRect(other.mapTo(host, QPoint(0, 0)), other.size()))
    return found
