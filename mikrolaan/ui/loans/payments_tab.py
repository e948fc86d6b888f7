"""The Payments tab of a loan: a payment is typed, its allocation shown, and kept; the journal below can be reversed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError, RuleError
from mikrolaan.domain.journal import (
    Entry,
    Fee,
    NewPlan,
    Payment,
    PaymentHoliday,
    PaymentMeans,
    Payout,
    RateChange,
    Recovery,
    Refund,
    Reversal,
    Waiver,
    WriteOff,
    amount_of,
)
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.statement import Allocation, Statement
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.services.session import Session
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.loans.allocation_words import allocation_sentence, allocation_sentences
from mikrolaan.ui.widgets.basics import action_button, label, make_action
from mikrolaan.ui.widgets.cards import Card, EmptyState, State
from mikrolaan.ui.widgets.fields import TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.form_dialog import ask_reason
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.page import scrolling
from mikrolaan.ui.widgets.table import Table
from mikrolaan.ui.widgets.table_model import Align, Column, PagedTableModel
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField, MoneyField
from mikrolaan.ui.words import means_word

CARD_WIDTH = 384


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One entry of the journal as the table shows it."""

    entry: Entry
    reversed_by: Reversal | None
    amount: Money | None
    allocation: Allocation | None


class PaymentsTab(QWidget):
    """Take a payment on the left; what happened so far on the right."""

    recorded = Signal(str)  # a sentence about what was kept
    recorded_with_undo = Signal(str, object)  # the sentence, and a callable that undoes it

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._loan: Loan | None = None
        self._rows: Sequence[JournalRow] = ()

        self.take_act = make_action(self, _("Take the payment"), self.take, icon_name="check")
        self.reverse_act = make_action(self, _("Reverse the entry…"), self.reverse, icon_name="arrow-counter-clockwise")
        currency = session.office.get().currency
        self.form = Form(columns=2)
        self.amount = self.form.add(MoneyField("amount", _("&Amount"), currency, smallest=Money(1, currency)))
        self.received_on = self.form.add(
            DateField("received_on", _("&Received on"), session.today, latest=session.today(), in_past=True)
        )
        self.means = self.form.add(
            ChoiceField("means", _("Paid &by"), [(means, means_word(means)) for means in PaymentMeans])
        )
        self.note = self.form.add(TextField("note", _("&Note"), required=False, longest=200))
        self.preview = label("", "muted", wraps=True)
        self.preview.setAccessibleName(_("Where the payment goes"))
        self.closed = InlineMessage()
        self.take_button = action_button(self.take_act, "primary")
        self.card = Card(_("Take a payment"))
        self.card.body.addWidget(self.closed)
        self.card.body.addWidget(self.form)
        self.card.body.addWidget(self.preview)
        self.card.body.addWidget(self.take_button)
        self.card.setFixedWidth(CARD_WIDTH)
        self.form.changed.connect(self._show_preview)
        self.form.submitted.connect(self.take)

        self.model: PagedTableModel[JournalRow] = PagedTableModel(
            _columns(currency), lambda: len(self._rows), lambda offset, limit: self._rows[offset : offset + limit]
        )
        self.table = Table(
            self.model,
            _("Journal"),
            EmptyState("receipt", _("Payouts and payments are written here, in the order they were typed.")),
        )
        self.table.row_selected.connect(self._on_selected)
        self.details = label("", "muted", wraps=True)
        self.details.setMinimumHeight(self.details.fontMetrics().lineSpacing() * 2)
        right = QVBoxLayout()
        right.setSpacing(12)
        acts = QHBoxLayout()
        acts.addWidget(label(_("Journal"), "section"), 1)
        acts.addWidget(action_button(self.reverse_act))
        right.addLayout(acts)
        right.addWidget(self.table, 1)
        right.addWidget(self.details)
        left_side = QWidget()
        left = QVBoxLayout(left_side)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.card)
        left.addStretch(1)
        left_area = scrolling(left_side)
        left_area.setFixedWidth(CARD_WIDTH + 12)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(left_area)
        layout.addLayout(right, 1)
        self._set_defaults()

    def show_loan(self, loan: Loan, told: Statement) -> None:
        """Show another loan, or the same one after it changed."""
        if self._loan is None or self._loan.id != loan.id:
            self.form.clear()
            self._set_defaults()
            self.table.setCurrentIndex(QModelIndex())  # the chosen entry was the other loan's
        elif self.received_on.peek() == self._proposed_on:
            self._propose_today()  # the page may stay open overnight
        self.received_on.set_limits(None, self._session.today())
        self._loan = loan
        self._rows = _journal_rows(loan, told)
        self.table.reload()
        self._on_selected(self.table.selected_row())
        takes = loan.step is Step.REPAYING
        self.form.setVisible(takes)
        self.preview.setVisible(takes)
        self.take_button.setVisible(takes)
        self.take_act.setEnabled(takes)
        self.closed.say("" if takes else _why_closed(loan), "primary")
        self._show_preview()

    def ready(self) -> None:
        """Propose what is due and put the cursor into the amount."""
        if self._loan is not None and self.amount.is_empty():
            told = self._session.loans.statement(self._loan)
            if told.due_unpaid:
                self.amount.set_value(told.due_unpaid)
            elif told.next_due is not None:
                self.amount.set_value(told.next_due.unpaid)
            self._show_preview()
        self.amount.line.setFocus()
        self.amount.line.selectAll()

    def take(self) -> None:
        """Keep the payment that is typed."""
        if self._loan is None or not self.form.check_all():
            return
        loan_id, amount = self._loan.id, self.amount.value()
        try:
            told = self._session.payments.take(
                loan_id, amount, self.received_on.value(), self.means.value(), self.note.value()
            )
        except MikrolaanError as error:
            self.form.show_problem(error)
            return
        self.form.clear()
        self._set_defaults()
        speaks = current_language()
        self.recorded_with_undo.emit(
            _("{amount} taken. Outstanding principal is now {balance}.").format(
                amount=speaks.money(amount), balance=speaks.money(told.outstanding_principal)
            ),
            self._undo(loan_id, self._session.loans.get(loan_id).journal.entries[-1].id),
        )

    def reverse(self) -> None:
        """Ask why, and reverse the chosen entry."""
        row = self.table.selected_row()
        if self._loan is None or not isinstance(row, JournalRow) or row.amount is None:
            return
        speaks, loan_id = current_language(), self._loan.id
        ask_reason(
            self,
            _("Reverse {amount} of {date}").format(amount=speaks.money(row.amount), date=speaks.date(row.entry.on)),
            _("The entry stays visible and counts no more. All figures are computed again from the day it was made."),
            _("Reverse"),
            lambda reason: self._session.payments.reverse(loan_id, row.entry.id, reason=reason),
            lambda: self.recorded.emit(_("The entry is reversed.")),
        )

    def _undo(self, loan_id: UUID, entry_id: UUID) -> Callable[[], None]:
        def undo() -> None:
            try:
                self._session.payments.reverse(loan_id, entry_id, reason=_("Undone right after it was typed"))
            except MikrolaanError as error:
                self.recorded.emit(sentence_for(error))  # another loan may stand on the page by now
                return
            self.recorded.emit(_("The payment is reversed."))

        return undo

    def _set_defaults(self) -> None:
        self._propose_today()
        self.means.set_value(PaymentMeans.BANK)

    def _propose_today(self) -> None:
        self._proposed_on = self._session.today()
        self.received_on.set_value(self._proposed_on)

    def _show_preview(self) -> None:
        amount, day = self.amount.peek(), self.received_on.peek()
        self.preview.setText("")
        if self._loan is None or amount is None or day is None or self._loan.step is not Step.REPAYING:
            return
        try:
            before, after = self._session.payments.preview(self._loan, amount, day)
        except RuleError:
            return  # the sentence comes beside the field when the payment is taken
        self.preview.setText("\n".join(allocation_sentences(before, after)))

    def _on_selected(self, row: object) -> None:
        chosen = row if isinstance(row, JournalRow) else None
        can_reverse = chosen is not None and chosen.reversed_by is None and not isinstance(chosen.entry, Reversal)
        self.reverse_act.setEnabled(can_reverse)
        self.details.setText(_details(chosen) if chosen is not None else self._hint())

    def _hint(self) -> str:
        return _("Choose an entry to see where the money went.") if self._rows else ""


