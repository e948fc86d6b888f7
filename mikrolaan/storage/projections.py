"""Rows for lists, derived from a loan's terms and journal and never from today's date.

They hold the loan as it stands after its last entry. On any day from then on, its figures follow from these rows alone:

- outstanding = `outstanding_minor` + `capitalised_minor` of the instalments that have fallen due by then; those of
  instalments due by the day of the last entry are in the former already and are zero here;
- next due = the first instalment that has something left;
- arrears = what `due_rows` hold for the days before that day (late interest is computed, not kept). They hold what
  will be left on each due date: fees beyond the plan on their own day, credit used, interest by day as it will be.

By day, the interest of an instalment that is not yet due is kept as planned: it is known when it falls due. What joins
the principal is kept as it will be.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, select

from mikrolaan.domain.arrears import Owed, coming_due
from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.loan_rules import InterestRule
from mikrolaan.domain.particulars import SettledMinor
from mikrolaan.domain.portfolio import follows_plan_until
from mikrolaan.domain.statement import statement
from mikrolaan.storage.prepared import Prepared, bring_up_to_date
from mikrolaan.storage.records import Values
from mikrolaan.storage.tables import due_rows, instalment_rows, loan_rows

_KEPT = {
    table: Prepared(select(table).where(table.c.loan_id == bindparam("loan_id")))
    for table in (loan_rows, instalment_rows, due_rows)
}
_ORDER = {step: place for place, step in enumerate(Step)}


def project(connection: Connection, loan: Loan) -> None:
    """Write the rows of one loan: those that differ from what is there, for a payment touches few of many."""
    loan_row, instalments, owed = projected(loan)
    for table, wanted in ((loan_rows, [loan_row]), (instalment_rows, instalments), (due_rows, owed)):
        bring_up_to_date(connection, table, _KEPT[table].tuples(connection, loan_id=loan.id), wanted)


def projected(loan: Loan) -> tuple[Values, list[Values], list[Values]]:
    """The rows that belong to a loan: one for itself; once it is paid out one per instalment, and per day with a debt."""
    at_the_end = statement(loan, loan.journal.last_on or loan.applied_on)
    lines = at_the_end.particulars.lines
    growing = [line.due_on for line in lines if line.capitalised]
    owed = coming_due(loan, at_the_end)
    step = loan.step
    loan_row = {
        "loan_id": loan.id,
        "step": step.value,
        "step_order": _ORDER[step],
        "outstanding_minor": at_the_end.outstanding_principal.minor,
        "next_due_on": next((line.due_on for line in lines if line.left), None),
        "grows_until": max(growing, default=None),
        "paid_out_on": loan.paid_out_on,
        "last_entry_on": loan.journal.last_on,
        "overdue_from": owed[0].due_on if owed else None,
        "is_restructured": at_the_end.is_restructured,
        "follows_plan_until": follows_plan_until(loan, at_the_end),
    }
    joining = {line.number: line.capitalised for line in lines}
    if growing and loan.rules.interest is InterestRule.BY_DAY:
        then = loan.replayed(max(growing), keep=False)
        joining |= {line.number: line.capitalised for line in then.lines if joining[line.number]}
    instalments = [_instalment_row(loan, line, joining[line.number]) for line in lines]
    return loan_row, instalments, [_due_row(loan, one) for one in owed]


def _instalment_row(loan: Loan, line: SettledMinor, capitalised_minor: int) -> dict[str, Any]:
    return {
        "loan_id": loan.id,
        "number": line.number,
        "begins_on": line.begins_on,
        "due_on": line.due_on,
        "principal_minor": line.principal,
        "interest_minor": line.interest,
        "fees_minor": line.fees,
        "paid_principal_minor": line.paid_principal,
        "paid_interest_minor": line.paid_interest,
        "paid_fees_minor": line.paid_fees,
        "paid_late_minor": line.paid_late,
        "capitalised_minor": capitalised_minor,
    }


def _due_row(loan: Loan, owed: Owed) -> Values:
    return {
        "loan_id": loan.id,
        "due_on": owed.due_on,
        "left_minor": owed.left_minor,
        "principal_minor": owed.principal_minor,
    }
