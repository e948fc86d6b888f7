"""How a borrower pays: to which account and with which reference, as every paper says it."""

from __future__ import annotations

from mikrolaan.documents.style import as_typed
from mikrolaan.domain.enterprise_numbers import format_account_number
from mikrolaan.domain.office import Office
from mikrolaan.domain.payment_reference import PaymentReference, in_groups
from mikrolaan.i18n import Language
from mikrolaan.i18n.reference_words import reference_name, reference_text

Fact = tuple[str, str]


def reference_fact(reference: PaymentReference, language: Language) -> Fact:
    """The reference's name and its digits in groups, for a table of facts."""
    return reference_name(reference.kind, language.gettext), in_groups(reference.digits)


def how_to_pay(reference: PaymentReference, office: Office, language: Language) -> str:
    """One sentence for running text, safe inside a paragraph: the account, where the office has one, and the reference."""
    _ = language.gettext
    name = reference_name(reference.kind, language.gettext)
    digits = reference_text(reference, office.reference_rule.creditor_number)
    if not office.account_number:
        return _("Mark the payment with {name} {reference}.").format(name=name, reference=as_typed(digits))
    return _("Pay to account {account} and mark the payment with {name} {reference}.").format(
        account=as_typed(format_account_number(office.account_number, office.country)),
        name=name,
        reference=as_typed(digits),
    )
