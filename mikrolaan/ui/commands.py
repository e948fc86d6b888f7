"""The command palette (Ctrl+K): finds people, loans, pages and acts while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mikrolaan.i18n import _
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import ElidedLabel, IconLabel, announce, label, plain, why_not

MOST_HITS = 30


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: what it is, what helps to tell it apart, and where it leads or what it does.

    Without a target it cannot be done now, and the subtitle says why.
    """

    title: str
    subtitle: str
    icon: str
    target: Destination | Callable[[], object] | None


Provider = Callable[[str], list[Hit]]


def acts_provider(acts: Callable[[], Sequence[QAction]]) -> Provider:
    """Offers the acts whose words hold all the words typed; those that say why they cannot be done come last."""

    def find(typed: str) -> list[Hit]:
        words = typed.casefold().split()
        possible, impossible = [], []
        for act in acts():
            text = plain(act.text())
            if not text or not act.isVisible() or not all(word in text.casefold() for word in words):
                continue
            if act.isEnabled():
                keys = act.shortcut().toString(act.shortcut().SequenceFormat.NativeText)
                possible.append(Hit(text, keys, "command", act.trigger))
            elif words and (reason := why_not(act)):
                impossible.append(Hit(text, reason, "prohibit", None))
        return possible + impossible

    return find


class CommandPalette(QFrame):
    """Floats over the window: one line to type in, hits below it; arrows choose, Enter goes, Esc closes."""

    go_to = Signal(object)  # Destination

    def __init__(self, host: QWidget, providers: Sequence[Provider]) -> None:
        super().__init__(host)
        self.setProperty("role", "floating")
        self._host = host
        self._providers = providers
        self._hits: list[Hit] = []
        self.line = QLineEdit()
        self.line.setMaxLength(100)
        self.line.setPlaceholderText(_("Find a person, a loan, a group or a command"))
        self.line.setAccessibleName(_("Find a person, a loan, a group or a command"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setObjectName("hits")
        self.nothing = label(_("Nothing found. Try fewer letters, or another spelling."), "muted", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        layout.addWidget(self.nothing)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(40)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 80))
        self.setGraphicsEffect(shadow)
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.hide()

    def open(self, typed: str = "") -> None:
        """Show the palette over its window, ready to type."""
        host = self._host
        width = min(640, host.width() - 64)
        self.setFixedWidth(width)
        self.move(QPoint((host.width() - width) // 2, 56))
        self.line.setText(typed)
        self._find(typed)
        self.show()
        self.raise_()
        self.line.setFocus()

    def _find(self, typed: str) -> None:
        self._hits = [hit for provider in self._providers for hit in provider(typed.strip())][:MOST_HITS]
        self.list.clear()
        for hit in self._hits:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{hit.title}, {hit.subtitle}")
            row = _HitRow(hit)
            item.setSizeHint(QSize(0, row.sizeHint().height()))
            self.list.addItem(item)
            self.list.setItemWidget(item, row)
        self.list.setCurrentRow(0 if self._hits else -1)
        self.list.setVisible(bool(self._hits))
        self.nothing.setVisible(not self._hits)
        self._fit()

    def _fit(self) -> None:
        """As tall as what was found, but inside the window."""
        room = self._host.height() - 96 - self.line.sizeHint().height() - 32
        wanted = sum(self.list.sizeHintForRow(row) for row in range(self.list.count())) + 2
        self.list.setFixedHeight(max(0, min(wanted, room, 420)))
        self.adjustSize()

    def _take(self) -> None:
        chosen = self.list.currentRow()
        if not 0 <= chosen < len(self._hits):
            return
        target = self._hits[chosen].target
        if target is None:
            announce(self.list, self._hits[chosen].subtitle)
            return
        self.hide()
        if isinstance(target, Destination):
            self.go_to.emit(target)
        else:
            target()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.hide()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and self._hits:
                self.list.setCurrentRow((self.list.currentRow() + step) % len(self._hits))
                return True
        if event.type() == QEvent.Type.FocusOut and watched is self.line and not self.underMouse():
            self.hide()
        return super().eventFilter(watched, event)


class _HitRow(QWidget):
    """One hit: icon, title, and what tells it apart at the right; below the title why it cannot be done now."""

    def __init__(self, hit: Hit) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 7, 10, 7)
        layout.setSpacing(10)
        layout.addWidget(IconLabel(hit.icon, "muted"))
        if hit.target is None:
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(ElidedLabel(hit.title, "muted"))
            words.addWidget(ElidedLabel(hit.subtitle, "caption"))
            layout.addLayout(words, 1)
        else:
            layout.addWidget(ElidedLabel(hit.title), 1)
            layout.addWidget(label(hit.subtitle, "caption"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
