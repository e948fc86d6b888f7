"""Rows for lists, derived from a loan's terms and journal and never from today's date.

A payment beyond what is due is kept as credit and settles each later instalment when its period begins
(`mikrolaan.domain.statement`), so a loan's figures move with the calendar even when nothing is entered.
The rows hold the loan as it stands at the end of time, when all credit is used: every instalment with
what is or will be paid of it by the entries there are, and the day from which that counts (`begins_on`).
On any day from the last entry on, the figures follow from these rows alone:

- what is paid of an instalment counts once its period has begun (at once when the loan is repaid);
- outstanding = `outstanding_minor` + the paid principal of instalments that begin after that day;
- next due = the first instalment that has something left, counted so;
- arrears = what is left of the instalments due before that day; their periods have all begun.

`prepaid_until` says until which day the second and third differ from the stored figure: only then are
the instalments looked at.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert

from mikrolaan.domain.loan import Loan, Step
from mikrolaan.domain.statement import Settled, statement
from mikrolaan.storage.records import Values
from mikrolaan.storage.tables import instalment_rows, loan_rows

_ORDER = {step: place for place, step in enumerate(Step)}


def project(connection: Connection, loan: Loan) -> None:
    """Write the rows of one loan anew."""
    loan_row, instalments = projected(loan)
    connection.execute(delete(instalment_rows).where(instalment_rows.c.loan_id == loan.id))
    connection.execute(delete(loan_rows).where(loan_rows.c.loan_id == loan.id))
    connection.execute(insert(loan_rows), loan_row)
    if instalments:
        connection.execute(insert(instalment_rows), instalments)


def projected(loan: Loan) -> tuple[Values, list[Values]]:
    """The rows that belong to a loan: one for itself, one per instalment once it is paid out."""
    at_the_end = statement(loan, date.max)
    begins = [loan.terms.disbursed_on, *(row.instalment.due_on for row in at_the_end.rows[:-1])]
    left = at_the_end.next_due
    prepaid = [day for day, row in zip(begins, at_the_end.rows, strict=False) if row.paid] if left else []
    step = loan.step
    loan_row = {
        "loan_id": loan.id,
        "step": step.value,
        "step_order": _ORDER[step],
        "outstanding_minor": at_the_end.outstanding_principal.minor,
        "next_due_on": left.instalment.due_on if left else None,
        "prepaid_until": max(prepaid, default=None),
    }
    instalments = [
        _instalment_row(loan, row, begins_on if left else loan.terms.disbursed_on)
        for begins_on, row in zip(begins, at_the_end.rows, strict=False)
    ]
    return loan_row, instalments


def _instalment_row(loan: Loan, row: Settled, begins_on: date) -> dict[str, Any]:
    return {
        "loan_id": loan.id,
        "number": row.instalment.number,
        "begins_on": begins_on,
        "due_on": row.instalment.due_on,
        "principal_minor": row.instalment.principal.minor,
        "interest_minor": row.instalment.interest.minor,
        "fees_minor": row.instalment.fees.minor,
        "paid_principal_minor": row.paid_principal.minor,
        "paid_interest_minor": row.paid_interest.minor,
        "paid_fees_minor": row.paid_fees.minor,
    }
