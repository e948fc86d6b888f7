"""Proves an office file whole: pages, references, audit trail, records, journals, lists and documents agree."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, Row, Table, select

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.domain.loan import Loan
from mikrolaan.storage import arrears as of_arrears
from mikrolaan.storage import bank_imports as of_bank
from mikrolaan.storage import borrowers as of_borrowers
from mikrolaan.storage import budgets as of_budgets
from mikrolaan.storage import documents as of_documents
from mikrolaan.storage import groups as of_groups
from mikrolaan.storage import guarantors as of_guarantors
from mikrolaan.storage import law_rows as of_law
from mikrolaan.storage import ledger as of_ledger
from mikrolaan.storage import loans as of_loans
from mikrolaan.storage import offices as of_offices
from mikrolaan.storage import products as of_products
from mikrolaan.storage.audit import entries, first_broken, record_text
from mikrolaan.storage.check_ledger import ledger_differences
from mikrolaan.storage.guarantor_tables import guarantor_notices, guarantors
from mikrolaan.storage.ledger_tables import ledger_accounts, ledger_closings
from mikrolaan.storage.projections import projected
from mikrolaan.storage.records import DERIVED, Values, audited
from mikrolaan.storage.rules_in_force import RulesInForce
from mikrolaan.storage.tables import (
    audit,
    bank_guides,
    bank_imports,
    borrowers,
    budget_lines,
    budgets,
    contacts,
    documents,
    due_rows,
    groups,
    instalment_rows,
    journal_entries,
    law_fees,
    law_rates,
    loan_rows,
    loans,
    memberships,
    office,
    officers,
    products,
    promises,
    steps_taken,
)

UNREADABLE = (MikrolaanError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
GUARDED = ("journal_entries", "documents", "audit", "ledger_closings")


class Proof(Enum):
    """What was looked at when something was found."""

    PAGES = "pages"  # the encrypted pages or the database's own structure
    REFERENCES = "references"  # a record points to one that is not there
    GUARDS = "guards"  # a table that is only added to has lost the trigger that says so
    AUDIT_CHAIN = "audit chain"  # an entry was altered or is missing
    RECORDS = "records"  # a record cannot be read, or is not what the audit trail tells
    LISTS = "lists"  # rows for lists and searches differ from what they are derived from
    LEDGER = "ledger"  # the books do not balance, are not what the loans are, or closed days moved
    DOCUMENTS = "documents"  # the pages of a document differ from their fingerprint


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `record` is an id, a number or a table, `detail` for the developer, without names."""

    proof: Proof
    record: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.proof.value}: {self.record} {self.detail}".rstrip()


def check_database(engine: Engine) -> list[Finding]:
    """Every proof, on one moment of the file; when the pages themselves are damaged the others are not tried."""
    try:
        with engine.connect() as connection:
            found = list(_pages(connection))
            if found:
                connection.invalidate()  # having met a damaged page, it would refuse every later act
            else:
                for proof in (_references, _guards, _audit_chain, _records, _ledger, _documents):
                    try:
                        found += proof(connection)
                    except UNREADABLE as error:  # a value that cannot even be read out of its column
                        found.append(Finding(Proof.RECORDS, proof.__name__.strip("_"), type(error).__name__))
            return found
    except MikrolaanError as error:
        return [Finding(Proof.PAGES, "", type(error).__name__)]


def _pages(connection: Connection) -> Iterator[Finding]:
    for pragma in ("cipher_integrity_check", "integrity_check"):
        for (text,) in connection.exec_driver_sql(f"PRAGMA {pragma}"):
            if text != "ok":
                yield Finding(Proof.PAGES, pragma, str(text))


def _references(connection: Connection) -> Iterator[Finding]:
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding(Proof.REFERENCES, str(row[0]), f"row {row[1]} points into {row[2]}")
    kept = select(documents.c.id)
    lost = select(loans.c.id).where(
        loans.c.contract_document_id.is_not(None), loans.c.contract_document_id.not_in(kept)
    )
    for row in connection.execute(lost):
        yield Finding(Proof.REFERENCES, str(row.id), "contract")


def _guards(connection: Connection) -> Iterator[Finding]:
    present = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    for table in GUARDED:
        for act in ("update", "delete"):
            if f"{table}_no_{act}" not in present:
                yield Finding(Proof.GUARDS, table, act)


