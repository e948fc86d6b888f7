"""What an officer can do to a loan that was paid out: fees, rates, plans, holidays, waivers, losses, credit, mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from mikrolaan.domain.audit import Act
from mikrolaan.domain.errors import InvalidValue, Problem, RuleError
from mikrolaan.domain.journal import (
    Entry,
    Fee,
    NewPlan,
    NewPlanFor,
    PaymentHoliday,
    Payout,
    RateChange,
    Recorded,
    Recovery,
    Refund,
    Reversal,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan import Loan, Step, StepNotOpen
from mikrolaan.domain.months import months_later
from mikrolaan.domain.office import Role
from mikrolaan.domain.payoff import Payoff, payoff
from mikrolaan.domain.payout_fee import with_payout, with_reversal
from mikrolaan.domain.statement import Statement, statement
from mikrolaan.services.desk import Desk
from mikrolaan.services.new_terms import SettleFirst
from mikrolaan.services.reversing import reverse_entry

NEEDS_REASON = (NewPlan, PaymentHoliday, Waiver, WriteOff)
OF_RUNNING = (Fee, RateChange, *NEEDS_REASON)


@dataclass(eq=False)
class RateRaisedTooSoon(RuleError):
    """A higher rate holds at the earliest so many months after the borrower was told (finansavtaleloven § 3-13(2))."""

    earliest: date
    field: str = "on"


class LoanLifeService:
    """One act of an officer, one entry of the journal.

    An act takes the entry as it was typed (`stamp` says by whom) and answers with the loan as it stands today;
    `preview` shows the same entry without keeping it. RuleError where the rules forbid it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def stamp(self) -> Recorded:
        """That this officer types an entry now."""
        return self._desk.recorded()

    def preview(self, loan: Loan, entry: Entry) -> tuple[Statement, Statement]:
        """The loan before and after an entry that is not kept, both at the end of the entry's day."""
        self._check(loan, entry)
        before = statement(loan, entry.on)
        return before, statement(_with(loan, entry), entry.on)

    def on_day(self, loan: Loan, day: date) -> Statement:
        """What if: the loan's figures on any day, with what is known today."""
        return statement(loan, day)

    def payoff(self, loan: Loan, on: date) -> Payoff:
        """What if: what closes the loan on a day, part by part, if nothing else happens before."""
        return payoff(loan, on)

    def pay_out(self, loan_id: UUID, payout: Payout) -> Statement:
        """Note that the office paid the borrower or a supplier, the whole loan or a part of it.

        With the first payout an establishment fee that is paid by itself falls due.
        """
        self._desk.require(Role.BOOKKEEPER, Role.APPROVER)
        return self._keep(loan_id, Act.PAID_OUT, payout)

    def charge_fee(self, loan_id: UUID, fee: Fee) -> Statement:
        """Ask for a fee beyond the plan."""
        self._desk.require(Role.BOOKKEEPER)
        return self._keep(loan_id, Act.FEE_CHARGED, fee)

    def change_rate(self, loan_id: UUID, change: RateChange) -> Statement:
        """Another rate from a day on, which may be to come; a higher one needs the day on which the borrower was told.

        RateRaisedTooSoon where the product's months of notice have not passed.
        """
        self._desk.require(Role.APPROVER)
        return self._keep(loan_id, Act.RATE_CHANGED, change)

    def make_new_plan(self, loan_id: UUID, plan: NewPlan) -> Statement:
        """Let what is outstanding be repaid by other terms (`new_terms.terms_of_the_rest`).

        Marked as restructured, unless it is only that no more will be paid out; then SettleFirst while something is due.
        """
        self._desk.require(Role.APPROVER)
        return self._keep(loan_id, Act.NEW_PLAN_MADE, plan)

    def move_due_day(self, loan_id: UUID, plan: NewPlan) -> Statement:
        """Let the instalments left fall on another day of the month (`new_terms.terms_with_due_day`)."""
        self._desk.require(Role.APPROVER)
        if plan.purpose is not NewPlanFor.DUE_DAY:
            raise InvalidValue("purpose", Problem.UNKNOWN_CHOICE, NewPlanFor.DUE_DAY.value)
        return self._keep(loan_id, Act.DUE_DAY_MOVED, plan)

    def grant_holiday(self, loan_id: UUID, holiday: PaymentHoliday) -> Statement:
        """Put off the next instalments."""
        self._desk.require(Role.APPROVER)
        return self._keep(loan_id, Act.HOLIDAY_GRANTED, holiday)

    def waive(self, loan_id: UUID, waiver: Waiver) -> Statement:
        """Let go of late interest, interest or fees."""
        self._desk.require(Role.APPROVER)
        return self._keep(loan_id, Act.CLAIM_WAIVED, waiver)

    def write_off(self, loan_id: UUID, write_off: WriteOff) -> Statement:
        """Write off principal, the whole or a part."""
        self._desk.require(Role.APPROVER)
        return self._keep(loan_id, Act.LOAN_WRITTEN_OFF, write_off)

    def record_recovery(self, loan_id: UUID, recovery: Recovery) -> Statement:
        """Note money that came in on what was written off."""
        self._desk.require(Role.BOOKKEEPER)
        return self._keep(loan_id, Act.LOSS_RECOVERED, recovery)

    def refund(self, loan_id: UUID, refund: Refund) -> Statement:
        """Note that credit was paid back."""
        self._desk.require(Role.BOOKKEEPER)
        return self._keep(loan_id, Act.CREDIT_REFUNDED, refund)

    def reverse(self, loan_id: UUID, entry_id: UUID, *, reason: str) -> Statement:
        """Undo any entry by a reversal with its reason; both stay in the journal."""
        return statement(reverse_entry(self._desk, loan_id, entry_id, reason), self._desk.today())

    def _keep(self, loan_id: UUID, act: Act, entry: Entry) -> Statement:
        with self._desk.open_unit(act) as unit:
            loan = unit.loans.get(loan_id)
            self._check(loan, entry)
            if isinstance(entry, NEEDS_REASON) and not _is_moved_due_day(entry) and not entry.note.strip():
                raise InvalidValue("note", Problem.MISSING)
            loan = _with(loan, entry)
            unit.loans.save(loan)
            unit.commit()
        return statement(loan, self._desk.today())

    def _check(self, loan: Loan, entry: Entry) -> None:
        """What no replay can know: today, the step, and the notice of a rate."""
        today = self._desk.today()
        if isinstance(entry, OF_RUNNING) and loan.step is not Step.REPAYING:
            raise StepNotOpen(Step.REPAYING, loan.step)
        if isinstance(entry, RateChange):
            _check_notice(loan, entry, today)
        elif entry.on > today:
            raise InvalidValue("on", Problem.TOO_LATE, today)
        if isinstance(entry, NewPlan) and entry.purpose is NewPlanFor.LENT_LESS:
            _check_lent_less(loan, entry)
        if isinstance(entry, Fee) and entry.due_on < entry.on:
            raise InvalidValue("due_on", Problem.TOO_EARLY, entry.on)


