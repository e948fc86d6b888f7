"""Questions of the Payments page: which loan a payment is for, what was taken, what a group's members owe on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Select, and_, func, select

from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.domain.loan import Step
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.payment_reference import reference_typed
from mikrolaan.domain.search_text import terms_of
from mikrolaan.services.payment_rows import FoundLoan, Match, PaymentSearch, TakenRow
from mikrolaan.storage.tables import (
    borrowers,
    due_rows,
    journal_entries,
    loan_rows,
    loans,
    memberships,
    officers,
    receipts,
)

Condition = ColumnElement[bool]

_REPAYING = loan_rows.c.step == Step.REPAYING.value


def loans_to_pay(engine: Engine, today: date, search: PaymentSearch, most: int) -> Sequence[FoundLoan]:
    """Loans that a payment may be for, the surest first; a name or amount finds only loans that are being repaid."""
    found: dict[UUID, Match] = {}
    with engine.connect() as connection:
        for by, question in _questions(today, search):
            if len(found) >= most or Match.REFERENCE in found.values():
                break
            for (loan_id,) in connection.execute(question.limit(most)):
                found.setdefault(loan_id, by)
    return [FoundLoan(loan_id, by) for loan_id, by in found.items()][:most]


def _questions(today: date, search: PaymentSearch) -> list[tuple[Match, Select[Any]]]:
    asked: list[tuple[Match, Select[Any]]] = []
    of_loans = select(loans.c.id).join(loan_rows, loan_rows.c.loan_id == loans.c.id)
    in_order = (loan_rows.c.next_due_on.is_(None), loan_rows.c.next_due_on, loans.c.number)
    if search.reference is not None:
        asked.append((Match.REFERENCE, select(loans.c.id).where(loans.c.payment_reference == search.reference)))
    if search.number is not None:
        asked.append((Match.NUMBER, select(loans.c.id).where(loans.c.number == search.number)))
    if search.amount is not None:
        asked += [(Match.AMOUNT, each.order_by(*in_order)) for each in _of_amount(of_loans, today, search.amount.minor)]
    beginning = reference_typed(search.text)
    if beginning:
        begins = loans.c.payment_reference.startswith(beginning, autoescape=True)
        asked.append((Match.BEGINNING, of_loans.where(begins, _REPAYING).order_by(loans.c.number)))
    terms = terms_of(search.text)
    is_filled_up = search.text.startswith("0")  # as references are; a search for names would drop the zeros
    if terms and not is_filled_up and (search.number is None or beginning):
        named: list[Condition] = [borrowers.c.search_text.contains(term, autoescape=True) for term in terms]
        by_name = of_loans.join(borrowers, borrowers.c.id == loans.c.borrower_id).where(_REPAYING, *named)
        asked.append((Match.NAME, by_name.order_by(borrowers.c.name_sort, loans.c.number)))
    return asked


def _of_amount(of_loans: Select[Any], today: date, minor: int) -> list[Select[Any]]:
    """Loans on which just so much is due, and loans whose next due date asks for that much."""
    due = (
        select(func.sum(due_rows.c.left_minor))
        .where(due_rows.c.loan_id == loan_rows.c.loan_id, due_rows.c.due_on <= today)
        .scalar_subquery()
    )
    upcoming = and_(
        due_rows.c.loan_id == loan_rows.c.loan_id,
        due_rows.c.due_on == loan_rows.c.overdue_from,
        due_rows.c.left_minor == minor,
    )
    return [
        of_loans.where(_REPAYING, loan_rows.c.overdue_from <= today, due == minor),
        of_loans.join(due_rows, upcoming).where(_REPAYING),
    ]


def payments_taken(engine: Engine, since: datetime, until: datetime) -> Sequence[TakenRow]:
    """Payments typed from `since` and before `until`, the latest first, also those reversed since."""
    reversal = journal_entries.alias()
    question = (
        select(
            journal_entries.c.id,
            journal_entries.c.recorded_at,
            journal_entries.c.loan_id,
            loans.c.number,
            borrowers.c.given_names,
            borrowers.c.family_name,
            journal_entries.c.amount_minor,
            journal_entries.c.currency,
            journal_entries.c.means,
            officers.c.name.label("officer"),
            reversal.c.id.label("reversal_id"),
            receipts.c.document_id,
        )
        .join(loans, loans.c.id == journal_entries.c.loan_id)
        .join(borrowers, borrowers.c.id == loans.c.borrower_id)
        .join(officers, officers.c.id == journal_entries.c.recorded_by)
        .outerjoin(reversal, and_(reversal.c.loan_id == loans.c.id, reversal.c.reverses == journal_entries.c.id))
        .outerjoin(receipts, receipts.c.entry_id == journal_entries.c.id)
        .where(
            journal_entries.c.recorded_at >= since,
            journal_entries.c.recorded_at < until,
            journal_entries.c.kind == "payment",
        )
        .order_by(journal_entries.c.recorded_at.desc(), loans.c.number.desc(), journal_entries.c.position.desc())
    )
    with engine.connect() as connection:
        rows = connection.execute(question).all()
    return [
        TakenRow(
            payment_id=row.id,
            at=row.recorded_at,
            loan_id=row.loan_id,
            loan_number=row.number,
            borrower=f"{row.given_names} {row.family_name}",
            amount=Money(row.amount_minor, Currency(row.currency)),
            means=PaymentMeans(row.means),
            officer=row.officer,
            is_reversed=row.reversal_id is not None,
            receipt_id=row.document_id,
        )
        for row in rows
    ]


def loans_of_members(engine: Engine, group_id: UUID) -> Sequence[UUID]:
    """The loans under repayment of those who are members now, in the order of the group's own list."""
    question = (
        select(loans.c.id)
        .join(loan_rows, loan_rows.c.loan_id == loans.c.id)
        .join(memberships, memberships.c.borrower_id == loans.c.borrower_id)
        .where(memberships.c.group_id == group_id, memberships.c.left_on.is_(None), _REPAYING)
        .order_by(memberships.c.position, loans.c.number)
    )
    with engine.connect() as connection:
        return [loan_id for (loan_id,) in connection.execute(question)]