def _audit_chain(connection: Connection) -> Iterator[Finding]:
    broken = first_broken(entries(connection))
    if broken is not None:
        yield Finding(Proof.AUDIT_CHAIN, str(broken))


@dataclass(frozen=True, slots=True)
class _Kept:
    """How one kind of record is kept: its table, its kind in the audit trail, how it is loaded and mapped back."""

    table: Table
    kind: str
    load: Callable[[Connection, Row[Any]], Any]
    back: Callable[[Any], Values]
    parts: Callable[[Any], Values] = lambda loaded: {}
    listed: Callable[[Connection, Any], bool] = lambda connection, loaded: True  # its rows for lists are right
    untold: Callable[[Values], Values] = lambda values: {}  # what the trail of an older file leaves unsaid


def _as_projected(connection: Connection, loan: Loan) -> bool:
    """Whether the rows for lists are what the journal gives."""
    made = projected(loan)
    return all(
        [
            tuple(row)[1:]
            for row in connection.execute(select(table).where(table.c.loan_id == loan.id).order_by(*table.primary_key))
        ]
        == wanted
        for table, wanted in (
            (loan_rows, [made.loan_row]),
            (instalment_rows, made.instalments),
            (due_rows, list(made.owed)),
        )
    )


_KINDS = (
    _Kept(
        guarantors,
        of_guarantors.KIND,
        lambda _, row: of_guarantors.row_to_guarantor(row),
        of_guarantors.guarantor_to_row,
    ),
    _Kept(
        guarantor_notices,
        of_guarantors.NOTICE,
        lambda _, row: of_guarantors.row_to_notice(row),
        of_guarantors.notice_to_row,
    ),
    _Kept(contacts, of_arrears.CONTACT, lambda _, row: of_arrears.row_to_contact(row), of_arrears.contact_to_row),
    _Kept(promises, of_arrears.PROMISE, lambda _, row: of_arrears.row_to_promise(row), of_arrears.promise_to_row),
    _Kept(
        steps_taken,
        of_arrears.STEP_TAKEN,
        lambda _, row: of_arrears.row_to_step_taken(row),
        of_arrears.step_taken_to_row,
    ),
    _Kept(office, of_offices.OFFICE, lambda _, row: of_offices.row_to_office(row), of_offices.office_to_row),
    _Kept(officers, of_offices.OFFICER, lambda _, row: of_offices.row_to_officer(row), of_offices.officer_to_row),
    _Kept(
        products,
        of_products.KIND,
        lambda _, row: of_products.row_to_product(row),
        of_products.product_to_row,
        untold=of_products.untold,
    ),
    _Kept(law_rates, of_law.RATE, lambda _, row: of_law.row_to_rate(row), of_law.rate_to_row),
    _Kept(law_fees, of_law.FEE, lambda _, row: of_law.row_to_fee(row), of_law.fee_to_row),
    _Kept(borrowers, of_borrowers.KIND, lambda _, row: of_borrowers.row_to_borrower(row), of_borrowers.borrower_to_row),
    _Kept(bank_imports, of_bank.KIND, lambda _, row: of_bank.row_to_import(row), of_bank.import_to_row),
    _Kept(bank_guides, of_bank.GUIDE_KIND, lambda _, row: of_bank.row_to_guide(row), of_bank.guide_to_row),
    _Kept(
        budgets,
        of_budgets.KIND,
        lambda connection, row: of_budgets.row_to_budget(row, _parts(connection, budget_lines, "budget_id", row.id)),
        of_budgets.budget_to_row,
        lambda budget: {"lines": of_budgets.told_lines(of_budgets.lines_to_rows(budget))},
    ),
    _Kept(
        groups,
        of_groups.KIND,
        lambda connection, row: of_groups.row_to_group(row, _parts(connection, memberships, "group_id", row.id)),
        of_groups.group_to_row,
        lambda group: {"members": of_groups.told_members(of_groups.members_to_rows(group))},
    ),
    _Kept(
        loans,
        of_loans.KIND,
        lambda connection, row: of_loans.row_to_loan(
            row, _parts(connection, journal_entries, "loan_id", row.id), RulesInForce(connection).of(row.product_id)
        ),
        of_loans.loan_to_row,
        lambda loan: {"journal": of_loans.told_entries(of_loans.journal_to_rows(loan))},
        _as_projected,
        of_loans.untold,
    ),
    _Kept(
        ledger_accounts,
        of_ledger.ACCOUNT_KIND,
        lambda _, row: of_ledger.row_to_account(row),
        of_ledger.account_to_row,
    ),
    _Kept(
        ledger_closings,
        of_ledger.CLOSING_KIND,
        lambda _, row: of_ledger.row_to_closing(row),
        of_ledger.closing_to_row,
    ),
)