def _journal_rows(loan: Loan, told: Statement) -> list[JournalRow]:
    reversals = {entry.of: entry for entry in loan.journal.entries if isinstance(entry, Reversal)}
    amounts = {entry.id: amount_of(entry) for entry in loan.journal.entries}
    allocations = {allocation.payment_id: allocation for allocation in told.allocations}
    return [
        JournalRow(
            entry,
            reversals.get(entry.id),
            amounts[entry.of if isinstance(entry, Reversal) else entry.id],
            allocations.get(entry.id),
        )
        for entry in reversed(loan.journal.entries)
    ]


def _why_closed(loan: Loan) -> str:
    if loan.step is Step.CLOSED and loan.is_repaid:
        return _("The loan is repaid. Nothing more is due.")
    if loan.step is Step.CLOSED:
        return _("The application is closed. No money was paid out.")
    return _("Payments can be taken when the loan is paid out.")


def _details(row: JournalRow) -> str:
    speaks = current_language()
    parts = [_("Typed {moment}.").format(moment=speaks.moment(row.entry.recorded.at))]
    if isinstance(row.entry, Reversal):
        parts.append(_("Reason: {reason}").format(reason=row.entry.reason))
    elif row.reversed_by is not None:
        told = _("Reversed {date}: {reason}")
        parts.append(told.format(date=speaks.date(row.reversed_by.on), reason=row.reversed_by.reason))
    elif row.allocation is not None:
        parts.append(allocation_sentence(row.allocation))
    if isinstance(row.entry, Payment) and row.entry.note:
        parts.append(row.entry.note)
    return " · ".join(parts)


