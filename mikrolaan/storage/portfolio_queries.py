"""The facts behind portfolio figures: from the projections where they hold, else the loans to be replayed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, case, func, or_, select

from mikrolaan.domain.loan import Loan
from mikrolaan.domain.portfolio import LoanFacts
from mikrolaan.services.portfolio_rows import PortfolioLoan
from mikrolaan.storage.figures import outstanding_minor
from mikrolaan.storage.loans import row_to_loan
from mikrolaan.storage.rules_in_force import RulesInForce
from mikrolaan.storage.tables import borrowers, due_rows, groups, journal_entries, loan_rows, loans

AT_ONCE = 500


def kept_facts(engine: Engine, as_of: date) -> tuple[list[LoanFacts], list[UUID]]:
    """The facts of loans on which nothing happened after that day, and the loans on which something did."""
    owed = (
        select(
            due_rows.c.loan_id,
            func.sum(due_rows.c.left_minor).label("left_minor"),
            func.sum(due_rows.c.principal_minor).label("principal_minor"),
        )
        .join(loan_rows, loan_rows.c.loan_id == due_rows.c.loan_id)
        .where(loan_rows.c.overdue_from < as_of, due_rows.c.due_on < as_of)
        .group_by(due_rows.c.loan_id)
        .subquery()
    )
    outstanding = outstanding_minor(as_of)
    kept = (
        select(
            loans.c.id,
            loans.c.borrower_id,
            outstanding.label("outstanding_minor"),
            func.coalesce(owed.c.left_minor, 0).label("overdue_minor"),
            func.coalesce(owed.c.principal_minor, 0).label("overdue_principal_minor"),
            case((loan_rows.c.overdue_from < as_of, loan_rows.c.overdue_from)).label("since"),
            loan_rows.c.is_restructured,
        )
        .select_from(loan_rows)
        .join(loans, loans.c.id == loan_rows.c.loan_id)
        .outerjoin(owed, owed.c.loan_id == loan_rows.c.loan_id)
        .where(
            loan_rows.c.paid_out_on <= as_of,
            loan_rows.c.last_entry_on <= as_of,
            or_(outstanding > 0, owed.c.left_minor > 0),
        )
    )
    changed = select(loan_rows.c.loan_id).where(loan_rows.c.paid_out_on <= as_of, loan_rows.c.last_entry_on > as_of)
    with engine.connect() as connection:
        facts = [
            LoanFacts(
                row.id,
                row.borrower_id,
                row.outstanding_minor,
                row.overdue_minor,
                row.overdue_principal_minor,
                0 if row.since is None else (as_of - row.since).days,
                row.is_restructured,
            )
            for row in connection.execute(kept)
        ]
        return facts, [row.loan_id for row in connection.execute(changed)]


def loans_lived_in(engine: Engine, first: date, last: date) -> list[UUID]:
    """The loans that were paid out by the end of the period and were not over before it began."""
    alive = or_(
        loan_rows.c.last_entry_on >= first,
        loan_rows.c.outstanding_minor > 0,
        loan_rows.c.overdue_from.is_not(None),
    )
    with engine.connect() as connection:
        found = select(loan_rows.c.loan_id).where(loan_rows.c.paid_out_on <= last, alive)
        return [row.loan_id for row in connection.execute(found)]


def loans_until(engine: Engine, loan_ids: Sequence[UUID], until: date) -> Iterator[Loan]:
    """These loans with what happened until the end of a day, as it is known now; for replaying them to that day.

    Entries that were reversed are left out, and so are their reversals.
    """
    undone = journal_entries.alias()
    counting = select(journal_entries).where(
        journal_entries.c.on <= until,
        journal_entries.c.kind != "reversal",
        ~select(undone.c.id)
        .where(undone.c.loan_id == journal_entries.c.loan_id, undone.c.reverses == journal_entries.c.id)
        .exists(),
    )
    with engine.connect() as connection:
        rules = RulesInForce(connection)
        for start in range(0, len(loan_ids), AT_ONCE):
            part = loan_ids[start : start + AT_ONCE]
            of_loans: dict[UUID, list[Row[Any]]] = defaultdict(list)
            for entry in connection.execute(counting.where(journal_entries.c.loan_id.in_(part))):
                of_loans[entry.loan_id].append(entry)
            for row in connection.execute(select(loans).where(loans.c.id.in_(part))):
                yield row_to_loan(row, of_loans[row.id], rules.of(row.product_id))


def portfolio_loans(engine: Engine, loan_ids: Sequence[UUID]) -> dict[UUID, PortfolioLoan]:
    """Whose loans they are, for the list behind a figure."""
    found: dict[UUID, PortfolioLoan] = {}
    with engine.connect() as connection:
        for start in range(0, len(loan_ids), AT_ONCE):
            named = (
                select(loans.c.id, loans.c.number, borrowers.c.given_names, borrowers.c.family_name, groups.c.name)
                .join(borrowers, borrowers.c.id == loans.c.borrower_id)
                .outerjoin(groups, groups.c.id == loans.c.group_id)
                .where(loans.c.id.in_(loan_ids[start : start + AT_ONCE]))
            )
            for row in connection.execute(named):
                borrower = f"{row.given_names} {row.family_name}"
                found[row.id] = PortfolioLoan(row.id, row.number, borrower, row.name or "")
    return found
