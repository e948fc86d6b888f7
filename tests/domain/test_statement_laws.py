"""Laws that every life of a loan keeps to, lived at random as a state machine."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mikrolaan.domain.arrears import arrears_of, arrears_on, coming_due
from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.journal import (
    Entry,
    HolidayInterest,
    Journal,
    NewPlan,
    Payment,
    PaymentHoliday,
    Payout,
    Recovery,
    Refund,
    Reversal,
    WriteOff,
)
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import InterestRule, LateInterest, LoanRules
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.payoff import payoff
from mikrolaan.domain.replay import Replay
from mikrolaan.domain.statement import Statement, Status, statement
from mikrolaan.domain.terms import Repayment, Terms
from tests.builders import PAID_OUT_ON, a_loan, paid_out, recorded, terms
from tests.domain import lives


class LifeOfALoan(RuleBasedStateMachine):
    """Entries are typed in any order of days, some refused; after each the laws hold on several days."""

    loan: Loan
    number: int

    @initialize(terms=lives.terms, rules=lives.rules)
    def begin(self, terms: Terms, rules: LoanRules) -> None:
        self.loan = paid_out(a_loan(terms=terms, rules=rules))
        self.number = 2**100

    def _try(self, entry: Entry) -> None:
        before = self.loan
        try:
            self.loan = self.loan.with_entry(entry)
        except RuleError:
            assert self.loan is before

    @rule(entry=lives.entries)
    def something_happens(self, entry: Entry) -> None:
        if entry.id not in {known.id for known in self.loan.journal.entries}:
            self._try(entry)

    @rule(on=lives.days)
    def what_is_outstanding_gets_a_new_plan(self, on: date) -> None:
        told = statement(self.loan, on)
        if told.outstanding_principal:
            self.number += 1
            self._try(lives.a_new_plan(self.number, on, told.outstanding_principal, self.loan.terms))

    @rule(on=lives.days)
    def the_payoff_amount_closes_the_loan(self, on: date) -> None:
        told = statement(self.loan, on)
        assert payoff(self.loan, on).amount == told.payoff_amount
        later = any(entry.on >= on for entry in self.loan.journal.standing[1:])
        if told.payoff_amount and told.outstanding_principal and not later:
            self.number += 1
            closed = self.loan.with_entry(Payment(UUID(int=self.number), on, told.payoff_amount, recorded()))
            after = statement(closed, on)
            assert (after.status, after.credit.minor, after.left_to_pay.minor) == (Status.REPAID, 0, 0)
            assert closed.is_repaid

    @precondition(lambda self: len(self.loan.journal.entries) > 1)
    @rule(data=st.data())
    def an_entry_is_reversed(self, data: st.DataObject) -> None:
        gone = self.loan.journal.reversed_ids
        standing = [entry for entry in self.loan.journal.standing[1:] if entry.id not in gone]
        if standing:
            chosen = data.draw(st.sampled_from(standing))
            self.number += 1
            self._try(Reversal(UUID(int=self.number), chosen.on, chosen.id, "wrong", recorded()))

    @rule(entry=lives.payments)
    def an_entry_and_its_reversal_leave_everything_as_it_was(self, entry: Entry) -> None:
        if entry.id in {known.id for known in self.loan.journal.entries}:
            return
        try:
            tried = self.loan.with_entry(entry)
        except RuleError:
            return
        self.number += 1
        undone = tried.with_entry(Reversal(UUID(int=self.number), entry.on, entry.id, "wrong", recorded()))
        for day in self._days():
            assert statement(undone, day) == statement(self.loan, day)

    @rule(seed=st.integers(0, 2**32))
    def the_order_of_typing_does_not_matter(self, seed: int) -> None:
        mixed = list(self.loan.journal.entries)
        Random(seed).shuffle(mixed)
        mixed.sort(key=lambda entry: isinstance(entry, Reversal))  # what is reversed was typed before
        other = replace(self.loan, journal=Journal(tuple(mixed)))
        for day in self._days():
            assert statement(other, day) == statement(self.loan, day)

    def _days(self) -> list[date]:
        last = self.loan.journal.last_on or PAID_OUT_ON
        return [PAID_OUT_ON, PAID_OUT_ON + timedelta(days=100), last, last + timedelta(days=200)]

    @invariant()
    def the_laws_hold(self) -> None:
        if not hasattr(self, "loan"):
            return
        for day in self._days():
            check(self.loan, statement(self.loan, day))


def check(loan: Loan, told: Statement) -> None:
    paid = {entry.id: entry.amount.minor for entry in loan.journal.payments if entry.on <= told.as_of}
    assert {allocation.payment_id for allocation in told.allocations} == set(paid)
    for allocation in told.allocations:
        shares = sum(share.amount.minor for share in allocation.shares)
        assert shares + allocation.to_credit.minor == paid[allocation.payment_id]
        assert all(share.amount.minor > 0 for share in allocation.shares)
    late = 0
    for row in told.rows:
        parts = (row.paid_principal, row.paid_interest, row.paid_fees, row.paid_late_interest, row.unpaid)
        assert all(part.minor >= 0 for part in parts)
        instalment = row.instalment
        assert row.paid_principal <= instalment.principal
        assert row.paid_interest <= instalment.interest
        assert row.paid_fees <= instalment.fees
        late += row.paid_late_interest.minor
    refunded = sum(effect.credit.minor for effect in told.effects if effect.entry_id not in paid)
    used = sum(row.paid.minor for row in told.rows) + late
    assert used + told.credit.minor + refunded == sum(paid.values()) == told.paid_total.minor
    for figure in (
        told.outstanding_principal,
        told.accrued_interest,
        told.due_unpaid,
        told.late_interest,
        told.credit,
        told.payoff_amount,
    ):
        assert figure.minor >= 0
    assert [row.instalment.number for row in told.rows] == list(range(1, len(told.rows) + 1))
    assert told.rows[-1].instalment.balance.minor == 0
    assert (told.status is Status.OVERDUE) == (told.days_past_due > 0) or told.status is Status.WRITTEN_OFF
    assert told.due_unpaid <= told.left_to_pay + told.credit
    assert all(row.instalment.balance.minor >= 0 for row in told.rows)
    due = [row for row in told.rows if row.instalment.due_on <= told.as_of]
    overdue = sum((row.instalment.principal - row.paid_principal).minor for row in due)
    assert overdue <= told.outstanding_principal.minor
    assert len(due) < len(told.rows) or overdue == told.outstanding_principal.minor
    if told.status in {Status.REPAID, Status.WRITTEN_OFF}:
        assert (told.outstanding_principal.minor, told.due_unpaid.minor) == (0, 0)


TestLifeOfALoan = LifeOfALoan.TestCase
TestLifeOfALoan.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


class DayByDay(Replay):
    """The same replay, stopping at the end of every day."""

    def _advance(self, to: date) -> None:
        while self.day < to:
            super()._advance(self.day + timedelta(days=1))


def state(run: Replay) -> list[object]:
    """All that a replay knows of money."""
    lines = [(line.number, line.due_on, line.due, line.paid, line.paid_on) for line in run.lines]
    claims = [(claim.due_on, claim.amount, claim.paid, claim.paid_on) for claim in run.settling.claims]
    figures = (run.outstanding, run.payoff_parts, run.due_unpaid, run.settling.credit, run.overdue_since, run.is_repaid)
    taken = [(part, amount) for uses in run.settling.taken.values() for _, part, amount in uses]
    return [lines, claims, figures, run.effects, run.early, run.missing_rates, taken]


def some_days(loan: Loan) -> list[date]:
    """The last entry's day and days after it, the last beyond every due date."""
    last = loan.journal.last_on or PAID_OUT_ON
    end = max(row.instalment.due_on for row in statement(loan, last).rows)
    return [last, last + timedelta(days=17), last + timedelta(days=200), max(last, end) + timedelta(days=40)]


law = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


@law
@given(lives.whole())
def test_a_day_on_which_nothing_happens_changes_no_figure(loan: Loan) -> None:
    for day in some_days(loan):
        at_once = Replay(loan.terms, loan.rules, loan.journal, day)
        assert state(DayByDay(loan.terms, loan.rules, loan.journal, day)) == state(at_once)


@law
@given(lives.whole(), lives.days)
def test_a_life_that_goes_on_from_a_kept_replay_is_the_one_lived_from_its_beginning(loan: Loan, day: date) -> None:
    grown = replace(loan, journal=Journal(()))
    for number, entry in enumerate(loan.journal.entries):
        before, until = grown, day if number % 3 == 2 else entry.on
        kept = before.replayed(until)
        was = deepcopy(state(kept))
        grown = grown.with_entry(entry)
        for on in (*some_days(grown), day):
            assert statement(grown, on) == statement(replace(grown), on)
        assert before.replayed(until) is kept
        assert state(kept) == was


@law
@given(lives.whole(), lives.days)
def test_the_laws_hold_for_loans_of_every_kind_and_nobody_owes_what_was_not_lent(loan: Loan, day: date) -> None:
    for on in (day, *some_days(loan)):
        if loan.paid_out_on is None or on < loan.paid_out_on:
            continue
        told, run = statement(loan, on), loan.replayed(on)
        if told.status is not Status.WRITTEN_OFF:  # a fee asked for after the loss stands by itself
            check(loan, told)
        principal = sum(line.principal_left - (line.capitalised if line.due_on > on else 0) for line in run.lines)
        assert principal - run.unlent == told.outstanding_principal.minor


