"""The acts on a running loan that concern amounts: payout, fee, waiver, write-off, recovery, refund, reversal."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.journal import (
    LONGEST_PAYEE,
    Entry,
    Fee,
    Payout,
    Recovery,
    Refund,
    Reversal,
    Waived,
    Waiver,
    WriteOff,
    amount_of,
)
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Money, total
from mikrolaan.domain.statement import Statement
from mikrolaan.i18n import _, current_language
from mikrolaan.services.session import Session
from mikrolaan.ui.error_sentence import sentence_for
from mikrolaan.ui.loans.entry_words import entry_on, waived_word
from mikrolaan.ui.loans.life_dialog import Done, LifeDialog, reason_field, typed_text
from mikrolaan.ui.widgets.dialogs import LONGEST_REASON
from mikrolaan.ui.widgets.fields import MultilineField, TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField, MoneyField

FEE_DUE_IN = timedelta(days=14)


def pay_out(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Ask how much was sent, when and to whom."""
    form, left = Form(columns=2), _next_payout(session, loan)
    amount = form.add(_amount(loan, left))
    on = form.add(_day(session, "paid_out_on", _("Paid out &on")))
    payee = form.add(
        TextField(
            "payee",
            _("Paid &to a supplier"),
            required=False,
            longest=LONGEST_PAYEE,
            help_text=_("The supplier's name; left empty, the borrower got the money."),
        ),
        wide=True,
    )
    note = form.add(reason_field(required=False, text=_("&Note")), wide=True)

    def make() -> Payout:
        return Payout(
            next_entry_id(), on.value(), amount.value(), session.life.stamp(), typed_text(note), payee.value()
        )

    speaks = current_language()
    text = _("{amount} is left to pay out. The plan stays as the contract prints it.").format(
        amount=speaks.money(loan.left_to_pay_out)
    )
    if not loan.terms.tranches:
        text += " " + _("What is sent on a later day bears interest by the plan all the same.")
    fee = loan.plan().paid_separately
    if fee and not loan.journal.payouts:
        text += " " + _("The establishment fee of {fee} falls due on the same day.").format(fee=speaks.money(fee))
    LifeDialog(
        parent,
        session,
        loan,
        _("Pay out the loan"),
        form,
        _("Note the payout"),
        make,
        lambda entry: session.life.pay_out(loan.id, entry),
        text,
    ).open_for(done)


