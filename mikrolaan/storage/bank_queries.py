"""Questions of bank files: the loans they may pay, the lines taken before, and the list of imports."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, Select, and_, exists, func, select

from mikrolaan.domain.bank_file import BankFormat
from mikrolaan.domain.journal import PaymentMeans
from mikrolaan.domain.loan import Step
from mikrolaan.domain.money import Currency, Money
from mikrolaan.services.bank_rows import ImportRow, KnownPayment, PayableLoan
from mikrolaan.storage.bank_imports import claimed, is_reversed, parts
from mikrolaan.storage.loan_status import written_off
from mikrolaan.storage.tables import (
    bank_guides,
    bank_import_lines,
    bank_imports,
    borrowers,
    due_rows,
    journal_entries,
    loan_rows,
    loans,
    officers,
)

_NONE_DUE = (Step.ENQUIRY, Step.APPLICATION, Step.GROUP_VIEW, Step.DECISION, Step.CONTRACT, Step.SIGNED)


class SqlBankQueries:
    """Answers what importing asks."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def payable_loans(self, day: date) -> Sequence[PayableLoan]:
        due = (
            select(due_rows.c.loan_id, func.sum(due_rows.c.left_minor).label("minor"))
            .where(due_rows.c.due_on <= day)
            .group_by(due_rows.c.loan_id)
        )
        first_after = (
            select(due_rows.c.loan_id, func.min(due_rows.c.due_on).label("due_on"))
            .where(due_rows.c.due_on > day)
            .group_by(due_rows.c.loan_id)
            .subquery()
        )
        coming = select(due_rows.c.loan_id, due_rows.c.left_minor).join(
            first_after,
            and_(first_after.c.loan_id == due_rows.c.loan_id, first_after.c.due_on == due_rows.c.due_on),
        )
        every = (
            select(
                loans.c.id,
                loans.c.number,
                loans.c.borrower_id,
                borrowers.c.given_names,
                borrowers.c.family_name,
                borrowers.c.name_folded,
                loans.c.currency,
                loans.c.payment_reference,
                loan_rows.c.step,
                loan_rows.c.paid_out_on,
            )
            .join(borrowers, borrowers.c.id == loans.c.borrower_id)
            .join(loan_rows, loan_rows.c.loan_id == loans.c.id)
            .where(loan_rows.c.step.not_in([step.value for step in _NONE_DUE]) | loans.c.payment_reference.is_not(None))
        )
        with self._engine.connect() as connection:
            due_minor = {row.loan_id: int(row.minor) for row in connection.execute(due)}
            next_minor = {row.loan_id: int(row.left_minor) for row in connection.execute(coming)}
            rows = connection.execute(every).all()
        closed = [row.id for row in rows if row.step == Step.CLOSED.value]
        lost = {loan_id for part in parts(closed) for loan_id in written_off(self._engine, part)}
        return [
            PayableLoan(
                loan_id=row.id,
                number=row.number,
                borrower_id=row.borrower_id,
                borrower=f"{row.given_names} {row.family_name}",
                name_folded=row.name_folded,
                currency=Currency(row.currency),
                step=Step(row.step),
                reference=row.payment_reference or "",
                paid_out_on=row.paid_out_on,
                due_minor=due_minor.get(row.id, 0),
                next_minor=next_minor.get(row.id, 0),
                is_written_off=row.id in lost,
            )
            for row in rows
        ]

    def lines_taken(self, identities: Collection[str]) -> Mapping[str, UUID]:
        with self._engine.connect() as connection:
            return claimed(connection, identities)

    def lines_undone(self, identities: Collection[str]) -> set[str]:
        found: set[str] = set()
        for part in parts(identities):
            question = (
                select(bank_import_lines.c.identity)
                .join(bank_imports, bank_imports.c.id == bank_import_lines.c.import_id)
                .where(bank_import_lines.c.claim.in_(part), bank_imports.c.reversed_at.is_(None), is_reversed())
            )
            found.update(row.identity for row in self._all(question))
        return found

    def payers(self) -> Mapping[str, frozenset[UUID]]:
        question = (
            select(bank_import_lines.c.payer_mark, bank_import_lines.c.loan_id)
            .where(bank_import_lines.c.payer_mark != "", bank_import_lines.c.claim.is_not(None), ~is_reversed())
            .distinct()
        )
        found: dict[str, set[UUID]] = defaultdict(set)
        for row in self._all(question):
            found[row.payer_mark].add(row.loan_id)
        return {mark: frozenset(ids) for mark, ids in found.items()}

    def known_payments(self, first: date, last: date) -> Sequence[KnownPayment]:
        undo = journal_entries.alias()
        question = (
            select(
                journal_entries.c.id,
                journal_entries.c.loan_id,
                journal_entries.c.on,
                journal_entries.c.amount_minor,
                journal_entries.c.means,
                bank_import_lines.c.identity,
            )
            .outerjoin(bank_import_lines, bank_import_lines.c.entry_id == journal_entries.c.id)
            .where(
                journal_entries.c.kind == "payment",
                journal_entries.c.on >= first,
                journal_entries.c.on <= last,
                ~exists().where(
                    and_(undo.c.loan_id == journal_entries.c.loan_id, undo.c.reverses == journal_entries.c.id)
                ),
            )
            .order_by(journal_entries.c.on, journal_entries.c.id)
        )
        return [
            KnownPayment(row.id, row.loan_id, row.on, row.amount_minor, PaymentMeans(row.means), row.identity or "")
            for row in self._all(question)
        ]

    def earlier_import(self, sha256: str) -> ImportRow | None:
        standing = bank_imports.c.reversed_at.is_(None)
        rows = self._all(_imports().where(bank_imports.c.sha256 == sha256, standing).limit(1))
        return _import_row(rows[0]) if rows else None

    def count_imports(self) -> int:
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(bank_imports)).scalar_one()

    def imports(self, offset: int, limit: int) -> Sequence[ImportRow]:
        return [_import_row(row) for row in self._all(_imports().limit(limit).offset(offset))]

    def csv_guide(self, key: str) -> Mapping[str, Any] | None:
        rows = self._all(select(bank_guides.c.guide).where(bank_guides.c.key == key))
        return dict(json.loads(rows[0].guide)) if rows else None

    def _all(self, question: Select[Any]) -> Sequence[Row[Any]]:
        with self._engine.connect() as connection:
            return connection.execute(question).all()


def _imports() -> Select[Any]:
    return (
        select(bank_imports, officers.c.name.label("officer"))
        .join(officers, officers.c.id == bank_imports.c.read_by)
        .order_by(bank_imports.c.read_at.desc(), bank_imports.c.id)
    )


def _import_row(row: Row[Any]) -> ImportRow:
    currency = Currency(row.currency)
    return ImportRow(
        id=row.id,
        file_name=row.file_name,
        format=BankFormat(row.format),
        at=row.read_at,
        officer=row.officer,
        lines=row.lines,
        accepted=row.accepted,
        total=Money(row.total_minor, currency),
        accepted_total=Money(row.accepted_minor, currency),
        is_reversed=row.reversed_at is not None,
        reason=row.reversal_reason,
    )
