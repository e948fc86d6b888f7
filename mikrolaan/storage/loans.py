"""Loans in the office file: the steps in one row, the journal in rows that are only ever added."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select

from mikrolaan.domain.errors import ConflictError
from mikrolaan.domain.journal import Entry, Journal, Payment, PaymentMeans, Payout, Recorded, Reversal
from mikrolaan.domain.loan import ContractIssued, Decision, GroupView, Loan, Outcome, Withdrawal
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.terms_json import terms_from_json, terms_to_json
from mikrolaan.storage.audit import canonical
from mikrolaan.storage.projections import project
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.tables import journal_entries, loans

KIND = "loan"

PAYOUT, PAYMENT, REVERSAL = "payout", "payment", "reversal"


class SqlLoans:
    """Keeps loans; with each change the rows for lists are made anew in the same transaction."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, record_id: UUID) -> Loan:
        return row_to_loan(self._work.row(loans, record_id, KIND), self._entries(record_id))

    def add(self, aggregate: Loan) -> None:
        entries = journal_to_rows(aggregate)
        told = {"journal": told_entries(entries)} if entries else {}
        self._work.add(loans, {**loan_to_row(aggregate), "version": 1}, KIND, told=told)
        self._append(entries)
        project(self._work.connection, aggregate)

    def save(self, aggregate: Loan) -> None:
        """Keep a changed loan; of the journal the new entries are added, and those kept must stand before them."""
        kept = self._entries(aggregate.id)
        entries = journal_to_rows(aggregate)
        if [row.id for row in kept] != [entry["id"] for entry in entries[: len(kept)]]:
            raise ConflictError(f"{KIND} {aggregate.id}: the journal lacks entries that the file holds")
        added = entries[len(kept) :]
        told = {"journal_added": told_entries(added)} if added else {}
        self._work.save(loans, loan_to_row(aggregate), KIND, told_after=told)
        self._append(added)
        project(self._work.connection, aggregate)

    def next_number(self) -> int:
        return self._work.next_number(KIND)

    def _entries(self, loan_id: UUID) -> Sequence[Row[Any]]:
        of_loan = select(journal_entries).where(journal_entries.c.loan_id == loan_id)
        return self._work.connection.execute(of_loan.order_by(journal_entries.c.position)).all()

    def _append(self, entries: Sequence[Values]) -> None:
        if entries:
            self._work.connection.execute(insert(journal_entries), entries)


def told_entries(entries: Sequence[Values]) -> list[Values]:
    """What the audit trail tells of journal entries; who recorded them and when, the audit entry says itself."""
    left_out = ("loan_id", "position", "recorded_at", "recorded_by")
    return [
        {name: value for name, value in entry.items() if name not in left_out and value not in (None, "")}
        for entry in entries
    ]


def loan_to_row(loan: Loan) -> Values:
    """The columns of a loan; the terms are canonical JSON, its entries are rows of their own."""
    view, decision, contract, withdrawal = loan.group_view, loan.decision, loan.contract, loan.withdrawal
    return {
        "id": loan.id,
        "number": loan.number,
        "borrower_id": loan.borrower_id,
        "product_id": loan.product_id,
        "group_id": loan.group_id,
        "terms": canonical(terms_to_json(loan.terms)),
        "principal_minor": loan.terms.principal.minor,
        "currency": loan.terms.currency.value,
        "applied_on": loan.applied_on,
        "purpose": loan.purpose,
        "group_view_on": view.on if view else None,
        "group_view_supports": view.supports if view else None,
        "group_view_note": view.note if view else "",
        "decided_on": decision.on if decision else None,
        "decision_outcome": decision.outcome.value if decision else None,
        "decided_by": decision.decided_by if decision else None,
        "decision_note": decision.note if decision else "",
        "contract_document_id": contract.document_id if contract else None,
        "contract_issued_on": contract.on if contract else None,
        "signed_on": loan.signed_on,
        "withdrawn_on": withdrawal.on if withdrawal else None,
        "withdrawal_reason": withdrawal.reason if withdrawal else "",
        "version": loan.version,
    }


def journal_to_rows(loan: Loan) -> list[Values]:
    """One row per entry, in the order of typing."""
    return [
        {"loan_id": loan.id, "position": position, **_entry_to_row(entry)}
        for position, entry in enumerate(loan.journal.entries)
    ]


def _entry_to_row(entry: Entry) -> Values:
    row: Values = {
        "id": entry.id,
        "kind": REVERSAL,
        "on": entry.on,
        "amount_minor": None,
        "currency": None,
        "means": None,
        "note": "",
        "reverses": None,
        "recorded_at": entry.recorded.at,
        "recorded_by": entry.recorded.by,
    }
    if isinstance(entry, Reversal):
        return {**row, "note": entry.reason, "reverses": entry.of}
    row |= {"amount_minor": entry.amount.minor, "currency": entry.amount.currency.value}
    if isinstance(entry, Payment):
        return {**row, "kind": PAYMENT, "means": entry.means.value, "note": entry.note}
    return {**row, "kind": PAYOUT}


def row_to_loan(row: Row[Any], entries: Sequence[Row[Any]]) -> Loan:
    """A loan from its row and its entries' rows in order."""
    return Loan(
        id=row.id,
        number=row.number,
        borrower_id=row.borrower_id,
        product_id=row.product_id,
        terms=terms_from_json(json.loads(row.terms)),
        applied_on=row.applied_on,
        purpose=row.purpose,
        group_id=row.group_id,
        group_view=_view(row),
        decision=_decision(row),
        contract=None
        if row.contract_document_id is None
        else ContractIssued(row.contract_document_id, row.contract_issued_on),
        signed_on=row.signed_on,
        withdrawal=None if row.withdrawn_on is None else Withdrawal(row.withdrawn_on, row.withdrawal_reason),
        journal=Journal(tuple(map(row_to_entry, entries))),
        version=row.version,
    )


def _view(row: Row[Any]) -> GroupView | None:
    if row.group_view_on is None:
        return None
    return GroupView(row.group_view_on, row.group_view_supports, row.group_view_note)


def _decision(row: Row[Any]) -> Decision | None:
    if row.decided_on is None:
        return None
    return Decision(row.decided_on, Outcome(row.decision_outcome), row.decided_by, row.decision_note)


def row_to_entry(row: Row[Any]) -> Entry:
    """A journal entry from its row."""
    recorded = Recorded(row.recorded_at, row.recorded_by)
    if row.kind == REVERSAL:
        return Reversal(row.id, row.on, row.reverses, row.note, recorded)
    amount = Money(row.amount_minor, Currency(row.currency))
    if row.kind == PAYMENT:
        return Payment(row.id, row.on, amount, recorded, PaymentMeans(row.means), row.note)
    return Payout(row.id, row.on, amount, recorded)
