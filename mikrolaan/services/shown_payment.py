"""The payment that an officer was shown last: taking just that keeps the figures that were shown."""

from __future__ import annotations

from dataclasses import replace

from mikrolaan.domain.journal import Payment
from mikrolaan.domain.loan import Loan


class ShownPayment:
    """What a preview computed, for as long as nothing else is shown; a loan that has changed since is another loan."""

    def __init__(self) -> None:
        self._last: tuple[Loan, Loan] | None = None  # the loan before it, and with it

    def loan_with(self, loan: Loan, payment: Payment) -> Loan:
        """The loan with that payment: as it was shown, where the payment counts as the one shown, else computed now.

        Its identity is then the one that was shown, and may not be that of `payment`; who typed it and when, the means
        and the note are those of `payment`.
        """
        if self._last is not None:
            before, after = self._last
            shown = after.journal.entries[-1]
            if before is loan and isinstance(shown, Payment) and _counts_as(payment, shown):
                return after.with_last_entry_as(replace(payment, id=shown.id))
        after = loan.with_entry(payment)
        self._last = loan, after
        return after


def _counts_as(payment: Payment, shown: Payment) -> bool:
    """Whether every figure of the loan is the same with one as with the other."""
    return (payment.on, payment.amount, payment.early_repayment) == (shown.on, shown.amount, shown.early_repayment)
