"""What a borrower's numbers are called and how they are told in words."""

from __future__ import annotations

from mikrolaan.domain.identity import Country, IdentityKind, IdentityNumber
from mikrolaan.i18n import _, current_language


def identity_kind_word(kind: IdentityKind) -> str:
    """What a number of this kind is called."""
    return {
        IdentityKind.FODSELSNUMMER: _("Norwegian national identity number"),
        IdentityKind.D_NUMBER: _("D-number"),
        IdentityKind.PERSONNUMMER: _("Swedish personnummer"),
        IdentityKind.SAMORDNINGSNUMMER: _("Swedish samordningsnummer"),
        IdentityKind.CPR: _("Danish CPR number"),
        IdentityKind.REPLACEMENT_CPR: _("Danish replacement CPR number"),
    }[kind]


def identity_told(number: IdentityNumber) -> str:
    """What a recognised number says: its kind, the birth date where it tells one, and whether it is a test number."""
    word = identity_kind_word(number.kind)
    if number.birth_date is None:
        told = _("{kind}; it does not tell the birth date").format(kind=word)
    else:
        told = _("{kind}, born {day}").format(kind=word, day=current_language().date(number.birth_date))
    return _("{told}. A synthetic number, for tests only").format(told=told) if number.synthetic else told


def identity_example(country: Country) -> str:
    """The form in which the country's numbers are typed."""
    return {Country.NO: _("11 digits"), Country.SE: _("YYYYMMDD-XXXX"), Country.DK: _("DDMMYY-XXXX")}[country]
