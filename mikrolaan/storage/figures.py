"""Figures of loans on a day, as SQL over the projections; what the rows mean: `projections`."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, func, select

from mikrolaan.storage.tables import instalment_rows, loan_rows

Figure = ColumnElement[Any]


def outstanding_minor(today: date) -> Figure:
    """Principal outstanding on a loan today, with the interest that has joined it by then."""
    joined: ScalarSelect[Any] = (
        select(func.coalesce(func.sum(instalment_rows.c.capitalised_minor), 0))
        .where(instalment_rows.c.loan_id == loan_rows.c.loan_id, instalment_rows.c.due_on <= today)
        .scalar_subquery()
    )
    kept = loan_rows.c.outstanding_minor
    return case((loan_rows.c.grows_until.is_not(None), kept + joined), else_=kept)


def next_due_on(today: date) -> Figure:
    """When the first instalment that has something left falls due; null when nothing is left."""
    next_due: Figure = loan_rows.c.next_due_on
    return next_due
