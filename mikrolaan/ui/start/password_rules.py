"""Which passwords an office file takes, and how strong one is, in the officer's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from mikrolaan.domain.errors import RuleError

LEAST_CHARACTERS = 10
LEAST_SCORE = 2  # of zxcvbn's 0–4: about 10^8 guesses, each of which costs Argon2id's time
SEARCHED_CHARACTERS = 72  # of a long password; what follows only makes it stronger


class Weakness(Enum):
    """What makes a password easy to guess."""

    NONE = "none"
    OWN_NAME = "own name"  # the officer's or the office's name is in it
    COMMON_WORD = "common word"  # a word or name of the lists that guessers use
    KEYBOARD = "keyboard"  # keys beside each other
    REPEAT = "repeat"
    SEQUENCE = "sequence"  # abcd, 4321
    DATE = "date"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Strength:
    """How strong a password is: zxcvbn's score 0–4, its length, and its greatest weakness."""

    score: int
    characters: int
    weakness: Weakness

    @property
    def is_enough(self) -> bool:
        """Whether the office file takes it."""
        return self.score >= LEAST_SCORE and self.characters >= LEAST_CHARACTERS


@dataclass(eq=False)
class WeakPassword(RuleError):
    """The password is too short or too easily guessed."""

    least_characters: int | None  # given when it is too short
    field: str = "new_password"


@dataclass(eq=False)
class PasswordsDiffer(RuleError):
    """The repeated password is not the first."""

    field: str = "repeated_password"


_WEAKNESS_OF_PATTERN = {
    "dictionary": Weakness.COMMON_WORD,
    "spatial": Weakness.KEYBOARD,
    "repeat": Weakness.REPEAT,
    "sequence": Weakness.SEQUENCE,
    "date": Weakness.DATE,
    "regex": Weakness.DATE,
}


def strength(password: str, own_words: Sequence[str] = ()) -> Strength:
    """How strong the password is; `own_words` (names of officer and office) count as easily guessed."""
    if not password:
        return Strength(0, 0, Weakness.SHORT)
    from zxcvbn import zxcvbn  # its word lists take time to load

    words = [part for text in own_words for part in (text, *text.split()) if len(part) > 2]
    found = zxcvbn(password[:SEARCHED_CHARACTERS], words)
    return Strength(int(found["score"]), len(password), _weakness(found["sequence"], password))


def _weakness(sequence: Sequence[dict[str, object]], password: str) -> Weakness:
    """The pattern that covers the most of the password."""
    guessed = [match for match in sequence if match["pattern"] in _WEAKNESS_OF_PATTERN and len(str(match["token"])) > 2]
    if any(match.get("dictionary_name") == "user_inputs" for match in guessed):
        return Weakness.OWN_NAME
    if guessed:
        longest = max(guessed, key=lambda match: len(str(match["token"])))
        return _WEAKNESS_OF_PATTERN[str(longest["pattern"])]
    return Weakness.SHORT if len(password) < LEAST_CHARACTERS else Weakness.NONE


def check_new_password(password: str, own_words: Sequence[str] = ()) -> str:
    """The password itself; WeakPassword where the office file does not take it."""
    found = strength(password, own_words)
    if found.characters < LEAST_CHARACTERS:
        raise WeakPassword(LEAST_CHARACTERS)
    if found.score < LEAST_SCORE:
        raise WeakPassword(None)
    return password
