"""The line below a form: its main act, the way out, and whether what is typed is kept as a draft."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.ui.widgets.basics import action_button, hairline, label


class FormFooter(QWidget):
    """Stays in sight while the form scrolls."""

    def __init__(self, main: QAction, other: QAction) -> None:
        super().__init__()
        self.note = label("", "muted")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.main_button = action_button(main, "primary")
        row.addWidget(self.main_button)
        row.addWidget(action_button(other, "quiet"))
        row.addSpacing(8)
        row.addWidget(self.note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(hairline())
        layout.addLayout(row)
