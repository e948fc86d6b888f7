"""The acts on a guarantor, each a small form that stays open until the rules are satisfied."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QWidget

from mikrolaan.domain.guarantor import KnownGuarantor
from mikrolaan.i18n import _
from mikrolaan.services.guarantors import Answerer
from mikrolaan.services.session import Session
from mikrolaan.ui.widgets.dialogs import LONGEST_REASON
from mikrolaan.ui.widgets.fields import MultilineField
from mikrolaan.ui.widgets.form import Form
from mikrolaan.ui.widgets.form_dialog import FormDialog, ask_reason
from mikrolaan.ui.widgets.value_fields import DateField, YesNoField

Done = Callable[[], object]  # called once the act is kept


def note_signature(parent: QWidget, session: Session, known: KnownGuarantor, done: Done) -> FormDialog:
    """Ask when the guarantor signed, and whether on a paper that the program does not know."""
    form = Form()
    signed_on = form.add(_day(session, "signed_on", _("&Signed on")))
    elsewhere = form.add(
        YesNoField(
            "on_other_paper",
            _("On &another paper"),
            help_text=_("No paper of the program states this guarantee as it stands."),
        )
    )
    elsewhere.setVisible(known.guarantor.paper is None)

    def keep() -> None:
        on_other_paper = not elsewhere.isHidden() and elsewhere.value()
        session.guarantors.sign(known.guarantor.id, signed_on.value(), on_other_paper=on_other_paper)

    text = _("From that day {name} answers for the loan, and the guarantee can no longer be changed.").format(
        name=known.name
    )
    return FormDialog.ask(parent, _("The guarantee is signed"), form, _("Note the signature"), keep, done, text)


def release(parent: QWidget, session: Session, known: KnownGuarantor, done: Done) -> FormDialog:
    """Ask from when and why the guarantor is let go."""
    form = Form()
    on = form.add(_day(session, "on", _("Released &from")))
    reason = form.add(
        MultilineField(
            "reason",
            _("&Reason"),
            lines=3,
            longest=LONGEST_REASON,
            help_text=_("Kept in the history with your name and the time."),
        )
    )

    def keep() -> None:
        session.guarantors.release(known.guarantor.id, on.value(), reason=reason.value())

    text = _("From that day {name} no longer answers for the loan. The guarantee stays in the list.").format(
        name=known.name
    )
    return FormDialog.ask(parent, _("Release the guarantor"), form, _("Release"), keep, done, text, kind="danger")


def take_back_release(parent: QWidget, session: Session, known: KnownGuarantor, done: Done) -> FormDialog:
    """Ask why the release was wrong."""
    return ask_reason(
        parent,
        _("Take back the release"),
        _("{name} answers for the loan as if the release had not been.").format(name=known.name),
        _("Take it back"),
        lambda reason: session.guarantors.take_back_release(known.guarantor.id, reason=reason),
        done,
    )


def note_notice(parent: QWidget, session: Session, loan_id: UUID, one: Answerer, done: Done) -> FormDialog:
    """Ask when a person who answers for the loan was told in writing."""
    form = Form()
    on = form.add(_day(session, "on", _("&Given on")))
    guarantor_id = one.answering.guarantor_id
    member_id = one.answering.borrower_id if guarantor_id is None else None

    def keep() -> None:
        session.guarantors.record_notice(loan_id, on.value(), guarantor_id=guarantor_id, member_id=member_id)

    text = _("{name} had written notice of the default, on another paper than the program's.").format(
        name=one.person.name
    )
    return FormDialog.ask(parent, _("Notice of the default"), form, _("Note the notice"), keep, done, text)


def _day(session: Session, name: str, text: str) -> DateField:
    field = DateField(name, text, session.today, latest=session.today(), in_past=True)
    field.set_value(session.today())
    return field
