"""The lending ledger: what every loan posts in double entry, computed from its journal and the closings of the books.

How it is posted, and why, is in docs/decisions/0010-lending-ledger.md; in short:

- Every change of a loan's books is a voucher that sums to nothing, dated on the day on which it happened.
- Interest and fees of an instalment are income when they fall due, or when they are paid before that; late interest
  is income when it is paid. At the end of every month the interest that has run and is not due is posted as accrued
  income and taken back on the first of the next month.
- A day that is closed keeps what was posted on it. What is typed later about such a day is posted on the first day
  that is open: the difference between the books with and without that entry.
- A reversal posts the mirror of what it reverses: beside it while that day is open, else on the first open day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import takewhile
from uuid import UUID

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.journal import Entry, Journal, Reversal
from mikrolaan.domain.ledger_accounts import AccountRole
from mikrolaan.domain.ledger_replay import Booked, BookReplay, VoucherKind
from mikrolaan.domain.loan import Loan

_DAY = timedelta(days=1)
BEGINNING = date.min


@dataclass(frozen=True, slots=True)
class Closing:
    """The books are closed up to and including a day: nothing is posted there any more.

    `balances` is what every role's account stood at then, in minor units with debit positive, as proof for later.
    """

    id: UUID
    until: date
    at: datetime  # UTC; entries recorded later were not known
    by: UUID
    balances: Mapping[AccountRole, int]
    version: int = 0


@dataclass(eq=False)
class ClosedAlready(InvalidValue):
    """The books are closed up to that day or a later one; the limit is the first open day."""

    @property
    def first_open_on(self) -> date:
        """The first day that can be closed."""
        assert isinstance(self.limit, date)  # `check_closing` gives it
        return self.limit


def next_closing_after(closings: Sequence[Closing]) -> date:
    """The last day that is closed; `date.min` when none is."""
    return max((closing.until for closing in closings), default=BEGINNING)


def check_closing(until: date, closings: Sequence[Closing], today: date) -> None:
    """Raise where the books cannot be closed until that day: not past yet (InvalidValue), or closed (ClosedAlready)."""
    if until >= today:
        raise InvalidValue("until", Problem.TOO_LATE, today - _DAY)
    closed = next_closing_after(closings)
    if until <= closed:
        raise ClosedAlready("until", Problem.TOO_EARLY, closed + _DAY)


class Side(Enum):
    """The two sides of an account."""

    DEBIT = "debit"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a voucher: minor units on the account of a role, debit positive and credit negative."""

    role: AccountRole
    minor: int

    @property
    def side(self) -> Side:
        """On which side it stands."""
        return Side.DEBIT if self.minor > 0 else Side.CREDIT


@dataclass(frozen=True, slots=True)
class Voucher:
    """What one loan posts for one cause; its postings sum to nothing."""

    on: date
    kind: VoucherKind
    postings: tuple[Posting, ...]
    entry_id: UUID | None = None  # of the journal; None where a day, not an officer, moved the loan
    happened_on: date | None = None  # in a closed period; None where that is `on`

    def __post_init__(self) -> None:
        if sum(posting.minor for posting in self.postings):
            raise ValueError(f"voucher {self.kind.value} of {self.on}: debit and credit differ")

    def amount(self, role: AccountRole) -> int:
        """What the voucher posts on the account of a role, in minor units."""
        return sum(posting.minor for posting in self.postings if posting.role is role)

    @property
    def mirror(self) -> tuple[Posting, ...]:
        """The postings with debit and credit changed about."""
        return tuple(Posting(posting.role, -posting.minor) for posting in self.postings)


