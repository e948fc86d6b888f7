"""The Payments page: one tab for each way in which payments come in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mikrolaan.i18n import _
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.payments.work_tab import WorkTab
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.tabs import Tabs


class PaymentsPage(Page):
    """Holds the tabs; a destination's tab says which one, its record what the tab begins with."""

    def __init__(self, tabs: Sequence[WorkTab]) -> None:
        super().__init__(_("Payments"))
        self.work_tabs = {tab.key: tab for tab in tabs}
        self.tabs = Tabs()
        for key, tab in self.work_tabs.items():
            self.tabs.add(key, tab.title(), tab, scrolls=tab.scrolls)
            tab.go_to.connect(self.go_to)
            tab.toast.connect(self.toast)
            tab.toast_with_undo.connect(self.toast_with_undo)
        self.tabs.changed.connect(self._on_changed)
        self.body.addWidget(self.tabs, 1)

    @property
    def current(self) -> WorkTab:
        """The tab shown."""
        return self.work_tabs[self.tabs.current_key]

    def opened(self, destination: Destination) -> None:
        self.tabs.show_tab(destination.tab or self.tabs.current_key)
        self.first_focus = self.current.first_focus or self.tabs.tabBar()
        super().opened(destination)
        self.current.opened(destination.record_id)

    def refresh(self) -> None:
        self.current.refresh()

    def typed(self) -> dict[str, object]:
        return super().typed() | {f"{key} tab": tab.kept() for key, tab in self.work_tabs.items()}

    def restore_typed(self, typed: dict[str, object]) -> None:
        super().restore_typed(typed)
        for key, tab in self.work_tabs.items():
            if (kept := typed.get(f"{key} tab")) is not None:
                tab.restore(kept)

    def _on_changed(self, key: str) -> None:
        self.tab_changed.emit(key)
        self.refresh()
        first: QWidget | None = self.current.first_focus
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
