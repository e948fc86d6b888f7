"""The months of the year in which no principal is repaid: twelve buttons that stay pressed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from mikrolaan.i18n import _, current_language
from mikrolaan.i18n.conventions import conventions
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.fields import Field

IN_A_ROW = 6
MOVES = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -IN_A_ROW,
    Qt.Key.Key_Down: IN_A_ROW,
}


class SeasonField(Field[frozenset[int]]):
    """Months from 1 to 12. Tab comes to one button; the arrow keys move between them, space presses them."""

    def __init__(self, name: str, label_text: str) -> None:
        months = QWidget()
        super().__init__(name, label_text, months)
        habit = conventions(current_language().code)
        grid = QGridLayout(months)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        self.buttons: list[QPushButton] = []
        for number, (short, whole) in enumerate(zip(habit.short_months, habit.months, strict=True)):
            made = button(short.rstrip("."), "month")
            made.setObjectName(f"{name}_{number + 1}")
            made.setCheckable(True)
            made.setToolTip(whole)
            made.setAccessibleName(_("{month} without principal").format(month=whole))
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == 0 else Qt.FocusPolicy.ClickFocus)
            made.installEventFilter(self)
            made.toggled.connect(self._on_changed)
            grid.addWidget(made, number // IN_A_ROW, number % IN_A_ROW)
            self.buttons.append(made)
        for column in range(IN_A_ROW):
            grid.setColumnStretch(column, 1)
        self.label.setBuddy(self.buttons[0])
        self.setFocusProxy(self.buttons[0])
        self.held = label("", "caption", wraps=True)
        self._layout.insertWidget(2, self.held)
        self.changed.connect(self._tell)
        self._tell()

    def typed(self) -> object:
        return sorted(self.value())

    def restore_typed(self, typed: object) -> None:
        if isinstance(typed, list):
            self.set_value(frozenset(typed))

    def is_empty(self) -> bool:
        return False  # no month at all is a choice too

    def _read(self) -> frozenset[int]:
        return frozenset(number for number, made in enumerate(self.buttons, start=1) if made.isChecked())

    def set_value(self, value: frozenset[int] | None) -> None:
        for number, made in enumerate(self.buttons, start=1):
            made.blockSignals(True)
            made.setChecked(number in (value or ()))
            made.blockSignals(False)
        self._tell()

    def set_read_only(self, read_only: bool) -> None:
        super().set_read_only(read_only)
        self._tell()

    def tab_stops(self) -> list[QWidget]:
        return [made for made in self.buttons if made.focusPolicy() is Qt.FocusPolicy.StrongFocus]

    def in_words(self) -> str:
        """What is chosen, in a few words; empty where no month is."""
        habit = conventions(current_language().code)
        chosen = ", ".join(habit.short_months[month - 1] for month in sorted(self.value()))
        return _("no principal in {months}").format(months=chosen) if chosen else ""

    def _tell(self) -> None:
        if not self.editor.isEnabled():
            told = _("Only loans with equal instalments or equal principal have such months.")
        elif self.value():
            told = _("Instalments due in these months ask for interest and fees only.")
        else:
            told = _("Press the months in which only interest and fees are paid.")
        self.held.setText(told)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and watched in self.buttons and isinstance(event, QKeyEvent):
            move = MOVES.get(Qt.Key(event.key()))
            if move is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                place = self.buttons.index(watched) + move
                if 0 <= place < len(self.buttons):
                    self.buttons[place].setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        elif event.type() == QEvent.Type.FocusIn and watched in self.buttons:
            for made in self.buttons:
                made.setFocusPolicy(Qt.FocusPolicy.StrongFocus if made is watched else Qt.FocusPolicy.ClickFocus)
        return super().eventFilter(watched, event)
