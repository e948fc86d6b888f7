"""Gives a loan its payment reference, once, before the first paper that shows it leaves the office."""

from __future__ import annotations

from mikrolaan.domain.loan import Loan
from mikrolaan.domain.payment_reference import ReferenceTaken, reference_for
from mikrolaan.domain.unit_of_work import UnitOfWork


def with_reference_given(unit: UnitOfWork, loan: Loan) -> Loan:
    """The loan with the reference that the office's present rule gives; one that it has already stays.

    Raises ReferenceTooShort when the rule has no room for its number, and ReferenceTaken when another loan has it
    from a time with other rules.
    """
    if loan.payment_reference is not None:
        return loan
    reference = reference_for(loan.number, unit.office.get().reference_rule)
    if unit.loans.with_reference(reference.digits) is not None:
        raise ReferenceTaken(reference.digits)
    return loan.with_reference(reference)
