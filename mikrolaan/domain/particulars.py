"""The particulars of a statement: each instalment as it stands, where each payment went and what each entry moved.

They are kept as whole numbers, and the amounts are made when somebody asks for them: most who want a statement read a
figure or two, and making frozen objects of everything takes as long as replaying the loan. So it is with the entries: where each
payment went is gathered when somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias
from uuid import UUID

from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.plan import Instalment


@dataclass(frozen=True, slots=True)
class Settled:
    """One instalment as it stands, with what has been paid of it.

    Principal repaid early stands with the instalment in whose period it came, a fee beyond the plan with the first
    instalment that falls due with it or later; what was let go is no longer asked for.
    """

    instalment: Instalment
    paid_principal: Money
    paid_interest: Money
    paid_fees: Money
    paid_on: date | None  # the day the last of it was paid; None while something is left
    paid_late_interest: Money
    begins_on: date  # of its period
    capitalised: Money  # interest that will join the principal on its due date, after `as_of`

    @property
    def paid(self) -> Money:
        """All that has been paid of it, late interest left out."""
        paid = self.paid_principal.minor + self.paid_interest.minor + self.paid_fees.minor
        return Money(paid, self.paid_principal.currency)

    @property
    def unpaid(self) -> Money:
        """What is left to pay of it, late interest left out."""
        return self.instalment.due - self.paid

    @property
    def unpaid_without_fees(self) -> Money:
        """What is left to pay of its principal and interest."""
        return self.unpaid - (self.instalment.fees - self.paid_fees)


@dataclass(frozen=True, slots=True)
class Share:
    """The part of one payment that went to one instalment."""

    instalment_number: int
    fees: Money
    interest: Money
    principal: Money
    late_interest: Money

    @property
    def amount(self) -> Money:
        """All of the share."""
        return self.fees + self.interest + self.principal + self.late_interest


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where one payment went; shares and `to_credit` add up to the payment."""

    payment_id: UUID
    shares: tuple[Share, ...]
    to_credit: Money  # what was not needed, refunded since or not
    early: Money  # of the principal, what nobody had asked for yet


@dataclass(frozen=True, slots=True)
class Effect:
    """What one entry moved: paid out, asked for, settled, let go, written off or given back, by part."""

    entry_id: UUID
    fees: Money
    late_interest: Money
    interest: Money
    principal: Money
    credit: Money


class SettledMinor(NamedTuple):
    """A `Settled` in minor units."""

    number: int
    begins_on: date
    due_on: date
    principal: int
    interest: int
    fees: int
    balance: int
    paid_principal: int
    paid_interest: int
    paid_fees: int
    paid_late: int
    paid_on: date | None
    capitalised: int
    left: int  # to pay of it, late interest left out


class AllocationMinor(NamedTuple):
    """An `Allocation` in minor units."""

    entry_id: UUID
    uses: tuple[tuple[int, int, int], ...]  # number of the instalment, place of the part, amount
    to_credit: int
    early: int

    @property
    def parts(self) -> list[int]:
        """Its effect: fees, late interest, interest, principal, credit."""
        parts = [0, 0, 0, 0, self.to_credit]
        for _, place, amount in self.uses:
            parts[place] += amount
        return parts


class EffectMinor(NamedTuple):
    """The `Effect` of an entry that is no payment, in minor units."""

    entry_id: UUID
    parts: tuple[int, ...]  # fees, late interest, interest, principal, credit


Lines: TypeAlias = tuple[SettledMinor, ...]
Entries: TypeAlias = tuple[AllocationMinor | EffectMinor, ...]