@dataclass(frozen=True, slots=True)
class Books:
    """The vouchers of one loan, by day, and the principal that the last of them leaves outstanding."""

    vouchers: tuple[Voucher, ...]
    outstanding_minor: int


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days that are told by one state of the journal: after `after`, to `last`."""

    after: date
    last: date
    known: int  # how many entries


def books(loan: Loan, until: date, closings: Sequence[Closing] = (), *, accruals_from: date = BEGINNING) -> Books:
    """The vouchers of a loan dated `until` or earlier.

    Accrued interest is left out for months that ended before `accruals_from`: it costs time and is gone the day after.
    """
    stretches = _stretches(loan, until, closings)
    vouchers: list[Voucher] = []
    outstanding, known = 0, 0
    for stretch in stretches:
        journal = _prefix(loan, stretch.known)
        if stretch.after > BEGINNING:
            vouchers += _corrections(loan, known, stretch)
        run = BookReplay(loan.terms, loan.rules, journal, stretch.last, max(accruals_from, stretch.after + _DAY))
        vouchers += [
            _voucher(booked)
            for booked in run.booked
            if stretch.after < booked.about <= stretch.last and booked.on <= until
        ]
        vouchers += _reversed_in(loan, stretch)
        outstanding, known = run.owed, stretch.known
    vouchers.sort(key=lambda voucher: voucher.on)
    return Books(tuple(vouchers), outstanding)


def _prefix(loan: Loan, count: int) -> Journal:
    entries = loan.journal.entries
    return loan.journal if count == len(entries) else Journal(entries[:count])


def _stretches(loan: Loan, until: date, closings: Sequence[Closing]) -> list[_Stretch]:
    """Which state of the journal tells which days; one stretch where nothing was typed late."""
    entries = loan.journal.entries
    happened = {entry.id: entry.on for entry in entries}
    stretches: list[_Stretch] = []
    after = BEGINNING
    for closing in sorted(closings, key=lambda closing: closing.until):
        known = _known_at(entries, closing.at)
        if closing.until >= until:
            stretches.append(_Stretch(after, until, known))
            break
        if any(_counts_from(entry, happened) <= closing.until for entry in entries[known:]):
            stretches.append(_Stretch(after, closing.until, known))
            after = closing.until
    else:
        stretches.append(_Stretch(after, until, len(entries)))
    return stretches


def _known_at(entries: Sequence[Entry], at: datetime) -> int:
    """How many entries were typed by that moment."""
    return len(list(takewhile(lambda entry: entry.recorded.at <= at, entries)))


def _counts_from(entry: Entry, happened: Mapping[UUID, date]) -> date:
    """The day from which an entry counts: a reversal counts from the day of what it reverses."""
    return happened[entry.of] if isinstance(entry, Reversal) else entry.on


def _corrections(loan: Loan, known: int, stretch: _Stretch) -> Iterator[Voucher]:
    """What was typed late: for every such entry, the closed days' books with it less those without it."""
    entries = loan.journal.entries
    happened = {entry.id: entry.on for entry in entries}
    before: dict[AccountRole, int] | None = None
    for place in range(known, stretch.known):
        entry = entries[place]
        counts_from = _counts_from(entry, happened)
        if counts_from > stretch.after:
            continue
        if before is None:
            before = _balances(loan, known, stretch.after)
        now = _balances(loan, place + 1, stretch.after)
        moved = {role: now.get(role, 0) - before.get(role, 0) for role in AccountRole}
        postings = tuple([Posting(role, minor) for role, minor in moved.items() if minor])
        if postings:
            yield Voucher(stretch.after + _DAY, VoucherKind.of(entry), postings, entry.id, counts_from)
        before = now


def _balances(loan: Loan, known: int, until: date) -> dict[AccountRole, int]:
    """What every account of one loan stands at, with so many entries known, accrued interest left out."""
    run = BookReplay(loan.terms, loan.rules, _prefix(loan, known), until, date.max)
    balances: dict[AccountRole, int] = {}
    for booked in run.booked:
        for role, minor in booked.amounts:
            balances[role] = balances.get(role, 0) + minor
    return balances


def _reversed_in(loan: Loan, stretch: _Stretch) -> Iterator[Voucher]:
    """Entries and their reversals that meet in open days: both are seen, and together move nothing."""
    entries = loan.journal.entries
    if not any(isinstance(entry, Reversal) for entry in entries[: stretch.known]):
        return
    known = {entry.id: entry for entry in entries}
    for place, entry in enumerate(entries[: stretch.known]):
        if not isinstance(entry, Reversal) or not stretch.after < known[entry.of].on <= stretch.last:
            continue
        gone = known[entry.of]
        run = BookReplay(loan.terms, loan.rules, _prefix(loan, place), gone.on, date.max)
        for booked in run.booked:
            if booked.entry_id == gone.id:
                first = _voucher(booked)
                yield first
                yield replace(first, kind=VoucherKind.REVERSAL, postings=first.mirror, entry_id=entry.id)


def _voucher(booked: Booked) -> Voucher:
    postings = tuple([Posting(role, minor) for role, minor in booked.amounts])
    return Voucher(booked.on, booked.kind, postings, booked.entry_id)
