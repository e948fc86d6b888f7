"""Notices that nobody has touched mouse or keyboard for some minutes."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

WARNING_SECONDS = 60
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Warns a minute before the time is up (half the time, where that is shorter), and says when it is up or somebody moved after the warning.

    It listens at the windows of the system, where what a person does arrives once, not at every widget.
    """

    warned = Signal(int)  # seconds left; repeated every second until somebody moves
    moved = Signal()  # somebody is here again after a warning
    idle = Signal()  # the time is up
    lock_pressed = Signal()  # Ctrl+L in a dialog, which keeps the window's own shortcuts from being heard

    def __init__(self, parent: QObject, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds."""
        super().__init__(parent)
        self._clock = clock
        self._touched_at = clock()
        self._seconds = 0.0
        self._has_warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.look)

    @property
    def is_watching(self) -> bool:
        """Whether the time runs."""
        return self._timer.isActive()

    def start(self, minutes: int) -> None:
        """Watch from now on; may be called again with another number of minutes."""
        self._seconds = minutes * 60.0
        self.touch()
        self._timer.start()
        self._listen()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self._has_warned = False

    def touch(self) -> None:
        """Somebody is here."""
        self._touched_at = self._clock()
        if self._has_warned:
            self._has_warned = False
            self.moved.emit()

    def look(self) -> None:
        """See how long nobody moved; called every second."""
        self._listen()
        left = self._seconds - (self._clock() - self._touched_at)
        if left <= 0:
            self.stop()
            self.idle.emit()
        elif left <= min(WARNING_SECONDS, self._seconds / 2):
            self._has_warned = True
            self.warned.emit(max(1, round(left)))

    def _listen(self) -> None:
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)  # twice is once

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._timer.isActive():
            self.touch()
            if isinstance(event, QKeyEvent) and _is_lock(event) and QGuiApplication.modalWindow() is not None:
                QTimer.singleShot(0, self, self.lock_pressed.emit)  # the dialog is closed after its key was dealt with
                return True
        return False


def _is_lock(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