def charge_fee(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Ask for a fee beyond the plan."""
    form, today = Form(columns=2), session.today()
    amount = form.add(_amount(loan))
    due_on = form.add(DateField("due_on", _("&Due on"), session.today, earliest=today))
    due_on.set_value(today + FEE_DUE_IN)
    note = form.add(reason_field(text=_("&What the fee is for")), wide=True)

    def make() -> Fee:
        return Fee(next_entry_id(), today, amount.value(), due_on.value(), session.life.stamp(), typed_text(note))

    LifeDialog(
        parent,
        session,
        loan,
        _("Charge a fee"),
        form,
        _("Charge the fee"),
        make,
        lambda entry: session.life.charge_fee(loan.id, entry),
        _("A fee beyond the plan, such as for a document. Reminders charge their own."),
    ).open_for(done)


def waive(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Let go of late interest, interest or fees."""
    form = Form(columns=2)
    owed = claims(session.loans.statement(loan))
    speaks = current_language()
    choices = [
        (of, _("{what}, {amount}").format(what=waived_word(of), amount=speaks.money(amount)))
        for of, amount in owed.items()
    ]
    of = form.add(ChoiceField("of", _("&What to let go"), choices))
    amount = form.add(_amount(loan))
    note = form.add(reason_field(), wide=True)

    def fill() -> None:
        chosen = of.peek()
        amount.set_value(owed[chosen] if chosen is not None else None)

    of.changed.connect(fill)
    of.set_value(next(iter(owed), None))
    fill()

    def make() -> Waiver:
        return Waiver(
            next_entry_id(), session.today(), of.value(), amount.value(), session.life.stamp(), typed_text(note)
        )

    LifeDialog(
        parent,
        session,
        loan,
        _("Let a claim go"),
        form,
        _("Let it go"),
        make,
        lambda entry: session.life.waive(loan.id, entry),
    ).open_for(done)


def write_off(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Write off principal, the whole or a part."""
    form = Form(columns=2)
    outstanding = session.loans.statement(loan).outstanding_principal
    whole = form.add(
        ChoiceField(
            "extent",
            _("&How much"),
            [
                (True, _("Everything, {amount}").format(amount=current_language().money(outstanding))),
                (False, _("A part of the principal")),
            ],
        )
    )
    whole.set_value(True)
    amount = form.add(_amount(loan))
    amount.hide()
    on = form.add(_day(session, "on", _("Written off &on")), wide=True)
    note = form.add(reason_field(), wide=True)
    whole.changed.connect(lambda: amount.setVisible(whole.peek() is False))

    def make() -> WriteOff:
        day = on.value()
        everything = session.life.on_day(loan, day).outstanding_principal or outstanding  # else the day is refused
        lost = everything if whole.value() else amount.value()
        return WriteOff(next_entry_id(), day, lost, session.life.stamp(), typed_text(note))

    LifeDialog(
        parent,
        session,
        loan,
        _("Write off"),
        form,
        _("Write off"),
        make,
        lambda entry: session.life.write_off(loan.id, entry),
        _(
            "The loss is entered in the books; the claim on the borrower stays. Written off wholly, the loan leaves the "
            "portfolio, and money that comes in later is a recovered loss."
        ),
        kind="danger",
    ).open_for(done)


def record_recovery(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Note money that came in on what was written off."""
    form = Form(columns=2)
    amount = form.add(_amount(loan))
    on = form.add(_day(session, "on", _("&Received on")))
    note = form.add(reason_field(required=False, text=_("&Note")), wide=True)
    told = session.loans.statement(loan)

    def make() -> Recovery:
        return Recovery(next_entry_id(), on.value(), amount.value(), session.life.stamp(), typed_text(note))

    speaks = current_language()
    LifeDialog(
        parent,
        session,
        loan,
        _("Record a recovered loss"),
        form,
        _("Record it"),
        make,
        lambda entry: session.life.record_recovery(loan.id, entry),
        _("{lost} was written off, {recovered} has come in since.").format(
            lost=speaks.money(told.written_off), recovered=speaks.money(told.recovered)
        ),
    ).open_for(done)


def refund(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Note that credit was paid back."""
    form = Form(columns=2)
    credit = session.loans.statement(loan).credit
    amount = form.add(_amount(loan, credit))
    on = form.add(_day(session, "on", _("Paid back &on")))
    note = form.add(reason_field(required=False, text=_("&Note")), wide=True)

    def make() -> Refund:
        return Refund(next_entry_id(), on.value(), amount.value(), session.life.stamp(), typed_text(note))

    LifeDialog(
        parent,
        session,
        loan,
        _("Pay back credit"),
        form,
        _("Note the repayment"),
        make,
        lambda entry: session.life.refund(loan.id, entry),
        _("The borrower has paid {amount} more than the loan needs.").format(amount=current_language().money(credit)),
    ).open_for(done)


def reverse(parent: QWidget, session: Session, loan: Loan, entry: Entry, done: Done) -> None:
    """Ask why an entry was wrong, and reverse it."""
    form = Form()
    reason = form.add(
        MultilineField(
            "reason",
            _("&Reason"),
            lines=3,
            longest=LONGEST_REASON,
            help_text=_("Kept in the history with your name and the time."),
        )
    )

    def make() -> Reversal:
        return Reversal(next_entry_id(), session.today(), entry.id, reason.peek() or "…", session.life.stamp())

    speaks, amount = current_language(), amount_of(entry)
    title = _("Reverse: {entry}").format(entry=entry_on(entry))
    if amount is not None:
        title = _("Reverse {amount} of {date}").format(amount=speaks.money(amount), date=speaks.date(entry.on))
    dialog = LifeDialog(
        parent,
        session,
        loan,
        title,
        form,
        _("Reverse"),
        make,
        lambda reversal: session.life.reverse(loan.id, entry.id, reason=reversal.reason),
        _("The entry stays visible and counts no more. All figures are computed again from the day it was made."),
        kind="danger",
    )
    dialog.open_for(done)


def why_not_reversed(session: Session, loan: Loan, entry: Entry) -> str:
    """Why an entry cannot be reversed now; empty where it can."""
    try:
        session.life.preview(loan, Reversal(next_entry_id(), session.today(), entry.id, "…", session.life.stamp()))
    except RuleError as error:
        return sentence_for(error)
    return ""


def claims(told: Statement) -> dict[Waived, Money]:
    """What could be let go today, by its kind; a kind of which nothing is owed is left out."""
    return {of: left for of in Waived if (left := _owed(told, of))}


def _owed(told: Statement, of: Waived) -> Money:
    """What could be let go: of instalments due and of the one that runs."""
    if of is Waived.LATE_INTEREST:
        return told.late_interest
    asked = [row for row in told.rows if row.begins_on <= told.as_of]
    if of is Waived.INTEREST:
        left = [row.instalment.interest - row.paid_interest for row in asked]
    else:
        left = [row.instalment.fees - row.paid_fees for row in asked]
    return total(left, told.credit.currency)


def _next_payout(session: Session, loan: Loan) -> Money:
    """The next part that the contract names, else all that is left."""
    left, parts = loan.left_to_pay_out, loan.terms.tranches
    paid = len(loan.journal.payouts)
    if paid + 1 < len(parts):
        fee = loan.terms.principal - loan.plan().paid_out if paid == 0 else Money.zero(left.currency)
        return min(left, parts[paid].amount - fee)
    return left


def _amount(loan: Loan, proposed: Money | None = None) -> MoneyField:
    currency = loan.terms.currency
    field = MoneyField("amount", _("&Amount"), currency, smallest=Money(1, currency))
    if proposed:
        field.set_value(proposed)
    return field


def _day(session: Session, name: str, text: str) -> DateField:
    field = DateField(name, text, session.today, latest=session.today(), in_past=True)
    field.set_value(session.today())
    return field
