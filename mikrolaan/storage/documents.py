"""Issued documents in the office file, kept byte for byte."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select

from mikrolaan.domain.document import Document, DocumentKind
from mikrolaan.storage.records import Values, Work
from mikrolaan.storage.tables import documents, receipts

KIND = "document"


class SqlDocuments:
    """Keeps documents; a trigger forbids changing or deleting one."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, document_id: UUID) -> Document:
        return row_to_document(self._work.row(documents, document_id, KIND))

    def add(self, document: Document) -> None:
        self._work.add(documents, document_to_row(document), KIND)

    def add_receipt(self, document: Document, payment_id: UUID) -> None:
        self.add(document)
        self._work.connection.execute(insert(receipts), {"entry_id": payment_id, "document_id": document.id})

    def receipt_of(self, payment_id: UUID) -> UUID | None:
        of_payment = select(receipts.c.document_id).where(receipts.c.entry_id == payment_id)
        return self._work.connection.execute(of_payment).scalar()

    def next_number(self, kind: DocumentKind) -> int:
        return self._work.next_number(f"{KIND}: {kind.value}")


def document_to_row(document: Document) -> Values:
    """The columns of a document."""
    return {
        "id": document.id,
        "number": document.number,
        "kind": document.kind.value,
        "loan_id": document.loan_id,
        "borrower_id": document.borrower_id,
        "language": document.language,
        "text_version": document.text_version,
        "issued_at": document.issued_at,
        "issued_by": document.issued_by,
        "sha256_hex": document.sha256_hex,
        "content": document.content,
    }


def row_to_document(row: Row[Any]) -> Document:
    """A document from its row; DocumentAltered when its pages no longer match their fingerprint."""
    return Document(
        id=row.id,
        number=row.number,
        kind=DocumentKind(row.kind),
        loan_id=row.loan_id,
        borrower_id=row.borrower_id,
        language=row.language,
        text_version=row.text_version,
        issued_at=row.issued_at,
        issued_by=row.issued_by,
        content=row.content,
        sha256_hex=row.sha256_hex,
    )
