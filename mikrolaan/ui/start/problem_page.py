"""What stands in the window when an office file cannot be opened: what is wrong, what to do, and the ways on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import _
from mikrolaan.services.file_errors import (
    DiskFull,
    FileDamaged,
    FileFromNewerVersion,
    FileInUse,
    FileMissing,
    FileReadOnly,
)
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.settings.sections import breakable
from mikrolaan.ui.start.start_page import StartPage
from mikrolaan.ui.widgets.basics import IconLabel, button, label
from mikrolaan.ui.widgets.cards import Card


class ProblemPage(StartPage):
    """One office file that could not be opened."""

    again_asked = Signal()
    key_asked = Signal()
    other_asked = Signal()
    left = Signal()

    def __init__(self, path: Path, error: MikrolaanError) -> None:
        super().__init__(560)
        self.path, self.error = path, error
        self.build()

    def title(self) -> str:
        return heading(self.error)

    def fill(self, column: QVBoxLayout) -> None:
        column.addStretch(2)
        card = Card()
        card.body.setContentsMargins(32, 32, 32, 32)
        card.body.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("warning-circle", "bad", 28))
        head.addWidget(label(heading(self.error), "title", wraps=True), 1)
        card.body.addLayout(head)
        self.sentence = label(sentence_for(self.error), wraps=True)
        card.body.addWidget(self.sentence)
        where = label(breakable(str(self.path)), "caption", wraps=True)
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card.body.addWidget(where)
        row = QHBoxLayout()
        row.setSpacing(8)
        is_keyless = isinstance(self.error, FileMissing) and self.error.keys
        self.key_button = button(_("Use the &recovery key"), "primary")
        self.again_button = button(_("&Try again"), "" if is_keyless else "primary")
        self.other_button = button(_("&Open another office file…"), "link")
        self.key_button.setVisible(is_keyless)
        for made in (self.key_button, self.again_button):
            row.addWidget(made)
        row.addStretch(1)
        card.body.addLayout(row)
        column.addWidget(card)
        links = QHBoxLayout()
        self.back_button = button(_("To the start &page"), "link")
        links.addWidget(self.back_button)
        links.addStretch(1)
        links.addWidget(self.other_button)
        column.addLayout(links)
        for made, signal in (
            (self.key_button, self.key_asked),
            (self.again_button, self.again_asked),
            (self.back_button, self.left),
            (self.other_button, self.other_asked),
        ):
            made.clicked.connect(signal)
        column.addStretch(3)

    def first_field(self) -> QWidget:
        return self.again_button if self.key_button.isHidden() else self.key_button


def heading(error: MikrolaanError) -> str:
    """The problem in a few words."""
    words: dict[type[MikrolaanError], str] = {
        FileInUse: _("The office file is in use"),
        FileFromNewerVersion: _("The office file is from a newer version"),
        FileDamaged: _("The office file cannot be read"),
        FileMissing: _("The office file is not there"),
        FileReadOnly: _("The office file may not be written to"),
        DiskFull: _("The disk is full"),
    }
    if isinstance(error, FileMissing) and error.keys:
        return _("The key file is missing")
    return words.get(type(error), _("The office file could not be opened"))
