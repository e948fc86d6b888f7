"""The office's own rates and fees in the office file; a change of a rate makes the rows for lists it touches anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from mikrolaan.domain.law_tables import OwnFee, OwnRate
from mikrolaan.domain.long_work import Cancelled, Progress, never, no_progress
from mikrolaan.storage.law_rows import FEE, RATE, fee_to_row, rate_to_row, row_to_fee, row_to_rate
from mikrolaan.storage.loans import project_since
from mikrolaan.storage.records import Work
from mikrolaan.storage.rules_in_force import RulesInForce
from mikrolaan.storage.tables import law_fees, law_rates


class SqlLawRates:
    """Keeps rates of late interest; they are never deleted, a wrong one is withdrawn."""

    def __init__(self, work: Work, rules: RulesInForce) -> None:
        self._work, self._rules = work, rules
        self._since: date | None = None  # from when on loans are to be counted anew

    def get(self, record_id: UUID) -> OwnRate:
        return row_to_rate(self._work.row(law_rates, record_id, RATE))

    def all(self) -> Sequence[OwnRate]:
        rows = self._work.connection.execute(select(law_rates).order_by(law_rates.c.first))
        return [row_to_rate(row) for row in rows]

    def add(self, aggregate: OwnRate) -> None:
        self._work.add(law_rates, {**rate_to_row(aggregate), "version": 1}, RATE)
        self._touch(aggregate.row.first)

    def save(self, aggregate: OwnRate) -> None:
        before = self.get(aggregate.id)
        self._work.save(law_rates, rate_to_row(aggregate), RATE)
        self._touch(min(before.row.first, aggregate.row.first))

    def count_anew(self, progress: Progress = no_progress, cancelled: Cancelled = never) -> bool:
        if self._since is None:
            return True
        if not project_since(self._work.connection, self._since, progress, cancelled):
            return False  # a commit would begin again: no row is left half counted
        self._since = None
        return True

    def _touch(self, since: date) -> None:
        """What a payment settled depends on the late interest of its day: later entries count anew."""
        self._rules.forget()
        self._since = since if self._since is None else min(self._since, since)


class SqlLawFees:
    """Keeps fees for letters; they are never deleted, a wrong one is withdrawn."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, record_id: UUID) -> OwnFee:
        return row_to_fee(self._work.row(law_fees, record_id, FEE))

    def all(self) -> Sequence[OwnFee]:
        rows = self._work.connection.execute(select(law_fees).order_by(law_fees.c.first))
        return [row_to_fee(row) for row in rows]

    def add(self, aggregate: OwnFee) -> None:
        self._work.add(law_fees, {**fee_to_row(aggregate), "version": 1}, FEE)

    def save(self, aggregate: OwnFee) -> None:
        self._work.save(law_fees, fee_to_row(aggregate), FEE)
