"""Loans as the open file held them when they were last read or kept, so that one that nobody changed is not read again.

A page asks for a loan, shows what a payment would do and then takes it: three readings of the same journal, and of each a
replay. A loan is at hand as long as its row in the file, the place of its last journal entry and the versions of products and
dated rates are those that it came from: a journal is only added to, and only one program has the file open.
"""

from __future__ import annotations

from threading import Lock
from typing import Any
from uuid import UUID

from mikrolaan.domain.loan import Loan

MOST = 256  # loans, the latest used; a loan of three years with its last replay takes some 60 kB
KeptRow = tuple[Any, ...]  # of the table of loans with what else tells that a loan is as it was, as the driver gives it


class LoansAtHand:
    """The loans of one open file; usable from any thread, for a loan is only read."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: dict[UUID, tuple[KeptRow, Loan]] = {}  # the one used last at the end
        self._lock = Lock()

    def of(self, loan_id: UUID, row: KeptRow) -> Loan | None:
        """The loan that came from just this row; None when it is not at hand or the row has changed since."""
        with self._lock:
            known = self._known.pop(loan_id, None)
            if known is None or known[0] != row:
                return None
            self._known[loan_id] = known
            return known[1]

    def keep(self, row: KeptRow, loan: Loan) -> None:
        """Have a loan at hand that the file holds with this row, committed."""
        with self._lock:
            self._known.pop(loan.id, None)
            self._known[loan.id] = row, loan
            if len(self._known) > self._most:
                del self._known[next(iter(self._known))]
