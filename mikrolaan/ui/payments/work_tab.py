"""What every tab of the Payments page is: a key, a title, and what it says to the window."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget


class WorkTab(QWidget):
    """One way in which payments come in. Override `opened` and `refresh`; say what was done by the signals."""

    go_to = Signal(object)  # Destination
    toast = Signal(str)  # a sentence saying what was done
    toast_with_undo = Signal(str, object)  # the sentence, and a callable that undoes it

    key = ""  # what a destination names
    scrolls = False  # whether the content may be taller than the window

    def __init__(self) -> None:
        super().__init__()
        self.first_focus: QWidget | None = None  # what takes the cursor when the tab opens

    def title(self) -> str:
        """The words on the tab."""
        raise TypeError(type(self).__name__)

    def opened(self, record_id: UUID | None) -> None:
        """The officer came here by a destination, which may name a record: a loan, a group."""

    def refresh(self) -> None:
        """Load again what is shown."""

    def kept(self) -> object | None:
        """The work under way beyond what stands in the fields, for `restore` on a tab made anew; None without any."""
        return None

    def restore(self, kept: object) -> None:
        """Go on with what `kept` gave, after the fields were filled again."""


class UndoPasses(QObject):
    """Lets Ctrl+Z reach the window's Undo from a line in which there is nothing typed to undo.

    The cursor returns to such a line after a payment, and Qt's own would swallow the keys.
    """

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not self._line.isUndoAvailable()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)
