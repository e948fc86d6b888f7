"""The trial balance: what every account of the lending ledger stood at, moved, and stands at, for a period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.ledger import Books, Closing
from mikrolaan.domain.ledger_accounts import AccountRole, Chart
from mikrolaan.domain.money import Currency, Money

LONGEST_PERIOD_DAYS = 3660  # ten years
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidValue("last", Problem.TOO_EARLY, self.first)
        if (self.last - self.first).days > LONGEST_PERIOD_DAYS:
            raise InvalidValue("last", Problem.TOO_LATE, self.first + timedelta(days=LONGEST_PERIOD_DAYS))

    @property
    def day_before(self) -> date:
        """The day whose balances the period begins with."""
        return self.first - _DAY


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """One account in a period; debit balances are positive, debit and credit are what was posted on each side."""

    number: str
    name: str
    roles: tuple[AccountRole, ...]
    opening: Money
    debit: Money
    credit: Money

    @property
    def closing(self) -> Money:
        """What the account stands at on the last day."""
        return self.opening + self.debit - self.credit


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Every account of a period by number, and the two proofs: debit equals credit, and the loans their account."""

    period: Period
    rows: tuple[AccountBalance, ...]
    total: AccountBalance  # its opening and closing are what is wrong: nothing in books that balance
    loans_account: Money  # what the account of the loans stands at
    outstanding: Money  # the outstanding principal of all loans, added up
    loans: int  # how many were added up
    until: date  # the last day that is told: of the period, or today where that comes first
    closed_until: date | None  # the last closed day, where it lies in the period or after it
    differs_from_closing: tuple[date, ...] = ()  # closings whose balances are not found again

    @property
    def difference(self) -> Money:
        """By how much debit and credit differ; nothing in books that balance."""
        return self.total.debit - self.total.credit + self.total.opening

    @property
    def loans_difference(self) -> Money:
        """By how much the account of the loans differs from the loans."""
        return self.loans_account - self.outstanding


def role_in_opening(role: AccountRole, on: date, first: date) -> AccountRole:
    """The role in whose opening balance of `first` a posting stands: results of earlier years are carried over."""
    return AccountRole.EARLIER_RESULT if role.is_result and on.year < first.year else role


@dataclass(slots=True)
class Tally:
    """Adds up the books of loan after loan for one period."""

    period: Period
    closings: Sequence[Closing] = ()
    loans: int = 0
    outstanding_minor: int = 0
    _opening: dict[AccountRole, int] = field(default_factory=lambda: dict.fromkeys(AccountRole, 0))
    _debit: dict[AccountRole, int] = field(default_factory=lambda: dict.fromkeys(AccountRole, 0))
    _credit: dict[AccountRole, int] = field(default_factory=lambda: dict.fromkeys(AccountRole, 0))
    _at_closings: dict[date, dict[AccountRole, int]] = field(init=False)

    def __post_init__(self) -> None:
        within = [c.until for c in self.closings if self.period.day_before <= c.until <= self.period.last]
        self._at_closings = {until: dict.fromkeys(AccountRole, 0) for until in within}

    @property
    def accruals_from(self) -> date:
        """The first month end whose accrued interest this period needs."""
        return self.period.day_before

    def add(self, books: Books) -> None:
        """Count one loan's books, computed until the last day of the period or an earlier one."""
        self.loans += 1
        self.outstanding_minor += books.outstanding_minor
        first, opening, debit, credit = self.period.first, self._opening, self._debit, self._credit
        for voucher in books.vouchers:
            on = voucher.on
            for posting in voucher.postings:
                role, minor = posting.role, posting.minor
                if on >= first:
                    if minor > 0:
                        debit[role] += minor
                    else:
                        credit[role] -= minor
                else:
                    opening[role_in_opening(role, on, first)] += minor
            for until, balances in self._at_closings.items():
                if on <= until:
                    for posting in voucher.postings:
                        balances[posting.role] += posting.minor

    def balances_at(self, until: date) -> dict[AccountRole, int]:
        """What every role's account stands at on the day of a closing; results of all years by themselves."""
        return {role: minor for role, minor in self._at_closings[until].items() if minor}

    def differing(self) -> tuple[date, ...]:
        """The closings within the period, or on the day before it, whose balances are not found again."""
        kept = {closing.until: closing.balances for closing in self.closings}
        return tuple(until for until in sorted(self._at_closings) if self.balances_at(until) != dict(kept[until]))

    def trial_balance(self, chart: Chart, currency: Currency, until: date) -> TrialBalance:
        """The balance by accounts, from books computed until that day; those that nothing was ever posted on are left out."""
        numbers: dict[str, list[AccountRole]] = {}
        for account in chart.accounts:
            role = account.role
            if self._opening[role] or self._debit[role] or self._credit[role]:
                numbers.setdefault(account.number, []).append(role)

        def row(number: str, name: str, roles: Iterable[AccountRole]) -> AccountBalance:
            of = tuple(roles)
            sums = [sum(side[role] for role in of) for side in (self._opening, self._debit, self._credit)]
            return AccountBalance(number, name, of, *[Money(minor, currency) for minor in sums])

        by_number = sorted(numbers.items(), key=lambda pair: (pair[0].ljust(12, "0"), pair[0]))
        closed = max((closing.until for closing in self.closings), default=None)
        loans_row = row("", "", [AccountRole.LOANS])
        return TrialBalance(
            period=self.period,
            rows=tuple([row(number, chart.of(roles[0]).name, roles) for number, roles in by_number]),
            total=row("", "", AccountRole),
            loans_account=loans_row.closing,
            outstanding=Money(self.outstanding_minor, currency),
            loans=self.loans,
            until=until,
            closed_until=closed if closed is not None and closed >= self.period.first else None,
            differs_from_closing=self.differing(),
        )
