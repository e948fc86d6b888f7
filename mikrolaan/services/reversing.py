"""Undoing an entry of a journal by a reversal with its reason; everything after it is replayed."""

from __future__ import annotations

from uuid import UUID

from mikrolaan.domain.audit import Act
from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.journal import (
    Entry,
    NewPlan,
    PaymentHoliday,
    RateChange,
    Recorded,
    Reversal,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.office import Role
from mikrolaan.domain.payout_fee import with_reversal
from mikrolaan.services.desk import Desk

APPROVED = (NewPlan, PaymentHoliday, RateChange, Waiver, WriteOff)  # what an approver grants, an approver takes back


def require_for(desk: Desk, entry: Entry | None) -> None:
    """NotAllowed unless the officer may reverse an entry of this kind."""
    if isinstance(entry, APPROVED):
        desk.require(Role.APPROVER)
    else:
        desk.require(Role.BOOKKEEPER, Role.ADVISER)


def reverse_entry(desk: Desk, loan_id: UUID, entry_id: UUID, reason: str) -> Loan:
    """The loan after an entry was reversed; both entries stay in the journal."""
    desk.require(Role.BOOKKEEPER, Role.ADVISER, Role.APPROVER)
    with desk.open_unit(Act.ENTRY_REVERSED) as unit:
        loan = unit.loans.get(loan_id)
        require_for(desk, next((entry for entry in loan.journal.entries if entry.id == entry_id), None))
        recorded = Recorded(desk.now(), desk.officer.id)
        loan = with_reversal(loan, Reversal(next_entry_id(), desk.today(), entry_id, reason, recorded))
        unit.loans.save(loan)
        unit.commit()
    return loan
