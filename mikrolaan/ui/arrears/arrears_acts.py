"""The small forms of arrears work: a contact, a promise, handing over."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QWidget

from mikrolaan.domain.follow_up import LONGEST_NOTE, LONGEST_WHO, ContactKind, Promise
from mikrolaan.domain.money import Money
from mikrolaan.i18n import _
from mikrolaan.services.session import Session
from mikrolaan.ui.arrears.arrears_words import contact_word
from mikrolaan.ui.widgets.fields import MultilineField, TextField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.form_dialog import FormDialog
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField, MoneyField

Done = Callable[[], object]


def record_contact(
    parent: QWidget, session: Session, loan_id: UUID, done: Done, *, kind: ContactKind = ContactKind.CALL, who: str = ""
) -> FormDialog:
    """Ask with whom one spoke, how, and what was said."""
    form = Form(columns=2)
    kinds = ChoiceField("kind", _("&How"), [(each, contact_word(each)) for each in ContactKind])
    how = form.add(kinds)
    how.set_value(kind)
    on = form.add(DateField("on", _("&Date"), session.today, latest=session.today()))
    on.set_value(session.today())
    with_whom = form.add(TextField("who", _("&With whom"), required=False, longest=LONGEST_WHO), wide=True)
    with_whom.set_value(who)
    note = form.add(MultilineField("note", _("What was &said"), lines=4, longest=LONGEST_NOTE), wide=True)

    def ask_for_note() -> None:
        note.set_required(how.peek() is not ContactKind.NO_ANSWER)

    how.changed.connect(ask_for_note)
    ask_for_note()

    def keep() -> None:
        session.arrears.record_contact(loan_id, how.value(), on.value(), who=with_whom.value(), note=note.value())

    return FormDialog.ask(parent, _("Record a contact"), form, _("Keep the contact"), keep, done)


def record_promise(parent: QWidget, session: Session, loan_id: UUID, overdue: Money, done: Done) -> FormDialog:
    """Ask how much was promised by when; what is overdue is proposed."""
    form = Form(columns=2)
    amount = form.add(MoneyField("amount", _("&Amount"), overdue.currency, smallest=Money(1, overdue.currency)))
    amount.set_value(overdue)
    due_on = form.add(DateField("due_on", _("To be paid &by"), session.today, earliest=session.today()))
    note = form.add(MultilineField("note", _("&Note"), required=False, lines=3, longest=LONGEST_NOTE), wide=True)

    def keep() -> None:
        session.arrears.record_promise(loan_id, amount.value(), due_on.value(), note=note.value())

    return FormDialog.ask(
        parent,
        _("Record a promise"),
        form,
        _("Keep the promise"),
        keep,
        done,
        _("The next step waits until that day has passed."),
    )


def take_back_promise(session: Session, promise: Promise) -> None:
    """Let a promise count no more."""
    session.arrears.take_back_promise(promise.id)


def hand_over(parent: QWidget, session: Session, loan_id: UUID, done: Done) -> FormDialog:
    """Ask to whom the claim is handed over."""
    form = Form()
    note = form.add(
        MultilineField(
            "note",
            _("To &whom, and why"),
            lines=3,
            longest=LONGEST_NOTE,
            help_text=_("Kept in the loan's log with your name and the time."),
        )
    )

    def keep() -> None:
        session.arrears.hand_over(loan_id, note=note.value())

    text = _("Notes that the claim was handed over to a debt collector or the court. The program itself sends nothing.")
    return FormDialog.ask(parent, _("Hand over the claim"), form, _("Note the handing over"), keep, done, text)
