"""The journal of a loan: what happened to it, in order; entries are added, never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from uuid import UUID

from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.loan_rules import EarlyRepayment
from mikrolaan.domain.money import Money
from mikrolaan.domain.terms import LARGEST_RATE_PERCENT, MOST_INSTALMENTS, MOST_RATE_DECIMALS, Terms
from mikrolaan.domain.text import checked_text

LONGEST_NOTE = 500
LONGEST_PAYEE = 120


class PaymentMeans(Enum):
    """How money came in."""

    BANK = "bank"
    CASH = "cash"
    OTHER = "other"


class HolidayInterest(Enum):
    """What becomes of the interest of a payment holiday."""

    CARRIED = "carried"  # runs on, and is paid with the first instalment after it
    CAPITALISED = "capitalised"  # added to the principal on each due date that is left out
    WAIVED = "waived"  # not asked for


class Waived(Enum):
    """What a waiver lets go."""

    LATE_INTEREST = "late-interest"
    INTEREST = "interest"
    FEES = "fees"


class NewPlanFor(Enum):
    """Why what is outstanding is repaid by another plan."""

    RESTRUCTURING = "restructuring"  # the borrower could not keep the old one: marked, and kept visible for reports
    DUE_DAY = "due-day"  # only the day of the month is another; everything else stays as agreed
    LENT_LESS = "lent-less"  # no more will be paid out: the plan is of what was lent, and nobody failed to keep one


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


@dataclass(eq=False)
class EntryRefused(InvalidValue):
    """An entry of the journal cannot stand beside the others: its field, what is wrong, the limit and its id."""

    entry_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    """When an entry was typed (UTC) and by which officer."""

    at: datetime
    by: UUID


@dataclass(frozen=True, slots=True)
class Payout:
    """The office paid the borrower, or `payee`, a supplier; `amount` is what left the account, after a deducted fee."""

    id: UUID
    on: date
    amount: Money
    recorded: Recorded
    note: str = ""
    payee: str = ""  # empty: the borrower

    def __post_init__(self) -> None:
        _positive(self.amount)
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)
        checked_text("payee", self.payee, longest=LONGEST_PAYEE)


@dataclass(frozen=True, slots=True)
class Payment:
    """The borrower paid the office; `early_repayment` None leaves what is beyond to the product's rule."""

    id: UUID
    on: date
    amount: Money
    recorded: Recorded
    means: PaymentMeans = PaymentMeans.BANK
    note: str = ""
    early_repayment: EarlyRepayment | None = None

    def __post_init__(self) -> None:
        _positive(self.amount)
        checked_text("note", self.note, longest=200)


@dataclass(frozen=True, slots=True)
class Fee:
    """The borrower owes a fee beyond the plan, such as for a reminder."""

    id: UUID
    on: date
    amount: Money
    due_on: date
    recorded: Recorded
    note: str = ""

    def __post_init__(self) -> None:
        _positive(self.amount)
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)


@dataclass(frozen=True, slots=True)
class RateChange:
    """Another annual rate from that day on; the instalments from the one in which it falls are recomputed."""

    id: UUID
    on: date
    annual_rate_percent: Decimal
    recorded: Recorded
    note: str = ""
    told_on: date | None = None  # the day the borrower was told; None where that is not known

    def __post_init__(self) -> None:
        rate, name = self.annual_rate_percent, "annual_rate_percent"
        if not rate.is_finite():
            raise InvalidValue(name, Problem.NOT_A_NUMBER)
        if not 0 <= rate <= LARGEST_RATE_PERCENT:
            limits = (Problem.TOO_SMALL, Decimal(0)) if rate < 0 else (Problem.TOO_LARGE, LARGEST_RATE_PERCENT)
            raise InvalidValue(name, *limits)
        if rate != rate.quantize(Decimal(1).scaleb(-MOST_RATE_DECIMALS)):
            raise InvalidValue(name, Problem.TOO_MANY_DECIMALS, MOST_RATE_DECIMALS)
        if self.told_on is not None and self.told_on > self.on:
            raise InvalidValue("told_on", Problem.TOO_LATE, self.on)
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)


@dataclass(frozen=True, slots=True)
class NewPlan:
    """What is outstanding is repaid by other terms; their principal is what they begin with.

    A principal above what is outstanding takes in unpaid interest and fees.
    """

    id: UUID
    on: date
    terms: Terms
    recorded: Recorded
    note: str = ""
    purpose: NewPlanFor = NewPlanFor.RESTRUCTURING

    def __post_init__(self) -> None:
        if self.terms.tranches:
            raise InvalidValue("terms.tranches", Problem.NOT_TOGETHER, "new-plan")
        if self.terms.is_agreed:  # what is outstanding then may differ, and the amounts would no longer repay it
            raise InvalidValue("terms.agreed_principals", Problem.NOT_TOGETHER, "new-plan")
        if self.terms.first_nominal_due_on <= self.on:
            raise InvalidValue("terms.first_due_on", Problem.TOO_EARLY, self.on)
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)


