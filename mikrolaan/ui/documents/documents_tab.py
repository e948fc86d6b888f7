"""The Documents tab of a case: what was issued, when and by whom; each opens as it was printed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mikrolaan.i18n import _, current_language, language_name
from mikrolaan.services.rows import DocumentRow
from mikrolaan.services.session import Session
from mikrolaan.ui.documents.paper_dialog import PaperDialog, show_document
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Column, PagedTableModel
from mikrolaan.ui.words import document_word


class DocumentsTab(QWidget):
    """The issued documents of one borrower or one loan; Enter or a double click opens one."""

    def __init__(self, session: Session, *, borrower_id: UUID | None = None, loan_id: UUID | None = None) -> None:
        super().__init__()
        self._session = session
        self._borrower_id, self._loan_id = borrower_id, loan_id
        self._rows: Sequence[DocumentRow] = ()
        self.viewer: PaperDialog | None = None
        self.model = PagedTableModel(self._columns(), self._load, self._part)
        empty = EmptyState(
            "files",
            _("Contracts and plans that are issued will be kept here, as they were printed."),
            title=_("No documents yet"),
        )
        self.table = Table(self.model, _("Documents"), empty)
        self.table.row_opened.connect(self.open_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)

    def show_record(self, *, borrower_id: UUID | None = None, loan_id: UUID | None = None) -> None:
        """Show the documents of another borrower or loan."""
        self._borrower_id, self._loan_id = borrower_id, loan_id
        self.model.reload()

    def refresh(self) -> None:
        """Load the list again."""
        self.table.reload()

    def open_row(self, row: DocumentRow) -> None:
        """Show the pages of a document."""
        self.viewer = show_document(self._session, row.id, self.window())

    @staticmethod
    def _columns() -> list[Column[DocumentRow]]:
        return [
            Column(lambda: _("Number"), lambda row: row.number, width=150),
            Column(lambda: _("Document"), lambda row: document_word(row.kind)),
            Column(lambda: _("Issued"), lambda row: current_language().moment(row.issued_at), width=160),
            Column(lambda: _("By"), lambda row: row.issued_by, width=170),
            Column(lambda: _("Language"), lambda row: language_name(row.language), width=130),
        ]

    def _load(self) -> int:
        if self._borrower_id is None and self._loan_id is None:
            self._rows = ()
        else:
            self._rows = self._session.queries.documents(borrower_id=self._borrower_id, loan_id=self._loan_id)
        return len(self._rows)

    def _part(self, offset: int, limit: int) -> Sequence[DocumentRow]:
        return self._rows[offset : offset + limit]
