"""What covers the window while the work under way ends before the file locks."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from mikrolaan.i18n import _
from mikrolaan.ui.start.start_page import NARROW, BusyLine, StartPage
from mikrolaan.ui.widgets.basics import label


class WaitingPage(StartPage):
    """Shows nothing of the office."""

    def __init__(self) -> None:
        super().__init__(NARROW)
        self.build()

    def title(self) -> str:
        return _("Locking")

    def fill(self, column: QVBoxLayout) -> None:
        column.addStretch(2)
        column.addWidget(label(_("Locking"), "title"))
        self.busy_line = BusyLine("")
        self.busy_line.say(_("The work under way is finished first, so that nothing is left half done."))
        column.addWidget(self.busy_line)
        column.addStretch(3)
