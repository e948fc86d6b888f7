"""Imported bank files in the office file, what became of their lines, and how the office reads its bank's lists."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, and_, exists, insert, select, update

from mikrolaan.domain.bank_file import BankFormat
from mikrolaan.domain.bank_import import BankImport, ImportedLine, ImportReversed
from mikrolaan.domain.csv_guide import CsvGuide
from mikrolaan.domain.journal import Recorded
from mikrolaan.domain.money import Currency, Money
from mikrolaan.storage.audit import canonical
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.tables import bank_guides, bank_import_lines, bank_imports, journal_entries

KIND = "bank import"
GUIDE_KIND = "bank guide"
AT_ONCE = 500  # values in one question

Item = TypeVar("Item")


class SqlBankImports:
    """Keeps imports and their lines; a line whose payment counts holds its claim, which no other line can take."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, import_id: UUID) -> BankImport:
        return row_to_import(self._work.row(bank_imports, import_id, KIND))

    def add(self, imported: BankImport, lines: Sequence[ImportedLine]) -> None:
        self._work.add(bank_imports, {**import_to_row(imported), "version": 1}, KIND)
        self._let_go([line.identity for line in lines if line.entry_id is not None])
        rows = [line_to_row(imported.id, line) for line in lines]
        if rows:
            self._work.connection.execute(insert(bank_import_lines), rows)

    def save(self, imported: BankImport) -> None:
        self._work.save(bank_imports, import_to_row(imported), KIND)

    def lines(self, import_id: UUID) -> Sequence[ImportedLine]:
        of_import = select(bank_import_lines).where(bank_import_lines.c.import_id == import_id)
        rows = self._work.connection.execute(of_import.order_by(bank_import_lines.c.position))
        return [row_to_line(row) for row in rows]

    def taken(self, identities: Collection[str]) -> set[str]:
        return set(claimed(self._work.connection, identities))

    def keep_guide(self, key: str, guide: CsvGuide) -> None:
        kept = self._work.connection.execute(select(bank_guides).where(bank_guides.c.key == key)).first()
        row = {"key": key, "guide": canonical(guide.to_json())}
        if kept is None:
            self._work.add(bank_guides, {"id": uuid4(), **row, "version": 1}, GUIDE_KIND)
        elif kept.guide != row["guide"]:
            self._work.save(bank_guides, {"id": kept.id, **row, "version": kept.version}, GUIDE_KIND)

    def _let_go(self, identities: Collection[str]) -> None:
        """Free the claims of lines whose payment was reversed, so that the same line can be imported again."""
        for part in parts(identities):
            self._work.connection.execute(
                update(bank_import_lines).where(bank_import_lines.c.claim.in_(part), is_reversed()).values(claim=None)
            )


def is_reversed() -> Any:
    """Whether the payment that a line became was reversed."""
    return exists().where(
        and_(
            journal_entries.c.loan_id == bank_import_lines.c.loan_id,
            journal_entries.c.reverses == bank_import_lines.c.entry_id,
        )
    )


def claimed(connection: Connection, identities: Collection[str]) -> dict[str, UUID]:
    """Those of the identities whose line is a payment that counts, with its loan."""
    found: dict[str, UUID] = {}
    for part in parts(identities):
        question = select(bank_import_lines.c.claim, bank_import_lines.c.loan_id)
        counting = question.where(bank_import_lines.c.claim.in_(part), ~is_reversed())
        found |= {row.claim: row.loan_id for row in connection.execute(counting)}
    return found


def parts(items: Collection[Item]) -> Iterator[list[Item]]:
    """The items in lists that one question can hold."""
    rest = iter(items)
    while part := list(islice(rest, AT_ONCE)):
        yield part


def import_to_row(imported: BankImport) -> Values:
    """The columns of an import."""
    undone = imported.reversed
    return {
        "id": imported.id,
        "file_name": imported.file_name,
        "sha256": imported.sha256,
        "format": imported.format.value,
        "read_at": imported.recorded.at,
        "read_by": imported.recorded.by,
        "lines": imported.lines,
        "accepted": imported.accepted,
        "currency": imported.total.currency.value,
        "total_minor": imported.total.minor,
        "accepted_minor": imported.accepted_total.minor,
        "reversed_at": undone.recorded.at if undone else None,
        "reversed_by": undone.recorded.by if undone else None,
        "reversal_reason": undone.reason if undone else "",
        "version": imported.version,
    }


def row_to_import(row: Row[Any]) -> BankImport:
    """An import from its row."""
    undone = None
    if row.reversed_at is not None:
        undone = ImportReversed(Recorded(row.reversed_at, row.reversed_by), row.reversal_reason)
    currency = Currency(row.currency)
    return BankImport(
        id=row.id,
        file_name=row.file_name,
        sha256=row.sha256,
        format=BankFormat(row.format),
        recorded=Recorded(row.read_at, row.read_by),
        lines=row.lines,
        accepted=row.accepted,
        total=Money(row.total_minor, currency),
        accepted_total=Money(row.accepted_minor, currency),
        reversed=undone,
        version=row.version,
    )


def line_to_row(import_id: UUID, line: ImportedLine) -> Values:
    """The columns of a line."""
    return {
        "import_id": import_id,
        "position": line.position,
        "line": line.line,
        "identity": line.identity,
        "claim": line.identity if line.entry_id is not None else None,
        "amount_minor": line.amount.minor if line.amount is not None else None,
        "currency": line.amount.currency.value if line.amount is not None else None,
        "booked_on": line.booked_on,
        "payer_mark": line.payer_mark,
        "loan_id": line.loan_id,
        "entry_id": line.entry_id,
    }


def row_to_line(row: Row[Any]) -> ImportedLine:
    """A line from its row."""
    amount = None if row.amount_minor is None else Money(row.amount_minor, Currency(row.currency))
    return ImportedLine(
        row.position, row.line, row.identity, amount, row.booked_on, row.payer_mark, row.loan_id, row.entry_id
    )


def guide_to_row(guide: tuple[str, CsvGuide, UUID, int]) -> Values:
    """The columns of a guide that was read from its row."""
    key, read, record_id, version = guide
    return {"id": record_id, "key": key, "guide": canonical(read.to_json()), "version": version}


def row_to_guide(row: Row[Any]) -> tuple[str, CsvGuide, UUID, int]:
    """A guide with its key, from its row."""
    return row.key, CsvGuide.from_json(json.loads(row.guide)), row.id, row.version
