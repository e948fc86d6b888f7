"""The recovery key, large, with ways to take it along: copy, print, save as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.i18n import _
from mikrolaan.ui import theme
from mikrolaan.ui.start.office_path import slug
from mikrolaan.ui.widgets.basics import button, label
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.dialogs import ask_where_to_save
from mikrolaan.ui.widgets.messages import InlineMessage

IN_A_ROW = 7
CLIPBOARD_SECONDS = 60


class KeyPanel(QWidget):
    """Shows the key in groups; `is_kept` once the officer says that it lies in a safe place."""

    kept_changed = Signal(bool)

    def __init__(self, key: str, office_name: str, make_sheet: Callable[[], bytes]) -> None:
        """`make_sheet` gives the PDF."""
        super().__init__()
        self._key, self._office_name = key, office_name
        self._make_sheet = make_sheet
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(_("Keep the recovery key"), "title", wraps=True))
        layout.addWidget(
            label(
                _(
                    "If the password is forgotten, this key is the only way into the office file. Print it and lock it "
                    "away, not on this computer. It is shown only now."
                ),
                "muted",
                wraps=True,
            )
        )
        layout.addSpacing(8)
        card = Card()
        card.body.setContentsMargins(24, 24, 24, 24)
        card.body.addWidget(self._groups())
        card.body.addSpacing(4)
        card.body.addLayout(self._buttons())
        self.message = InlineMessage()
        card.body.addWidget(self.message)
        layout.addWidget(card)
        layout.addSpacing(8)
        self.kept_box = QCheckBox(_("I &have put the key in a safe place"))
        self.kept_box.toggled.connect(self.kept_changed)
        layout.addWidget(self.kept_box)

    def _groups(self) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(_("Recovery key: {key}").format(key=self._key))
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(12)
        for number, group in enumerate(self._key.split("-")):
            shown = label(group, "title")
            font = QFont(theme.tabular(shown.font()))
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.5)
            shown.setFont(font)
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, number // IN_A_ROW, number % IN_A_ROW)
        return holder

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.print_button = button(_("&Print…"), icon_name="printer")
        self.save_button = button(_("Save as P&DF…"), icon_name="file-pdf")
        self.copy_button = button(_("C&opy"), "quiet", "copy")
        self.print_button.clicked.connect(self.print)
        self.save_button.clicked.connect(self.save)
        self.copy_button.clicked.connect(self.copy)
        for made in (self.print_button, self.save_button, self.copy_button):
            row.addWidget(made)
        row.addStretch(1)
        return row

    @property
    def is_kept(self) -> bool:
        """Whether the officer says that the key is in a safe place."""
        return self.kept_box.isChecked()

    def copy(self) -> None:
        """Put the key on the clipboard, and take it off after a minute."""
        board = QGuiApplication.clipboard()
        board.setText(self._key)
        key = self._key

        def forget() -> None:
            if board.text() == key:
                board.clear()

        QTimer.singleShot(CLIPBOARD_SECONDS * 1000, board, forget)
        self.message.say(
            _("Copied. The clipboard is emptied after {seconds} seconds.").format(seconds=CLIPBOARD_SECONDS), "good"
        )

    def print(self) -> None:
        """Print the sheet through the system's dialog."""
        from mikrolaan.ui.widgets.pdf_view import ask_and_print

        if ask_and_print(self._make_sheet(), _("Recovery key"), self):
            self.message.say(_("Sent to the printer. Check that the paper came out whole."), "good")

    def save(self) -> None:
        """Save the sheet as a PDF where the officer chooses."""
        ending = _("recovery-key")  # of a file name
        name = f"{slug(self._office_name)}-{ending}.pdf"
        path = ask_where_to_save(self, _("Save the recovery key"), Path.home() / name, _("PDF document"), ".pdf")
        if path is None:
            return
        try:
            path.write_bytes(self._make_sheet())
        except OSError:
            self.message.say(_("The PDF could not be saved there. Choose another folder."), "bad")
            return
        self.message.say(_("Saved as {path}. Move it to a safe place.").format(path=path), "good")
