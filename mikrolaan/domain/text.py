"""What a text that a person typed must satisfy before the domain takes it."""

from __future__ import annotations

import unicodedata

from mikrolaan.domain.errors import InvalidValue, Problem


def checked_text(field: str, text: str, *, longest: int, needed: bool = False, lines: bool = False) -> str:
    """The text itself when it is fit to keep; InvalidValue when missing, too long or with control characters.

    `lines` allows line breaks. Format characters of right-to-left scripts are kept; control and
    unassigned characters are refused, since they cannot be printed.
    """
    if needed and not text.strip():
        raise InvalidValue(field, Problem.MISSING)
    if len(text) > longest:
        raise InvalidValue(field, Problem.TOO_LONG, longest)
    for character in text:
        if character == "\n" and lines:
            continue
        if unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co"):
            raise InvalidValue(field, Problem.MALFORMED)
    return text


def tidied(text: str) -> str:
    """The text in one Unicode form (NFC), without spaces at its ends and with single spaces inside."""
    return " ".join(unicodedata.normalize("NFC", text).split())
