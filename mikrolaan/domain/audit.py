"""What officers did: one chained entry for every unit of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID


class Act(Enum):
    """What an officer did; stored by value, shown in the screen's language."""

    OFFICE_FOUNDED = "office founded"
    OFFICE_CHANGED = "office changed"
    OFFICER_ADDED = "officer added"
    PASSWORD_CHANGED = "password changed"
    SIGNED_IN = "signed in"
    BORROWER_REGISTERED = "borrower registered"
    BORROWER_CHANGED = "borrower changed"
    GROUP_FORMED = "group formed"
    GROUP_CHANGED = "group changed"
    PRODUCT_ADDED = "product added"
    PRODUCT_CHANGED = "product changed"
    PRODUCT_WITHDRAWN = "product withdrawn"
    PRODUCT_OFFERED_AGAIN = "product offered again"
    LATE_RATE_CHANGED = "late-interest rate changed"
    LETTER_FEE_CHANGED = "fee for letters changed"
    BUDGET_SAVED = "budget saved"
    APPLICATION_MADE = "application made"
    APPLICATION_CHANGED = "application changed"
    APPLICATION_WITHDRAWN = "application withdrawn"
    GROUP_VIEW_RECORDED = "group's view recorded"
    LOAN_DECIDED = "loan decided"
    CONTRACT_ISSUED = "contract issued"
    PLAN_ISSUED = "plan issued"
    RECEIPT_ISSUED = "receipt issued"
    CONTRACT_SIGNED = "contract signed"
    PAID_OUT = "paid out"
    PAYMENT_TAKEN = "payment taken"
    GROUP_PAYMENTS_TAKEN = "group payments taken"
    FEE_CHARGED = "fee charged"
    RATE_CHANGED = "rate changed"
    NEW_PLAN_MADE = "new plan made"
    DUE_DAY_MOVED = "due day moved"
    HOLIDAY_GRANTED = "payment holiday granted"
    CLAIM_WAIVED = "claim waived"
    LOAN_WRITTEN_OFF = "loan written off"
    LOSS_RECOVERED = "loss recovered"
    CREDIT_REFUNDED = "credit refunded"
    ENTRY_REVERSED = "entry reversed"
    LEDGER_ACCOUNT_CHANGED = "ledger account changed"
    BOOKS_CLOSED = "books closed"
    CONTACT_RECORDED = "contact recorded"
    PROMISE_RECORDED = "promise recorded"
    PROMISE_TAKEN_BACK = "promise taken back"
    STEP_TAKEN = "step against arrears taken"
    LETTER_SENT = "letter about arrears sent"
    DUNNING_STEPS_CHANGED = "steps against arrears changed"
    GUARANTOR_ADDED = "guarantor added"
    GUARANTOR_CHANGED = "guarantor changed"
    GUARANTOR_REMOVED = "guarantor removed"
    GUARANTEE_ISSUED = "guarantee issued"
    GUARANTEE_SIGNED = "guarantee signed"
    GUARANTOR_RELEASED = "guarantor released"
    RELEASE_TAKEN_BACK = "release of a guarantor taken back"
    GUARANTOR_NOTIFIED = "guarantor notified"
    BANK_FILE_IMPORTED = "bank file imported"
    BANK_IMPORT_REVERSED = "bank import reversed"
    BANK_LIST_EXPLAINED = "bank list explained"
    EXAMPLE_MADE = "example made"


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; None where it did not exist; values are JSON text."""

    kind: str  # "borrower", "loan", "group", …
    record_id: UUID
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change that one officer made, chained to the entry before by its hash."""

    sequence: int
    at: datetime  # UTC
    officer_id: UUID
    act: Act
    change: Change
    previous_hash: str
    hash: str
