"""The paper viewer: pages exactly as printed, to save as PDF, print, or act on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.widgets.basics import action_button, button, label, make_action
from mikrolaan.ui.widgets.dialogs import Modal, ask_where_to_save, write_file
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.pdf_view import PdfView, ask_and_print
from mikrolaan.ui.words import document_word

LONGEST_FILE_NAME = 120  # characters; leaves room for the ending and long folders on every system


class PaperDialog(Modal):
    """Shows the pages of one document. `content` is a PDF; without any, `problem` says why."""

    def __init__(
        self,
        title: str,
        content: bytes | None,
        parent: QWidget | None = None,
        *,
        note: str = "",
        file_name: str = "",
        problem: str = "",
    ) -> None:
        """`note` stands under the title ("draft", "kept unchanged"); `file_name`, without ending, is offered to save."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self._title = title
        self._file_name = file_name or title
        room = self.screen().availableGeometry()
        self.resize(min(960, room.width() - 32), min(1000, room.height() - 64))
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addWidget(label(title, "section", wraps=True))
        if note:
            heading.addWidget(label(note, "muted", wraps=True))
        self._acts = QHBoxLayout()
        self._acts.setSpacing(8)
        self.close_button = button(_("&Close"))
        self.close_button.clicked.connect(self.reject)
        self._acts.addWidget(self.close_button)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(heading, 1)
        head.addLayout(self._acts)
        self.message = InlineMessage()
        self.pages = PdfView(content)
        self.pages.setVisible(bool(content))
        self.pages.save_act.setShortcut(QKeySequence("Ctrl+S"))
        self.pages.save_asked.connect(self.save)
        self.pages.print_asked.connect(self.print)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 24)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(self.message)
        layout.addWidget(self.pages, 1)
        if not content:
            layout.addStretch(1)
        self.message.say(problem, "bad")
        (self.pages.area if content else self.close_button).setFocus()

    def add_act(
        self, text: str, triggered: Callable[[], object], *, shortcut: str = "", tip: str = "", icon_name: str = ""
    ) -> QAction:
        """Offer something to do with this paper as the filled button, such as issuing a draft."""
        act = make_action(self, text, triggered, shortcut=shortcut, tip=tip, icon_name=icon_name)
        self._acts.insertWidget(self._acts.count() - 1, action_button(act, "primary"))
        return act

    def say(self, text: str, tone: str = "primary") -> None:
        """Show a sentence above the pages."""
        self.message.say(text, tone)

    def tell(self, error: MikrolaanError) -> None:
        """Show the sentence of an error above the pages."""
        self.message.say(sentence_for(error), "bad")

    def save(self) -> None:
        """Ask where to, and write the pages there byte for byte."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = Path(folder) / f"{safe_file_name(self._file_name)}.pdf"
        target = ask_where_to_save(self, _("Save as PDF"), proposed, _("PDF document"), ".pdf")
        if target is None or not self.pages.content:
            return
        if write_file(target, self.pages.content):
            self.say(_("Saved as {name}. This copy is not encrypted; keep it safe.").format(name=target.name), "good")
        else:
            self.say(_("The PDF could not be written there. Choose another folder, or make room on the disk."), "bad")

    def print(self) -> None:
        """Show the system's print dialog and print."""
        if self.pages.content and ask_and_print(self.pages.content, self._title, self):
            self.say(_("Sent to the printer."), "good")


def show_document(session: Session, document_id: UUID, parent: QWidget | None) -> PaperDialog:
    """Open an issued document as it left the office; one that cannot be opened shows why. Gives the open dialog."""
    try:
        document = session.documents.open(document_id)
    except MikrolaanError as error:
        dialog = PaperDialog(_("Document"), None, parent, problem=sentence_for(error))
    else:
        kind = document_word(document.kind)
        dialog = PaperDialog(
            _("{kind} {number}").format(kind=kind, number=document.number),
            document.content,
            parent,
            note=_("Issued, and kept unchanged in the office file."),
            file_name=f"{kind} {document.number}",
        )
    dialog.open()
    return dialog


def safe_file_name(text: str) -> str:
    """The text as a file's name on every system: no separators, no signs that Windows refuses, not too long."""
    return re.sub(r'[<>:"/\\|?*\x00-\x1f]+', "-", text).strip(" .")[:LONGEST_FILE_NAME] or "document"
