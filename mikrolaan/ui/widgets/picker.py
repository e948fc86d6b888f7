"""A field that finds a record while one types its name: a borrower, a loan, a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.i18n import _
from mikrolaan.ui import theme
from mikrolaan.ui import tokens as t
from mikrolaan.ui.widgets.basics import plain, plain_tip
from mikrolaan.ui.widgets.fields import LineField

HITS = 8
PADDING = 10
HINT_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class Found:
    """One record that the search found."""

    id: UUID
    text: str  # what stands in the field when it is chosen
    hint: str = ""  # what tells it from others of the same name


Search = Callable[[str, int], Sequence[Found]]


class HitDelegate(QStyledItemDelegate):
    """Paints what was found: the name, and in quieter ink what tells it from others."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours = theme.current()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.selection))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(colours.hover))
        area = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        beside = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for text, colour in ((index.data(), colours.ink), (index.data(HINT_ROLE), colours.muted)):
            painter.setPen(QColor(colour))
            room = max(0, area.width())
            elided = painter.fontMetrics().elidedText(str(text or ""), Qt.TextElideMode.ElideRight, room)
            painter.drawText(area, beside, elided)
            area.adjust(painter.fontMetrics().horizontalAdvance(elided) + PADDING, 0, 0, 0)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, max(t.ROW_HEIGHT, option.fontMetrics.height() + 12))


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
        self._popup.setAccessibleName(_("Found for {field}").format(field=plain(label_text)))
        self._popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._popup.setMouseTracking(True)
        self._popup.setProperty("role", "floating")
        self._completer = QCompleter(self._model, self)
        self._completer.setPopup(self._popup)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self.line)
        self._completer.setMaxVisibleItems(HITS)
        self._popup.setItemDelegate(HitDelegate(self._popup))  # the completer has set its own
        self._popup.clicked.connect(self._on_activated)
        self._popup.installEventFilter(self)  # asked before the completer's own, which would also submit the form

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

    def check(self) -> bool:
        right = super().check()
        if not right and not self.is_empty():
            self.set_error(self._what_to_do())
        return right

    def _what_to_do(self) -> str:
        """Why what is typed names no record, and what to do about it."""
        if self._search(self.text(), 1):
            return _("More than one fits, or the name is not whole. Choose one from the list.")
        return _("Nothing is found for this. Look at the spelling, or register it first.")

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

    def _on_changed(self) -> None:
        """What is typed names nobody until it is chosen; listeners hear of it after that is so."""
        self._chosen = None
        text = self.text()
        self._hits = self._search(text, HITS) if text else ()
        self._model.clear()
        for hit in self._hits:
            item = QStandardItem(hit.text)
            item.setData(hit.hint, HINT_ROLE)
            told = f"{hit.text} · {hit.hint}" if hit.hint else hit.text
            item.setToolTip(plain_tip(told))
            item.setData(told, Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        if self._hits:
            self._completer.complete()
            self._popup.setCurrentIndex(self._popup.model().index(0, 0))
        else:
            self._popup.hide()
        super()._on_changed()

    def _on_activated(self, index: QModelIndex) -> None:
        self._popup.hide()
        if 0 <= index.row() < len(self._hits):
            self.choose(self._hits[index.row()])
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._popup.isVisible():
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()  # Esc closes the list; the page's own Esc would leave the form
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_activated(self._popup.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _on_left(self) -> None:
        if not self._popup.isVisible():
            super()._on_left()
