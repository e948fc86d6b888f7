"""The first field of taking a payment: a reference, name, number or amount is typed, and the loans it may be for
are listed beneath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent

from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.payment_reference import in_groups
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.i18n.conventions import NO_BREAK_SPACE
from mikrolaan.services.payment_rows import Match
from mikrolaan.services.taking_payments import PayableLoan, TakingService
from mikrolaan.ui.widgets.cards import EmptyState, State
from mikrolaan.ui.widgets.fields import SEARCH_PAUSE_MS, TextField
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel
from mikrolaan.ui.words import loan_state

REFERENCE_COLUMN = 2


class LoanSearch(TextField):
    """`picked` gives the loan that was taken with Enter or a double click; typing again lets it go."""

    picked = Signal(object)  # PayableLoan
    dropped = Signal()

    def __init__(self, taking: TakingService, currency: Currency, day: Callable[[], date | None]) -> None:
        """`day` is that of the payment, for which the figures are shown; None while it cannot be read, for today's."""
        super().__init__("payer", _("&Who pays"), placeholder=_("Reference, name, number or amount"))
        self._taking, self._currency, self._day = taking, currency, day
        self._rows: Sequence[PayableLoan] = ()
        self.chosen: PayableLoan | None = None
        self.amount_asked: Money | None = None  # what was typed, where the loan was found by its amount
        self.model: PagedTableModel[PayableLoan] = PagedTableModel(
            _columns(currency), lambda: len(self._rows), lambda offset, limit: self._rows[offset : offset + limit]
        )
        self.empty = EmptyState("magnifying-glass", _hint())
        self.table = Table(self.model, _("Loans that fit"), self.empty)
        self.table.row_opened.connect(self._on_opened)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self.changed.connect(self._on_typed)
        self.submitted.connect(self.pick)

    def amount_typed(self) -> Money | None:
        """What is typed, read as an amount; None where it is none, as with the zeros in front of a reference."""
        if self.text().startswith("0"):
            return None
        try:
            amount = current_language().read_money(self.text(), self._currency)
        except RuleError:
            return None
        return amount if amount.minor > 0 else None

    def search(self) -> None:
        """Ask again for what is typed."""
        self._pause.stop()
        self._rows = self._taking.find(self.text(), self.amount_typed(), self._day()) if self.text() else ()
        self.empty.text.setText(_hint() if self.is_empty() else _("No loan fits."))
        self.model.reload()
        if self._rows:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def pick(self) -> None:
        """Take the loan that is marked in the list."""
        if self.chosen is not None:
            self.picked.emit(self.chosen)
            return
        if self._pause.isActive() or not self._rows:
            self.search()
        row = self.table.selected_row()
        if isinstance(row, PayableLoan):
            self._on_opened(row)
        elif not self.is_empty():
            self.set_error(_nothing_found())

    def choose(self, loan_id: UUID) -> None:
        """Let this loan stand in the field."""
        self._pause.stop()
        self._on_opened(self._show_one(loan_id))

    def show_again(self) -> None:
        """Show the loan that was chosen, or those that fit, as they are on the day of the payment now."""
        if self.chosen is not None:
            self.chosen = self._show_one(self.chosen.loan.id)
        else:
            self.search()

    def _show_one(self, loan_id: UUID) -> PayableLoan:
        payable = self._taking.payable(loan_id, self._day())
        self._rows = (payable,)
        self.model.reload()
        self.table.setCurrentIndex(self.model.index(0, 0))
        return payable

    def clear(self) -> None:
        """Begin with the next payment."""
        self._pause.stop()
        self.chosen = None
        self._rows = ()
        self.set_value(None)
        self.search()

    def _on_opened(self, row: object) -> None:
        if not isinstance(row, PayableLoan):
            return
        if self.chosen is None:
            self.amount_asked = self.amount_typed() if row.by is Match.AMOUNT else None
        self.chosen = row
        self.set_value(_("{name} · loan {number}").format(name=row.borrower, number=row.loan.number))
        self.picked.emit(row)

    def _on_typed(self) -> None:
        if self.chosen is not None:
            self.chosen = None
            self.dropped.emit()
        self._pause.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step and watched is self.line:
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        if self._pause.isActive():
            self.search()
        if self._rows:
            row = max(0, min(len(self._rows) - 1, self.table.currentIndex().row() + step))
            self.table.setCurrentIndex(self.model.index(row, 0))

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()  # the file may be locked by the time it would ask
        super().hideEvent(event)


def _hint() -> str:
    return _("Type who pays. The loans that fit are listed here; choose with the arrow keys and Enter.")


def _nothing_found() -> str:
    return _("No loan fits. Type the reference from the payment, the borrower's name, the loan's number or the amount.")


def _reference(row: PayableLoan) -> str:
    reference = row.loan.payment_reference
    return in_groups(reference.digits, NO_BREAK_SPACE) if reference is not None else "–"


def overdue_state(row: PayableLoan) -> State:
    """How late the loan is, or why it takes no payments."""
    days = row.told.days_past_due
    if days and row.due_now:
        words = ngettext("{count} day overdue", "{count} days overdue", days)
        return State(words.format(count=current_language().number(days)), "warning", "bad")
    if row.due_now:
        return State(_("Due today"), "clock", "warn")
    return loan_state(row.loan.step, row.told.status)


def late_part(row: PayableLoan) -> str:
    """What of the amount due now is late interest, in words; empty where nothing is."""
    late = row.told.late_interest
    return _("with {amount} of late interest").format(amount=current_language().money(late)) if late else ""


def _columns(currency: Currency) -> list[Column[PayableLoan]]:
    def due(row: PayableLoan) -> str:
        return current_language().amount(row.due_now) if row.due_now else "–"

    return [
        Column(lambda: _("Loan"), lambda row: str(row.loan.number), Align.END, width=64),
        Column(lambda: _("Borrower"), lambda row: row.borrower),
        Column(lambda: _("Reference"), _reference, width=112),
        Column(
            lambda: _("Due now, {currency}").format(currency=currency.value),
            due,
            Align.END,
            tooltip=late_part,
            width=116,
        ),
        Column(lambda: _("State"), lambda row: overdue_state(row).word, state=overdue_state, width=192),
    ]
