"""How the loans of a list stand, in the one word that their statements would say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, select

from mikrolaan.domain.loan import Outcome, Step
from mikrolaan.domain.statement import Status
from mikrolaan.storage.portfolio_queries import loans_until
from mikrolaan.storage.tables import journal_entries, loan_rows, loans

STATUS_COLUMNS = (
    loans.c.id,
    loans.c.decision_outcome,
    loans.c.withdrawn_on,
    loan_rows.c.step,
    loan_rows.c.paid_out_on,
    loan_rows.c.overdue_from,
)


def statuses(engine: Engine, rows: Sequence[Row[Any]], today: date) -> dict[UUID, Status]:
    """The status of each loan on a day, from rows with the `STATUS_COLUMNS`."""
    lost = written_off(engine, [row.id for row in rows if _is_over(row)])
    return {row.id: Status.WRITTEN_OFF if row.id in lost else _status(row, today) for row in rows}


def _status(row: Row[Any], today: date) -> Status:
    if row.withdrawn_on is not None:
        return Status.WITHDRAWN
    if row.paid_out_on is None or row.paid_out_on > today:
        if row.decision_outcome is None:
            return Status.APPLIED
        return Status.APPROVED if row.decision_outcome == Outcome.APPROVED.value else Status.REFUSED
    if _is_over(row):
        return Status.REPAID
    is_late = row.overdue_from is not None and row.overdue_from < today
    return Status.OVERDUE if is_late else Status.CURRENT


def _is_over(row: Row[Any]) -> bool:
    return bool(row.step == Step.CLOSED.value and row.paid_out_on is not None)


def written_off(engine: Engine, loan_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these closed loans ended by a loss; those few on which anything was written off are replayed."""
    if not loan_ids:
        return set()
    with_a_loss = (
        select(journal_entries.c.loan_id)
        .where(journal_entries.c.loan_id.in_(loan_ids), journal_entries.c.kind == "write-off")
        .distinct()
    )
    with engine.connect() as connection:
        asked = [row.loan_id for row in connection.execute(with_a_loss)]
    return {loan.id for loan in loans_until(engine, asked, date.max) if not loan.is_repaid}
