"""Taking one payment after the other without the mouse: who, when, how much, how; Enter keeps it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError, RuleError
from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.domain.money import Money
from mikrolaan.domain.statement import Status
from mikrolaan.i18n import _, current_language
from mikrolaan.services.session import Session
from mikrolaan.services.taking_payments import PayableLoan, Taken, UnusualPayment
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.payments.allocation_preview import AllocationPreview
from mikrolaan.ui.payments.doubt_dialog import ask_about
from mikrolaan.ui.payments.loan_search import REFERENCE_COLUMN, LoanSearch
from mikrolaan.ui.payments.taken_list import TakenList
from mikrolaan.ui.payments.work_tab import UndoPasses, WorkTab
from mikrolaan.ui.widgets.basics import action_button, make_action
from mikrolaan.ui.widgets.fields import Field, LineField
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.page import scrolling
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField, MoneyField
from mikrolaan.ui.words import means_word

PREVIEW_WIDTH = 292
NARROW = 960  # a narrower tab leaves out the reference, so that names have room
MATCHES_HEIGHT = 216  # a heading and five loans


class TakeTab(WorkTab):
    """One line of fields, the loans that fit beneath, where the payment goes beside, today's payments below."""

    key = "take"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        currency = session.office.get().currency
        self.take_act = make_action(
            self, _("Take the payment"), self.take, tip=_("Keep the payment that is typed"), icon_name="check"
        )
        self.received_on = DateField(
            "received_on", _("&Received on"), session.today, latest=session.today, in_past=True
        )
        self.payer = LoanSearch(session.taking, currency, self.received_on.peek)
        self._proposed: Money | None = None  # what the program put into the amount last
        self.amount = MoneyField("amount", _("&Amount"), currency, smallest=Money(1, currency))
        self.means = ChoiceField("means", _("Paid &by"), [(means, means_word(means)) for means in PaymentMeans])
        self.message = InlineMessage()
        self.preview = AllocationPreview()
        self.taken = TakenList(session)
        self._lay_out()
        self._connect()
        self.first_focus = self.payer.line
        UndoPasses(self.payer.line)
        self._propose_day()
        self.means.set_value(PaymentMeans.BANK)
        self._show_preview()

    def title(self) -> str:
        return _("Take a payment")

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(12)
        for field, width in ((self.payer, 0), (self.received_on, 152), (self.amount, 160), (self.means, 116)):
            if width:
                field.setFixedWidth(width)
            fields.addWidget(field, 0 if width else 1, Qt.AlignmentFlag.AlignTop)
        button_column = QVBoxLayout()
        button_column.setSpacing(0)
        button_column.addSpacing(self.payer.label.sizeHint().height() + 6)  # beside the editors, not their labels
        self.take_button = action_button(self.take_act, "primary")
        button_column.addWidget(self.take_button)
        button_column.addStretch(1)
        fields.addLayout(button_column)
        preview = scrolling(self.preview)
        preview.setFixedWidth(PREVIEW_WIDTH)
        self.payer.table.setFixedHeight(MATCHES_HEIGHT)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.payer.table)
        left.addWidget(self.taken, 1)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addLayout(left, 1)
        below.addWidget(preview)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(fields)
        layout.addWidget(self.message)
        layout.addLayout(below, 1)
        stops: list[QWidget] = [self.payer.line, *self.received_on.tab_stops(), self.amount.line, self.means.box]
        stops += [self.take_button, self.payer.table, self.taken.table]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.payer.table.setColumnHidden(REFERENCE_COLUMN, self.width() < NARROW)

    def _connect(self) -> None:
        self.payer.picked.connect(self._on_picked)
        self.payer.dropped.connect(self._on_dropped)
        self.received_on.changed.connect(self._on_day)
        self.amount.changed.connect(self._show_preview)
        self.means.changed.connect(self._show_preview)
        for field in (self.received_on, self.amount, self.means):
            field.submitted.connect(self.take)
        self.taken.go_to.connect(self.go_to)
        self.taken.toast.connect(self._on_reversed)

    # -- what the page asks

    def opened(self, record_id: UUID | None) -> None:
        if record_id is not None or self.payer.chosen is None:
            self._propose_day()  # of a payment half typed, the day stays as the loan and the amount do
        if record_id is not None:
            self.payer.choose(record_id)

    def refresh(self) -> None:
        self.taken.show_day(self._session.today())
        self.payer.show_again()
        self._show_preview()

    def kept(self) -> object | None:
        chosen = self.payer.chosen
        return (chosen.loan.id, self.amount.typed()) if chosen is not None else None

    def restore(self, kept: object) -> None:
        match kept:
            case (UUID() as loan_id, amount_typed):
                self.payer.choose(loan_id)
                self.amount.restore_typed(amount_typed)
                self._show_preview()

    # -- one payment

    def take(self) -> None:
        """Keep the payment that is typed, and be ready for the next."""
        if self.payer.chosen is None:
            self.payer.pick()
            return
        self._take(is_sure=False)

    def _take(self, *, is_sure: bool) -> None:
        chosen = self.payer.chosen
        fields: tuple[Field[Any], ...] = (self.received_on, self.amount, self.means)
        wrong = [field for field in fields if not field.check()]
        if chosen is None or wrong:
            (wrong[0].editor if wrong else self.payer.line).setFocus()
            return
        amount, day, means = self.amount.value(), self.received_on.value(), self.means.value()
        try:
            taken = self._session.taking.take(chosen.loan.id, amount, day, means, is_sure=is_sure)
        except UnusualPayment as doubt:
            ask_about(self, doubt, lambda: self._take(is_sure=True), self._back_to_amount)
        except MikrolaanError as error:
            self._show_problem(error)
        else:
            self._done(chosen, taken, amount)

    def _done(self, chosen: PayableLoan, taken: Taken, amount: Money) -> None:
        speaks = current_language()
        self.payer.clear()
        self.amount.set_value(None)
        self.message.say("")
        self._show_preview()
        self.taken.show_day(self._session.today())
        self.payer.line.setFocus()
        self.toast_with_undo.emit(
            _("{amount} from {name} taken. Outstanding principal is now {balance}.").format(
                amount=speaks.money(amount),
                name=chosen.borrower,
                balance=speaks.money(taken.told.outstanding_principal),
            ),
            self._undo(taken),
        )

    def _undo(self, taken: Taken) -> Callable[[], None]:
        def undo() -> None:
            try:
                self._session.taking.reverse([taken], reason=_("Undone right after it was typed"))
            except MikrolaanError as error:
                self.toast.emit(sentence_for(error))
                return
            self._on_reversed(_("The payment is reversed."))

        return undo

    def _on_reversed(self, told: str) -> None:
        self.refresh()
        self.toast.emit(told)

    # -- what moves while one types

    def _on_picked(self, payable: PayableLoan) -> None:
        self.message.say("")
        if not payable.takes_payments:
            self.message.say(_why_not(payable), "warn")
            self.message.offer(
                _("Open the loan"), lambda: self.go_to.emit(Destination("loan", payable.loan.id, "payments"))
            )
            self.amount.set_value(None)
            self._show_preview()
            return
        self._propose(payable.proposed)
        if self.payer.amount_asked is not None:
            self.amount.set_value(self.payer.amount_asked)
            self._proposed = None
        self._show_preview()
        self._back_to_amount()

    def _on_day(self) -> None:
        """The loans are shown as of the day; so is the amount, where nobody typed another than was proposed."""
        if self.received_on.peek() is not None:
            self.payer.show_again()
        chosen = self.payer.chosen
        is_as_proposed = self._proposed is not None and self.amount.peek() == self._proposed
        if chosen is not None and chosen.takes_payments and chosen.proposed is not None and is_as_proposed:
            self._propose(chosen.proposed)
        self._show_preview()

    def _propose(self, amount: Money | None) -> None:
        self.amount.set_value(amount)
        self._proposed = amount

    def _on_dropped(self) -> None:
        self.amount.set_value(None)
        self.message.say("")
        self._show_preview()

    def _back_to_amount(self) -> None:
        self.amount.line.setFocus()
        self.amount.line.selectAll()

    def _propose_day(self) -> None:
        self.received_on.set_value(self._session.today())

    def _show_preview(self) -> None:
        chosen, amount, day = self.payer.chosen, self.amount.peek(), self.received_on.peek()
        if chosen is None or not chosen.takes_payments:
            self.preview.say(
                _("When a loan and an amount are chosen, this shows which instalments the payment settles.")
            )
            return
        if amount is None or day is None:
            self.preview.say(_("Type an amount and a day."))
            return
        try:
            self.preview.show_payment(*self._session.taking.preview(chosen.loan, amount, day))
        except RuleError as error:
            self.preview.say(sentence_for(error))

    def _show_problem(self, error: MikrolaanError) -> None:
        named = error.field if isinstance(error, RuleError) else ""
        fields: dict[str, LineField[Any]] = {"amount": self.amount, "received_on": self.received_on}
        if named not in fields:
            self.message.say(sentence_for(error), "bad")
            return
        fields[named].set_error(sentence_for(error))
        fields[named].editor.setFocus()


def _why_not(payable: PayableLoan) -> str:
    if payable.loan.journal.payouts:
        return _("This loan is written off. Open it and record what came in as a recovered loss.")
    if payable.told.status in (Status.WITHDRAWN, Status.REFUSED):
        return _("This application became no loan, so nothing is owed on it. Find out which loan the payment is for.")
    return _("Payments can be taken when the loan is paid out.")
