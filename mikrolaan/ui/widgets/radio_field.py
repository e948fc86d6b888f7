"""A few choices that all stand on the form, each with what hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from mikrolaan.ui.widgets.basics import ENTER, label
from mikrolaan.ui.widgets.fields import Field

T = TypeVar("T")


class RadioField(Field[T]):
    """One of a few values, each shown by its words; nothing is chosen until `set_value`."""

    def __init__(
        self,
        name: str,
        label_text: str,
        choices: Sequence[tuple[T, str, str]],
        *,
        help_text: str = "",
        in_row: bool = False,
    ) -> None:
        """`choices` gives each value with its words and, where it needs any, a line about it.

        They stand below each other, or beside each other `in_row`, which short words without a line allow.
        """
        box = QFrame()
        self.group = QButtonGroup(box)
        self.buttons: dict[T, QRadioButton] = {}
        super().__init__(name, label_text, box, help_text=help_text)
        layout = QHBoxLayout(box) if in_row else QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16 if in_row else 2)
        for number, (value, words, told) in enumerate(choices):
            made = QRadioButton(words)
            made.setAccessibleDescription(told or help_text)
            self.group.addButton(made, number)
            self.buttons[value] = made
            made.installEventFilter(self)
            layout.addWidget(made)
            if told:
                what = label(told, "caption", wraps=True)
                what.setContentsMargins(30, 0, 0, 8)
                layout.addWidget(what)
        if in_row:
            layout.addStretch(1)
        first = self.group.button(0)
        self.setFocusProxy(first)
        self.editor.setFocusProxy(first)
        self.label.setBuddy(first)
        self.group.idClicked.connect(self._on_changed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            self.submitted.emit()  # as in a line; a dialog hears the key as well, and presses its own button
        return super().eventFilter(watched, event)

    def tab_stops(self) -> list[QWidget]:
        return list(self.buttons.values())

    def typed(self) -> object:
        return self.group.checkedId()

    def restore_typed(self, typed: object) -> None:
        self._check(typed if isinstance(typed, int) else -1)

    def is_empty(self) -> bool:
        return self.group.checkedId() < 0

    def _read(self) -> T:
        return list(self.buttons)[self.group.checkedId()]

    def set_value(self, value: T | None) -> None:
        self._check(list(self.buttons).index(value) if value is not None and value in self.buttons else -1)
        self.clear_error()

    def _check(self, number: int) -> None:
        self.group.setExclusive(False)  # else the chosen one could not be taken away
        for at, made in enumerate(self.buttons.values()):
            made.setChecked(at == number)
        self.group.setExclusive(True)
