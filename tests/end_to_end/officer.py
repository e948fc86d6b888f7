"""An officer at the screen: finds what is visible, types into it, clicks it, reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QDialog, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from mikrolaan.ui.widgets.basics import plain
from mikrolaan.ui.widgets.fields import Field

PATIENCE_MS = 20_000


class OfficerAtScreen:
    """Drives one window through what a person can see and touch."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self._qtbot = qtbot
        self.window = window

    def wait_for(self, seen: Callable[[], Any]) -> Any:
        """Look until something is there."""
        self._qtbot.waitUntil(lambda: bool(seen()), timeout=PATIENCE_MS)
        return seen()

    def field(self, name: str, where: QWidget | None = None) -> Field[Any]:
        """The field of that name that can be seen."""

        def seen() -> list[Field[Any]]:
            fields = (where or self.window).findChildren(Field, name)
            return [field for field in fields if field.isVisible() and field.isEnabled()]

        return self.wait_for(seen)[0]  # type: ignore[no-any-return]

    def type(self, name: str, text: str, where: QWidget | None = None) -> None:
        """Put the cursor into a field, empty it, type, and go on with Tab."""
        field = self.field(name, where)
        editor = field.editor
        editor.setFocus(Qt.FocusReason.MouseFocusReason)
        self._qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._qtbot.keyClick(editor, Qt.Key.Key_Delete)
        self._qtbot.keyClicks(editor, text)
        self._qtbot.keyClick(editor, Qt.Key.Key_Tab)

    def tick(self, name: str) -> None:
        """Click the box of a yes-or-no field."""
        box: Any = self.field(name).editor
        box.click()

    def choose(self, name: str, words: str, where: QWidget | None = None) -> None:
        """Choose from a list by its words."""
        box: Any = self.field(name, where).editor
        at = box.findText(words)
        assert at >= 0, f"{words!r} is not among the choices of {name}"
        box.setCurrentIndex(at)

    def button(self, words: str, where: QWidget | None = None) -> QAbstractButton:
        """The button with these words that can be pressed."""

        def seen() -> list[QAbstractButton]:
            buttons = (where or self.window).findChildren(QAbstractButton)
            return [
                button
                for button in buttons
                if button.isVisible()
                and button.isEnabled()
                and words in (plain(button.text()), button.accessibleName())
            ]

        return self.wait_for(seen)[0]  # type: ignore[no-any-return]

    def click(self, words: str, where: QWidget | None = None) -> None:
        """Press a button by its words."""
        self._press(self.button(words, where))

    def _press(self, button: QAbstractButton) -> None:
        at = button.rect().center()
        if isinstance(button, QCheckBox | QRadioButton):
            at.setX(8)  # on the mark; the rest of the line may be empty
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=at)

    def click_and_answer(self, words: str, answer: Callable[[QDialog], None]) -> None:
        """Press a button that opens a dialog, and do something in the dialog."""

        def when_open() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog):
                answer(dialog)
            else:
                QTimer.singleShot(20, when_open)

        button = self.button(words)
        QTimer.singleShot(20, when_open)
        self._press(button)
        self.wait_for(lambda: QApplication.activeModalWidget() is None)

    def open_dialog(self) -> QDialog:
        """The dialog that is open."""
        return self.wait_for(  # type: ignore[no-any-return]
            lambda: next((w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()), None)
        )

    def reads(self, text: str) -> bool:
        """Whether a visible label holds this text."""
        return any(text in label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def waits_to_read(self, text: str) -> None:
        """Look until a label holds this text."""
        self.wait_for(lambda: self.reads(text))
