"""Loans in the office file: the steps in one row, the journal in rows that are only ever added."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Date, FromClause, Row, bindparam, func, select, true

from mikrolaan.domain.errors import ConflictError, NotFound
from mikrolaan.domain.journal import (
    Entry,
    Fee,
    HolidayInterest,
    Journal,
    NewPlan,
    NewPlanFor,
    Payment,
    PaymentHoliday,
    PaymentMeans,
    Payout,
    RateChange,
    Recorded,
    Recovery,
    Refund,
    Reversal,
    Waived,
    Waiver,
    WriteOff,
    amount_of,
)
from mikrolaan.domain.loan import ContractIssued, Decision, GroupView, Loan, Outcome, Withdrawal
from mikrolaan.domain.loan_rules import EarlyRepayment, LoanRules
from mikrolaan.domain.long_work import Cancelled, Progress, never
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.payment_reference import PaymentReference, ReferenceKind, reference_for, usual_rule
from mikrolaan.domain.terms import Terms
from mikrolaan.domain.terms_json import terms_from_json, terms_to_json
from mikrolaan.storage.audit import canonical
from mikrolaan.storage.loans_at_hand import LoansAtHand, Mark
from mikrolaan.storage.plain_payments import project_payment
from mikrolaan.storage.prepared import Prepared, insertion
from mikrolaan.storage.projections import project
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.rules_in_force import RulesInForce
from mikrolaan.storage.tables import journal_entries, law_rates, loans, products

KIND = "loan"
TOLD_EVERY = 20  # loans between two looks at the cancel flag

_KINDS: dict[type[Entry], str] = {
    Payout: "payout",
    Payment: "payment",
    Reversal: "reversal",
    Fee: "fee",
    RateChange: "rate-change",
    NewPlan: "new-plan",
    PaymentHoliday: "payment-holiday",
    Waiver: "waiver",
    WriteOff: "write-off",
    Recovery: "recovery",
    Refund: "refund",
}
_OF_KIND = {word: kind for kind, word in _KINDS.items()}
_MARK = Prepared(
    select(
        loans.c.version,
        select(func.max(journal_entries.c.position))
        .where(journal_entries.c.loan_id == loans.c.id)
        .scalar_subquery()
        .label("last_position"),
        select(func.sum(products.c.version)).scalar_subquery().label("products"),
        select(func.sum(law_rates.c.version)).scalar_subquery().label("law_rates"),
    ).where(loans.c.id == bindparam("loan_id", type_=loans.c.id.type))
)
_LOAN = Prepared(select(loans).where(loans.c.id == bindparam("loan_id", type_=loans.c.id.type)))


def reversed_before(entries: FromClause) -> ColumnElement[bool]:
    """Whether an entry of the journal was reversed."""
    undone = journal_entries.alias()
    return select(undone.c.id).where(undone.c.loan_id == entries.c.loan_id, undone.c.reverses == entries.c.id).exists()


_ENTRIES = Prepared(
    select(journal_entries)
    .where(journal_entries.c.loan_id == bindparam("loan_id"))
    .order_by(journal_entries.c.position)
)
_COUNTING = Prepared(
    select(journal_entries)
    .where(
        journal_entries.c.loan_id == bindparam("loan_id"),
        journal_entries.c.on <= bindparam("until", type_=Date),
        journal_entries.c.kind != _KINDS[Reversal],
        ~reversed_before(journal_entries),
    )
    .order_by(journal_entries.c.position)
)


class SqlLoans:
    """Keeps loans; with each change the rows for lists are made anew in the same transaction."""

    def __init__(self, work: Work, rules: RulesInForce, at_hand: LoansAtHand) -> None:
        self._work, self._rules, self._at_hand = work, rules, at_hand
        self._loaded: dict[UUID, Loan] = {}  # to be changed, as the file holds it
        self._read: dict[UUID, tuple[Mark, Loan]] = {}  # or written; at hand for others once it is committed

    def get(self, record_id: UUID) -> Loan:
        marks = _MARK.raw(self._work.connection, loan_id=record_id)
        if not marks:
            raise NotFound(KIND, record_id)
        mark = Mark(*marks[0])
        loan = self._of(record_id, mark)
        if self._work.writes:  # as the only writer until the unit ends
            self._loaded[record_id] = loan
            self._read[record_id] = mark, loan
        else:
            self._at_hand.keep(mark, loan)
        return loan

    def add(self, aggregate: Loan) -> None:
        entries = journal_to_rows(aggregate)
        told = {"journal": told_entries(entries)} if entries else {}
        self._work.add(loans, {**loan_to_row(aggregate), "version": 1}, KIND, told=told)
        self._append(entries)
        rules = self._rules.of(aggregate.product_id)
        project(self._work.connection, aggregate if aggregate.rules == rules else replace(aggregate, rules=rules))

    def save(self, aggregate: Loan) -> None:
        """Keep a changed loan; of the journal the new entries are added, and those kept must stand before them.

        Its row is written, and its version grows, where more than the journal has changed. The rows for lists are by the
        rules in force, whatever the loan was made or loaded with.
        """
        self._work.must_write()
        if aggregate.id not in self._loaded:
            self.get(aggregate.id)
        before = self._loaded.pop(aggregate.id)
        kept = before.journal.entries
        if kept != aggregate.journal.entries[: len(kept)]:
            raise ConflictError(f"{KIND} {aggregate.id}: the journal lacks entries that the file holds")
        added = journal_to_rows(aggregate, len(kept))
        told = {"journal_added": told_entries(added)} if added else {}
        now = aggregate
        if added and aggregate.differs_in_journal_only(before):
            self._work.note(KIND, aggregate.id, told)
        else:
            self._work.save(loans, loan_to_row(aggregate), KIND, before=loan_to_row(before), told_after=told)
            now = replace(aggregate, version=aggregate.version + 1)
        self._append(added)
        rules = before.rules if now.product_id == before.product_id else self._rules.of(now.product_id)
        by_rules = now if now.rules == rules else replace(now, rules=rules)
        if not project_payment(self._work.connection, by_rules, by_rules.journal.entries[len(kept) :]):
            project(self._work.connection, by_rules)
        last_position = len(now.journal.entries) - 1 if now.journal.entries else None
        mark = self._read[now.id][0]._replace(version=now.version, last_position=last_position)
        self._read[now.id] = mark, by_rules

    def committed(self) -> None:
        """What this unit read and wrote is what the file holds."""
        for mark, loan in self._read.values():
            self._at_hand.keep(mark, loan)

    def next_number(self) -> int:
        return self._work.next_number(KIND)

    def with_reference(self, digits: str) -> UUID | None:
        known = select(loans.c.id).where(loans.c.payment_reference == digits)
        return self._work.connection.execute(known).scalar()

    def _of(self, record_id: UUID, mark: Mark) -> Loan:
        """The loan with that mark: the one at hand, else from its row and its journal, by the rules in force."""
        own = self._read.get(record_id)
        known = own[1] if own is not None and own[0] == mark else self._at_hand.of(record_id, mark)
        if known is not None:
            return known
        (row,) = _LOAN.all(self._work.connection, loan_id=record_id)
        entries = _ENTRIES.all(self._work.connection, loan_id=record_id)
        return row_to_loan(row, entries, self._rules.of(row.product_id))

    def _append(self, entries: Sequence[Values]) -> None:
        insertion(journal_entries).run_many(self._work.connection, entries)


def loan_until(connection: Connection, rules: RulesInForce, loan_id: UUID, until: date) -> Loan:
    """A loan with what happened until the end of a day and was never reversed, as it is known now."""
    (row,) = _LOAN.all(connection, loan_id=loan_id)
    return row_to_loan(row, _COUNTING.all(connection, loan_id=loan_id, until=until), rules.of(row.product_id))


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
    reference = loan.payment_reference
    return {
        "id": loan.id,
        "number": loan.number,
        "borrower_id": loan.borrower_id,
        "product_id": loan.product_id,
        "group_id": loan.group_id,
        "terms": _terms_text(loan.terms),
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
        "payment_reference": reference.digits if reference else None,
        "payment_reference_kind": reference.kind.value if reference else None,
        "version": loan.version,
    }


@lru_cache(maxsize=1024)
def _terms_text(terms: Terms) -> str:
    return canonical(terms_to_json(terms))


@lru_cache(maxsize=1024)
def _terms_of(text: str) -> Terms:
    """The same object for the same text, so that its plan is found again."""
    return terms_from_json(json.loads(text))


def journal_to_rows(loan: Loan, since: int = 0) -> list[Values]:
    """One row per entry, in the order of typing, from the place `since` on."""
    return [
        {"loan_id": loan.id, "position": position, **_entry_to_row(entry)}
        for position, entry in enumerate(loan.journal.entries[since:], start=since)
    ]


def _entry_to_row(entry: Entry) -> Values:
    amount = amount_of(entry)
    row: Values = {
        "id": entry.id,
        "kind": _KINDS[type(entry)],
        "on": entry.on,
        "amount_minor": amount.minor if amount else None,
        "currency": amount.currency.value if amount else None,
        "means": None,
        "note": entry.reason if isinstance(entry, Reversal) else entry.note,
        "reverses": entry.of if isinstance(entry, Reversal) else None,
        "recorded_at": entry.recorded.at,
        "recorded_by": entry.recorded.by,
        "due_on": entry.due_on if isinstance(entry, Fee) else None,
        "details": None,
    }
    if isinstance(entry, Payment):
        row["means"] = entry.means.value
    details = _details(entry)
    return {**row, "details": canonical(details)} if details else row


def _details(entry: Entry) -> Values:
    """What an entry says that has no column of its own."""
    if isinstance(entry, Payment):
        return {"early_repayment": entry.early_repayment.value} if entry.early_repayment else {}
    if isinstance(entry, Payout):
        return {"payee": entry.payee} if entry.payee else {}
    if isinstance(entry, RateChange):
        told = {"told_on": entry.told_on.isoformat()} if entry.told_on else {}
        return {"annual_rate_percent": f"{entry.annual_rate_percent:f}", **told}
    if isinstance(entry, NewPlan):
        purpose = {} if entry.purpose is NewPlanFor.RESTRUCTURING else {"purpose": entry.purpose.value}
        return {"terms": terms_to_json(entry.terms), **purpose}
    if isinstance(entry, PaymentHoliday):
        return {"instalments": entry.instalments, "interest": entry.interest.value}
    return {"of": entry.of.value} if isinstance(entry, Waiver) else {}


def row_to_loan(row: Row[Any], entries: Sequence[Row[Any]], rules: LoanRules) -> Loan:
    """A loan from its row, its entries' rows in order, and the rules of its product's version."""
    return Loan(
        id=row.id,
        number=row.number,
        borrower_id=row.borrower_id,
        product_id=row.product_id,
        terms=_terms_of(row.terms),
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
        rules=rules,
        version=row.version,
        payment_reference=None
        if row.payment_reference is None
        else PaymentReference(ReferenceKind(row.payment_reference_kind), row.payment_reference),
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
    common: Values = {"id": row.id, "on": row.on, "recorded": recorded}
    if row.kind == _KINDS[Reversal]:
        return Reversal(**common, of=row.reverses, reason=row.note)
    common["note"] = row.note
    details: Values = json.loads(row.details) if row.details else {}
    if row.amount_minor is not None:
        common["amount"] = Money(row.amount_minor, Currency(row.currency))
    if row.kind == _KINDS[Payment]:
        early = details.get("early_repayment")
        rule = EarlyRepayment(early) if early else None
        return Payment(**common, means=PaymentMeans(row.means), early_repayment=rule)
    if row.kind == _KINDS[Fee]:
        return Fee(**common, due_on=row.due_on)
    if row.kind == _KINDS[RateChange]:
        told_on = date.fromisoformat(details["told_on"]) if "told_on" in details else None
        return RateChange(**common, annual_rate_percent=Decimal(details["annual_rate_percent"]), told_on=told_on)
    if row.kind == _KINDS[NewPlan]:
        purpose = NewPlanFor(details.get("purpose", NewPlanFor.RESTRUCTURING.value))
        return NewPlan(**common, terms=terms_from_json(details["terms"]), purpose=purpose)
    if row.kind == _KINDS[Payout]:
        return Payout(**common, payee=details.get("payee", ""))
    if row.kind == _KINDS[PaymentHoliday]:
        interest = HolidayInterest(details["interest"])
        return PaymentHoliday(**common, instalments=details["instalments"], interest=interest)
    if row.kind == _KINDS[Waiver]:
        return Waiver(**common, of=Waived(details["of"]))
    plain: Entry = _OF_KIND[row.kind](**common)
    return plain


def untold(values: Values) -> Values:
    """Of a loan older than payment references, of which the audit trail says nothing: the one it was given since."""
    if values["payment_reference"] is None:
        return {}
    kind = ReferenceKind(values["payment_reference_kind"])
    given = reference_for(values["number"], usual_rule(kind.country))
    return {"payment_reference": given.digits, "payment_reference_kind": given.kind.value}


def project_all(connection: Connection, progress: Progress) -> None:
    """Make the rows for lists of every loan anew, as after a change of what they hold."""
    _project_chosen(connection, true(), true(), progress, never)


def project_since(connection: Connection, day: date, progress: Progress, cancelled: Cancelled) -> bool:
    """Make the rows for lists of loans with an entry on that day or later anew, as after a change of a dated rate.

    False when cancelled, with some of them made.
    """
    touched = select(journal_entries.c.loan_id).where(journal_entries.c.on >= day)
    of_loans, of_entries = loans.c.id.in_(touched), journal_entries.c.loan_id.in_(touched)
    return _project_chosen(connection, of_loans, of_entries, progress, cancelled)


def _project_chosen(
    connection: Connection,
    of_loans: ColumnElement[bool],
    of_entries: ColumnElement[bool],
    progress: Progress,
    cancelled: Cancelled,
) -> bool:
    rules = RulesInForce(connection)
    entries: dict[UUID, list[Row[Any]]] = {}
    in_order = select(journal_entries).where(of_entries).order_by(journal_entries.c.position)
    for entry in connection.execute(in_order).all():
        entries.setdefault(entry.loan_id, []).append(entry)
    chosen = connection.execute(select(loans).where(of_loans)).all()
    for number, row in enumerate(chosen):
        if number % TOLD_EVERY == 0:
            if cancelled():
                return False
            progress(number, len(chosen))
        project(connection, row_to_loan(row, entries.get(row.id, []), rules.of(row.product_id)))
    return not cancelled()
