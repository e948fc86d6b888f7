"""Rows for lists, derived from a loan's terms and journal and never from today's date.

They hold the loan as it stands after its last entry. On any day from then on, its figures follow from these rows alone:

- outstanding = `outstanding_minor` + `capitalised_minor` of the instalments that have fallen due by then; those of
  instalments due by the day of the last entry are in the former already and are zero here;
- next due = the first instalment that has something left;
- arrears = what `due_rows` hold for the days before that day (late interest is computed, not kept). They hold what
  will be left on each due date: fees beyond the plan on their own day, credit used, interest by day as it will be;
- what has been paid of the instalments = what they ask for less what is left: a payment touches the latter alone.

By day, the interest of an instalment that is not yet due is kept as it will be if nothing more happens: it is known when
it falls due. What joins the principal is kept as it will be too.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from mikrolaan.domain.arrears import Owed, coming_due
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.loan_rules import InterestRule
from mikrolaan.domain.particulars import SettledMinor
from mikrolaan.domain.portfolio import follows_plan_until
from mikrolaan.domain.statement import statement
from mikrolaan.storage.prepared import RowsOf
from mikrolaan.storage.tables import due_rows, instalment_rows, loan_rows

_ORDER = {step: place for place, step in enumerate(Step)}
_LOAN_ROW, _INSTALMENT_ROWS, _DUE_ROWS = RowsOf(loan_rows), RowsOf(instalment_rows), RowsOf(due_rows)


class LoanRow(NamedTuple):
    """The columns of `loan_rows`, without the loan."""

    step: str
    step_order: int
    outstanding_minor: int
    next_due_on: date | None
    grows_until: date | None
    paid_out_on: date | None
    last_entry_on: date | None
    overdue_from: date | None
    is_restructured: bool
    follows_plan_until: date | None


class InstalmentRow(NamedTuple):
    """The columns of `instalment_rows`, without the loan."""

    number: int
    begins_on: date
    due_on: date
    principal_minor: int
    interest_minor: int
    fees_minor: int
    paid_late_minor: int
    capitalised_minor: int


class Projected(NamedTuple):
    """The rows that belong to a loan: one for itself; once it is paid out one per instalment, and per day with a debt."""

    loan_row: LoanRow
    instalments: list[InstalmentRow]
    owed: Sequence[Owed]  # the columns of `due_rows`, without the loan


def project(connection: Connection, loan: Loan) -> None:
    """Write the rows of one loan: those that differ from what is there, for a payment touches few of many."""
    made = projected(loan)
    _LOAN_ROW.bring_up_to_date(connection, loan.id, [made.loan_row])
    _INSTALMENT_ROWS.bring_up_to_date(connection, loan.id, made.instalments)
    _DUE_ROWS.bring_up_to_date(connection, loan.id, made.owed)


def projected(loan: Loan) -> Projected:
    """The rows that belong to a loan, from its terms and journal."""
    last_on = loan.journal.last_on
    at_the_end = statement(loan, last_on or loan.applied_on)
    lines = at_the_end.particulars.lines
    growing = [line.due_on for line in lines if line.capitalised]
    owed = coming_due(loan, at_the_end)
    step = loan.step
    loan_row = LoanRow(
        step=step.value,
        step_order=_ORDER[step],
        outstanding_minor=at_the_end.outstanding_principal.minor,
        next_due_on=None if at_the_end.next_due is None else at_the_end.next_due.instalment.due_on,
        grows_until=max(growing, default=None),
        paid_out_on=loan.paid_out_on,
        last_entry_on=last_on,
        overdue_from=owed[0].due_on if owed else None,
        is_restructured=at_the_end.is_restructured,
        follows_plan_until=None if last_on is None else follows_plan_until(loan, loan.replayed(last_on)),
    )
    return Projected(loan_row, [_instalment_row(line) for line in _as_they_will_grow(loan, lines, growing)], owed)


def _as_they_will_grow(loan: Loan, lines: Sequence[SettledMinor], growing: list[date]) -> Sequence[SettledMinor]:
    """By day, what will join the principal on a due date depends on what is owed until then."""
    if not growing or loan.rules.interest is not InterestRule.BY_DAY:
        return lines
    then = {line.number: line.capitalised for line in loan.replayed(max(growing), keep=False).lines}
    return [line._replace(capitalised=then[line.number]) if line.capitalised else line for line in lines]


def _instalment_row(line: SettledMinor) -> InstalmentRow:
    return InstalmentRow(
        line.number,
        line.begins_on,
        line.due_on,
        line.principal,
        line.interest,
        line.fees,
        line.paid_late,
        line.capitalised,
    )
