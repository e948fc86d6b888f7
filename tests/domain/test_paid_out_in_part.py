"""Loans of which less was lent than planned, and principal repaid before its interest: worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from mikrolaan.domain.journal import (
    EntryRefused,
    Fee,
    HolidayInterest,
    PaymentHoliday,
    Payout,
    RateChange,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan_rules import EarlyRepayment, InterestRule, LateInterest, LoanRules, Part
from mikrolaan.domain.statement import Status, statement
from mikrolaan.domain.terms import PaymentFreeInterest, PeriodUnit, Repayment, Tranche
from tests.builders import PAID_OUT_ON, a_loan, nok, paid_out, payment, recorded, signed, terms


def test_a_second_part_that_never_came_is_never_asked_for():
    # 12 000 in twelve months, of which 8 000 were lent: 1 000 a month leaves nothing to ask after eight of them.
    parts = (Tranche(PAID_OUT_ON, nok(8_000)), Tranche(date(2026, 3, 1), nok(4_000)))
    loan = signed(a_loan(terms=terms(repayment=Repayment.SERIAL, tranches=parts)))
    loan = loan.with_entry(Payout(uuid4(), PAID_OUT_ON, nok(8_000), recorded()))

    told = statement(loan, date(2027, 6, 1))

    assert (told.outstanding_principal, told.due_unpaid) == (nok(8_000), nok(8_000))
    # The day it is all paid it is closed, however long after; before, that payment left 4 000 that nobody had lent.
    loan = loan.with_entry(payment(told.payoff_amount, date(2027, 6, 1)))
    after = statement(loan, date(2027, 6, 1))
    assert (after.status, after.outstanding_principal, after.credit) == (Status.REPAID, nok(0), nok(0))


def test_after_a_part_was_written_off_nothing_is_left_to_pay_out():
    loan = signed(a_loan()).with_entry(Payout(uuid4(), PAID_OUT_ON, nok(8_000), recorded()))
    assert loan.left_to_pay_out == nok(4_000)

    loan = loan.with_entry(WriteOff(uuid4(), date(2026, 3, 1), nok(1_000), recorded()))

    assert loan.left_to_pay_out == nok(0)
    with pytest.raises(EntryRefused):
        loan.with_entry(Payout(uuid4(), date(2026, 3, 2), nok(1), recorded()))


def test_the_balances_of_a_loan_lost_before_its_second_part_are_of_what_was_lent():
    parts = (Tranche(PAID_OUT_ON, nok(8_000)), Tranche(date(2026, 3, 20), nok(4_000)))
    loan = signed(a_loan(terms=terms(repayment=Repayment.SERIAL, tranches=parts)))
    loan = loan.with_entry(Payout(uuid4(), PAID_OUT_ON, nok(8_000), recorded()))
    loan = loan.with_entry(WriteOff(uuid4(), date(2026, 5, 1), nok(8_000), recorded()))

    balances = [row.instalment.balance for row in statement(loan, date(2026, 6, 1)).rows]

    assert balances == [nok(8_000), nok(8_000), nok(0)]  # February, March, and April, which shows the loss


def test_principal_repaid_before_a_bullet_loan_ends_leaves_its_interest_to_pay():
    # 12 000 at 12 %: a whole month from 15 January, 120.00, and 14 of the 360 days of the next, 56.00.
    bullet = terms(instalments=4, annual_rate_percent=Decimal(12), repayment=Repayment.BULLET)
    loan = paid_out(a_loan(terms=bullet)).with_entry(payment(nok(12_000), date(2026, 3, 1)))

    told = statement(loan, date(2026, 3, 1))

    assert (told.status, told.outstanding_principal, told.payoff_amount) == (Status.CURRENT, nok(0), nok(176))
    loan = loan.with_entry(payment(nok(176), date(2026, 3, 10)))
    assert statement(loan, date(2026, 3, 10)).status is Status.REPAID


def test_a_part_paid_out_after_all_that_was_lent_had_been_repaid_is_owed():
    # 8 000 at 12 %, repaid after ten days: 80.00 of interest for the first month as printed. Then 4 000 for two: 80.00.
    parts = (Tranche(PAID_OUT_ON, nok(8_000)), Tranche(date(2026, 3, 15), nok(4_000)))
    bullet = terms(instalments=4, annual_rate_percent=Decimal(12), repayment=Repayment.BULLET, tranches=parts)
    loan = signed(a_loan(terms=bullet)).with_entry(Payout(uuid4(), PAID_OUT_ON, nok(8_000), recorded()))
    loan = loan.with_entry(payment(nok(8_000), date(2026, 1, 25)))
    assert loan.left_to_pay_out == nok(4_000)

    loan = loan.with_entry(Payout(uuid4(), date(2026, 3, 15), nok(4_000), recorded()))

    assert statement(loan, date(2026, 3, 15)).outstanding_principal == nok(4_000)
    assert statement(loan, date(2026, 5, 15)).due_unpaid == nok(4_160)


@pytest.mark.parametrize("interest", list(InterestRule))
def test_interest_that_would_join_the_principal_is_not_repaid_as_principal_before_it_does(interest):
    # 12 000 at 12 %, a payment holiday from the start: 120.00 would join on 15 February; 18 days have run, 72.00.
    rules = LoanRules(interest=interest)
    loan = paid_out(a_loan(terms=terms(annual_rate_percent=Decimal(12)), rules=rules))
    loan = loan.with_entry(PaymentHoliday(uuid4(), PAID_OUT_ON, 2, HolidayInterest.CAPITALISED, recorded()))
    loan = loan.with_entry(payment(nok(12_050), date(2026, 2, 2)))

    told = statement(loan, date(2026, 2, 2))
    assert (told.outstanding_principal, told.credit, told.payoff_amount) == (nok(0), nok(50), nok(22))
    told = statement(loan, date(2026, 2, 15))
    assert (told.due_unpaid, told.credit, told.payoff_amount) == (nok(22), nok(0), nok(22))


def test_by_day_interest_that_has_run_is_asked_for_though_no_more_is_lent():
    # 6 000 of 12 000 at 12 %: three months at 60.00 are due on 15 April with all that was lent; 16 days more are 32.00.
    rules = LoanRules(interest=InterestRule.BY_DAY, late_interest=LateInterest.NONE)
    parts = (Tranche(PAID_OUT_ON, nok(6_000)), Tranche(date(2026, 4, 1), nok(6_000)))
    lent = terms(annual_rate_percent=Decimal(12), instalments=4, repayment=Repayment.SERIAL, tranches=parts)
    loan = signed(a_loan(terms=lent, rules=rules)).with_entry(Payout(uuid4(), PAID_OUT_ON, nok(6_000), recorded()))
    assert statement(loan, date(2026, 5, 1)).due_unpaid == nok(6_180)

    loan = loan.with_entry(payment(nok(6_180), date(2026, 5, 1)))

    told = statement(loan, date(2026, 5, 1))
    assert (told.outstanding_principal, told.payoff_amount) == (nok(0), nok(32))
    assert statement(loan, date(2026, 5, 15)).due_unpaid == nok(32)


def test_late_interest_of_an_instalment_that_was_written_off_can_still_be_paid():
    # Three times 4 000, all overdue; at 10 % agreed, 365 days after the last due date of 15 April 2026 is a year.
    # Late interest to 15 April 2027: 424 + 396 + 365 days of 4 000 at 10 %: 464.66 + 433.97 + 400.00 = 1 298.63.
    rules = LoanRules(late_interest=LateInterest.AGREED, late_interest_percent=Decimal(10))
    loan = paid_out(a_loan(terms=terms(instalments=3), rules=rules))
    on = date(2027, 4, 15)
    loan = loan.with_entry(WriteOff(uuid4(), on, nok(8_000), recorded()))
    told = statement(loan, on)
    assert (told.late_interest, told.payoff_amount) == (nok("1298.63"), nok("5298.63"))

    # One day more of the 4 000 that are left: 1.10.
    next_day = date(2027, 4, 16)
    loan = loan.with_entry(payment(nok("5299.73"), next_day))

    closed = statement(loan, next_day)
    assert (closed.status, closed.late_interest, closed.credit) == (Status.REPAID, nok(0), nok(0))


def test_a_fee_to_come_after_the_last_instalment_is_part_of_the_payoff():
    loan = paid_out(a_loan()).with_entry(payment(nok(12_000), date(2026, 2, 1)))
    loan = loan.with_entry(Fee(uuid4(), date(2026, 3, 1), nok(38), date(2026, 3, 15), recorded()))
    assert statement(loan, date(2026, 3, 2)).payoff_amount == nok(38)

    loan = loan.with_entry(payment(nok(38), date(2026, 3, 2)))

    assert statement(loan, date(2026, 3, 2)).status is Status.REPAID


def test_two_waivers_of_one_day_come_to_the_same_in_either_order():
    loan = paid_out(a_loan(terms=terms(annual_rate_percent=Decimal(12))))
    on = date(2026, 4, 1)
    first, second = (Waiver(uuid4(), on, of, nok(20), recorded()) for of in (Waived.INTEREST, Waived.LATE_INTEREST))

    one = loan.with_entry(first).with_entry(second)
    other = loan.with_entry(second).with_entry(first)

    assert statement(one, on) == statement(other, on)


def test_two_parts_paid_out_on_the_first_day_bear_interest_once():
    # 12 000 at 12 % from 15 January 2026: ten days at 30/360 are 40.00, in one part or in two of the same day.
    parts = (Tranche(PAID_OUT_ON, nok(6_000)), Tranche(PAID_OUT_ON, nok(6_000)))
    loan = paid_out(a_loan(terms=terms(annual_rate_percent=Decimal(12), tranches=parts)))

    assert statement(loan, date(2026, 1, 25)).payoff_amount == nok(12_040)


def test_a_part_lent_before_its_day_makes_no_instalment_dearer_than_printed():
    # Three weeks, the first without payment; of 12 000 the plan lends 4 000 on the first day and 8 000 a week later, so
    # that the first week's interest is printed as 4 000 at 7.25 % for 7 of 360 days: 5.64. All was lent on the first day.
    plan = terms(
        instalments=3,
        unit=PeriodUnit.WEEKS,
        annual_rate_percent=Decimal("7.25"),
        payment_free_instalments=1,
        payment_free_interest=PaymentFreeInterest.CAPITALISED,
        tranches=(Tranche(PAID_OUT_ON, nok(4_000)), Tranche(date(2026, 1, 22), nok(8_000))),
    )
    rules = LoanRules(early_repayment=EarlyRepayment.KEEP_PLAN)
    loan = paid_out(a_loan(terms=plan, rules=rules)).with_entry(payment(nok("0.01"), date(2026, 1, 18)))

    assert statement(loan, date(2026, 1, 21)).payoff_amount == nok("11999.99") + nok("5.64")


def test_a_loss_on_a_loan_lent_before_its_parts_were_planned_leaves_each_instalment_its_balance():
    # Without interest, 6 000 lent at first is repaid by half in February; 3 000 and 6 000 more, planned for that day,
    # in March. All 12 000 were lent on the first day.
    parts = (Tranche(PAID_OUT_ON, nok(6_000)), Tranche(date(2026, 2, 15), nok(6_000)))
    loan = paid_out(a_loan(terms=terms(instalments=2, annual_rate_percent=Decimal(0), tranches=parts)))

    told = statement(loan.with_entry(WriteOff(uuid4(), PAID_OUT_ON, nok(4_000), recorded())), PAID_OUT_ON)

    # The loss is taken off the end: 3 000 are due in February, 9 000 less 4 000 in March.
    assert [(row.instalment.principal, row.instalment.balance) for row in told.rows] == [
        (nok(3_000), nok(5_000)),
        (nok(5_000), nok(0)),
    ]


def test_one_ore_less_than_the_payoff_leaves_the_loan_open_by_day():
    # By day at 9 % from the payout on; the plan was printed without interest. On 1 February, ten days of 12 000 are due,
    # 30.00, and seven more have run, 21.00.
    plan = terms(instalments=2, every=10, unit=PeriodUnit.DAYS, annual_rate_percent=Decimal(0))
    principal_first = (Part.PRINCIPAL, Part.LATE_INTEREST, Part.INTEREST, Part.FEES)
    rules = LoanRules(
        interest=InterestRule.BY_DAY,
        allocation=principal_first,
        early_repayment=EarlyRepayment.KEEP_PLAN,
        late_interest=LateInterest.NONE,
    )
    loan = paid_out(a_loan(terms=plan, rules=rules))
    loan = loan.with_entry(RateChange(id=uuid4(), on=PAID_OUT_ON, recorded=recorded(), annual_rate_percent=Decimal(9)))
    on = date(2026, 2, 1)
    assert statement(loan, on).payoff_amount == nok(12_051)

    short = loan.with_entry(payment(nok("12050.99"), on))

    for day in (on, date(2026, 2, 4), date(2026, 6, 1)):
        told = statement(short, day)
        assert (told.status is Status.REPAID, told.payoff_amount) == (False, nok("0.01"))
    assert statement(short.with_entry(payment(nok("0.01"), on)), on).status is Status.REPAID
