"""The Payments and journal tab of a loan: a payment is typed, its effect shown, and kept; beside it stands the journal."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from mikrolaan.domain.errors import MikrolaanError, RuleError
from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.loan_rules import EarlyRepayment
from mikrolaan.domain.money import Money
from mikrolaan.domain.statement import Statement, Status
from mikrolaan.domain.terms import Repayment
from mikrolaan.i18n import _, current_language, pgettext
from mikrolaan.services.payments import SeemsTooMuch
from mikrolaan.services.session import Session
from mikrolaan.ui.error_texts import sentence_for
from mikrolaan.ui.loans.allocation_words import allocation_sentences
from mikrolaan.ui.loans.effect_panel import EffectPanel
from mikrolaan.ui.loans.entry_words import early_repayment_word
from mikrolaan.ui.loans.journal_panel import JournalPanel
from mikrolaan.ui.widgets.basics import action_button, button, label, make_action
from mikrolaan.ui.widgets.cards import Card
from mikrolaan.ui.widgets.fields import TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.page import FittingArea
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField, MoneyField
from mikrolaan.ui.words import means_word

CARD_WIDTH = 376
SPREAD = (Repayment.ANNUITY, Repayment.SERIAL)  # elsewhere the last instalment is lowered, whatever one chooses


class PaymentsTab(QWidget):
    """Take a payment on the left; what happened so far on the right."""

    recorded = Signal(str)  # a sentence about what was kept
    recorded_with_undo = Signal(str, object)  # the sentence, and a callable that undoes it

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._loan: Loan | None = None
        self.take_act = make_action(self, _("Take the payment"), self.take, icon_name="check")
        currency = session.office.get().currency
        self.form = Form(columns=2)
        self.amount = self.form.add(MoneyField("amount", _("&Amount"), currency, smallest=Money(1, currency)))
        self.received_on = self.form.add(
            DateField("received_on", _("&Received on"), session.today, latest=session.today, in_past=True)
        )
        self.means = self.form.add(
            ChoiceField(
                "means",
                pgettext("means of payment", "Paid &by"),
                [(means, means_word(means)) for means in PaymentMeans],
            )
        )
        self.note = self.form.add(TextField("note", _("&Note"), required=False, longest=200))
        self.early = self.form.add(
            ChoiceField(
                "early_repayment",
                _("What is repaid &early"),
                [(rule, early_repayment_word(rule)) for rule in EarlyRepayment],
            ),
            wide=True,
        )
        self.early.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.preview = label("", "muted", wraps=True)
        self.preview.setAccessibleName(_("Where the payment goes"))
        self.effect = EffectPanel(is_brief=True)
        self.doubt = InlineMessage()
        self.sure_button = button(_("Take it all the same"))
        self.sure_button.clicked.connect(lambda _checked=False: self._take(is_meant=True))
        self.closed = InlineMessage()
        self.take_button = action_button(self.take_act, "primary")
        content = QWidget()
        self._parts = parts = QVBoxLayout(content)
        parts.setContentsMargins(0, 0, 4, 0)  # air before the scroll bar
        parts.setSpacing(10)
        for shown in (self.form, self.doubt, self.preview, self.effect):
            parts.addWidget(shown)
        self.area = FittingArea(content)
        self.card = Card()
        self.card.body.setContentsMargins(20, 12, 8, 16)
        for part in (self.closed, self.area):
            self.card.body.addWidget(part)
        self._acts = acts = QVBoxLayout()
        acts.setContentsMargins(0, 0, 4 + self.area.verticalScrollBar().sizeHint().width(), 0)
        acts.addWidget(self.sure_button)
        acts.addWidget(self.take_button)
        self.card.body.addLayout(acts)
        self.card.setFixedWidth(CARD_WIDTH)
        self.form.changed.connect(self._on_typed)
        self.form.submitted.connect(self.take)

        self.journal = JournalPanel(session)
        self.journal.recorded.connect(self.recorded)
        self.model, self.table, self.details = self.journal.model, self.journal.table, self.journal.details
        self.reverse_act = self.journal.reverse_act
        left = QVBoxLayout()
        left.addWidget(self.card)
        left.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(24)
        layout.addLayout(left)
        self._beside = QVBoxLayout()
        self._beside.setSpacing(12)
        self._beside.addWidget(self.journal, 1)
        layout.addLayout(self._beside, 1)
        self._placing = QTimer(self)  # once Qt has asked everything in the card for its new height
        self._placing.setSingleShot(True)
        self._placing.timeout.connect(self._place_effect)
        self._set_defaults()
        self._say_doubt("")
        self._show_preview()

    def show_loan(self, loan: Loan, told: Statement) -> None:
        """Show another loan, or the same one after it changed."""
        if self._loan is None or self._loan.id != loan.id:
            self.form.clear()
            self._set_defaults()
            self.early.set_value(loan.rules.early_repayment)
        elif self.received_on.peek() == self._proposed_on:
            self._propose_today()  # the page may stay open overnight
        self._loan = loan
        self.journal.show_journal(loan, told)
        takes = loan.step is Step.REPAYING
        for part in (self.area, self.take_button):
            part.setVisible(takes)
        self.take_act.setEnabled(takes)
        self._say_doubt("")
        self.closed.say("" if takes else why_closed(loan, told), "primary")
        self._show_preview()

    def ready(self) -> None:
        """Propose what is due and put the cursor into the amount."""
        if self._loan is not None and self.amount.is_empty():
            self.amount.set_value(self._session.loans.statement(self._loan).proposed)
            self._show_preview()
        self.amount.line.setFocus()
        self.amount.line.selectAll()

    def take(self) -> None:
        """Keep the payment that is typed."""
        self._take(is_meant=False)

    def _take(self, *, is_meant: bool) -> None:
        if self._loan is None or not self.form.check_all():
            return
        loan_id, amount = self._loan.id, self.amount.value()
        try:
            told = self._session.payments.take(
                loan_id,
                amount,
                self.received_on.value(),
                self.means.value(),
                self.note.value(),
                early_repayment=self._early_rule(),
                is_meant=is_meant,
            )
        except SeemsTooMuch as error:
            self._say_doubt(sentence_for(error))
            return
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
        self.journal.reverse()

    def _early_rule(self) -> EarlyRepayment | None:
        """What the officer chose for what is beyond; None where nothing is."""
        return None if self.early.isHidden() else self.early.peek()

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
        if self._loan is not None:
            self.early.set_value(self._loan.rules.early_repayment)

    def _propose_today(self) -> None:
        self._proposed_on = self._session.today()
        self.received_on.set_value(self._proposed_on)

    def _on_typed(self) -> None:
        self._say_doubt("")
        self._show_preview()

    def _say_doubt(self, text: str) -> None:
        """Ask whether an amount is meant; without a text, ask nothing."""
        self.doubt.say(text, "warn")
        self.sure_button.setVisible(bool(text))

    def _show_preview(self) -> None:
        """Where the money would go; where some of it repays principal early, what becomes of the plan."""
        amount, day = self.amount.peek(), self.received_on.peek()
        told: list[str] = []
        is_early = False
        if self._loan is not None and amount is not None and day is not None and self._loan.step is Step.REPAYING:
            try:
                before, after = self._session.payments.preview(self._loan, amount, day, self.early.peek())
            except RuleError:
                pass  # the sentence comes beside the field when the payment is taken
            else:
                told = allocation_sentences(before, after)
                known = {allocation.payment_id for allocation in before.allocations}
                is_early = self._loan.terms_on(day).repayment in SPREAD and any(
                    allocation.early and allocation.payment_id not in known for allocation in after.allocations
                )
                if is_early and after.outstanding_principal:
                    self.effect.show_effect(before, after)
                else:
                    is_early = False
        self.preview.setText("\n".join(told[:1] if is_early else told))  # the balances stand below
        self.early.setVisible(is_early)
        self.effect.setVisible(is_early)
        self._placing.start(0)

    def _place_effect(self) -> None:
        """Before and after stand in the card where there is room for them, else below the journal, instead of its details."""
        is_shown, is_beside = not self.effect.isHidden(), self._beside.indexOf(self.effect) >= 0
        body, effect = self.card.body, self.effect.layout()
        assert effect is not None  # it lays out its figures
        needed = self.area.sizeHint().height() + body.spacing() + self._acts.sizeHint().height()
        needed += body.contentsMargins().top() + body.contentsMargins().bottom()
        if is_beside:
            needed += self._parts.spacing() + effect.sizeHint().height()
        goes_beside = is_shown and needed > self.height()
        if goes_beside != is_beside:
            (self._beside if goes_beside else self._parts).addWidget(self.effect)
            self.effect.setVisible(is_shown)
        self.details.setVisible(not goes_beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placing.start(0)


def why_closed(loan: Loan, told: Statement) -> str:
    """Why no payment can be taken, and what can be done instead."""
    if told.status is Status.WRITTEN_OFF:
        return _("The loan is written off. Record money that comes in as a recovered loss, in the menu at the top.")
    if told.status is Status.REFUSED:
        return _("The application was refused. No money was paid out.")
    if told.status is Status.WITHDRAWN:
        return _("The application was withdrawn. No money was paid out.")
    if loan.step is not Step.CLOSED:
        return _("Payments can be taken when the loan is paid out.")
    if told.credit:
        return _("The loan is repaid. {credit} is left over; pay it back in the menu at the top.").format(
            credit=current_language().money(told.credit)
        )
    return _("The loan is repaid. Nothing more is due.")
