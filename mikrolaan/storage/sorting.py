"""The order of the alphabet: one text per name that sorts as a Norwegian index does."""

from __future__ import annotations

import unicodedata

_AFTER_Z = str.maketrans(
    {"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c", "ü": "y", "đ": "d", "ð": "d", "þ": "th", "ł": "l"}
)


def sort_key(text: str) -> str:
    """Lower case, accents aside, æ ø å (ä ö) after z, aa as å; "{" is the sign after "z" in every database."""
    composed = unicodedata.normalize("NFC", text).casefold().replace("aa", "å").translate(_AFTER_Z)
    plain = unicodedata.normalize("NFKD", composed)
    return " ".join("".join(sign for sign in plain if sign.isalnum() or sign in "{ -").replace("-", " ").split())