def _parts(connection: Connection, table: Table, owner: str, record_id: UUID) -> list[Row[Any]]:
    of_owner = select(table).where(table.c[owner] == record_id).order_by(table.c.position)
    return list(connection.execute(of_owner).all())


def _records(connection: Connection) -> Iterator[Finding]:
    told = _told_by_audit(connection)
    for kept in _KINDS:
        seen = set()
        for row in connection.execute(select(kept.table)).all():
            seen.add(row.id)
            try:
                loaded = kept.load(connection, row)
                values = {**kept.back(loaded), **kept.parts(loaded)}
                listed = kept.listed(connection, loaded)
            except UNREADABLE as error:
                yield Finding(Proof.RECORDS, str(row.id), f"{kept.kind}: {type(error).__name__}")
                continue
            own = row._asdict()
            if not listed or any(own[name] != values[name] for name in DERIVED & values.keys()):
                yield Finding(Proof.LISTS, str(row.id), kept.kind)
            differing = _differing({**kept.untold(values), **told.get((kept.kind, row.id), {})}, values)
            if differing:
                yield Finding(Proof.RECORDS, str(row.id), f"{kept.kind}: not as in the audit trail: {differing}")
        for kind, record_id in told:
            if kind == kept.kind and record_id not in seen:
                yield Finding(Proof.RECORDS, str(record_id), f"{kind}: gone")


def _told_by_audit(connection: Connection) -> dict[tuple[str, UUID], Values]:
    """Every record as the audit trail builds it up, change by change."""
    told: dict[tuple[str, UUID], Values] = {}
    changes = select(audit.c.kind, audit.c.record_id, audit.c.after).where(audit.c.after.is_not(None))
    for row in connection.execute(changes.order_by(audit.c.sequence)):
        record = told.setdefault((row.kind, row.record_id), {})
        after = json.loads(row.after)
        record["journal"] = [*record.get("journal", []), *after.pop("journal", []), *after.pop("journal_added", [])]
        record.update(after)
    return told


def _differing(told: Mapping[str, Any], values: Values) -> str:
    """The names of the fields that are not as the audit trail tells; empty and absent are the same."""
    own = json.loads(record_text(audited(values)))
    return ", ".join(name for name, value in own.items() if (told.get(name) or None) != (value or None))


def _ledger(connection: Connection) -> Iterator[Finding]:
    try:
        for record, detail in ledger_differences(connection):
            yield Finding(Proof.LEDGER, record, detail)
    except UNREADABLE:
        return  # a record that cannot be read: the proof of the records tells which


def _documents(connection: Connection) -> Iterator[Finding]:
    """Every document is there with the pages that were issued, as the audit trail tells them."""
    told = select(audit.c.record_id, audit.c.after).where(audit.c.kind == of_documents.KIND, audit.c.after.is_not(None))
    fingerprints = {row.record_id: json.loads(row.after)["sha256_hex"] for row in connection.execute(told)}
    for (document_id,) in connection.execute(select(documents.c.id)).all():
        row = connection.execute(select(documents).where(documents.c.id == document_id)).one()
        try:
            document = of_documents.row_to_document(row)
        except UNREADABLE as error:
            yield Finding(Proof.DOCUMENTS, str(row.number), type(error).__name__)
        else:
            if fingerprints.get(document_id) != document.sha256_hex:
                yield Finding(Proof.DOCUMENTS, str(row.number), "not as in the audit trail")
        fingerprints.pop(document_id, None)
    for lost in fingerprints:
        yield Finding(Proof.DOCUMENTS, str(lost), "gone")
