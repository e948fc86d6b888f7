"""A field for the place of a new file, with a button that opens the system's dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mikrolaan.domain.errors import InvalidValue
from mikrolaan.i18n import _
from mikrolaan.services.file_errors import FileExists
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.start.office_path import SUFFIX, read_new_path
from mikrolaan.ui.widgets.basics import button
from mikrolaan.ui.widgets.dialogs import ask_where_to_save
from mikrolaan.ui.widgets.fields import LineField


class NewPathField(LineField[Path]):
    """Where a new office file is to lie. It follows a proposal until the officer writes or chooses another place."""

    def __init__(self, name: str, label_text: str, *, help_text: str = "") -> None:
        self.browse_button = button(_("Brow&se…"), icon_name="folder-open")
        super().__init__(name, label_text, help_text=help_text, longest=4000)
        self.is_own_choice = False
        self.line.textEdited.connect(self._on_edited)
        self.browse_button.clicked.connect(self.browse)

    def _editor_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.browse_button)
        return row

    def tab_stops(self) -> list[QWidget]:
        return [self.line, self.browse_button]

    def text(self) -> str:
        return self.line.text().strip()

    def propose(self, path: Path) -> None:
        """Show a proposal, unless the officer chose a place already."""
        if not self.is_own_choice:
            self.set_value(path)

    def browse(self) -> None:
        """Let the officer choose a place."""
        chosen = ask_where_to_save(
            self, _("Where the office file is to lie"), Path(self.text() or "."), _("Office file"), SUFFIX
        )
        if chosen is not None:
            self.is_own_choice = True
            self.set_value(chosen)
            self.check()
            self.changed.emit()

    def check(self) -> bool:
        try:
            self.value()
        except FileExists as error:
            self.set_error(sentence_for(error))
        except InvalidValue:
            self.set_error(
                _("Write the whole path of a file in a folder that exists, or choose Browse.")
                if not self.is_empty()
                else _("Say where the file is to lie, or choose Browse.")
            )
        else:
            self.clear_error()
            return True
        return False

    def _read(self) -> Path:
        return read_new_path(self.text())

    def set_value(self, value: Path | None) -> None:
        self.line.setText("" if value is None else str(value))
        self.clear_error()

    def _on_edited(self) -> None:
        self.is_own_choice = True