def _kind(row: JournalRow) -> str:
    if isinstance(row.entry, Payment):
        return _("Payment · {means}").format(means=means_word(row.entry.means))
    return {
        Payout: _("Payout"),
        Reversal: _("Reversal"),
        Fee: pgettext("journal entry", "Fee"),
        RateChange: pgettext("journal entry", "Change of rate"),
        NewPlan: pgettext("journal entry", "New plan"),
        PaymentHoliday: pgettext("journal entry", "Payment holiday"),
        Waiver: pgettext("journal entry", "Waiver"),
        WriteOff: pgettext("journal entry", "Write-off"),
        Recovery: pgettext("journal entry", "Recovered loss"),
        Refund: pgettext("journal entry", "Refund"),
    }[type(row.entry)]


def _standing(row: JournalRow) -> State:
    if isinstance(row.entry, Reversal):
        return State(_("Correction"), "arrow-counter-clockwise", "muted")
    if row.reversed_by is not None:
        return State(_("Reversed"), "x-circle", "muted")
    return State(_("Counts"), "check-circle", "good")


def _columns(currency: Currency) -> tuple[Column[JournalRow], ...]:
    return (
        Column(lambda: _("Date"), lambda row: current_language().date(row.entry.on), width=108),
        Column(lambda: _("Entry"), _kind),
        Column(
            lambda: _("Amount, {currency}").format(currency=currency.value),
            lambda row: current_language().amount(row.amount) if row.amount is not None else "",
            Align.END,
            width=112,
        ),
        Column(lambda: _("State"), lambda row: _standing(row).word, state=_standing, width=116),
    )
