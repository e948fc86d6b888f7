"""What a payment reference is called and how it is written for reading, on screens and on paper."""

from __future__ import annotations

from collections.abc import Callable

from mikrolaan.domain.payment_reference import CheckMethod, PaymentReference, ReferenceKind, fik_line, in_groups
from mikrolaan.i18n import N_, _
from mikrolaan.i18n.conventions import NO_BREAK_SPACE

_NAMES = {ReferenceKind.KID: N_("KID"), ReferenceKind.OCR: N_("OCR number")}
_DANISH = N_("Payment code")


def reference_name(kind: ReferenceKind, gettext: Callable[[str], str] = _) -> str:
    """What people call it in its country, by default in the language of the screen."""
    return gettext(_NAMES.get(kind, _DANISH))


def reference_text(reference: PaymentReference, creditor_number: str = "") -> str:
    """The reference as it is read: digits in groups that stay on one line, or the whole line of a Danish slip."""
    return fik_line(reference, creditor_number) or in_groups(reference.digits, NO_BREAK_SPACE)


def kind_word(kind: ReferenceKind) -> str:
    """A kind of reference with what tells it from the others of its country, on the screen."""
    if kind.card:
        return _("FIK card {card}, {count} digits").format(card=kind.card, count=kind.fixed_length)
    return reference_name(kind)


def check_word(method: CheckMethod) -> str:
    """How the check digit is computed, on the screen."""
    return {CheckMethod.MOD10: _("Modulus 10"), CheckMethod.MOD11: _("Modulus 11")}[method]
