"""Figures of loans on a day, as SQL over the projections; what the rows mean: `projections`."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, func, or_, select

from mikrolaan.storage.tables import instalment_rows, loan_rows

Figure = ColumnElement[Any]


def outstanding_minor(today: date) -> Figure:
    """Principal outstanding on a loan today; credit that waits for its period is not yet taken off."""
    waiting: ScalarSelect[Any] = (
        select(func.coalesce(func.sum(instalment_rows.c.paid_principal_minor), 0))
        .where(instalment_rows.c.loan_id == loan_rows.c.loan_id, instalment_rows.c.begins_on > today)
        .scalar_subquery()
    )
    kept = loan_rows.c.outstanding_minor
    return case((loan_rows.c.prepaid_until > today, kept + waiting), else_=kept)


def next_due_on(today: date) -> Figure:
    """When the first instalment that has something left today falls due; null when nothing is left."""
    rows = instalment_rows.c
    due = rows.principal_minor + rows.interest_minor + rows.fees_minor
    paid = rows.paid_principal_minor + rows.paid_interest_minor + rows.paid_fees_minor
    first = (
        select(func.min(rows.due_on))
        .where(rows.loan_id == loan_rows.c.loan_id, or_(rows.begins_on > today, due > paid))
        .scalar_subquery()
    )
    return case((loan_rows.c.prepaid_until > today, first), else_=loan_rows.c.next_due_on)