def _with(loan: Loan, entry: Entry) -> Loan:
    """The loan with the entry, and with the fee that goes along with a payout or its reversal."""
    if isinstance(entry, Payout):
        return with_payout(loan, entry)
    return with_reversal(loan, entry) if isinstance(entry, Reversal) else loan.with_entry(entry)


def _is_moved_due_day(entry: Entry) -> bool:
    return isinstance(entry, NewPlan) and entry.purpose is NewPlanFor.DUE_DAY


def _check_lent_less(loan: Loan, plan: NewPlan) -> None:
    """Such a plan is no way around the mark of a restructured loan: something is left to pay out, nothing is due."""
    if not loan.left_to_pay_out:
        raise InvalidValue("purpose", Problem.UNKNOWN_CHOICE, NewPlanFor.RESTRUCTURING.value)
    told = statement(loan, plan.on)
    if told.due_unpaid or told.late_interest:
        raise SettleFirst(told.due_unpaid + told.late_interest)


def _check_notice(loan: Loan, change: RateChange, today: date) -> None:
    if change.annual_rate_percent <= loan.terms_on(change.on).annual_rate_percent:
        return
    if change.told_on is None:
        raise InvalidValue("told_on", Problem.MISSING)
    if change.told_on > today:
        raise InvalidValue("told_on", Problem.TOO_LATE, today)
    earliest = months_later(change.told_on, loan.rules.rate_notice_months)
    if change.on < earliest:
        raise RateRaisedTooSoon(earliest)
