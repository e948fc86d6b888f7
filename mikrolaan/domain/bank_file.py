"""A file of the bank as the office reads it: its payments, line by line, and what can be wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from hashlib import sha256

from mikrolaan.domain.errors import RuleError

# A payment takes about 250 bytes in OCR giro and BgMax, 3 000 in camt.053: so much is a file of 15 000 payments with
# every detail, many times what an office receives in a year. What is larger is another kind of file.
LARGEST_BYTES = 50_000_000
MOST_LINES = 100_000  # in one file: more than an office has in a lifetime, and what a window can hold
LONGEST_PLACE = 100  # of what says where in a file something is wrong; a name of an element may be of any length
MOST_PROBLEMS = 20  # told at once; a file of another kind would have one on every line
LONGEST_TEXT = 140  # of a name, an account or a message, as on a bank statement (ISO 20022, Max140Text)

Progress = Callable[[int, int], None]  # (done, total)
Cancelled = Callable[[], bool]


class BankFormat(Enum):
    """How a bank writes what came in."""

    OCR_GIRO = "ocr-giro"  # Norway, from Nets/Mastercard
    CAMT_053 = "camt.053"  # ISO 20022, statement of an account
    CAMT_054 = "camt.054"  # ISO 20022, notification of credits and debits
    BGMAX = "bgmax"  # Sweden, from Bankgirot
    CSV = "csv"  # a list exported from an internet bank


class LineKind(Enum):
    """What a line of the file means for a loan."""

    PAYMENT = "payment"  # money that came in
    TAKEN_BACK = "taken-back"  # the bank withdrew or corrected an earlier payment


class BankTrouble(Enum):
    """What is wrong with a bank file at one place."""

    UNREADABLE = "unreadable"  # the disk, the place or the right to read
    EMPTY = "empty"
    TOO_LARGE = "too large"  # expected: the most bytes that are read
    NOT_TEXT = "not text"  # a picture, a PDF, a packed file
    UNKNOWN_FORMAT = "unknown format"
    WRONG_ENCODING = "wrong encoding"  # a byte that means no letter
    CUT_OFF = "cut off"  # the end is missing; expected: what should have come
    WRONG_LENGTH = "wrong length"  # expected: how many characters a line has
    UNEXPECTED = "unexpected"  # another kind of line or element belongs here; expected: which
    MISSING = "missing"
    NOT_A_NUMBER = "not a number"
    NOT_A_DATE = "not a date"
    WRONG_SUM = "wrong sum"  # found: what the file says; expected: what its lines add up to
    WRONG_COUNT = "wrong count"  # the same for a number of lines
    NOT_XML = "not xml"  # the marks do not fit together
    FORBIDDEN_XML = "forbidden xml"  # declarations that can do harm and that no bank writes
    TOO_DEEP = "too deep"
    TOO_MANY = "too many"  # expected: the most that are read
    NO_LINES = "no lines"  # readable, and nothing in it says that money moved


@dataclass(frozen=True, slots=True)
class BankFileProblem:
    """One thing that is wrong: the line (from 1; 0 concerns the file), the field, what was found and expected."""

    trouble: BankTrouble
    line: int = 0
    field: str = ""
    found: str = ""
    expected: str = ""


@dataclass(eq=False)
class BankFileRefused(RuleError):
    """The file cannot be trusted, so nothing of it is used; every problem that was found says where it is."""

    problems: tuple[BankFileProblem, ...]
    field: str = "file"

    def __str__(self) -> str:
        first = self.problems[0]
        return f"line {first.line}: {first.field} {first.trouble.value}"


@dataclass(frozen=True, slots=True)
class BankLine:
    """One movement on the office's account; `amount_minor` is never negative, `kind` tells its direction.

    The currency is as the bank writes it (three letters), since a file may hold any.
    """

    number: int  # where it begins in the file: the line of text, from 1
    amount_minor: int
    currency: str
    booked_on: date
    reference: str = ""  # KID, OCR number or creditor reference; empty where there is none or several
    payer: str = ""
    payer_account: str = ""
    text: str = ""
    account: str = ""  # the office's own
    kind: LineKind = LineKind.PAYMENT
    bank_reference: str = ""  # what the bank calls the movement, where that is unique
    identity: str = ""  # the same for the same movement in any file; given by `identified`

    def __post_init__(self) -> None:
        if self.amount_minor <= 0:
            raise ValueError("a line without an amount is no movement")


@dataclass(frozen=True, slots=True)
class BankFile:
    """All that a file says, once it has proved to be whole."""

    format: BankFormat
    sha256: str  # of the bytes: the same file again is known by it
    lines: tuple[BankLine, ...]
    passed_over: int = 0  # debits, pending entries and entries of nothing: they settle no loan

    def total_minor(self, currency: str) -> int:
        """What came in by this file in that currency; what was taken back is not deducted."""
        return sum(
            line.amount_minor for line in self.lines if line.kind is LineKind.PAYMENT and line.currency == currency
        )

    def foreign(self, currency: str) -> int:
        """How many payments came in by this file in other currencies."""
        return sum(line.kind is LineKind.PAYMENT and line.currency != currency for line in self.lines)


def fingerprint(content: bytes) -> str:
    """The identity of a whole file: its SHA-256 in hex."""
    return sha256(content).hexdigest()


def identified(lines: Sequence[BankLine]) -> tuple[BankLine, ...]:
    """The lines with their identities: the hash of what the bank calls the movement, else of all it says.

    Lines that are equal in all of it are told apart by their order among themselves, so that two equal payments of
    one day stay two, in this file and in a later one that holds them again.
    """
    seen: Counter[str] = Counter()
    made = []
    for line in lines:
        told = _told(line)
        seen[told] += 1
        whole = f"{told}\x1f{seen[told]}"
        made.append(replace(line, identity=sha256(whole.encode()).hexdigest()))
    return tuple(made)


def _told(line: BankLine) -> str:
    what: list[str] = [line.kind.value, line.account, str(line.amount_minor), line.currency]
    if line.bank_reference:
        what.append(line.bank_reference)
    else:
        what += ["", line.booked_on.isoformat(), line.reference, line.payer_account, line.payer, line.text]
    return "\x1f".join(what)


class Problems:
    """Collects what is wrong with a file and stops the reading when there is too much of it."""

    def __init__(self) -> None:
        self._found: list[BankFileProblem] = []

    def note(
        self, trouble: BankTrouble, line: int = 0, field: str = "", *, found: object = "", expected: object = ""
    ) -> None:
        """Keep one problem; BankFileRefused when these are more than anybody reads."""
        self._found.append(_problem(trouble, line, field, found, expected))
        if len(self._found) >= MOST_PROBLEMS:
            self.refuse_if_any()

    def refuse_if_any(self) -> None:
        """Raise BankFileRefused when anything was noted."""
        if self._found:
            raise BankFileRefused(tuple(self._found))


def refuse(
    trouble: BankTrouble, line: int = 0, field: str = "", *, found: object = "", expected: object = ""
) -> BankFileRefused:
    """The refusal for one problem after which nothing more can be read."""
    return BankFileRefused((_problem(trouble, line, field, found, expected),))


def _problem(trouble: BankTrouble, line: int, field: str, found: object, expected: object) -> BankFileProblem:
    """A problem as an officer can read it, whatever stands in the file."""
    return BankFileProblem(trouble, line, field[:LONGEST_PLACE], str(found)[:60], str(expected)[:60])


def refuse_beyond(lines: Sequence[BankLine]) -> None:
    """Raise BankFileRefused when these are more lines than are read; called while they are gathered."""
    if len(lines) > MOST_LINES:
        raise refuse(BankTrouble.TOO_MANY, lines[-1].number, expected=MOST_LINES)


def shortened(text: str, longest: int = LONGEST_TEXT) -> str:
    """A text of the bank on one line, without what cannot be seen, and not longer than a statement prints."""
    seen = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(seen.split())[:longest].rstrip()
