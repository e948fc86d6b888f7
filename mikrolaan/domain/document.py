"""Documents: pages that left the office, kept as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256
from uuid import UUID

from mikrolaan.domain.errors import OfficeFileError


class DocumentKind(Enum):
    """What kind of page it is."""

    LOAN_CONTRACT = "loan contract"
    REPAYMENT_PLAN = "repayment plan"
    GUARANTEE = "declaration of guarantee"  # of a guarantor who comes after the contract
    RECEIPT = "receipt"  # for one payment
    REMINDER = "reminder"  # of an overdue payment
    COLLECTION_NOTICE = "notice of debt collection"
    PAYMENT_DEMAND = "demand for payment"
    GUARANTOR_NOTICE = "notice of default"  # to one person who answers for the loan


@dataclass(eq=False)
class DocumentAltered(OfficeFileError):
    """The kept pages no longer match the fingerprint taken when they were issued."""

    number: str


@dataclass(frozen=True, slots=True)
class Document:
    """One issued document with its pages (PDF bytes), reprinted byte for byte."""

    id: UUID
    number: str  # printed on every page
    kind: DocumentKind
    loan_id: UUID
    borrower_id: UUID
    language: str
    text_version: str  # which wording of the text was used
    issued_at: datetime  # UTC
    issued_by: UUID
    content: bytes
    sha256_hex: str = ""  # computed when empty; checked when given

    def __post_init__(self) -> None:
        fingerprint = sha256(self.content).hexdigest()
        if not self.sha256_hex:
            object.__setattr__(self, "sha256_hex", fingerprint)
        elif self.sha256_hex != fingerprint:
            raise DocumentAltered(self.number)
