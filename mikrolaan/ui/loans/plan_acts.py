"""The acts on a running loan that change its plan: rate, payment holiday, new plan, due day."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.errors import InvalidValue
from mikrolaan.domain.journal import HolidayInterest, NewPlan, NewPlanFor, PaymentHoliday, RateChange
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.months import months_later
from mikrolaan.domain.terms import LARGEST_RATE_PERCENT, MOST_INSTALMENTS, Repayment
from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.services.new_terms import NewPlanChoices, instalments_left, terms_of_the_rest, terms_with_due_day
from mikrolaan.services.session import Session
from mikrolaan.ui.loans.entry_words import holiday_interest_word
from mikrolaan.ui.loans.life_dialog import Done, LifeDialog, reason_field, typed_text
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.value_fields import ChoiceField, CountField, DateField, PercentField
from mikrolaan.ui.words import repayment_word

T = TypeVar("T")


def change_rate(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Ask for another rate and the day from which it holds."""
    form, today = Form(columns=2), session.today()
    months = loan.rules.rate_notice_months
    rate = form.add(_rate(loan.terms_on(today).annual_rate_percent), wide=True)
    told_on = form.add(DateField("told_on", _("Borrower &told on"), session.today, latest=today, in_past=True))
    told_on.set_value(today)
    on = form.add(
        DateField(
            "on",
            _("Holds &from"),
            session.today,
            help_text=ngettext(
                "A higher rate: {count} month after the borrower was told, at the earliest.",
                "A higher rate: {count} months after the borrower was told, at the earliest.",
                months,
            ).format(count=months)
            if months
            else "",
        )
    )
    on.set_value(months_later(today, months))
    note = form.add(reason_field(required=False, text=_("&Note")), wide=True)

    def make() -> RateChange:
        return RateChange(
            next_entry_id(), on.value(), rate.value(), session.life.stamp(), typed_text(note), told_on.given()
        )

    LifeDialog(
        parent,
        session,
        loan,
        _("Change the rate"),
        form,
        _("Change the rate"),
        make,
        lambda entry: session.life.change_rate(loan.id, entry),
        _("The instalments are computed anew from the one in which the day falls; the last due date stays."),
    ).open_for(done)


def grant_holiday(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Ask how many instalments are put off, and what becomes of their interest."""
    form = Form(columns=2)
    left = instalments_left(session.loans.statement(loan))
    count = form.add(
        CountField("instalments", _("&Instalments put off"), smallest=1, largest=max(1, len(left))), wide=False
    )
    count.set_value(1)
    kinds = [(kept, holiday_interest_word(kept)) for kept in HolidayInterest]
    interest = form.add(ChoiceField("interest", _("I&nterest meanwhile"), kinds))
    interest.set_value(HolidayInterest.CARRIED)
    note = form.add(reason_field(), wide=True)

    def make() -> PaymentHoliday:
        return PaymentHoliday(
            next_entry_id(), session.today(), count.value(), interest.value(), session.life.stamp(), typed_text(note)
        )

    LifeDialog(
        parent,
        session,
        loan,
        _("Grant a payment holiday"),
        form,
        _("Grant it"),
        make,
        lambda entry: session.life.grant_holiday(loan.id, entry),
        _("The next unpaid instalments are put off, and the loan ends as many periods later."),
    ).open_for(done)


def make_new_plan(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Ask how what is outstanding is to be repaid."""
    form, today = Form(columns=2), session.today()
    told = session.loans.statement(loan)
    left, now = instalments_left(told), loan.terms_on(today)
    count = form.add(CountField("instalments", _("&Instalments"), smallest=1, largest=MOST_INSTALMENTS))
    count.set_value(max(1, len(left)))
    rate = form.add(_rate(now.annual_rate_percent))
    first = form.add(DateField("first_due_on", _("&First due date"), session.today, earliest=today))
    first.set_value(left[0].instalment.due_on if left else months_later(today, 1))
    repayment = form.add(
        ChoiceField("repayment", _("Re&payment"), [(form_, repayment_word(form_)) for form_ in Repayment])
    )
    repayment.set_value(now.repayment)
    owed = told.payoff_amount + told.credit - told.outstanding_principal
    speaks = current_language()
    takes_in = form.add(
        ChoiceField(
            "takes_in",
            _("&Unpaid interest and fees"),
            [
                (True, _("Join the principal: {amount}").format(amount=speaks.money(owed))),
                (False, _("Stay due beside the new plan")),
            ],
        ),
        wide=True,
    )
    takes_in.set_value(True)
    lends_less = bool(loan.left_to_pay_out)
    purpose = form.add(
        ChoiceField(
            "purpose",
            _("&Why"),
            [
                (NewPlanFor.LENT_LESS, _("No more will be paid out; the loan is not marked")),
                (NewPlanFor.RESTRUCTURING, _("The borrower cannot keep the plan; marked as restructured")),
            ],
        ),
        wide=True,
    )
    purpose.set_value(NewPlanFor.LENT_LESS if lends_less and not told.due_unpaid else NewPlanFor.RESTRUCTURING)
    purpose.setVisible(lends_less)
    note = form.add(reason_field(), wide=True)

    def make() -> NewPlan:
        chosen = NewPlanChoices(count.value(), rate.value(), first.value(), repayment.value(), takes_in.value())
        terms = terms_of_the_rest(loan, today, chosen)
        stamp = session.life.stamp()
        return _own_field(lambda: NewPlan(next_entry_id(), today, terms, stamp, typed_text(note), purpose.value()))

    if lends_less:
        text = _("What is outstanding is repaid by other terms. Nothing more of the loan is paid out then.")
    else:
        text = _("What is outstanding is repaid by other terms. The loan is marked as restructured, and stays so.")
    LifeDialog(
        parent,
        session,
        loan,
        _("Make a new plan"),
        form,
        _("Make the new plan"),
        make,
        lambda entry: session.life.make_new_plan(loan.id, entry),
        text,
    ).open_for(done)


def move_due_day(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Ask for another day of the month."""
    form, today = Form(columns=2), session.today()
    due_day = form.add(
        CountField(
            "due_day",
            _("New &day of the month"),
            smallest=1,
            largest=31,
            help_text=_("31 is the last day of every month."),
        )
    )
    note = form.add(reason_field(required=False, text=_("&Note")), wide=True)

    def make() -> NewPlan:
        terms = terms_with_due_day(loan, today, due_day.value())
        return NewPlan(next_entry_id(), today, terms, session.life.stamp(), typed_text(note), NewPlanFor.DUE_DAY)

    LifeDialog(
        parent,
        session,
        loan,
        _("Move the due day"),
        form,
        _("Move the due day"),
        make,
        lambda entry: session.life.move_due_day(loan.id, entry),
        _(
            "The instalments left keep their number. The first falls on the new day, never earlier than now; interest "
            "runs for the days between."
        ),
    ).open_for(done)


def _own_field(make: Callable[[], T]) -> T:
    """What `make` gives; a field of the new terms is named as the form names it."""
    try:
        return make()
    except InvalidValue as error:
        raise InvalidValue(error.field.removeprefix("terms."), error.problem, error.limit) from None


def _rate(present: Decimal) -> PercentField:
    field = PercentField("annual_rate_percent", _("Nominal &rate"), largest=LARGEST_RATE_PERCENT)
    field.set_value(present)
    return field
