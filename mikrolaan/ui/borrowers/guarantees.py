"""The loans of others that a borrower answers for: in a card of the overview, and as a list below the borrower's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mikrolaan.domain.money import Currency
from mikrolaan.i18n import _, current_language
from mikrolaan.services.guarantors import GuaranteeForOther
from mikrolaan.ui.guarantors.answering_card import fit_rows
from mikrolaan.ui.guarantors.guarantor_words import guarantee_state
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import label
from mikrolaan.ui.widgets.cards import State
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel
from mikrolaan.ui.words import loan_state

NARROW = 960  # a narrower list leaves out what is outstanding, so that names have room
OUTSTANDING_COLUMN = 4
MOST_ROWS = 4  # seen at once; more are scrolled to


class GuaranteesForOthers(QWidget):
    """Hidden while there is none. Enter or a double click opens the loan."""

    go_to = Signal(object)  # Destination

    def __init__(self, currency: Currency, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._rows: Sequence[GuaranteeForOther] = ()
        self.model: PagedTableModel[GuaranteeForOther] = PagedTableModel(
            self._columns(currency), lambda: len(self._rows), lambda at, most: self._rows[at : at + most]
        )
        self.table = Table(self.model, _("Guarantees for others"))
        self.table.row_opened.connect(lambda row: self.go_to.emit(Destination("loan", row.loan.id)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(_("Guarantees for others"), "section"))
        layout.addWidget(self.table)
        self.hide()

    def show_guarantees(self, rows: Sequence[GuaranteeForOther]) -> None:
        """Show other ones, or the same as they are now."""
        self._rows = rows
        self.table.reload()
        fit_rows(self.table, most=MOST_ROWS)
        self.setVisible(bool(rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(OUTSTANDING_COLUMN, self.width() < NARROW)

    def _columns(self, currency: Currency) -> list[Column[GuaranteeForOther]]:
        return [
            Column(lambda: _("No."), lambda row: str(row.loan.number), Align.END, width=64),
            Column(lambda: _("Borrower"), lambda row: row.loan.borrower),
            Column(
                lambda: _("Guarantee"),
                lambda row: answers_as(row, self._today()).word,
                state=lambda row: answers_as(row, self._today()),
                width=236,
            ),
            Column(
                lambda: _("At most, {currency}").format(currency=currency.value),
                lambda row: current_language().amount(row.at_most),
                Align.END,
                width=124,
            ),
            Column(
                lambda: _("Outstanding, {currency}").format(currency=currency.value),
                lambda row: current_language().amount(row.loan.outstanding) if row.loan.outstanding else "–",
                Align.END,
                tooltip=lambda row: _("Principal that is not yet repaid."),
                width=150,
            ),
            Column(
                lambda: _("State of the loan"),
                lambda row: loan_state(row.loan.step, row.loan.status).word,
                state=lambda row: loan_state(row.loan.step, row.loan.status),
                width=204,
            ),
        ]


def answers_as(row: GuaranteeForOther, today: date) -> State:
    """How the borrower answers for the loan: as a guarantor, and whether still, or as a member of its group."""
    if row.guarantor is None:
        return State(_("Member of the group"), "users-three", "muted")
    return guarantee_state(row.guarantor, today)