@law
@given(lives.whole(), st.integers(1, 2_000_000))
def test_the_payoff_closes_and_less_forgives_nothing(loan: Loan, less: int) -> None:
    for day in some_days(loan):
        told = statement(loan, day)
        counted_later = any(
            isinstance(entry, NewPlan | WriteOff | Recovery | Refund)
            for entry in loan.journal.standing
            if entry.on == day
        )
        if not told.payoff_amount or told.status is Status.WRITTEN_OFF or counted_later:
            continue
        closed = loan.with_entry(Payment(UUID(int=2**110), day, told.payoff_amount, recorded()))
        for after in (day, day + timedelta(days=300)):
            then = statement(closed, after)
            assert (then.status, then.payoff_amount.minor, then.left_to_pay.minor) == (Status.REPAID, 0, 0)
            assert then.credit.minor == 0
        for minor in {less, told.outstanding_principal.minor, told.payoff_amount.minor - 1}:
            if not 0 < minor < told.payoff_amount.minor:
                continue
            running = loan.with_entry(Payment(UUID(int=2**110), day, Money(minor, Currency.NOK), recorded()))
            then = statement(running, day)
            assert then.status is not Status.REPAID
            if not loan.replayed(day).unlent:
                assert then.payoff_amount.minor >= told.payoff_amount.minor - minor


@law
@given(lives.whole())
def test_what_is_left_to_pay_out_can_be_paid_out_and_no_more(loan: Loan) -> None:
    assert loan.journal.last_on is not None
    left, next_day = loan.left_to_pay_out, loan.journal.last_on + timedelta(days=1)
    assume(next_day < loan.plan().instalments[-1].due_on)

    if left:
        loan.with_entry(Payout(UUID(int=2**101), next_day, left, recorded()))
    with pytest.raises(RuleError):
        loan.with_entry(Payout(UUID(int=2**102), next_day, Money(left.minor + 1, left.currency), recorded()))


@law
@given(lives.whole())
def test_what_will_be_overdue_is_known_on_the_last_entry(loan: Loan) -> None:
    owed = coming_due(loan, statement(loan, loan.journal.last_on or PAID_OUT_ON))
    for day in some_days(loan):
        told, found = statement(loan, day), arrears_of(loan, day)
        assert found == arrears_on(owed, day, loan.terms.currency)
        assert told.days_past_due == (found.days if found else 0)


PAID_AHEAD = None  # what happens on a day: the next instalment is paid, or as many are put off
happenings = st.lists(
    st.tuples(
        st.integers(0, 25),
        st.sampled_from([PAID_AHEAD, *HolidayInterest]),
        st.integers(1, 2),
    ),
    min_size=1,
    max_size=5,
)


@given(happenings=happenings, form=st.sampled_from([Repayment.SERIAL, Repayment.ANNUITY]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_by_day_the_instalment_asked_for_next_is_shown_as_it_will_be_asked_for(happenings, form) -> None:
    """Whatever was paid ahead, put off, let go or joined the principal before it, and in whatever order."""
    rules = LoanRules(interest=InterestRule.BY_DAY, late_interest=LateInterest.NONE)
    loan = paid_out(a_loan(terms=terms(repayment=form, annual_rate_percent=Decimal(12)), rules=rules))
    day = PAID_OUT_ON
    for number, (days, interest, instalments) in enumerate(happenings, start=2**100):
        day += timedelta(days=days)
        due = statement(loan, day).due_unpaid
        if due:
            loan = loan.with_entry(Payment(UUID(int=number - 2**50), day, due, recorded()))
        next_due = statement(loan, day).next_due
        if interest is not PAID_AHEAD:
            entry: Entry = PaymentHoliday(UUID(int=number), day, instalments, interest, recorded())
        elif next_due is not None and next_due.unpaid:
            entry = Payment(UUID(int=number), day, next_due.unpaid, recorded())
        else:
            continue
        try:
            loan = loan.with_entry(entry)
        except RuleError:
            continue

    shown = statement(loan, day).next_due
    if shown is not None and shown.instalment.due_on > day:
        asked = statement(loan, shown.instalment.due_on).rows[shown.instalment.number - 1]
        assert asked.instalment == shown.instalment
