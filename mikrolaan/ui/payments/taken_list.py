"""The payments taken today, with their receipts and reversals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.money import Currency, total
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.payment_rows import TakenRow
from mikrolaan.services.session import Session
from mikrolaan.ui.documents.paper_dialog import PaperDialog, show_document
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.basics import action_button, label, make_action
from mikrolaan.ui.widgets.cards import EmptyState, State
from mikrolaan.ui.widgets.form_dialog import ask_reason
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel
from mikrolaan.ui.words import means_word

NARROW = 760  # a narrower list leaves out who took it, so that names have room; the name's tooltip tells it
OFFICER_COLUMN = 5


class TakenList(QWidget):
    """One row per payment typed today, the latest first; Enter opens its loan."""

    go_to = Signal(object)  # Destination
    toast = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._rows: Sequence[TakenRow] = ()
        self.paper: PaperDialog | None = None
        self.receipt_act = make_action(
            self,
            _("Rece&ipt"),
            self.show_receipt,
            shortcut="Ctrl+P",
            tip=_("Make the receipt of the chosen payment, in the borrower's language, and show it"),
            icon_name="receipt",
        )
        self.reverse_act = make_action(
            self,
            _("Re&verse…"),
            self.reverse,
            tip=_("Take the chosen payment back, with a reason; both stay in the journal"),
            icon_name="arrow-counter-clockwise",
        )
        self.heading = label(_("Taken today"), "section")
        self.sum = label("", "muted", wraps=True)
        self.model: PagedTableModel[TakenRow] = PagedTableModel(
            _columns(session.office.get().currency),
            lambda: len(self._rows),
            lambda offset, limit: self._rows[offset : offset + limit],
        )
        self.table = Table(
            self.model, _("Payments taken today"), EmptyState("receipt", _("Payments that you take are listed here."))
        )
        self.table.row_opened.connect(self._open)
        self.table.row_selected.connect(self._on_selected)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.heading)
        head.addWidget(self.sum, 1)
        head.addWidget(action_button(self.receipt_act))
        head.addWidget(action_button(self.reverse_act))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        self._on_selected(None)

    def show_day(self, day: date) -> None:
        """Show the payments typed that day; the latest is chosen, so that its receipt is one key away."""
        before = self._rows[0].payment_id if self._rows else None
        self._rows = self._session.taking.taken_on(day)
        self.table.reload()
        if self._rows and (self._rows[0].payment_id != before or not self.table.currentIndex().isValid()):
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._on_selected(self.table.selected_row())
        counting = [row.amount for row in self._rows if not row.is_reversed]
        if not counting:
            self.sum.setText("")
            return
        told = ngettext("{count} payment, {amount}", "{count} payments, {amount}", len(counting))
        summed = total(counting, counting[0].currency)
        self.sum.setText(told.format(count=len(counting), amount=current_language().money(summed)))

    def show_receipt(self) -> None:
        """Issue the receipt of the chosen payment where it has none, and show it."""
        row = self.table.selected_row()
        if not isinstance(row, TakenRow) or not self.receipt_act.isEnabled():
            return
        try:
            receipt_id = row.receipt_id or self._session.documents.issue_receipt(row.loan_id, row.payment_id).id
        except MikrolaanError as error:
            self.toast.emit(sentence_for(error))
            return
        self.paper = show_document(self._session, receipt_id, self.window())
        self.show_day(self._session.today())

    def reverse(self) -> None:
        """Ask why, and reverse the chosen payment."""
        row = self.table.selected_row()
        if not isinstance(row, TakenRow) or row.is_reversed:
            return
        speaks = current_language()
        title = _("Reverse {amount} from {name}").format(amount=speaks.money(row.amount), name=row.borrower)

        def reversed_now() -> None:
            self.show_day(self._session.today())
            self.toast.emit(_("The payment is reversed."))

        ask_reason(
            self,
            title,
            _("The payment stays visible and counts no more. All figures are computed again from its day."),
            _("Reverse"),
            lambda reason: self._session.payments.reverse(row.loan_id, row.payment_id, reason=reason),
            reversed_now,
        )

    def _open(self, row: object) -> None:
        if isinstance(row, TakenRow):
            self.go_to.emit(Destination("loan", row.loan_id, "payments"))

    def _on_selected(self, row: object) -> None:
        counts = isinstance(row, TakenRow) and not row.is_reversed
        self.reverse_act.setEnabled(counts)
        self.receipt_act.setEnabled(isinstance(row, TakenRow) and (counts or row.receipt_id is not None))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.table.setColumnHidden(OFFICER_COLUMN, self.width() < NARROW)


def _standing(row: TakenRow) -> State:
    if row.is_reversed:
        return State(_("Reversed"), "x-circle", "muted")
    if row.receipt_id is not None:
        return State(_("Receipt"), "receipt", "good")
    return State(_("Counts"), "check-circle", "good")


def _told(row: TakenRow) -> str:
    """The row in a sentence, also where the list is too narrow for all of it."""
    return _("{name}, taken by {officer} at {time}").format(
        name=row.borrower, officer=row.officer, time=current_language().time(row.at)
    )


def _columns(currency: Currency) -> list[Column[TakenRow]]:
    return [
        Column(lambda: _("Time"), lambda row: current_language().time(row.at), width=64),
        Column(lambda: _("Loan"), lambda row: str(row.loan_number), Align.END, width=56),
        Column(lambda: _("Borrower"), lambda row: row.borrower, tooltip=_told),
        Column(
            lambda: _("Amount, {currency}").format(currency=currency.value),
            lambda row: current_language().amount(row.amount),
            Align.END,
            width=112,
        ),
        Column(lambda: _("Means"), lambda row: means_word(row.means), width=84),
        Column(lambda: _("Taken by"), lambda row: row.officer, width=128),
        Column(lambda: _("State"), lambda row: _standing(row).word, state=_standing, width=128),
    ]
