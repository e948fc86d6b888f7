"""The accounts of the lending ledger: what each is for, and the number and name that the office gives it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from uuid import UUID, uuid4

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.identity import Country
from mikrolaan.domain.text import checked_text
from mikrolaan.domain.typed_digits import are_digits
from mikrolaan.paths import resource

LONGEST_NUMBER = 10  # digits; Norwegian and Swedish charts use four, main accounts with departments more
LONGEST_NAME = 80


class AccountRole(Enum):
    """What an account is for; the order is the order of a trial balance where numbers do not decide."""

    CASH = "cash"  # payments in notes and coins
    BANK = "bank"  # payouts, payments, recoveries and refunds by bank
    OTHER_MEANS = "other means"  # payments that came in neither way, until they are settled elsewhere
    LOANS = "loans"  # outstanding principal of all loans
    INTEREST_DUE = "interest due"  # fallen due and unpaid; late interest left out
    FEES_DUE = "fees due"  # charged or fallen due, and unpaid
    ACCRUED_INTEREST = "accrued interest"  # run and not yet due, at the end of a month
    CREDIT = "credit"  # what borrowers paid beyond what they owe
    EARLIER_RESULT = "earlier result"  # income and costs of earlier calendar years
    INTEREST = "interest"
    LATE_INTEREST = "late interest"
    FEES = "fees"
    RECOVERED = "recovered"  # came in on what was written off
    WAIVED = "waived"  # interest and fees let go
    LOSS = "loss"  # written off

    @property
    def is_result(self) -> bool:
        """Whether it is income or cost, which begins at nothing every calendar year."""
        return self in _RESULT


_RESULT = frozenset(
    {
        AccountRole.INTEREST,
        AccountRole.LATE_INTEREST,
        AccountRole.FEES,
        AccountRole.RECOVERED,
        AccountRole.WAIVED,
        AccountRole.LOSS,
    }
)


@dataclass(eq=False)
class AccountShared(InvalidValue):
    """The loans have an account of their own, so that it can be compared with them; `limit` is the number."""


@dataclass(frozen=True, slots=True)
class LedgerAccount:
    """One account: number (digits) and name as the office's accounting has them; version 0 is the standard chart's."""

    role: AccountRole
    number: str
    name: str
    id: UUID
    version: int = 0

    def __post_init__(self) -> None:
        if not self.number:
            raise InvalidValue("number", Problem.MISSING)
        if not are_digits(self.number):
            raise InvalidValue("number", Problem.MALFORMED)
        if len(self.number) > LONGEST_NUMBER:
            raise InvalidValue("number", Problem.TOO_LONG, LONGEST_NUMBER)
        checked_text("name", self.name, longest=LONGEST_NAME, needed=True)


@dataclass(frozen=True, slots=True)
class Chart:
    """The account of every role; several roles may share one, but not with the loans."""

    accounts: tuple[LedgerAccount, ...]  # one per role, in the order of AccountRole

    def __post_init__(self) -> None:
        if [account.role for account in self.accounts] != list(AccountRole):
            raise ValueError("a chart has one account for every role")
        of_loans = self.of(AccountRole.LOANS).number
        if sum(account.number == of_loans for account in self.accounts) > 1:
            raise AccountShared("number", Problem.NOT_TOGETHER, of_loans)

    def of(self, role: AccountRole) -> LedgerAccount:
        """The account of a role."""
        return self.accounts[list(AccountRole).index(role)]

    def with_account(self, account: LedgerAccount) -> Chart:
        """The chart with another account for one role; AccountShared where the loans would share theirs."""
        return replace(self, accounts=tuple([account if a.role is account.role else a for a in self.accounts]))

    def with_accounts(self, accounts: Iterable[LedgerAccount]) -> Chart:
        """The chart with other accounts for some roles, whatever the order in which they come."""
        other = {account.role: account for account in accounts}
        return replace(self, accounts=tuple([other.get(account.role, account) for account in self.accounts]))


@lru_cache(maxsize=4)
def standard_chart(country: Country) -> Chart:
    """The chart an office of that country begins with (`resources/ledger`, where each line names its source)."""
    with resource("ledger", f"{country.value.lower()}.tsv").open(encoding="utf-8", newline="") as file:
        rows = {row["role"]: row for row in csv.DictReader(file, delimiter="\t")}
    return Chart(
        tuple(
            [LedgerAccount(role, rows[role.value]["number"], rows[role.value]["name"], uuid4()) for role in AccountRole]
        )
    )
