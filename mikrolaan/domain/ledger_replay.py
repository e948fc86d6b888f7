"""A loan lived through again with its books kept: what each day and each entry moves between the ledger's accounts.

Three receivables follow the replay: outstanding principal; interest that has fallen due and is unpaid; fees that were
charged or have fallen due and are unpaid. With *s* for what is settled of a part and *Δ* for how a receivable moves,
the income of a part is `Δ + s`: what is paid of a receivable is no income, what is paid ahead of its due date is.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from uuid import UUID

from mikrolaan.domain.journal import (
    Entry,
    Fee,
    Happening,
    Journal,
    NewPlan,
    Payment,
    PaymentHoliday,
    PaymentMeans,
    Payout,
    RateChange,
    Recovery,
    Refund,
    Reversal,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.ledger_accounts import AccountRole
from mikrolaan.domain.loan_rules import LoanRules
from mikrolaan.domain.printed_plan import FEES, INTEREST, LATE, PRINCIPAL
from mikrolaan.domain.replay import Replay
from mikrolaan.domain.terms import Terms

_DAY = timedelta(days=1)
_MEANS = {
    PaymentMeans.BANK: AccountRole.BANK,
    PaymentMeans.CASH: AccountRole.CASH,
    PaymentMeans.OTHER: AccountRole.OTHER_MEANS,
}


class VoucherKind(Enum):
    """Why something is posted."""

    PAYOUT = "payout"
    PAYMENT = "payment"
    FEE = "fee"
    RATE_CHANGE = "rate change"
    NEW_PLAN = "new plan"
    HOLIDAY = "payment holiday"
    WAIVER = "waiver"
    WRITE_OFF = "write-off"
    RECOVERY = "recovery"
    REFUND = "refund"
    REVERSAL = "reversal"
    FALLEN_DUE = "fallen due"  # an instalment's interest and fees; interest that joins the principal; credit used
    ACCRUED = "accrued"  # interest run and not due at the end of a month
    ACCRUED_BACK = "accrued back"  # the same, taken back on the first of the next

    @classmethod
    def of(cls, entry: Entry) -> VoucherKind:
        """The kind of voucher that an entry of the journal makes."""
        return _KIND[type(entry)]


_KIND: dict[type[Entry], VoucherKind] = {
    Payout: VoucherKind.PAYOUT,
    Payment: VoucherKind.PAYMENT,
    Fee: VoucherKind.FEE,
    RateChange: VoucherKind.RATE_CHANGE,
    NewPlan: VoucherKind.NEW_PLAN,
    PaymentHoliday: VoucherKind.HOLIDAY,
    Waiver: VoucherKind.WAIVER,
    WriteOff: VoucherKind.WRITE_OFF,
    Recovery: VoucherKind.RECOVERY,
    Refund: VoucherKind.REFUND,
    Reversal: VoucherKind.REVERSAL,
}


@dataclass(frozen=True, slots=True)
class Booked:
    """What one cause moves: minor units by role, debit positive; nothing by nothing is left out."""

    on: date
    about: date  # the day it tells of: the end of the month for accrued interest taken back the day after
    kind: VoucherKind
    entry_id: UUID | None
    amounts: tuple[tuple[AccountRole, int], ...]


class BookReplay(Replay):
    """The replay of a journal until a day, with `booked` in the order in which it happened.

    Accrued interest is booked for the months that end on `accruals_from` or later.
    """

    def __init__(self, terms: Terms, rules: LoanRules, journal: Journal, until: date, accruals_from: date) -> None:
        self.booked: list[Booked] = []
        self._accruals_from = accruals_from
        self._seen: dict[UUID, int] = {}  # how many of each payment's uses are counted in `_settled_parts`
        self._settled_parts = [0, 0, 0, 0]
        self._before = (0, 0, 0, 0, 0, 0, 0, 0)
        self._until = until
        super().__init__(terms, rules, journal, until)
        if self._is_month_end(self.day):
            self._accrue(self.day)

    @property
    def owed(self) -> int:
        """The principal that the borrower owes; nothing before the first payout."""
        return self.outstanding if self.paid_out else 0

    def _state(self) -> tuple[int, int, int, int, int, int, int, int]:
        """Principal, interest due, fees due, credit; then all that was ever settled, by part."""
        interest = fees = 0
        day = self.day
        for line in self._open_until(day):
            interest += line.interest_left
            fees += line.due[FEES] - line.paid[FEES]
        for claim in self.settling.claims:
            if claim.part == FEES:
                fees += claim.amount - claim.paid
            elif claim.due_on <= day:
                interest += claim.amount - claim.paid
        settled = self._settled_parts
        for payment_id, taken in self.settling.taken.items():
            seen = self._seen.get(payment_id, 0)
            if seen < len(taken):
                for _, place, amount in taken[seen:]:
                    settled[place] += amount
                self._seen[payment_id] = len(taken)
        credit = self.settling.credit
        return self.owed, interest, fees, credit, settled[FEES], settled[LATE], settled[INTEREST], settled[PRINCIPAL]

    def _advance(self, to: date) -> None:
        if not self.paid_out:
            super()._advance(to)
            return
        days = {line.due_on for line in self.open_lines if self.day < line.due_on <= to}
        days |= {claim.due_on for claim in self.settling.claims if claim.left and self.day < claim.due_on <= to}
        for stop in sorted(days | {to}):
            self._accrue_before(stop)
            super()._advance(stop)
            if stop in days:
                self._book(VoucherKind.FALLEN_DUE, None, {})

    def _live(self, entry: Happening) -> None:
        if not self.paid_out:
            self._before = (0, 0, 0, 0, 0, 0, 0, 0)
        super()._live(entry)
        self._book(VoucherKind.of(entry), entry, _money_of(entry))

    def _book(self, kind: VoucherKind, entry: Happening | None, amounts: dict[AccountRole, int]) -> None:
        """Book the difference between the state now and that after the booking before."""
        state = self._state()
        if state == self._before and not amounts:
            return
        moved = [now - was for now, was in zip(state, self._before, strict=True)]
        self._before = state
        principal, interest, fees, credit = moved[:4]
        paid_fees, paid_late, paid_interest, paid_principal = moved[4:]
        principal_made = principal + paid_principal  # what joined the principal, or left it otherwise than by payment
        interest_made, fees_made = interest + paid_interest, fees + paid_fees
        book = {
            **amounts,
            AccountRole.LOANS: principal,
            AccountRole.INTEREST_DUE: interest,
            AccountRole.FEES_DUE: fees,
            AccountRole.CREDIT: -credit,
            AccountRole.LATE_INTEREST: -paid_late,
        }
        if isinstance(entry, Payout):
            fees_made += principal_made - entry.amount.minor  # what was kept back, or added to what is owed
        elif isinstance(entry, NewPlan):
            joined = self.effects[entry.id]
            fees_made += joined[FEES]
            book[AccountRole.LATE_INTEREST] -= joined[LATE]
            interest_made += joined[INTEREST]
        elif isinstance(entry, Refund):
            fees_made -= self.effects[entry.id][FEES]  # paid back beyond the credit: owed, and no income
        elif isinstance(entry, Waiver):
            book[AccountRole.WAIVED] = -(interest_made + fees_made)
            interest_made = fees_made = 0
        elif isinstance(entry, WriteOff):
            book[AccountRole.LOSS] = -(principal_made + interest_made + fees_made)
            interest_made = fees_made = 0
        else:
            interest_made += principal_made  # interest that joined the principal
        book[AccountRole.INTEREST] = -interest_made
        book[AccountRole.FEES] = -fees_made
        self._add(self.day, self.day, kind, entry.id if entry else None, book)

    def _add(
        self, on: date, about: date, kind: VoucherKind, entry_id: UUID | None, book: dict[AccountRole, int]
    ) -> None:
        amounts = tuple([(role, minor) for role, minor in book.items() if minor])
        if amounts:
            self.booked.append(Booked(on, about, kind, entry_id, amounts))

    def _is_month_end(self, day: date) -> bool:
        return day >= self._accruals_from and day.day == monthrange(day.year, day.month)[1]

    def _accrue_before(self, to: date) -> None:
        """Accrued interest of the months that end today or later and before `to`; no instalment falls due between."""
        if to <= self._accruals_from or not self.paid_out:
            return
        start = max(self.day, self._accruals_from)
        month_end = _month_end(start)
        while month_end < to:
            day, ran = self.day, self._ran
            if self._by_day and month_end > day:
                self._run_by_day(month_end)
            self.day = month_end
            self._accrue(month_end)
            self.day, self._ran = day, ran
            month_end = _month_end(month_end + _DAY)

    def _accrue(self, month_end: date) -> None:
        accrued = self.accrued if self.paid_out else 0
        book = {AccountRole.ACCRUED_INTEREST: accrued, AccountRole.INTEREST: -accrued}
        back = {role: -minor for role, minor in book.items()}
        self._add(month_end, month_end, VoucherKind.ACCRUED, None, book)
        self._add(month_end + _DAY, month_end, VoucherKind.ACCRUED_BACK, None, back)


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _money_of(entry: Happening) -> dict[AccountRole, int]:
    """The money that an entry moved, and of a recovery the income that it is."""
    if isinstance(entry, Payment):
        return {_MEANS[entry.means]: entry.amount.minor}
    if isinstance(entry, Payout | Refund):
        return {AccountRole.BANK: -entry.amount.minor}
    if isinstance(entry, Recovery):
        return {AccountRole.BANK: entry.amount.minor, AccountRole.RECOVERED: -entry.amount.minor}
    return {}
