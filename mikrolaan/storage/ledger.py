"""The lending ledger in the office file: accounts that the office named, closings, and every loan that was paid out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from mikrolaan.domain.ledger import Closing
from mikrolaan.domain.ledger_accounts import AccountRole, LedgerAccount
from mikrolaan.domain.loan import Loan
from mikrolaan.storage.audit import canonical
from mikrolaan.storage.ledger_tables import ledger_accounts, ledger_closings
from mikrolaan.storage.loans import row_to_loan
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.rules_in_force import RulesInForce
from mikrolaan.storage.tables import borrowers, journal_entries, loans

ACCOUNT_KIND = "ledger account"
CLOSING_KIND = "ledger closing"
CHUNK = 200  # loans read at a time


class SqlLedger:
    """Keeps what the office says of its ledger; the vouchers themselves are computed from the loans."""

    def __init__(self, work: Work, rules: RulesInForce) -> None:
        self._work, self._rules = work, rules

    def accounts(self) -> Sequence[LedgerAccount]:
        rows = self._work.connection.execute(select(ledger_accounts)).all()
        return [row_to_account(row) for row in rows]

    def keep_account(self, account: LedgerAccount) -> None:
        if account.version:
            self._work.save(ledger_accounts, account_to_row(account), ACCOUNT_KIND)
        else:
            self._work.add(ledger_accounts, {**account_to_row(account), "version": 1}, ACCOUNT_KIND)

    def closings(self) -> Sequence[Closing]:
        rows = self._work.connection.execute(select(ledger_closings).order_by(ledger_closings.c.until)).all()
        return [row_to_closing(row) for row in rows]

    def add_closing(self, closing: Closing) -> None:
        self._work.add(ledger_closings, {**closing_to_row(closing), "version": 1}, CLOSING_KIND)

    def count_lent(self) -> int:
        counted = select(func.count(func.distinct(journal_entries.c.loan_id)))
        return int(self._work.connection.execute(counted).scalar_one())

    def lent(self) -> Iterator[tuple[Loan, str]]:
        connection = self._work.connection
        ids: list[UUID] = list(
            connection.execute(
                select(loans.c.id).where(loans.c.id.in_(select(journal_entries.c.loan_id))).order_by(loans.c.number)
            ).scalars()
        )
        for start in range(0, len(ids), CHUNK):
            chosen = ids[start : start + CHUNK]
            entries: dict[UUID, list[Row[Any]]] = {}
            of_chosen = select(journal_entries).where(journal_entries.c.loan_id.in_(chosen))
            for row in connection.execute(of_chosen.order_by(journal_entries.c.loan_id, journal_entries.c.position)):
                entries.setdefault(row.loan_id, []).append(row)
            rows = connection.execute(
                select(loans, borrowers.c.given_names, borrowers.c.family_name)
                .join(borrowers, borrowers.c.id == loans.c.borrower_id)
                .where(loans.c.id.in_(chosen))
                .order_by(loans.c.number)
            ).all()
            for row in rows:
                loan = row_to_loan(row, entries[row.id], self._rules.of(row.product_id))
                yield loan, f"{row.given_names} {row.family_name}"


def account_to_row(account: LedgerAccount) -> Values:
    """The columns of an account."""
    return {
        "id": account.id,
        "role": account.role.value,
        "number": account.number,
        "name": account.name,
        "version": account.version,
    }


def row_to_account(row: Row[Any]) -> LedgerAccount:
    """An account from its row."""
    return LedgerAccount(AccountRole(row.role), row.number, row.name, row.id, row.version)


def closing_to_row(closing: Closing) -> Values:
    """The columns of a closing; the balances are canonical JSON, minor units by role."""
    return {
        "id": closing.id,
        "until": closing.until,
        "closed_at": closing.at,
        "closed_by": closing.by,
        "balances": canonical({role.value: minor for role, minor in closing.balances.items()}),
        "version": closing.version,
    }


def row_to_closing(row: Row[Any]) -> Closing:
    """A closing from its row."""
    balances = {AccountRole(role): int(minor) for role, minor in json.loads(row.balances).items()}
    return Closing(row.id, row.until, row.closed_at, row.closed_by, balances, row.version)
