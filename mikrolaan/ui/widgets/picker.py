"""A field that finds a record while one types its name: a borrower, a loan, a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.ui.widgets.fields import LineField

HITS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One record that the search found."""

    id: UUID
    text: str  # what stands in the field when it is chosen
    hint: str = ""  # what tells it from others of the same name


Search = Callable[[str, int], Sequence[Found]]


class PickerField(LineField[UUID]):
    """Type a few letters, choose with the arrows and Enter or the mouse; the value is the record's id."""

    def __init__(
        self,
        name: str,
        label_text: str,
        search: Search,
        *,
        required: bool = True,
        help_text: str = "",
        placeholder: str = "",
    ) -> None:
        """`search(text, most)` gives the records that fit, best first."""
        super().__init__(name, label_text, required=required, help_text=help_text, placeholder=placeholder)
        self._search = search
        self._chosen: Found | None = None
        self._hits: Sequence[Found] = ()
        self._model = QStandardItemModel(self)
        self._popup = QListView()
        self._completer = QCompleter(self._model, self)
        self._completer.setPopup(self._popup)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self.line)
        self._popup.activated.connect(self._on_activated)
        self._popup.clicked.connect(self._on_activated)
        self.line.textEdited.connect(self._on_typing)

    @property
    def chosen(self) -> Found | None:
        """The record that stands in the field, or None while one is only typing."""
        return self._chosen

    def choose(self, found: Found | None) -> None:
        """Put a record into the field; None empties it."""
        self._chosen = found
        self.line.setText(found.text if found is not None else "")
        self.line.setCursorPosition(0)
        self.clear_error()

    def set_value(self, value: UUID | None) -> None:
        if value is None:
            self.choose(None)
        elif self._chosen is None or self._chosen.id != value:
            raise TypeError("a picker is filled with choose()")

    def typed(self) -> object:
        return self._chosen if self._chosen is not None else self.text()

    def restore_typed(self, typed: object) -> None:
        if isinstance(typed, Found):
            self.choose(typed)
        else:
            self._chosen = None
            self.line.setText(str(typed or ""))

    def is_empty(self) -> bool:
        return not self.text()

    def _read(self) -> UUID:
        if self._chosen is None:
            self._take_only_hit()
        if self._chosen is None:
            raise InvalidValue(self.name, Problem.UNKNOWN_CHOICE)
        return self._chosen.id

    def _take_only_hit(self) -> None:
        """A name typed to its end needs no choosing when just one record has it."""
        same = [hit for hit in self._search(self.text(), HITS) if hit.text.casefold() == self.text().casefold()]
        if len(same) == 1:
            self._chosen = same[0]

    def _on_typing(self) -> None:
        self._chosen = None
        text = self.text()
        self._hits = self._search(text, HITS) if text else ()
        self._model.clear()
        for hit in self._hits:
            item = QStandardItem(f"{hit.text}   {hit.hint}" if hit.hint else hit.text)
            item.setData(hit.text, Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        if self._hits:
            self._completer.complete()
        else:
            self._popup.hide()

    def _on_activated(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._hits):
            self.choose(self._hits[index.row()])
            self.changed.emit()

    def _on_left(self) -> None:
        if not self._popup.isVisible():
            super()._on_left()
