"""An establishment fee that is paid by itself: asked for with the first payout, and taken back with it."""

from __future__ import annotations

from mikrolaan.domain.entry_id import next_entry_id
from mikrolaan.domain.journal import Entry, Fee, Payout, Reversal
from mikrolaan.domain.loan import Loan


def with_payout(loan: Loan, payout: Payout) -> Loan:
    """The loan after a payout; with the first one the fee that the contract lets be paid by itself falls due.

    It is an entry of its own, since it is no part of the plan: so it is asked for, paid, waived and posted as every fee.
    """
    paid_out, fee = loan.with_entry(payout), loan.plan().paid_separately
    if loan.journal.payouts or not fee:
        return paid_out
    return paid_out.with_entry(Fee(next_entry_id(), payout.on, fee, payout.on, payout.recorded))


def with_reversal(loan: Loan, reversal: Reversal) -> Loan:
    """The loan after a reversal; a payout takes the fee along that was asked for with it."""
    payout = next((entry for entry in loan.journal.payouts if entry.id == reversal.of), None)
    for entry in loan.journal.standing:
        if payout is not None and _is_asked_with(loan, entry, payout):
            taken_back = Reversal(next_entry_id(), reversal.on, entry.id, reversal.reason, reversal.recorded)
            loan = loan.with_entry(taken_back)
    return loan.with_entry(reversal)


def is_establishment_fee(loan: Loan, entry: Entry) -> bool:
    """Whether an entry of the loan's journal is the fee that was asked for with a payout."""
    payouts = [other for other in loan.journal.entries if isinstance(other, Payout)]
    return any(_is_asked_with(loan, entry, payout) for payout in payouts)


def _is_asked_with(loan: Loan, entry: Entry, payout: Payout) -> bool:
    """Whether an entry is the fee that was typed in one act with that payout."""
    return (
        isinstance(entry, Fee)
        and (entry.on, entry.due_on, entry.recorded) == (payout.on, payout.on, payout.recorded)
        and entry.amount == loan.plan().paid_separately
    )
