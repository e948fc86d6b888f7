"""Loans as the open file held them when they were last read or kept, so that one that nobody changed is not read again.

A page asks for a loan, shows what a payment would do and then takes it: three readings of the same journal, and of each a
replay. A loan is at hand as long as its mark in the file is the one it had: a version grows with each change of a record, a
journal is only added to, and only one program has the file open.
"""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple
from uuid import UUID

from mikrolaan.domain.loan import Loan

MOST = 128  # loans, the latest used; a loan of three years with its last replays takes some 150 kB


class Mark(NamedTuple):
    """What tells that a loan, and the rules it lives by, are as they were."""

    version: int  # of the loan's own row
    last_position: int | None  # of its journal's last entry
    products: int | None  # the versions of all products, added up
    law_rates: int | None  # and of the office's own rates of late interest


class LoansAtHand:
    """The loans of one open file; usable from any thread, for a loan is only read."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: dict[UUID, tuple[Mark, Loan]] = {}  # the one used last at the end
        self._lock = Lock()

    def of(self, loan_id: UUID, mark: Mark) -> Loan | None:
        """The loan with just this mark; None when it is not at hand or has changed since."""
        with self._lock:
            known = self._known.pop(loan_id, None)
            if known is None or known[0] != mark:
                return None
            self._known[loan_id] = known
            return known[1]

    def keep(self, mark: Mark, loan: Loan) -> None:
        """Have a loan at hand that the file holds with this mark, committed."""
        with self._lock:
            self._known.pop(loan.id, None)
            self._known[loan.id] = mark, loan
            if len(self._known) > self._most:
                del self._known[next(iter(self._known))]
