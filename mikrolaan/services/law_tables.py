"""The law's dated tables as the office has them: what ships with the program, and what an administrator entered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

from mikrolaan.domain.audit import Act
from mikrolaan.domain.collection_fees import FeeRow, FeeTable
from mikrolaan.domain.identity import Country
from mikrolaan.domain.law_tables import OwnFee, OwnRate, check_free, fees_with, rates_with, unknown_half_years
from mikrolaan.domain.long_work import Cancelled, Progress, never, no_progress
from mikrolaan.domain.office import Role
from mikrolaan.domain.rate_table import RateRow, RateTable
from mikrolaan.domain.shipped_tables import COUNTRY, shipped_fees, shipped_rates
from mikrolaan.domain.unit_of_work import UnitOfWork
from mikrolaan.services.desk import Desk


@dataclass(frozen=True, slots=True)
class RateLine:
    """One rate in force; `own` where the office entered it."""

    row: RateRow
    own: OwnRate | None


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee in force; `own` where the office entered it."""

    row: FeeRow
    own: OwnFee | None


def rates_in_force(unit: UnitOfWork) -> RateTable:
    """The late-interest rates of the office's country, with the office's own over those that ship."""
    currency = unit.office.get().country.currency
    return rates_with(shipped_rates(COUNTRY[currency]), unit.law_rates.all())


def fees_in_force(unit: UnitOfWork) -> FeeTable:
    """What letters may cost in the office's country, with the office's own fees over those that ship."""
    return fees_with(shipped_fees(unit.office.get().country.currency), unit.law_fees.all())


class LawTableService:
    """Rates and fees that the law sets; only an administrator enters, corrects or withdraws one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- looking

    def country(self) -> Country:
        """Whose tables they are."""
        with self._desk.reading() as unit:
            return unit.office.get().country

    def rates(self) -> Sequence[RateLine]:
        """Every late-interest rate in force, the latest first."""
        with self._desk.reading() as unit:
            own = {one.row: one for one in unit.law_rates.all() if not one.is_withdrawn}
            return [RateLine(row, own.get(row)) for row in reversed(rates_in_force(unit).rows)]

    def fees(self) -> Sequence[FeeLine]:
        """Every fee in force, the latest first; on one date the gentlest letter first."""
        with self._desk.reading() as unit:
            own = {one.row: one for one in unit.law_fees.all() if not one.is_withdrawn}
            rows = sorted(fees_in_force(unit).rows, key=lambda row: row.first, reverse=True)
            return [FeeLine(row, own.get(row)) for row in rows]

    def fee_table(self) -> FeeTable:
        """The fees in force, for working out what a letter may cost."""
        with self._desk.reading() as unit:
            return fees_in_force(unit)

    def unknown_half_years(self) -> tuple[tuple[date, date], ...]:
        """Of the present and the next half-year those without a late-interest rate."""
        with self._desk.reading() as unit:
            return unknown_half_years(rates_in_force(unit), self._desk.today())

    # -- rates

    def enter_rate(
        self, row: RateRow, progress: Progress = no_progress, cancelled: Cancelled = never
    ) -> OwnRate | None:
        """Let a rate hold from now on for its days, over the one that ships; late interest is computed anew.

        LawPeriodTaken when the office entered another for some of these days. None when cancelled, with nothing
        changed; the same holds for the acts below.
        """
        self._desk.require(Role.ADMINISTRATOR)
        wanted = OwnRate(uuid4(), row)
        with self._desk.open_unit(Act.LATE_RATE_CHANGED) as unit:
            check_free(wanted, unit.law_rates.all())
            unit.law_rates.add(wanted)
            if not unit.law_rates.count_anew(progress, cancelled):
                return None
            unit.commit()
        return self._rate(wanted.id)

    def correct_rate(
        self, kept: OwnRate, row: RateRow, progress: Progress = no_progress, cancelled: Cancelled = never
    ) -> OwnRate | None:
        """Let a rate that the office entered be another, or hold for other days; ConflictError when it changed."""
        return self._save_rate(replace(kept, row=row), progress, cancelled)

    def withdraw_rate(
        self, kept: OwnRate, progress: Progress = no_progress, cancelled: Cancelled = never
    ) -> OwnRate | None:
        """Take a rate of the office away; for its days the one that ships holds again, where there is one."""
        return self._save_rate(replace(kept, is_withdrawn=True), progress, cancelled)

    def bring_back_rate(
        self, kept: OwnRate, progress: Progress = no_progress, cancelled: Cancelled = never
    ) -> OwnRate | None:
        """Let a withdrawn rate hold again."""
        return self._save_rate(replace(kept, is_withdrawn=False), progress, cancelled)

    def _save_rate(self, wanted: OwnRate, progress: Progress, cancelled: Cancelled) -> OwnRate | None:
        self._desk.require(Role.ADMINISTRATOR)
        with self._desk.open_unit(Act.LATE_RATE_CHANGED) as unit:
            if not wanted.is_withdrawn:
                check_free(wanted, unit.law_rates.all())
            unit.law_rates.save(wanted)
            if not unit.law_rates.count_anew(progress, cancelled):
                return None
            unit.commit()
        return self._rate(wanted.id)

    def _rate(self, rate_id: UUID) -> OwnRate:
        with self._desk.reading() as unit:
            return unit.law_rates.get(rate_id)

    # -- fees

    def enter_fee(self, row: FeeRow) -> OwnFee:
        """Let a fee hold from now on for its days, over the one that ships; letters sent before keep theirs.

        LawPeriodTaken when the office entered another for this kind of letter on some of these days.
        """
        self._desk.require(Role.ADMINISTRATOR)
        wanted = OwnFee(uuid4(), row)
        with self._desk.open_unit(Act.LETTER_FEE_CHANGED) as unit:
            check_free(wanted, unit.law_fees.all())
            unit.law_fees.add(wanted)
            unit.commit()
        return self._fee(wanted.id)

    def correct_fee(self, kept: OwnFee, row: FeeRow) -> OwnFee:
        """Let a fee that the office entered be another; ConflictError when it changed meanwhile."""
        return self._save_fee(replace(kept, row=row))

    def withdraw_fee(self, kept: OwnFee) -> OwnFee:
        """Take a fee of the office away; for its days the one that ships holds again, where there is one."""
        return self._save_fee(replace(kept, is_withdrawn=True))

    def bring_back_fee(self, kept: OwnFee) -> OwnFee:
        """Let a withdrawn fee hold again."""
        return self._save_fee(replace(kept, is_withdrawn=False))

    def _save_fee(self, wanted: OwnFee) -> OwnFee:
        self._desk.require(Role.ADMINISTRATOR)
        with self._desk.open_unit(Act.LETTER_FEE_CHANGED) as unit:
            if not wanted.is_withdrawn:
                check_free(wanted, unit.law_fees.all())
            unit.law_fees.save(wanted)
            unit.commit()
        return self._fee(wanted.id)

    def _fee(self, fee_id: UUID) -> OwnFee:
        with self._desk.reading() as unit:
            return unit.law_fees.get(fee_id)
