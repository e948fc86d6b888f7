"""What a statement costs: the figures of a running loan, replayed from its journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from mikrolaan.domain.journal import Entry, Fee, Journal, Payment, Payout, Recorded
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.statement import Statement, statement
from mikrolaan.domain.terms import Terms
from tools.benches.figure import Figure, at_most, fastest, told

STATEMENT_GOAL_MS = 1
INSTALMENTS = 36
ENTRIES = 60
ROUNDS = 12

_RECORDED = Recorded(datetime(2023, 1, 16, 9, 0, tzinfo=UTC), UUID(int=1))


def measure() -> Iterator[Figure]:
    """The statement of a loan with 36 instalments and 60 entries; a fresh loan each time, so that nothing is kept.

    Its instalments, allocations and effects are made when a page asks for them, which is told beside it.
    """
    for name, loan in (("", _in_time()), (", two of three late", _late())):
        day = loan.journal.entries[-1].on
        seconds = fastest(lambda loan=loan, day=day: statement(replace(loan), day), ROUNDS, repeat=15)  # type: ignore[misc]
        yield at_most(
            f"statement, {INSTALMENTS} instalments and {ENTRIES} entries{name}",
            seconds * 1000,
            STATEMENT_GOAL_MS,
            "ms",
        )
        seconds = fastest(lambda loan=loan, day=day: _every_amount(statement(replace(loan), day)), ROUNDS, repeat=15)  # type: ignore[misc]
        yield told("  the same with every amount an object", f"{seconds * 1000:.2f} ms")
    again = _late()
    statement(again, again.journal.entries[-1].on)
    seconds = fastest(lambda: statement(again, again.journal.entries[-1].on), 1000)
    yield told("  the same asked a second time", f"{seconds * 1e6:.1f} µs")


def _every_amount(asked: Statement) -> object:
    return asked.rows, asked.allocations, asked.effects


def _in_time() -> Loan:
    """Each instalment in two payments, the second on the due date; the last entries are fees."""
    return _paid(late_days=0)


def _late() -> Loan:
    """The second payment comes five days late two times out of three, so that late interest runs."""
    return _paid(late_days=5)


def _paid(late_days: int) -> Loan:
    paid_out_on = date(2023, 1, 16)
    terms = Terms(
        principal=Money(10_000_000, Currency.NOK),
        annual_rate_percent=Decimal("7.9"),
        instalments=INSTALMENTS,
        disbursed_on=paid_out_on,
        first_due_on=date(2023, 2, 15),
        instalment_fee_minor=3500,
    )
    entries: list[Entry] = [Payout(UUID(int=100), paid_out_on, terms.principal, _RECORDED)]
    rows = make_plan(terms).instalments
    for row in rows[: (ENTRIES - 4) // 2]:
        first = Money(row.due.minor // 2, Currency.NOK)
        late = timedelta(days=late_days if row.number % 3 else 0)
        for amount, on in ((first, row.due_on - timedelta(days=3)), (row.due - first, row.due_on + late)):
            entries.append(Payment(UUID(int=100 + len(entries)), on, amount, _RECORDED))
    while len(entries) < ENTRIES:
        on = entries[-1].on + timedelta(days=14)
        fee = Money(3500, Currency.NOK)
        entries.append(Fee(UUID(int=100 + len(entries)), on, fee, on + timedelta(days=14), _RECORDED))
    loan = Loan(
        UUID(int=2), 1, UUID(int=3), UUID(int=4), terms, paid_out_on, journal=Journal(tuple(entries)), version=1
    )
    assert len(loan.journal.entries) == ENTRIES
    return loan
