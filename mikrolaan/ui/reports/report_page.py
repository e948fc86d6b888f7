"""The page of reports: one tab per report, each made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mikrolaan.i18n import _
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.widgets.tabs import Tabs


class Report(QWidget):
    """What stands on one tab; override `refresh` and emit what the page is to do."""

    go_to = Signal(object)  # Destination
    toast = Signal(str)

    def refresh(self) -> None:
        """Load again what is shown: when the tab is opened, and on F5."""

    def kept(self) -> object | None:
        """What is chosen beyond what stands in the fields, for `restore` on a report made anew."""
        return None

    def restore(self, kept: object | None) -> None:
        """Show what was shown when `kept` was asked; the fields are filled again by then."""


@dataclass(frozen=True, slots=True)
class ReportTab:
    """A report that exists."""

    key: str  # what a destination names
    title: Callable[[], str]
    factory: Callable[[], Report]


class ReportPage(Page):
    """The reports of the office under one heading."""

    def __init__(self, tabs: Sequence[ReportTab]) -> None:
        super().__init__(_("Reports"))
        self._entries = {entry.key: entry for entry in tabs}
        self._holders: dict[str, QVBoxLayout] = {}
        self._reports: dict[str, Report] = {}
        self.tabs = Tabs()
        for entry in tabs:
            holder = QWidget()
            layout = self._holders[entry.key] = QVBoxLayout(holder)
            layout.setContentsMargins(0, 0, 0, 0)
            self.tabs.add(entry.key, entry.title(), holder)
        self.body.addWidget(self.tabs, 1)
        self.tabs.changed.connect(self._on_changed)

    @property
    def report(self) -> Report:
        """The report on the tab that is shown."""
        key = self.tabs.current_key
        if key not in self._reports:
            made = self._reports[key] = self._entries[key].factory()
            made.go_to.connect(self.go_to)
            made.toast.connect(self.toast)
            self._holders[key].addWidget(made)
        return self._reports[key]

    def opened(self, destination: Destination) -> None:
        self.tabs.show_tab(destination.tab)
        super().opened(destination)

    def refresh(self) -> None:
        self.report.refresh()

    def typed(self) -> dict[str, object]:
        return super().typed() | {f"{key} report": report.kept() for key, report in self._reports.items()}

    def restore_typed(self, typed: dict[str, object]) -> None:
        super().restore_typed(typed)
        for key, report in self._reports.items():
            report.restore(typed.get(f"{key} report"))

    def _on_changed(self, key: str) -> None:
        self.refresh()
        self.tab_changed.emit(key)
