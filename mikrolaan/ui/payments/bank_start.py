"""Where a bank file is chosen, and the list of those imported before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.i18n import _, current_language
from mikrolaan.services.bank_import import BankImportService
from mikrolaan.services.bank_rows import ImportRow
from mikrolaan.ui.payments.bank_words import format_word
from mikrolaan.ui.widgets.basics import IconLabel, action_button, label, set_look
from mikrolaan.ui.widgets.cards import EmptyState, State
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel

NARROW = 1120  # a narrower tab leaves out the kind, so that names of files have room
KIND_COLUMN = 2


class DropZone(QFrame):
    """Takes one file that is dragged here, or chosen with the button."""

    path_dropped = Signal(object)  # Path

    def __init__(self, choose: QAction) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAcceptDrops(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(_("Choose a file from the bank, or drag it here"), "strong", wraps=True))
        words.addWidget(
            label(
                _(
                    "OCR giro, camt.053, camt.054, BgMax, or a list in CSV. Nothing is saved before you have seen every line."
                ),
                "muted",
                wraps=True,
            )
        )
        layout.addWidget(IconLabel("tray", "primary", 32), 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        self.button = action_button(choose, "primary")
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _one_file(event) is not None:
            set_look(self, "tone", "primary")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        set_look(self, "tone", "")

    def dropEvent(self, event: QDropEvent) -> None:
        set_look(self, "tone", "")
        path = _one_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.path_dropped.emit(path)


def _one_file(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


class BankStart(QWidget):
    """The first view of the tab."""

    def __init__(self, service: BankImportService, choose: QAction, reverse: QAction, *, may_change: bool) -> None:
        super().__init__()
        self._may_change = may_change
        self.zone = DropZone(choose)
        self.message = InlineMessage()
        self._reverse = reverse
        self.model: PagedTableModel[ImportRow] = PagedTableModel(_columns(), service.count_imports, service.imports)
        self.table = Table(
            self.model,
            _("Imported files"),
            EmptyState(
                "bank",
                _("Files that you import are listed here, with what became of them. A whole file can be reversed."),
                title=_("No file imported yet"),
            ),
        )
        self.table.row_selected.connect(lambda _row: self.show_act())
        head = QHBoxLayout()
        head.addWidget(label(_("Imported files"), "section"))
        head.addStretch(1)
        head.addWidget(action_button(reverse))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.zone)
        layout.addWidget(self.message)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        self.show_act()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(KIND_COLUMN, self.width() < NARROW)

    @property
    def chosen(self) -> ImportRow | None:
        """The import that is selected."""
        row = self.table.selected_row()
        return row if isinstance(row, ImportRow) else None

    def reload(self) -> None:
        """Show the imports as they are now."""
        self.table.reload()
        self.show_act()

    def show_act(self) -> None:
        """Let an import be reversed that was not."""
        chosen = self.chosen
        self._reverse.setEnabled(self._may_change and chosen is not None and not chosen.is_reversed)


def _columns() -> list[Column[ImportRow]]:
    def number(value: int) -> str:
        return current_language().number(value)

    return [
        Column(lambda: _("Imported"), lambda row: current_language().moment(row.at), width=150),
        Column(
            lambda: _("File"),
            lambda row: row.file_name,
            tooltip=lambda row: f"{row.file_name} · {format_word(row.format)}",
        ),
        Column(lambda: _("Kind"), lambda row: format_word(row.format), width=210),
        Column(
            lambda: _("Payments"),
            lambda row: _("{count} of {total}").format(count=number(row.accepted), total=number(row.lines)),
            Align.END,
            width=100,
        ),
        Column(
            lambda: _("Amount"),
            lambda row: current_language().money(row.accepted_total),
            Align.END,
            width=130,
        ),
        Column(
            lambda: _("State"),
            lambda row: _state(row).word,
            tooltip=lambda row: row.reason,
            state=_state,
            width=130,
        ),
        Column(lambda: _("By"), lambda row: row.officer, width=130),
    ]


def _state(row: ImportRow) -> State:
    if row.is_reversed:
        return State(_("Reversed"), "arrow-counter-clockwise", "muted")
    return State(_("Saved"), "check-circle", "good")
