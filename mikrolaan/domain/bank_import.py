"""A bank file that was taken into the office's books: when, by whom, and which of its lines became payments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from uuid import UUID

from mikrolaan.domain.bank_file import BankFormat, BankLine
from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.journal import Recorded
from mikrolaan.domain.money import Money
from mikrolaan.domain.text import checked_text

LONGEST_FILE_NAME = 255


@dataclass(eq=False)
class ImportAlreadyReversed(RuleError):
    """The whole import was reversed before."""

    import_id: UUID
    field: str = "import"


@dataclass(eq=False)
class NothingAccepted(RuleError):
    """No line of the file was accepted, so there is nothing to save."""

    field: str = "lines"


@dataclass(eq=False)
class LineTaken(RuleError):
    """A line that was to be saved became a payment meanwhile, by the same or another file."""

    line: int
    field: str = "lines"
    place: int | None = None  # among the lines of the file, where these are on the screen


@dataclass(eq=False)
class PaidMeanwhile(RuleError):
    """A line that was to be saved may be a payment that was taken after the file was looked at; nothing was changed."""

    line: int  # in the file
    loan_number: int
    paid_on: date
    field: str = "lines"
    place: int | None = None


@dataclass(eq=False)
class LineRefused(RuleError):
    """One line cannot become a payment on that loan, or its payment cannot be reversed; nothing was changed."""

    line: int  # in the file
    loan_number: int
    reason: Exception
    field: str = "lines"
    place: int | None = None


@dataclass(frozen=True, slots=True)
class ImportReversed:
    """When the whole import was reversed, by whom and why."""

    recorded: Recorded
    reason: str

    def __post_init__(self) -> None:
        checked_text("reason", self.reason, longest=500, needed=True, lines=True)


@dataclass(frozen=True, slots=True)
class BankImport:
    """One file that was imported; what is kept of its lines is in `ImportedLine`."""

    id: UUID
    file_name: str
    sha256: str
    format: BankFormat
    recorded: Recorded
    lines: int  # that moved money in or took it back
    accepted: int  # that became payments
    total: Money  # what came in by the file in the office's currency
    accepted_total: Money
    reversed: ImportReversed | None = None
    version: int = 0

    def __post_init__(self) -> None:
        checked_text("file_name", self.file_name, longest=LONGEST_FILE_NAME)

    def with_reversal(self, done: ImportReversed) -> BankImport:
        """The import after everything of it was reversed; once only."""
        if self.reversed is not None:
            raise ImportAlreadyReversed(self.id)
        return replace(self, reversed=done)


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """What is kept of one line: enough to know it again, and nothing that says who paid.

    `loan_id` and `entry_id` are None where the line was left out.
    """

    position: int
    line: int  # in the file
    identity: str
    amount: Money | None  # None in a currency that no loan has
    booked_on: date
    payer_mark: str
    loan_id: UUID | None = None
    entry_id: UUID | None = None


def payer_mark(line: BankLine) -> str:
    """By which an account that paid before is known again without being kept; empty where the bank names none."""
    account = "".join(letter for letter in line.payer_account.upper() if letter.isalnum())
    return sha256(f"payer:{account}".encode()).hexdigest()[:32] if account else ""
