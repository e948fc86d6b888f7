"""How guarantees and those who answer for a loan are told in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mikrolaan.domain.borrower import Person
from mikrolaan.domain.contact import format_phone, format_postal_code
from mikrolaan.domain.group import LiabilityForm, NetworkGroup
from mikrolaan.domain.guarantee_rules import GuaranteeKind
from mikrolaan.domain.guarantor import GuaranteeDoubt, Guarantor, KnownGuarantor
from mikrolaan.domain.identity import Country
from mikrolaan.i18n import _, current_language, ngettext, pgettext
from mikrolaan.services.guarantors import Answerer
from mikrolaan.ui.widgets.cards import State

SOON = timedelta(days=14)  # a notice that is due within it is marked


def guarantee_state(guarantor: Guarantor, today: date) -> State:
    """Whether the guarantor answers, and until when."""
    speaks = current_language()
    if guarantor.released_on is not None:
        told = _("Released on {date}").format(date=speaks.date(guarantor.released_on))
        return State(told, "x-circle", "muted")
    if guarantor.signed_on is None:
        return State(pgettext("guarantee", "Not signed"), "note-pencil", "warn")
    if guarantor.expires_on is None:
        return State(pgettext("guarantee", "Answers"), "shield-check", "good")
    until = speaks.date(guarantor.expires_on)
    if today > guarantor.expires_on:
        return State(_("Expired on {date}").format(date=until), "clock", "muted")
    return State(_("Answers until {date}").format(date=until), "shield-check", "good")


def kind_word(kind: GuaranteeKind) -> str:
    """The kind in a word or two, under the heading "Kind"."""
    return {
        GuaranteeKind.SIMPLE: pgettext("kind of guarantee", "Simple"),
        GuaranteeKind.OWN_DEBT: pgettext("kind of guarantee", "As for own debt"),
    }[kind]


def on_top_word(on_top: bool) -> str:
    """Whether interest and costs come on top of the amount."""
    return pgettext("interest and costs", "On top") if on_top else pgettext("interest and costs", "Within")


def doubt_sentence(doubt: GuaranteeDoubt) -> str:
    """What to think about before the guarantee is kept."""
    return {
        GuaranteeDoubt.MORE_THAN_LOAN: _("The amount is more than everything the plan asks for."),
        GuaranteeDoubt.NOT_FOR_CONSUMER: _(
            "The law keeps this kind of guarantee from consumers. A lawyer must say whether it binds this person."
        ),
        GuaranteeDoubt.ENDS_BEFORE_LOAN: _("The guarantee ends before the last instalment falls due."),
    }[doubt]


def guarantors_told(guarantors: Sequence[KnownGuarantor], today: date) -> str:
    """Who is on the list and with how much, a line each; "" where nobody is. Released and expired ones are left out."""
    lines = []
    for known in guarantors:
        one = known.guarantor
        if not one.stands or (one.expires_on is not None and today > one.expires_on):
            continue
        amount = current_language().money(one.guarantee.at_most)
        text = _("{name}, at most {amount}") if one.signed_on is not None else _("{name}, at most {amount}, not signed")
        lines.append(text.format(name=known.name, amount=amount))
    return "\n".join(lines)


def person_told(person: Person, country: Country) -> str:
    """How to tell and reach a person: number or birth date, phone, e-mail, address."""
    number, address, speaks = person.identity_number, person.address, current_language()
    born = _("Born {date}").format(date=speaks.date(person.born_on)) if person.born_on is not None else ""
    place = f"{format_postal_code(address.postal_code, country)} {address.city}".strip()
    parts = (
        number.formatted if number is not None else born,
        format_phone(person.phone) if person.phone else "",
        person.email,
        ", ".join(filter(None, (address.street, place))),
    )
    return " · ".join(filter(None, parts))


def members_told(group: NetworkGroup) -> str:
    """What the members of a group owe for each other."""
    text = {
        LiabilityForm.JOINT: _(
            "The members of the group {group} answer for each other's loans, each for everything that is owed."
        ),
        LiabilityForm.PRO_RATA: _(
            "The members of the group {group} answer for each other's loans, each for an equal share of what is owed."
        ),
    }.get(group.liability_form, "")
    return text.format(group=group.name)


def notice_state(one: Answerer, today: date) -> State | None:
    """How it stands with the notice of the default there is; None where nothing is overdue."""
    if one.is_told:
        return State(_("Given"), "check-circle", "good")
    if one.notice_due_on is None:
        return None
    day = current_language().date(one.notice_due_on)
    if one.notice_due_on < today:
        return State(_("Was due {date}").format(date=day), "warning-circle", "bad")
    tone = "warn" if one.notice_due_on - today <= SOON else "muted"
    return State(_("Due by {date}").format(date=day), "warning" if tone == "warn" else "hourglass", tone)


def notices_told(people: Sequence[Answerer], today: date) -> tuple[str, str]:
    """What to do about the notices, and how urgent it is: a sentence and its tone; "" where nothing is overdue."""
    days = [one.notice_due_on for one in people if one.notice_due_on is not None]
    if not days:
        told = any(one.is_told for one in people)
        return (
            (_("Everybody who answers for the loan has had written notice of the default."), "good")
            if told
            else ("", "")
        )
    first, speaks = min(days), current_language()
    if first < today:
        text = _("A payment is overdue. Written notice to those who answer for the loan was due {date}. Give it now.")
        return text.format(date=speaks.date(first)), "bad"
    if first - today > SOON:
        text = _("A payment is overdue. Those who answer for the loan must have written notice by {date}.")
        return text.format(date=speaks.date(first)), "primary"
    left = (first - today).days
    if not left:
        return _("A payment is overdue. Those who answer for the loan must have written notice today."), "warn"
    text = ngettext(
        "A payment is overdue. Those who answer for the loan must have written notice by {date}, in {count} day.",
        "A payment is overdue. Those who answer for the loan must have written notice by {date}, in {count} days.",
        left,
    )
    return text.format(date=speaks.date(first), count=speaks.number(left)), "warn"
