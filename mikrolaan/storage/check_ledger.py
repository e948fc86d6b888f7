"""Proves the lending ledger: every voucher balances, the accounts are what the loans are, and closed days stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.ledger import Closing, books
from mikrolaan.domain.ledger_accounts import AccountRole
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.statement import statement
from mikrolaan.domain.trial_balance import Period, Tally
from mikrolaan.storage.ledger import SqlLedger
from mikrolaan.storage.records import Work
from mikrolaan.storage.rules_in_force import RulesInForce

Difference = tuple[str, str]  # of which record, what differs


def ledger_differences(connection: Connection) -> Iterator[Difference]:
    """Loans whose books are not what their statements say, and closings whose balances are not found again.

    A loan that cannot be lived through is told by the proof of the records; here it only makes closings differ.
    """
    ledger = SqlLedger(Work(connection, writes=False), RulesInForce(connection))
    closings = ledger.closings()
    tally = Tally(Period(closings[0].until, closings[-1].until), closings) if closings else None
    for loan, _ in ledger.lent():
        try:
            yield from _of_loan(loan, closings, tally)
        except (MikrolaanError, ValueError) as error:
            yield str(loan.id), type(error).__name__
    if tally is not None:
        for until in tally.differing():
            yield str(next(c.id for c in closings if c.until == until)), "closed balances"


def _of_loan(loan: Loan, closings: Sequence[Closing], tally: Tally | None) -> Iterator[Difference]:
    day = max(loan.journal.last_on or loan.applied_on, loan.plan().instalments[-1].due_on)
    found = books(loan, day, closings, accruals_from=day)
    told = statement(loan, day)
    if not closings or day > closings[-1].until:  # a closed day tells what was known when it was closed
        for role, minor in (
            (AccountRole.LOANS, told.outstanding_principal.minor),
            (AccountRole.CREDIT, -told.credit.minor),
        ):
            if sum(voucher.amount(role) for voucher in found.vouchers) != minor:
                yield str(loan.id), role.value
    if tally is not None:
        tally.add(books(loan, closings[-1].until, closings, accruals_from=closings[0].until))
