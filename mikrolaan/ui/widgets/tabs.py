"""Tabs with keys, so that a destination can name one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget


class Tabs(QTabWidget):
    """Underlined tabs; `changed` says which one the officer chose."""

    changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[str] = []
        self.setDocumentMode(True)
        self.tabBar().setExpanding(False)
        self.tabBar().setElideMode(Qt.TextElideMode.ElideNone)
        self.tabBar().setUsesScrollButtons(True)
        self.tabBar().setCursor(Qt.CursorShape.PointingHandCursor)
        self._is_opening = False
        self.currentChanged.connect(self._on_changed)

    def add(self, key: str, title: str, content: QWidget, *, scrolls: bool = False) -> None:
        """Add a tab whose content may be taller than the window when it `scrolls`."""
        holder = QWidget()
        holder.setObjectName("page_body")
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.addWidget(content)
        self._keys.append(key)
        if not scrolls:
            self.addTab(holder, title)
            return
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        self.addTab(area, title)

    def show_tab(self, key: str) -> None:
        """Show the tab of that key; the first where none has it."""
        self._is_opening = True
        self.setCurrentIndex(self._keys.index(key) if key in self._keys else 0)
        self._is_opening = False

    @property
    def current_key(self) -> str:
        """The key of the tab shown."""
        return self._keys[self.currentIndex()] if self._keys else ""

    def _on_changed(self, index: int) -> None:
        if not self._is_opening and 0 <= index < len(self._keys):
            self.changed.emit(self._keys[index])
