"""Fields to type in: a label, an editor, and the sentence beside it when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.i18n import _, current_language
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.icons import icon
from mikrolaan.ui.widgets.basics import IconLabel, announce, icon_button, label, plain, set_look

T = TypeVar("T")
LONGEST_LINE = 200  # characters; longer than any name or address, short enough to keep every layout whole
LONGEST_TEXT = 4000
SEARCH_PAUSE_MS = 120
FIELD_ICON = 18  # a button beside a line is not taller than the line


class Field(QWidget, Generic[T]):
    """One thing to fill in. Its `name` is its objectName and the field that an error names."""

    changed = Signal()  # the officer changed what is typed
    submitted = Signal()  # Enter was pressed

    def __init__(
        self, name: str, label_text: str, editor: QWidget, *, required: bool = True, help_text: str = ""
    ) -> None:
        """`label_text` may mark a mnemonic with &; a field that is not required says so in its label."""
        super().__init__()
        self.setObjectName(name)
        self.name = name
        self.required = required
        self.editor = editor
        self._language = current_language()
        editor.setObjectName(f"{name}_editor")
        self._label_text = label_text
        self.label = label("", "label")
        self.set_required(required)
        self.label.setBuddy(editor)
        self.setFocusProxy(editor)
        editor.setAccessibleDescription(help_text)
        self._help_text = help_text

        self.error_label = QLabel()
        self.error_label.setProperty("role", "error")
        self.error_label.setTextFormat(Qt.TextFormat.PlainText)
        self.error_label.setWordWrap(True)
        self._error_row = QWidget()
        error_layout = QHBoxLayout(self._error_row)
        error_layout.setContentsMargins(0, 0, 0, 0)
        error_layout.setSpacing(4)
        error_layout.addWidget(IconLabel("warning-circle", "bad", 16), 0, Qt.AlignmentFlag.AlignTop)
        error_layout.addWidget(self.error_label, 1)
        self._error_row.hide()

        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addWidget(self.label)
        self._layout.addWidget(self._editor_row())
        if help_text:
            self._layout.addWidget(label(help_text, "caption", wraps=True))
        self._layout.addWidget(self._error_row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        editor.installEventFilter(self)

    def set_required(self, required: bool) -> None:
        """Ask for the field, or say in its label that it may stay empty."""
        self.required = required
        shown = self._label_text if required else _("{label} (optional)").format(label=self._label_text)
        self.label.setText(shown)
        self.editor.setAccessibleName(plain(shown))

    def _editor_row(self) -> QWidget:
        """What stands under the label: the editor, or the editor with its buttons."""
        return self.editor

    # -- what a kind of field answers

    def typed(self) -> object:
        """What stands in the field now, also when it is wrong; to be given to `restore_typed`."""
        raise TypeError(type(self).__name__)

    def restore_typed(self, typed: object) -> None:
        """Put back what `typed` gave, also in another language."""
        raise TypeError(type(self).__name__)

    def is_empty(self) -> bool:
        """Whether nothing is filled in."""
        return not self.typed()

    def _read(self) -> T:
        """The value of what is typed; called only when something is."""
        raise TypeError(type(self).__name__)

    def set_value(self, value: T | None) -> None:
        """Show a value; None empties the field."""
        raise TypeError(type(self).__name__)

    # -- what a form asks

    def value(self) -> T:
        """The value typed; raises RuleError when it is missing or wrong."""
        if self.is_empty():
            raise InvalidValue(self.name, Problem.MISSING)
        try:
            return self._read()
        except InvalidValue as error:
            raise InvalidValue(self.name, error.problem, error.limit) from None

    def given(self) -> T | None:
        """The value typed, or None where nothing is; raises RuleError when it is wrong."""
        return None if self.is_empty() else self.value()

    def peek(self) -> T | None:
        """The value typed, or None where it is missing or wrong; for what moves while typing."""
        try:
            return self.given()
        except RuleError:
            return None

    def check(self) -> bool:
        """Whether the field may be saved as it is; shows the sentence beside it where not."""
        try:
            if self.required or not self.is_empty():
                self.value()
        except RuleError as error:
            self.set_error(sentence_for(error))
            return False
        self.clear_error()
        return True

    @property
    def error(self) -> str:
        """The sentence shown beside the field, or an empty text."""
        return self.error_label.text()

    def set_error(self, text: str) -> None:
        """Show a sentence beside the field."""
        self.error_label.setText(text)
        self._error_row.setVisible(bool(text))
        set_look(self.editor, "wrong", "true" if text else "false")
        self.editor.setAccessibleDescription(text or self._help_text)
        announce(self.editor, text)

    def clear_error(self) -> None:
        """Take the sentence away."""
        if self.error:
            self.set_error("")

    def tab_stops(self) -> list[QWidget]:
        """The widgets that Tab visits, in reading order."""
        return [self.editor]

    def keep_together(self) -> None:
        """Let Qt move the field and its editor as one in the order of Tab.

        An editor moved alone leaves the field behind, and there Tab goes back to the editor, round and round.
        """
        self.setFocusPolicy(self.editor.focusPolicy())

    def set_read_only(self, read_only: bool) -> None:
        """Show the value without letting anyone change it."""
        self.editor.setEnabled(not read_only)

    def _on_changed(self) -> None:
        self.clear_error()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_left = event.type() == QEvent.Type.FocusOut
        if is_left and watched is getattr(self, "editor", None):  # a field being deleted has no editor
            self._on_left()
        return super().eventFilter(watched, event)

    def _on_left(self) -> None:
        """The officer moved on: say at once what is wrong with what is typed, but not that it is still empty."""
        if self.isEnabled() and not self.is_empty():
            self.check()


class LineField(Field[T]):
    """A field of one line; pasted line breaks and spaces at the ends fall away."""

    def __init__(
        self,
        name: str,
        label_text: str,
        *,
        required: bool = True,
        help_text: str = "",
        placeholder: str = "",
        longest: int = LONGEST_LINE,
        unit: str = "",
    ) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(longest)
        self.line.setPlaceholderText(placeholder)
        self.unit = label(unit, "unit")
        super().__init__(name, label_text, self.line, required=required, help_text=help_text)
        self.line.textEdited.connect(self._on_changed)
        self.line.returnPressed.connect(self.submitted)
        if unit:
            self.set_unit(unit)

    def set_unit(self, unit: str) -> None:
        """Show what the number counts (kr, %, months) at the end of the line."""
        if self.line.layout() is None:
            inside = QHBoxLayout(self.line)
            inside.setContentsMargins(0, 0, 10, 0)
            inside.addStretch(1)
            inside.addWidget(self.unit)
        self.unit.setText(unit)
        self.unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.line.setTextMargins(0, 0, self.unit.sizeHint().width() + 6, 0)

    def text(self) -> str:
        """What is typed, with every run of spaces and line breaks as one space."""
        return " ".join(self.line.text().split())

    def typed(self) -> object:
        return self.text()

    def restore_typed(self, typed: object) -> None:
        self.line.setText(str(typed))

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)


class TextField(LineField[str]):
    """Words on one line; an optional one that is empty has the value ""."""

    def value(self) -> str:
        if self.is_empty() and not self.required:
            return ""
        return super().value()

    def _read(self) -> str:
        return self.text()

    def set_value(self, value: str | None) -> None:
        self.line.setText(value or "")
        self.line.setCursorPosition(0)
        self.clear_error()


class SearchField(TextField):
    """A line that searches a list: no label above, a glass before the text, `searched` when typing pauses."""

    searched = Signal(str)

    def __init__(self, name: str, accessible_name: str, placeholder: str = "") -> None:
        super().__init__(name, accessible_name, required=False, placeholder=placeholder or accessible_name)
        self.label.hide()
        self.editor.setAccessibleName(accessible_name)
        self.line.addAction(icon("magnifying-glass", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text()))
        self.line.textChanged.connect(lambda _text: self._pause.start())

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()  # nobody looks any more, and the file may be locked by the time it would ask
        super().hideEvent(event)


class ReadField(LineField[T]):
    """A line that a given function reads: an identity number, a phone number, an account number."""

    def __init__(
        self,
        name: str,
        label_text: str,
        reader: Callable[[str], T],
        shower: Callable[[T], str] = str,
        *,
        required: bool = True,
        help_text: str = "",
        placeholder: str = "",
        longest: int = LONGEST_LINE,
    ) -> None:
        """`reader` raises RuleError when the text cannot be read; `shower` writes a value back as text."""
        super().__init__(
            name, label_text, required=required, help_text=help_text, placeholder=placeholder, longest=longest
        )
        self._reader = reader
        self._shower = shower

    def _read(self) -> T:
        return self._reader(self.text())

    def set_value(self, value: T | None) -> None:
        self.line.setText("" if value is None else self._shower(value))
        self.clear_error()

    def _on_left(self) -> None:
        super()._on_left()
        value = self.peek()
        if value is not None:
            self.line.setText(self._shower(value))


class IdentityField(ReadField[T]):
    """An identity or organisation number, read and checked by the function given."""

    def __init__(
        self,
        name: str,
        label_text: str,
        reader: Callable[[str], T],
        shower: Callable[[T], str] = str,
        *,
        required: bool = True,
        help_text: str = "",
        placeholder: str = "",
    ) -> None:
        super().__init__(
            name,
            label_text,
            reader,
            shower,
            required=required,
            help_text=help_text,
            placeholder=placeholder,
            longest=40,
        )
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)


class PasswordField(LineField[str]):
    """A password: never trimmed, hidden until the eye is pressed, never kept by `typed`."""

    def __init__(self, name: str, label_text: str, *, required: bool = True, help_text: str = "") -> None:
        self.eye = icon_button("eye", _("Show the password"), tone="muted", size=FIELD_ICON)
        super().__init__(name, label_text, required=required, help_text=help_text, longest=1000)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._on_eye)

    def _editor_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.eye)
        return row

    def _on_eye(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def tab_stops(self) -> list[QWidget]:
        return [self.line, self.eye]

    def typed(self) -> object:
        return ""

    def is_empty(self) -> bool:
        return not self.line.text()

    def _read(self) -> str:
        return self.line.text()

    def set_value(self, value: str | None) -> None:
        self.line.setText(value or "")
        self.clear_error()

    def _on_left(self) -> None:
        """A password is checked when it is sent, not while one looks for the next field."""


class MultilineField(Field[str]):
    """Free text of several lines; an optional one that is empty has the value ""."""

    def __init__(
        self,
        name: str,
        label_text: str,
        *,
        required: bool = True,
        help_text: str = "",
        lines: int = 4,
        longest: int = LONGEST_TEXT,
    ) -> None:
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        super().__init__(name, label_text, self.box, required=required, help_text=help_text)
        self._longest = longest
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * lines + 20)
        self.box.textChanged.connect(self._on_changed)

    def typed(self) -> object:
        return self.box.toPlainText().strip()

    def restore_typed(self, typed: object) -> None:
        self.box.setPlainText(str(typed))

    def value(self) -> str:
        if self.is_empty() and not self.required:
            return ""
        return super().value()

    def _read(self) -> str:
        text = str(self.typed())
        if len(text) > self._longest:
            raise InvalidValue(self.name, Problem.TOO_LONG, self._longest)
        return text

    def set_value(self, value: str | None) -> None:
        self.box.setPlainText(value or "")
        self.clear_error()

    def set_read_only(self, read_only: bool) -> None:
        self.box.setReadOnly(read_only)