@dataclass(frozen=True, slots=True)
class PaymentHoliday:
    """The next unpaid instalments that fall due after that day are put off; the plan ends as many periods later."""

    id: UUID
    on: date
    instalments: int
    interest: HolidayInterest
    recorded: Recorded
    note: str = ""

    def __post_init__(self) -> None:
        if self.instalments < 1:
            raise InvalidValue("instalments", Problem.TOO_SMALL, 1)
        if self.instalments > MOST_INSTALMENTS:
            raise InvalidValue("instalments", Problem.TOO_LARGE, MOST_INSTALMENTS)
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)


@dataclass(frozen=True, slots=True)
class Waiver:
    """The office lets go of interest, late interest or fees that it could ask for."""

    id: UUID
    on: date
    of: Waived
    amount: Money
    recorded: Recorded
    note: str = ""

    def __post_init__(self) -> None:
        _positive(self.amount)
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Principal that the office no longer expects; written off to nothing, interest and fees are let go too."""

    id: UUID
    on: date
    amount: Money
    recorded: Recorded
    note: str = ""

    def __post_init__(self) -> None:
        _positive(self.amount)
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)


@dataclass(frozen=True, slots=True)
class Recovery:
    """Money that came in on what was written off."""

    id: UUID
    on: date
    amount: Money
    recorded: Recorded
    note: str = ""

    def __post_init__(self) -> None:
        _positive(self.amount)
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)


@dataclass(frozen=True, slots=True)
class Refund:
    """Credit that the office paid back."""

    id: UUID
    on: date
    amount: Money
    recorded: Recorded
    note: str = ""

    def __post_init__(self) -> None:
        _positive(self.amount)
        checked_text("note", self.note, longest=LONGEST_NOTE, lines=True)


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


Happening = (
    Payout | RateChange | PaymentHoliday | Fee | Waiver | Payment | NewPlan | WriteOff | Recovery | Refund
)  # in the order in which entries of one day count
Entry = Happening | Reversal

_ORDER: dict[type[Happening], int] = {kind: place for place, kind in enumerate(Happening.__args__)}


@dataclass(frozen=True, slots=True)
class Journal:
    """The entries of one loan in the order they were typed."""

    entries: tuple[Entry, ...] = field(default=())
    _standing: tuple[Happening, ...] = field(init=False, repr=False, compare=False)
    _payouts: tuple[Payout, ...] = field(init=False, repr=False, compare=False)

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
        counting = [e for e in self.entries if not isinstance(e, Reversal) and e.id not in reversed_ids]
        counting.sort(key=lambda entry: (entry.on, _ORDER[type(entry)], entry.id.int))
        object.__setattr__(self, "_standing", tuple(counting))
        object.__setattr__(self, "_payouts", tuple([entry for entry in counting if isinstance(entry, Payout)]))

    def with_entry(self, entry: Entry) -> Journal:
        """The journal with one more entry at its end."""
        return Journal((*self.entries, entry))

    def with_last_as(self, entry: Happening) -> Journal:
        """The same journal with its last entry told otherwise: of the same identity, kind and day, so nothing is sorted."""
        last = self.entries[-1]
        assert (entry.id, type(entry), entry.on) == (last.id, type(last), last.on)
        journal = object.__new__(Journal)
        object.__setattr__(journal, "entries", (*self.entries[:-1], entry))
        object.__setattr__(journal, "_standing", tuple([entry if known is last else known for known in self._standing]))
        object.__setattr__(
            journal, "_payouts", tuple([known for known in journal._standing if isinstance(known, Payout)])
        )
        return journal

    @property
    def reversed_ids(self) -> frozenset[UUID]:
        """The entries that count no more."""
        return frozenset(entry.of for entry in self.entries if isinstance(entry, Reversal))

    @property
    def standing(self) -> tuple[Happening, ...]:
        """The entries that count, by the day they happened, whatever the order of typing.

        On one day payouts come first, then what changes rate and plan, fees and waivers, payments, a new plan of what
        is outstanding after them, and last what is written off, recovered and refunded; two of a kind by id, which
        `next_entry_id` makes tell the order of typing.
        """
        return self._standing

    @property
    def payouts(self) -> tuple[Payout, ...]:
        """The payouts that count."""
        return self._payouts

    @property
    def payments(self) -> tuple[Payment, ...]:
        """The payments that count."""
        return tuple(entry for entry in self._standing if isinstance(entry, Payment))

    @property
    def last_on(self) -> date | None:
        """The day of the latest entry that counts."""
        return self._standing[-1].on if self._standing else None


def amount_of(entry: Entry) -> Money | None:
    """The amount of an entry; None where it moves no money by itself."""
    if isinstance(entry, Reversal | RateChange | NewPlan | PaymentHoliday):
        return None
    return entry.amount


def _positive(amount: Money) -> None:
    if amount.minor <= 0:
        raise InvalidValue("amount", Problem.TOO_SMALL, Decimal("0.01"))
