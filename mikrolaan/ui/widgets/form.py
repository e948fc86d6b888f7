"""A form: fields in one or two columns, checked together, in reading order for Tab."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError, RuleError
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.fields import Field
from mikrolaan.ui.widgets.messages import InlineMessage

F = TypeVar("F", bound=Field)  # type: ignore[type-arg]  # a form holds fields of every kind of value


class Form(QWidget):
    """Fields by name. Nothing here raises: what is wrong stands beside the field or above the form."""

    changed = Signal()  # something was typed
    submitted = Signal()  # Enter was pressed in a line

    def __init__(self, columns: int = 1) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}  # type: ignore[type-arg]
        self._columns = columns
        self._row = self._column = 0
        self._grid = QGridLayout()
        self._last_stop: QWidget | None = None
        self.message = InlineMessage()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.message)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(16)
        layout.addLayout(self._rows)
        layout.addStretch(1)
        self.begin_below(columns)

    def add(self, field: F, *, wide: bool = False) -> F:
        """Put a field after the ones before it; a wide one has a row of its own. Gives the field back."""
        if wide:
            self._start_row()
        self._grid.addWidget(field, self._row, self._column, 1, self._columns if wide else 1, Qt.AlignmentFlag.AlignTop)
        self._column = self._columns if wide else self._column + 1
        if self._column >= self._columns:
            self._row, self._column = self._row + 1, 0
        self.fields[field.name] = field
        field.changed.connect(self.changed)
        field.submitted.connect(self.submitted)
        for stop in field.tab_stops():
            if self._last_stop is not None:
                QWidget.setTabOrder(self._last_stop, stop)
            self._last_stop = stop
        return field

    def begin_below(self, columns: int = 1) -> QWidget:
        """Put what follows below all that came before, in so many columns; gives back the part that begins."""
        self._parts = QHBoxLayout()
        self._parts.setSpacing(40)
        self._rows.addLayout(self._parts)
        return self.begin_beside(columns)

    def begin_beside(self, columns: int = 1) -> QWidget:
        """Put what follows at the right of what came before; Tab goes on there. Gives back the part that begins."""
        self._columns = columns
        self._row = self._column = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(16)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        self._parts.addWidget(part, columns)
        return part

    def add_section(self, title: str) -> QLabel:
        """Begin a new group of fields under a heading, which is given back."""
        self._start_row()
        heading = label(title, "section")
        if self._row:
            heading.setContentsMargins(0, 8, 0, 0)
        self._add_row(heading)
        return heading

    def add_widget(self, widget: QWidget) -> None:
        """Put something that is not a field in a row of its own."""
        self._start_row()
        self._add_row(widget)

    def _add_row(self, widget: QWidget) -> None:
        self._grid.addWidget(widget, self._row, 0, 1, self._columns)
        self._row += 1

    def _start_row(self) -> None:
        if self._column:
            self._row, self._column = self._row + 1, 0

    # -- checking

    def check_all(self) -> bool:
        """Check every field that is shown, show all that is wrong, and put the cursor into the first."""
        self.message.say("")
        right = [field.check() for field in self._shown()]
        if all(right):
            return True
        first = self.first_error
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    @property
    def first_error(self) -> Field | None:  # type: ignore[type-arg]
        """The first field, in reading order, with a sentence beside it."""
        return next((field for field in self._shown() if field.error), None)

    def set_error(self, name: str, text: str) -> None:
        """Show a sentence beside the field of that name, or above the form where there is none."""
        field = self.fields.get(name)
        if field is None or field.isHidden():
            self.message.say(text, "bad")
            return
        field.set_error(text)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, error: MikrolaanError) -> None:
        """Show the sentence of an error that a service raised, beside its field where it names one."""
        self.set_error(error.field if isinstance(error, RuleError) else "", sentence_for(error))

    def clear_errors(self) -> None:
        """Take all sentences away."""
        self.message.say("")
        for field in self.fields.values():
            field.clear_error()

    def _shown(self) -> list[Field]:  # type: ignore[type-arg]
        return [field for field in self.fields.values() if not field.isHidden()]

    # -- what is typed

    def typed(self) -> dict[str, object]:
        """What stands in all fields, by name; passwords are left out."""
        return {name: field.typed() for name, field in self.fields.items()}

    def restore_typed(self, typed: dict[str, object]) -> None:
        """Put back what `typed` gave; fields it does not name stay as they are."""
        for name, value in typed.items():
            if name in self.fields:
                self.fields[name].restore_typed(value)

    def is_empty(self) -> bool:
        """Whether nothing is filled in anywhere."""
        return all(field.is_empty() for field in self.fields.values())

    def clear(self) -> None:
        """Empty every field."""
        for field in self.fields.values():
            field.set_value(None)
        self.clear_errors()
