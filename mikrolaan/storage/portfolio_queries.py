"""The facts behind portfolio figures: from the projections where they hold, else the loans to be replayed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Engine,
    and_,
    bindparam,
    case,
    func,
    not_,
    or_,
    select,
)

from mikrolaan.domain.loan import Loan
from mikrolaan.domain.portfolio import LoanFacts
from mikrolaan.services.portfolio_rows import KeptFlow, PortfolioLoan
from mikrolaan.storage.figures import outstanding_minor
from mikrolaan.storage.loans import loan_until, reversed_before
from mikrolaan.storage.prepared import Prepared
from mikrolaan.storage.rules_in_force import RulesInForce
from mikrolaan.storage.tables import borrowers, due_rows, groups, instalment_rows, journal_entries, loan_rows, loans

AT_ONCE = 250


def _by_plan() -> tuple[ColumnElement[bool], ...]:
    """Loans that follow their plan on a day after which something happened."""
    as_of = bindparam("as_of", type_=Date)
    return loan_rows.c.paid_out_on <= as_of, loan_rows.c.last_entry_on > as_of, loan_rows.c.follows_plan_until > as_of


_PAID = Prepared(
    select(
        loan_rows.c.loan_id,
        loans.c.borrower_id,
        func.coalesce(func.sum(journal_entries.c.amount_minor), 0).label("paid_minor"),
    )
    .join(loans, loans.c.id == loan_rows.c.loan_id)
    .outerjoin(
        journal_entries,
        and_(
            journal_entries.c.loan_id == loan_rows.c.loan_id,
            journal_entries.c.kind == "payment",
            journal_entries.c.on <= bindparam("as_of", type_=Date),
            ~reversed_before(journal_entries),
        ),
    )
    .where(*_by_plan())
    .group_by(loan_rows.c.loan_id)
)
_LINES = Prepared(
    select(
        loan_rows.c.loan_id,
        instalment_rows.c.due_on,
        instalment_rows.c.principal_minor,
        (instalment_rows.c.principal_minor + instalment_rows.c.interest_minor + instalment_rows.c.fees_minor).label(
            "asked_minor"
        ),
        instalment_rows.c.paid_late_minor,
    )
    .join(instalment_rows, instalment_rows.c.loan_id == loan_rows.c.loan_id)
    .where(*_by_plan())
    .order_by(loan_rows.c.loan_id, instalment_rows.c.number)
)


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
        by_plan, answered = _facts_by_plan(connection, as_of)
        left = [row.loan_id for row in connection.execute(changed) if row.loan_id not in answered]
        return facts + by_plan, left


def _facts_by_plan(connection: Connection, as_of: date) -> tuple[list[LoanFacts], set[UUID]]:
    """The facts of loans that follow their plan and had paid whole instalments on that day; which loans these are."""
    paid = {loan_id: (borrower_id, minor) for loan_id, borrower_id, minor in _PAID.raw(connection, as_of=as_of)}
    day = as_of.isoformat()  # as the driver has it, and texts of days sort as days do
    facts, answered = [], set()
    for loan_id, lines in groupby(_LINES.raw(connection, as_of=as_of), key=itemgetter(0)):
        borrower_id, paid_minor = paid[loan_id]
        outstanding = overdue = overdue_principal = upto = whole = 0
        since: str | None = None
        for _loan, due_on, principal, asked, late in lines:
            upto += asked + late
            if upto <= paid_minor:
                whole = upto
                continue
            outstanding += principal
            if due_on < day:
                overdue += asked
                overdue_principal += principal
                since = due_on if since is None else min(since, due_on)
        if whole != paid_minor:
            continue
        known = UUID(loan_id)
        answered.add(known)
        if outstanding or overdue:
            days = 0 if since is None else (as_of - date.fromisoformat(since)).days
            facts.append(
                LoanFacts(
                    known, UUID(borrower_id), outstanding, overdue, overdue_principal, days, is_restructured=False
                )
            )
    return facts, answered


def kept_flows(engine: Engine, first: date, last: date) -> tuple[list[KeptFlow], list[UUID]]:
    """What fell due in the period and was paid of it, of loans that follow their plan; and the loans to be replayed.

    A loan that nothing happened to after the period is told by its rows; one that was over before it, and of which
    nothing that was paid ahead or written off fell due in it, by neither.
    """
    row = instalment_rows.c
    in_period = and_(row.due_on >= first, row.due_on <= last)
    alive = or_(
        loan_rows.c.last_entry_on >= first,
        loan_rows.c.outstanding_minor > 0,
        loan_rows.c.overdue_from.is_not(None),
        loan_rows.c.loan_id.in_(select(row.loan_id).where(in_period)),
        loan_rows.c.loan_id.in_(select(journal_entries.c.loan_id).where(journal_entries.c.kind == "write-off")),
    )
    lived = and_(loan_rows.c.paid_out_on <= last, alive)
    holds = and_(
        loan_rows.c.follows_plan_until.is_not(None),
        loan_rows.c.follows_plan_until > last,
        loan_rows.c.last_entry_on <= last,
    )
    of_day = due_rows.c
    left = (
        select(func.coalesce(func.sum(of_day.principal_minor + of_day.interest_minor), 0))
        .where(of_day.loan_id == loan_rows.c.loan_id, of_day.due_on >= first, of_day.due_on <= last)
        .scalar_subquery()
    )
    kept = (
        select(
            loan_rows.c.loan_id,
            func.sum(case((in_period, row.principal_minor + row.interest_minor), else_=0)).label("due_minor"),
            left.label("left_minor"),
        )
        .join(instalment_rows, row.loan_id == loan_rows.c.loan_id)
        .where(lived, holds)
        .group_by(loan_rows.c.loan_id)
    )
    replayed = select(loan_rows.c.loan_id).where(lived, not_(holds))
    with engine.connect() as connection:
        flows = [
            KeptFlow(found.loan_id, found.due_minor, found.due_minor - found.left_minor)
            for found in connection.execute(kept)
        ]
        return flows, [found.loan_id for found in connection.execute(replayed)]


def loans_until(engine: Engine, loan_ids: Sequence[UUID], until: date) -> Iterator[Loan]:
    """These loans with what happened until the end of a day, as it is known now; for replaying them to that day.

    Entries that were reversed are left out, and so are their reversals.
    """
    with engine.connect() as connection:
        rules = RulesInForce(connection)
        for loan_id in loan_ids:
            yield loan_until(connection, rules, loan_id, until)


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
