"""The acts that take a loan from step to step, each a small form that stays open until the rules are satisfied."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QWidget

from mikrolaan.domain.loan import Loan, Outcome
from mikrolaan.i18n import _, current_language
from mikrolaan.services.session import Session
from mikrolaan.ui.widgets.fields import MultilineField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.form_dialog import FormDialog, ask_reason
from mikrolaan.ui.widgets.value_fields import ChoiceField, DateField, YesNoField

LONGEST_TICKED = 44  # characters of a name
Done = Callable[[], object]  # called once the act is kept


def record_group_view(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Ask what the network group said."""
    form = Form()
    supports = form.add(
        ChoiceField(
            "supports",
            _("The group &is"),
            [(True, _("in favour of the loan")), (False, _("not in favour of the loan"))],
        )
    )
    on = form.add(_day(session, "on", _("&Meeting on")))
    note = form.add(MultilineField("note", _("&What was said"), required=False, lines=3, longest=1000))

    def keep() -> None:
        session.loans.record_group_view(loan.id, supports=supports.value(), on=on.value(), note=note.value())

    FormDialog.ask(parent, _("The group's view"), form, _("Keep the group's view"), keep, done)


def decide(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Ask for the office's decision."""
    form = Form()
    outcome = form.add(
        ChoiceField("outcome", _("&Decision"), [(Outcome.APPROVED, _("Approve")), (Outcome.REFUSED, _("Refuse"))])
    )
    on = form.add(_day(session, "on", _("Decided &on")))
    note = form.add(
        MultilineField(
            "note",
            _("&Conditions or grounds"),
            required=False,
            lines=4,
            longest=2000,
            help_text=_("Conditions of an approval, where there are any; a refusal needs its grounds."),
        )
    )

    def keep() -> None:
        session.loans.decide(loan.id, outcome.value(), on=on.value(), note=note.value())

    amount = current_language().money(loan.terms.principal)
    text = _("Application no. {number} for {amount}.").format(number=loan.number, amount=amount)
    FormDialog.ask(parent, _("Decide on the application"), form, _("Keep the decision"), keep, done, text)


def note_signatures(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Ask when everybody signed; a guarantor may be left out and sign later."""
    form = Form()
    signed_on = form.add(_day(session, "signed_on", _("&Signed on")))
    signed: dict[UUID, YesNoField] = {}
    guarantors = [known for known in session.guarantors.of_loan(loan.id) if known.guarantor.stands]
    for number, known in enumerate(guarantors):
        has_signed = form.add(YesNoField(f"guarantor_{number}", shortened(known.name).replace("&", "&&")))
        has_signed.box.setAccessibleName(_("{name} has signed as guarantor").format(name=known.name))
        has_signed.box.setToolTip(has_signed.box.accessibleName())
        has_signed.set_value(True)
        signed[known.guarantor.id] = has_signed

    def keep() -> None:
        unsigned = [guarantor_id for guarantor_id, field in signed.items() if not field.value()]
        session.loans.sign(loan.id, signed_on.value(), unsigned=unsigned)

    text = _("Everybody whose place is in the contract has signed it on paper.")
    if guarantors:
        text += " " + _("Take away the tick of a guarantor who has not signed yet.")
    FormDialog.ask(parent, _("The contract is signed"), form, _("Note the signatures"), keep, done, text)


def shortened(name: str) -> str:
    """A name that fits beside a tick, which cannot break its line."""
    return name if len(name) <= LONGEST_TICKED else name[: LONGEST_TICKED - 1].rstrip() + "…"


def withdraw(parent: QWidget, session: Session, loan: Loan, done: Done) -> None:
    """Ask why an application is withdrawn."""
    ask_reason(
        parent,
        _("Withdraw the application"),
        _("The application ends without a loan. It stays in the case with the reason."),
        _("Withdraw it"),
        lambda reason: session.loans.withdraw(loan.id, reason=reason),
        done,
    )


def _day(session: Session, name: str, text: str) -> DateField:
    field = DateField(name, text, session.today, latest=session.today(), in_past=True)
    field.set_value(session.today())
    return field