class _Amounts(dict[int, Money]):
    """Amounts by their minor units, each made once: most come again, and none more than zero."""

    def __init__(self, currency: Currency) -> None:
        super().__init__()
        self._currency = currency

    def __missing__(self, minor: int) -> Money:
        made = self[minor] = Money(minor, self._currency)
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Particulars:
    """What a statement tells line by line and entry by entry; equal where it tells the same."""

    currency: Currency
    read_lines: Callable[[], Lines] = tuple  # gives `lines` when they are first asked for
    read_entries: Callable[[], Entries] = tuple  # gives `entries` when they are first asked for
    _lines: Lines | None = field(default=None, init=False, repr=False)
    _entries: Entries | None = field(default=None, init=False, repr=False)
    _amounts: _Amounts = field(init=False, repr=False)
    _rows: tuple[Settled, ...] | None = field(default=None, init=False, repr=False)
    _allocations: tuple[Allocation, ...] | None = field(default=None, init=False, repr=False)
    _effects: tuple[Effect, ...] | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_amounts", _Amounts(self.currency))

    def __reduce__(self) -> tuple[Callable[..., Particulars], tuple[Currency, Lines, Entries]]:
        """A copy elsewhere has everything gathered."""
        return _gathered, (self.currency, self.lines, self.entries)

    @property
    def lines(self) -> Lines:
        """Every instalment as it stands, in whole numbers."""
        if self._lines is None:
            object.__setattr__(self, "_lines", self.read_lines())
        assert self._lines is not None
        return self._lines

    @property
    def entries(self) -> Entries:
        """Those that count, in the order in which they count."""
        if self._entries is None:
            object.__setattr__(self, "_entries", self.read_entries())
        assert self._entries is not None
        return self._entries

    @property
    def payments(self) -> tuple[AllocationMinor, ...]:
        """Where each payment went, in minor units."""
        return tuple([entry for entry in self.entries if isinstance(entry, AllocationMinor)])

    @property
    def rows(self) -> tuple[Settled, ...]:
        """Every instalment as it stands."""
        if self._rows is None:
            object.__setattr__(self, "_rows", tuple([self.settled(line) for line in self.lines]))
        assert self._rows is not None
        return self._rows

    @property
    def allocations(self) -> tuple[Allocation, ...]:
        """Where each payment went."""
        if self._allocations is None:
            object.__setattr__(self, "_allocations", tuple([self._allocation(used) for used in self.payments]))
        assert self._allocations is not None
        return self._allocations

    @property
    def effects(self) -> tuple[Effect, ...]:
        """What each entry moved."""
        if self._effects is None:
            object.__setattr__(self, "_effects", tuple([self._effect(entry) for entry in self.entries]))
        assert self._effects is not None
        return self._effects

    def settled(self, line: SettledMinor) -> Settled:
        """One of the lines as an instalment with its amounts."""
        amounts = self._amounts
        asked = Instalment(
            line.number,
            line.due_on,
            amounts[line.principal],
            amounts[line.interest],
            amounts[line.fees],
            amounts[line.balance],
        )
        return Settled(
            asked,
            amounts[line.paid_principal],
            amounts[line.paid_interest],
            amounts[line.paid_fees],
            line.paid_on,
            amounts[line.paid_late],
            line.begins_on,
            amounts[line.capitalised],
        )

    def _allocation(self, used: AllocationMinor) -> Allocation:
        amounts, parts = self._amounts, dict[int, list[int]]()
        for number, place, amount in used.uses:
            if number not in parts:
                parts[number] = [0, 0, 0, 0]
            parts[number][place] += amount
        shares = [
            Share(number, amounts[fees], amounts[interest], amounts[principal], amounts[late])
            for number, (fees, late, interest, principal) in sorted(parts.items())
        ]
        return Allocation(used.entry_id, tuple(shares), amounts[used.to_credit], amounts[used.early])

    def _effect(self, entry: AllocationMinor | EffectMinor) -> Effect:
        amounts = self._amounts
        fees, late, interest, principal, credit = entry.parts
        return Effect(
            entry.entry_id, amounts[fees], amounts[late], amounts[interest], amounts[principal], amounts[credit]
        )

    def __eq__(self, other: object) -> bool:
        """Compares what is told: a payment may have gone to one instalment in more than one step."""
        if not isinstance(other, Particulars):
            return NotImplemented
        return (self.rows, self.allocations, self.effects) == (other.rows, other.allocations, other.effects)

    def __hash__(self) -> int:
        return hash((self.rows, self.allocations, self.effects))


def _gathered(currency: Currency, lines: Lines, entries: Entries) -> Particulars:
    return Particulars(currency, lambda: lines, lambda: entries)
