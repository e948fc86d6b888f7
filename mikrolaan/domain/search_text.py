"""Names and numbers folded to one form, so that a borrower is found however the name is spelt or the number typed.

Both what is stored and what is asked for are folded by the same rules:

- case, accents, apostrophes and vowel marks go; any other punctuation is a space; scripts without case stay as they are;
- å, ä, æ, aa, ae become a; ø, ö, œ, oe become o; ü, ue become u; ð, đ become d; þ becomes th; ß becomes ss; ł becomes l;
- numbers lose their separators, a Nordic country code (+47, 0047 …) and zeros in front.

So Åse, Aase and Ase are one, and so are Ødegård, Odegaard and Oedegård. The price is a few names too many (Joel is
found by "jol"), never one too few at the start of a word: what a beginning folds to begins what the whole folds to.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

LONGEST_QUERY = 200  # characters looked at; more is a pasted letter, not a search
MOST_TERMS = 12
SIMILAR_FROM = 0.8  # likeness of two names from which an officer is asked whether it is the same person
WHOLE_NUMBER_DIGITS = 8  # so many digits in a row of groups are one number, typed with spaces

_LETTERS = str.maketrans(
    {"æ": "a", "ø": "o", "œ": "o", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n"}
)
_SILENT = frozenset("'’‘ʼʹ`´ـ")  # the last is the Arabic stretching stroke
_DIGRAPHS = re.compile("a[ae]+|oe+|ue+")
_NUMBER = re.compile(r"(?<![^\W_])[+(]*\d[\d .\-/()+]*(?![^\W_])")
_NORDIC_CODE = re.compile(r"[\s(]*(?:\+|00)[\s(]*4(?:[567]|$)")


def folded(text: str) -> str:
    """The text as it is compared in searches: lower case, words separated by one space. Folding twice changes nothing."""
    kept: list[str] = []
    for char in _plain(text):
        if char.isalnum():
            kept.append(char)
        elif char.isspace() or (char not in _SILENT and unicodedata.category(char)[0] not in "MC"):
            kept.append(" ")
    return _DIGRAPHS.sub(lambda found: found[0][0], " ".join("".join(kept).split()))


def _plain(text: str) -> str:
    """Lower case without accents, every digit as 0-9; punctuation still there."""
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_LETTERS)
    return "".join(char if (digit := unicodedata.decimal(char, None)) is None else str(digit) for char in lowered)


def folded_digits(text: str) -> str:
    """The digits of an identity, account or phone number as they are compared: no separators, no Nordic country code,
    no zeros in front; empty when the text holds no digits."""
    plain = _plain(text).strip()
    if code := _NORDIC_CODE.match(plain):
        plain = plain[code.end() :]
    return "".join(char for char in plain if char in "0123456789").lstrip("0")


def search_text_of(*parts: str | None) -> str:
    """One line to store beside a record, from its names, numbers and addresses; absent parts are left out.

    A part that is one number is stored whole without separators. A word with ü is stored with y as well (Müller is
    also found as Myller).
    """
    pieces: dict[str, None] = {}
    for part in parts:
        if not part:
            continue
        number = _NUMBER.fullmatch(_plain(part).strip())
        found = [folded_digits(part)] if number else _terms(part)
        if "ü" in (composed := unicodedata.normalize("NFC", part).casefold()):
            found = found + folded(composed.replace("ü", "y")).split()
        pieces.update(dict.fromkeys(filter(None, found)))
    return " ".join(pieces)


def terms_of(query: str) -> list[str]:
    """What must all be found, each as a part of the stored line, for a record to answer the query; empty asks for all.

    Groups of digits that together make a long number (8 digits or more) are one term, so a phone or identity number
    is found however it is spaced.
    """
    return list(dict.fromkeys(_terms(query[:LONGEST_QUERY])))[:MOST_TERMS]


def is_signs_alone(query: str) -> bool:
    """Whether something is typed of which no record holds any part, such as "!!!" or a dash."""
    return bool(query.strip()) and not folded(query)


def _terms(text: str) -> list[str]:
    plain = _plain(text)
    terms: list[str] = []
    end = 0
    for number in _NUMBER.finditer(plain):
        terms += folded(plain[end : number.start()]).split()
        whole = folded_digits(number[0])
        starts_abroad = number[0].lstrip("(").startswith(("+", "00"))
        if starts_abroad or len(whole) >= WHOLE_NUMBER_DIGITS:
            terms.append(whole)
        else:
            terms += [group.lstrip("0") for group in folded(number[0]).split()]
        end = number.end()
    terms += folded(plain[end:]).split()
    return [term for term in terms if term]


def similarity(a: str, b: str) -> float:
    """How alike two names are, from 0.0 (nothing shared) to 1.0 (the same names in any order and spelling).

    Each name is paired with the one most like it on the other side, so swapped given and family names count as alike;
    a name without a partner (a middle name) counts half. An initial is rather like (0.8) a name it begins.
    """
    first, second = sorted((folded(a).split(), folded(b).split()))
    if not first or not second:
        return 0.0
    if sorted(first) == sorted(second):
        return 1.0
    pairs = sorted(
        ((_word_likeness(x, y), m, n) for m, x in enumerate(first) for n, y in enumerate(second)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    left, right = set(range(len(first))), set(range(len(second)))
    alike = weight = 0.0
    for likeness, m, n in pairs:
        if m in left and n in right:
            left.discard(m)
            right.discard(n)
            length = max(len(first[m]), len(second[n]))
            alike += likeness * length
            weight += length
    weight += sum(len(first[m]) for m in left) / 2 + sum(len(second[n]) for n in right) / 2
    joined = 0.99 if "".join(first) == "".join(second) else 0.0  # Anne Marie, Annemarie
    return max(alike / weight, joined)


def _word_likeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if min(len(a), len(b)) == 1:
        return 0.8 if a[0] == b[0] else 0.0
    matcher = SequenceMatcher(None, min(a, b), max(a, b), autojunk=False)  # its ratio depends on the order
    return matcher.ratio() if matcher.quick_ratio() >= 0.5 else 0.0
