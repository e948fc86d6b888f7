"""How numbers with digits in groups are read: the spaces, dashes and invisible marks that come along when pasted."""

from __future__ import annotations

from mikrolaan.domain.errors import InvalidValue, Problem

LONGEST_NUMBER = 40  # characters, separators counted: longer than any number read here, short enough to show in a field

_SPACES = " \t\r\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_PLAIN = str.maketrans(dict.fromkeys(_SPACES, " ") | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_INVISIBLE, ""))
_ASCII_DIGITS = frozenset("0123456789")


def plain_typed(text: str, field: str) -> str:
    """The text with every kind of space and dash made the ordinary one, invisible marks gone and the ends trimmed.

    Raises InvalidValue on `field` when nothing is left, or more than `LONGEST_NUMBER` characters are.
    """
    plain = text.translate(_PLAIN).strip()
    if not plain:
        raise InvalidValue(field, Problem.MISSING)
    if len(plain) > LONGEST_NUMBER:
        raise InvalidValue(field, Problem.TOO_LONG, LONGEST_NUMBER)
    return plain


def are_digits(text: str) -> bool:
    """Whether the text is 0-9 and nothing else; digits of other scripts and full-width ones are not."""
    return bool(text) and set(text) <= _ASCII_DIGITS


def digits_of(plain: str, field: str, separators: str = " -") -> str:
    """The digits of a text once the separators are taken out; raises InvalidValue when anything else stands there."""
    digits = plain.translate(dict.fromkeys(map(ord, separators)))
    if not are_digits(digits):
        raise InvalidValue(field, Problem.MALFORMED)
    return digits
