"""The Loans tab of a borrower's case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mikrolaan.i18n import _
from mikrolaan.services.guarantors import GuaranteeForOther
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.rows import LoanRow
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.guarantees import GuaranteesForOthers
from mikrolaan.ui.loans.loan_columns import loan_columns
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.cards import EmptyState
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Column, PagedTableModel


class LoansTab(QWidget):
    """The borrower's loans and applications, newest first, and the loans of others that the borrower answers for.

    Enter or a double click opens one.
    """

    go_to = Signal(object)  # Destination

    def __init__(self, session: Session, new_loan: QAction) -> None:
        super().__init__()
        self._session = session
        self._borrower_id: UUID | None = None
        self._order = Order()
        self.model = PagedTableModel(self._columns(), self._count, self._part, self._sort)
        empty = EmptyState(
            "money", _("Applications and loans of this borrower will be listed here."), new_loan, _("No loans yet")
        )
        self.table = Table(self.model, _("Loans"), empty)
        self.table.row_opened.connect(lambda row: self.go_to.emit(Destination("loan", row.id)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.table, 1)
        self.guarantees = GuaranteesForOthers(session.office.get().currency, session.today)
        self.guarantees.go_to.connect(self.go_to)
        layout.addWidget(self.guarantees)

    def show_borrower(self, borrower_id: UUID, guarantees: Sequence[GuaranteeForOther] = ()) -> None:
        """Show the loans of a borrower, as they are now, and those of others that the borrower answers for."""
        self._borrower_id = borrower_id
        self.table.reload()
        self.guarantees.show_guarantees(guarantees)

    def _columns(self) -> list[Column[LoanRow]]:
        """Those of every list of loans; the state has the room that the borrower's name takes elsewhere."""
        shared = loan_columns(self._session.office.get().currency, borrower=False, group=True)
        return [*shared[:-1], replace(shared[-1], width=0)]

    def _filter(self) -> LoanFilter:
        return LoanFilter(borrower_id=self._borrower_id)

    def _count(self) -> int:
        return self._session.queries.count_loans(self._filter()) if self._borrower_id is not None else 0

    def _part(self, offset: int, limit: int) -> Sequence[LoanRow]:
        return self._session.queries.loans(self._filter(), self._order, Slice(offset, limit))

    def _sort(self, key: str, descending: bool) -> None:
        self._order = Order(key, descending)
