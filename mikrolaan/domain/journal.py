"""The journal of a loan: what happened to it, in order; entries are added, never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.money import Money
from mikrolaan.domain.text import checked_text


class PaymentMeans(Enum):
    """How money came in."""

    BANK = "bank"
    CASH = "cash"
    OTHER = "other"


@dataclass(eq=False)
class AlreadyReversed(RuleError):
    """The entry was reversed before."""

    entry_id: UUID
    field: str = "entry"


@dataclass(eq=False)
class EntryUnknown(RuleError):
    """The journal holds no such entry, or one that cannot be reversed."""

    entry_id: UUID
    field: str = "entry"


@dataclass(frozen=True, slots=True)
class Recorded:
    """When an entry was typed (UTC) and by which officer."""

    at: datetime
    by: UUID


@dataclass(frozen=True, slots=True)
class Payout:
    """The office paid the borrower; `amount` is what left the account, after a deducted fee."""

    id: UUID
    on: date
    amount: Money
    recorded: Recorded


@dataclass(frozen=True, slots=True)
class Payment:
    """The borrower paid the office."""

    id: UUID
    on: date
    amount: Money
    recorded: Recorded
    means: PaymentMeans = PaymentMeans.BANK
    note: str = ""

    def __post_init__(self) -> None:
        if self.amount.minor <= 0:
            raise InvalidValue("amount", Problem.TOO_SMALL, self.amount.to_decimal() * 0)
        checked_text("note", self.note, longest=200)


@dataclass(frozen=True, slots=True)
class Reversal:
    """An earlier entry was wrong and counts no more; both stay visible."""

    id: UUID
    on: date
    of: UUID
    reason: str
    recorded: Recorded

    def __post_init__(self) -> None:
        checked_text("reason", self.reason, longest=500, needed=True, lines=True)


Entry = Payout | Payment | Reversal


@dataclass(frozen=True, slots=True)
class Journal:
    """The entries of one loan in the order they were typed."""

    entries: tuple[Entry, ...] = field(default=())

    def __post_init__(self) -> None:
        known: dict[UUID, Entry] = {}
        reversed_ids: set[UUID] = set()
        for entry in self.entries:
            if isinstance(entry, Reversal):
                if entry.of not in known or isinstance(known[entry.of], Reversal):
                    raise EntryUnknown(entry.of)
                if entry.of in reversed_ids:
                    raise AlreadyReversed(entry.of)
                reversed_ids.add(entry.of)
            known[entry.id] = entry

    def with_entry(self, entry: Entry) -> Journal:
        """The journal with one more entry at its end."""
        return Journal((*self.entries, entry))

    @property
    def reversed_ids(self) -> frozenset[UUID]:
        """The entries that count no more."""
        return frozenset(entry.of for entry in self.entries if isinstance(entry, Reversal))

    @property
    def standing(self) -> tuple[Payout | Payment, ...]:
        """The entries that count, by the day they happened; equal days by id, whatever the order of typing."""
        gone = self.reversed_ids
        counting = [entry for entry in self.entries if not isinstance(entry, Reversal) and entry.id not in gone]
        return tuple(sorted(counting, key=lambda entry: (entry.on, isinstance(entry, Payment), entry.id)))

    @property
    def payouts(self) -> tuple[Payout, ...]:
        """The payouts that count."""
        return tuple(entry for entry in self.standing if isinstance(entry, Payout))

    @property
    def payments(self) -> tuple[Payment, ...]:
        """The payments that count."""
        return tuple(entry for entry in self.standing if isinstance(entry, Payment))
