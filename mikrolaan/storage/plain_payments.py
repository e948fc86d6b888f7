"""A payment that only pays what the plan asks for, written into the rows for lists without reading them.

Most payments are such. They move what is left on the due date of an instalment or two; every other row stays. Whatever is not as plain (early repayment, credit, a payoff, fees beyond the plan, interest by day or joining the
principal, a loan paid out in part) goes the long way of `project`, which a law on random lives holds this to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from mikrolaan.domain.journal import Entry, Fee, NewPlan, Payment, Refund
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import InterestRule
from mikrolaan.domain.printed_plan import LATE, Line
from mikrolaan.domain.replay import Replay
from mikrolaan.storage.prepared import change, deletion
from mikrolaan.storage.tables import due_rows, instalment_rows, loan_rows

_PAID_LATE = change(instalment_rows, ("loan_id", "number"), ("paid_late_minor",))
_OWED = change(due_rows, ("loan_id", "due_on"), ("left_minor", "principal_minor", "interest_minor"))
_OWED_NO_MORE = deletion(due_rows, ("loan_id", "due_on"))
_SAME_DUE = change(loan_rows, ("loan_id",), ("outstanding_minor", "last_entry_on"))
_LOAN = change(loan_rows, ("loan_id",), ("outstanding_minor", "next_due_on", "last_entry_on", "overdue_from"))


class _Touched(NamedTuple):
    """A line with what it had left before the payment."""

    line: Line
    left_before: int  # without late interest
    is_late: bool  # late interest was paid too


def project_payment(connection: Connection, loan: Loan, added: Sequence[Entry]) -> bool:
    """Write the last entry into the rows if it is such a payment; False where it is not, and the long way is to be gone.

    The rows are those of the loan before it; `added` are the entries by which the loan grew. Where they turn out not to
    be, the long way makes them anew.
    """
    touched = _plainly_paid(loan, added)
    if touched is None:
        return False
    run = loan.replayed(added[0].on)
    due_before = next((one.line.due_on for one in touched if one.left_before), None)
    due_now = next((line.due_on for line in run.open_lines if line.left), None)
    if due_now is None:
        return False  # repaid, or as good as that
    of_loan, outstanding, last_on = loan.id.hex, run.outstanding, run.until.isoformat()  # as the driver has them
    if due_before is None or due_before == due_now:
        written = _SAME_DUE.send(connection, (outstanding, last_on, of_loan))
    else:
        due_on = due_now.isoformat()
        written = _LOAN.send(connection, (outstanding, due_on, last_on, due_on, of_loan))
    return written == 1 and all(_write(connection, of_loan, one) for one in touched)


def _write(connection: Connection, of_loan: str, one: _Touched) -> bool:
    line, due_on = one.line, one.line.due_on.isoformat()
    written = []
    if one.is_late:
        written.append(_PAID_LATE.send(connection, (line.paid[LATE], of_loan, line.number)))
    if line.left:
        left = line.left, line.principal_left, line.interest_left
        written.append(_OWED.send(connection, (*left, of_loan, due_on)))
    elif one.left_before:
        written.append(_OWED_NO_MORE.send(connection, (of_loan, due_on)))
    return all(rows == 1 for rows in written)


def _plainly_paid(loan: Loan, added: Sequence[Entry]) -> list[_Touched] | None:
    """The lines that the payment touched, in order; None where it did more, or the loan is not as simple."""
    standing = loan.journal.standing
    if len(added) != 1 or not standing or standing[-1] is not added[0] or not isinstance(standing[-1], Payment):
        return None
    payment, run = standing[-1], loan.replayed(standing[-1].on)
    if (
        loan.rules.interest is not InterestRule.BY_PLAN
        or run.plan.capitalises
        or run.unlent
        or run.settling.lots
        or payment.id in run.early
        or run.is_written_off
        or any(isinstance(entry, Fee | NewPlan | Refund) for entry in standing)
        or sum(payout.amount.minor for payout in loan.journal.payouts) != run.plan.paid_out
    ):
        return None
    return _touched(run, payment)


def _touched(run: Replay, payment: Payment) -> list[_Touched] | None:
    by_number: dict[int, _Touched] = {}
    for one, place, amount in run.settling.taken[payment.id]:
        if not isinstance(one, Line):
            return None
        known = by_number.get(one.number)
        before, is_late = (one.left, False) if known is None else (known.left_before, known.is_late)
        if place == LATE:
            is_late = True
        else:
            before += amount
        by_number[one.number] = _Touched(one, before, is_late)
    touched = [by_number[number] for number in sorted(by_number)]
    days = [line.due_on for line in _with_neighbours(run.plan.lines, touched)]
    return touched if touched and len(set(days)) == len(days) else None  # of two on one day the row is their sum


def _with_neighbours(lines: Sequence[Line], touched: Sequence[_Touched]) -> Sequence[Line]:
    first, last = touched[0].line.number - 1, touched[-1].line.number - 1
    return lines[max(0, first - 1) : last + 2]
