"""Worked examples of a loan's life, by hand: 12 000 kroner at 12 % in 12 months, 1 000 of principal each, 1 % a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from mikrolaan.domain.journal import (
    Entry,
    EntryRefused,
    Fee,
    HolidayInterest,
    Journal,
    NewPlan,
    Payment,
    PaymentHoliday,
    Payout,
    RateChange,
    Recovery,
    Refund,
    Reversal,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan import Loan, Step, StepNotOpen
from mikrolaan.domain.loan_rules import EarlyRepayment, InterestRule, LateInterest, LateInterestBase, LoanRules
from mikrolaan.domain.money import Money
from mikrolaan.domain.statement import Statement, Status, statement
from mikrolaan.domain.terms import DayCount, Repayment, Tranche
from tests.builders import a_loan, nok, recorded, signed, terms

FIRST, SECOND, THIRD = date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)
NO_LATE = LoanRules(late_interest=LateInterest.NONE)
BY_DAY = LoanRules(interest=InterestRule.BY_DAY, late_interest=LateInterest.NONE)


def serial(rules: LoanRules | None = None, **changes: Any) -> Loan:
    """First instalment 1 120, then 10 kroner less each month; due on the 15th, the first in February."""
    chosen = terms(**{"annual_rate_percent": Decimal(12), "repayment": Repayment.SERIAL, **changes})
    loan = replace(signed(a_loan(rules=rules or LoanRules())), terms=chosen)
    payout = Payout(uuid4(), chosen.disbursed_on, loan.plan().paid_out, recorded())
    return replace(loan, journal=Journal((payout,)))


def payment(amount: int | str, on: date, early: EarlyRepayment | None = None) -> Payment:
    return Payment(uuid4(), on, nok(amount), recorded(), early_repayment=early)


def dues(told: Statement) -> list[Money]:
    return [row.instalment.due for row in told.rows]


def test_paid_on_time_nothing_is_overdue_and_interest_runs_anew():
    loan = serial().with_entry(payment(1_120, FIRST))

    told = statement(loan, date(2026, 2, 25))

    assert (told.status, told.outstanding_principal, told.due_unpaid) == (Status.CURRENT, nok(11_000), nok(0))
    assert told.accrued_interest == nok("36.67")  # 11 000 × 12 % × 10/360
    assert told.payoff_amount == nok("11036.67")


def test_twenty_days_late_over_a_change_of_the_statutory_rate():
    loan = serial(disbursed_on=date(2025, 5, 15))  # the first instalment, 1 120, falls due on 15 June 2025
    late = nok("7.63")  # 1 120 × (15 days at 12.50 % in June + 5 at 12.25 % in July) / 365 = 7.6328

    told = statement(loan, date(2025, 7, 5))
    assert (told.days_past_due, told.late_interest, told.due_unpaid) == (20, late, nok(1_120))

    settled = statement(loan.with_entry(payment("1127.63", date(2025, 7, 5))), date(2025, 7, 5))
    assert (settled.status, settled.late_interest, settled.rows[0].paid_late_interest) == (Status.CURRENT, nok(0), late)
    assert settled.rows[0].paid_on == date(2025, 7, 5)


def test_the_contract_rate_is_asked_where_it_is_higher():
    loan = serial(annual_rate_percent=Decimal(24))  # first instalment 1 240; statutory 12 %

    assert statement(loan, date(2026, 2, 25)).late_interest == nok("8.15")  # 1 240 × 24 % × 10/365


def test_late_interest_on_principal_alone_and_at_an_agreed_rate():
    rules = LoanRules(
        late_interest=LateInterest.AGREED,
        late_interest_percent=Decimal(10),
        late_interest_base=LateInterestBase.PRINCIPAL,
    )

    assert statement(serial(rules), date(2026, 2, 25)).late_interest == nok("2.74")  # 1 000 × 10 % × 10/365


def test_a_part_is_paid_and_late_interest_runs_on_the_rest():
    loan = serial().with_entry(payment(620, FIRST))  # interest 120 and 500 of principal

    told = statement(loan, date(2026, 2, 25))

    assert (told.due_unpaid, told.days_past_due) == (nok(500), 10)
    assert told.late_interest == nok("1.64")  # 500 × 12 % × 10/365
    assert told.outstanding_principal == nok(11_500)


def test_paid_twice_and_reversed_after_closing():
    first, again = payment(12_120, FIRST), payment(12_120, FIRST)
    loan = serial().with_entry(first).with_entry(again)

    assert (loan.step, statement(loan, FIRST).credit) == (Step.CLOSED, nok(12_120))
    loan = loan.with_entry(Reversal(uuid4(), date(2026, 2, 20), again.id, "typed twice", recorded()))
    assert (loan.step, statement(loan, FIRST).credit) == (Step.CLOSED, nok(0))
    loan = loan.with_entry(Reversal(uuid4(), date(2026, 2, 21), first.id, "another borrower's", recorded()))
    assert (loan.step, statement(loan, FIRST).due_unpaid) == (Step.REPAYING, nok(1_120))


EXTRA = payment(3_620, date(2026, 2, 10))  # the first instalment of 1 120 and 2 500 beyond it


@pytest.mark.parametrize(
    ("rule", "second", "last", "last_due_on"),
    [
        (EarlyRepayment.KEEP_PLAN, nok(1_085), nok(505), date(2026, 11, 15)),  # 1 000 as printed + 1 % of 8 500
        (EarlyRepayment.LOWER_INSTALMENT, nok("857.73"), nok("780.43"), date(2027, 1, 15)),  # 8 500 / 11 + 85
        (EarlyRepayment.SHORTEN, nok(1_085), nok(505), date(2026, 11, 15)),  # 1 000 + 1 % of 8 500
    ],
)
def test_an_extra_repayment_in_each_of_the_three_ways(rule, second, last, last_due_on):
    told = statement(serial().with_entry(payment(3_620, EXTRA.on, rule)), EXTRA.on)

    assert told.outstanding_principal == nok(8_500)
    assert (dues(told)[0], dues(told)[1], dues(told)[-1]) == (nok(3_620), second, last)
    assert told.rows[-1].instalment.due_on == last_due_on
    assert sum(row.instalment.principal.minor for row in told.rows) == 12_000_00


def test_the_plan_is_kept_and_no_interest_is_asked_on_what_was_repaid():
    loan = serial(repayment=Repayment.ANNUITY)
    printed = statement(loan, FIRST).rows

    extra = payment("3066.19", date(2026, 2, 10), EarlyRepayment.KEEP_PLAN)  # 1 066.19 and 2 000 beyond
    told = statement(loan.with_entry(extra), date(2026, 2, 10))

    kept = [row.instalment.principal for row in told.rows[1:-1]]
    assert kept == [row.instalment.principal for row in printed[1 : len(told.rows) - 1]]
    assert printed[1].instalment.interest == nok("110.54")  # 1 % of 11 053.81
    assert told.rows[1].instalment.interest == nok("90.54")  # 1 % of 9 053.81
    assert (len(told.rows), told.rows[-1].instalment.due_on) == (11, date(2026, 12, 15))


def test_an_annuity_is_shortened_at_the_same_instalment():
    loan = serial(repayment=Repayment.ANNUITY).with_entry(payment("3066.19", date(2026, 2, 10)))

    told = statement(loan, date(2026, 2, 10))

    assert dues(told)[0] == nok("3066.19")  # 1 066.19 and 2 000 beyond
    assert set(dues(told)[1:-1]) == {nok("1066.19")}
    assert len(told.rows) == 10
    assert dues(told)[-1] < nok("1066.19")


def test_payoff_in_mid_period_asks_for_interest_to_the_day():
    loan = serial()

    assert statement(loan, date(2026, 2, 4)).payoff_amount == nok(12_080)  # 12 000 × 12 % × 20/360
    closed = loan.with_entry(payment(12_080, date(2026, 2, 4)))

    assert (closed.step, statement(closed, date(2026, 2, 4)).status) == (Step.CLOSED, Status.REPAID)
    assert dues(statement(closed, date(2027, 1, 1))) == [nok(12_080)]


@pytest.mark.parametrize(
    ("interest", "fourth_asks"),
    [
        (HolidayInterest.CARRIED, nok(1_440)),  # 1 000 and four months at 110
        (HolidayInterest.CAPITALISED, nok("1143.63")),  # 11 333.31 / 11 + 1 % of 11 333.31
        (HolidayInterest.WAIVED, nok(1_110)),
    ],
)
def test_a_holiday_of_three_months(interest, fourth_asks):
    loan = serial().with_entry(payment(1_120, FIRST))
    loan = loan.with_entry(PaymentHoliday(uuid4(), date(2026, 2, 20), 3, interest, recorded()))

    told = statement(loan, date(2026, 6, 15))

    assert dues(told)[:5] == [nok(1_120), nok(0), nok(0), nok(0), fourth_asks]
    assert (len(told.rows), told.rows[-1].instalment.due_on) == (15, date(2027, 4, 15))
    assert (told.due_unpaid, told.days_past_due) == (fourth_asks, 0)


@pytest.mark.parametrize("interest", list(InterestRule))
def test_interest_that_a_holiday_lets_go_is_not_in_the_payoff(interest):
    loan = serial(LoanRules(interest=interest, late_interest=LateInterest.NONE))
    loan = loan.with_entry(PaymentHoliday(uuid4(), date(2026, 2, 4), 1, HolidayInterest.WAIVED, recorded()))

    for day in (date(2026, 2, 4), date(2026, 2, 14), FIRST):
        assert (statement(loan, day).accrued_interest, statement(loan, day).payoff_amount) == (nok(0), nok(12_000))


def test_by_day_a_holiday_without_interest_after_an_instalment_paid_ahead_lets_go_of_the_days_since():
    loan = serial(BY_DAY).with_entry(payment(1_080, date(2026, 2, 4)))  # 12 000 × 12 % × 20/360, and 1 000
    loan = loan.with_entry(PaymentHoliday(uuid4(), date(2026, 2, 10), 1, HolidayInterest.WAIVED, recorded()))

    for day in (date(2026, 2, 10), date(2026, 3, 10), SECOND):
        assert statement(loan, day).payoff_amount == nok(11_000)


def test_a_change_of_rate_in_mid_period_counts_by_days_and_keeps_the_end():
    loan = serial(day_count=DayCount.ACTUAL_365)
    loan = loan.with_entry(RateChange(uuid4(), date(2026, 1, 25), Decimal(18), recorded()))

    told = statement(loan, date(2026, 1, 25))

    assert told.accrued_interest == nok("39.45")  # 12 000 × 12 % × 10/365
    assert told.rows[0].instalment.interest == nok("163.73")  # and 21 days at 18 %: 124.27
    assert told.rows[1].instalment.interest == nok("151.89")  # 11 000 × 18 % × 28/365
    assert (len(told.rows), told.rows[-1].instalment.due_on) == (12, date(2027, 1, 15))


def test_a_change_to_the_same_rate_changes_nothing():
    loan = serial()
    changed = loan.with_entry(RateChange(uuid4(), date(2026, 1, 25), Decimal(12), recorded()))

    assert statement(changed, FIRST).rows == statement(loan, FIRST).rows


def test_by_day_a_late_payment_costs_interest_for_its_days():
    loan = serial(BY_DAY, day_count=DayCount.ACTUAL_365).with_entry(payment("1122.30", date(2026, 2, 25)))

    told = statement(loan, SECOND)

    assert told.rows[0].instalment.interest == nok("122.30")  # 12 000 × 12 % × 31/365
    assert told.rows[1].instalment.interest == nok("104.55")  # 12 000 for 10 days, 11 000 for 18


def test_by_day_an_early_part_payment_saves_interest_for_its_days():
    loan = serial(BY_DAY, day_count=DayCount.ACTUAL_365).with_entry(payment(1_000, date(2026, 1, 25)))

    told = statement(loan, FIRST)

    assert told.outstanding_principal == nok("11039.45")  # 39.45 went to the interest of ten days
    assert told.rows[0].instalment.interest == nok("115.67")  # and 11 039.45 × 12 % × 21/365 = 76.22


@pytest.mark.parametrize(
    ("rule", "second", "third"),
    [
        (EarlyRepayment.LOWER_INSTALMENT, nok("909.66"), nok("851.48")),  # 8 500 / 11, and what its days cost
        (EarlyRepayment.SHORTEN, nok("1136.93"), nok("1076.44")),
    ],
)
def test_by_day_no_interest_is_asked_on_what_was_repaid_early_for_the_days_after_it(rule, second, third):
    loan = serial(BY_DAY, day_count=DayCount.ACTUAL_365)
    loan = loan.with_entry(payment("3539.45", date(2026, 1, 25), rule))  # interest 39.45, 1 000, and 2 500 beyond

    told = statement(loan, date(2026, 1, 25))

    assert told.outstanding_principal == nok(8_500)
    assert told.rows[1].instalment.interest == nok("136.93")  # 8 500 × 12 % × 49/365
    assert dues(told)[1:3] == [second, third]
    assert statement(loan, SECOND).rows[1].instalment.due == second


@pytest.mark.parametrize(
    ("paid", "place", "interest"),
    [
        (payment("1078.90", date(2026, 2, 4)), 1, nok("141.04")),  # ahead: 11 000 × 12 % × 39/365
        (payment(1_000, date(2026, 1, 25)), 0, nok("115.67")),  # a part ahead: 12 000 for 10 days, 11 039.45 for 21
        (payment("1122.30", date(2026, 2, 25)), 1, nok("104.55")),  # late: 12 000 for 10 days, 11 000 for 18
        (payment("3539.45", date(2026, 1, 25), EarlyRepayment.KEEP_PLAN), 1, nok("136.93")),  # 8 500 for 49 days
        (WriteOff(uuid4(), date(2026, 2, 4), nok(6_000), recorded(), "fire"), 0, nok("100.60")),  # 6 000 for 11 days
    ],
)
def test_by_day_an_instalment_to_come_is_shown_as_it_will_be_asked_for(paid, place, interest):
    loan = serial(BY_DAY, day_count=DayCount.ACTUAL_365).with_entry(paid)

    row = statement(loan, paid.on).rows[place].instalment

    assert row.interest == interest
    assert statement(loan, row.due_on).rows[place].instalment.due == row.due


def test_by_day_overdue_principal_bears_late_interest_and_no_ordinary_interest():
    loan = serial(LoanRules(interest=InterestRule.BY_DAY), day_count=DayCount.ACTUAL_365)

    told = statement(loan, SECOND)

    assert told.rows[1].instalment.interest == nok("101.26")  # 11 000 × 12 % × 28/365
    assert told.late_interest == nok("10.33")  # 1 122.30 × 12 % × 28/365


def test_written_off_in_part_then_wholly_and_recovered():
    loan = serial(NO_LATE).with_entry(WriteOff(uuid4(), date(2026, 2, 20), nok(2_000), recorded(), "shop burnt"))
    told = statement(loan, date(2026, 2, 20))
    assert (told.outstanding_principal, told.due_unpaid, len(told.rows)) == (nok(10_000), nok(1_120), 10)

    loan = loan.with_entry(WriteOff(uuid4(), date(2026, 5, 20), nok(10_000), recorded(), "moved away"))
    told = statement(loan, date(2026, 6, 1))
    assert (told.status, loan.step, loan.is_repaid) == (Status.WRITTEN_OFF, Step.CLOSED, False)
    assert (told.outstanding_principal, told.due_unpaid, told.payoff_amount) == (nok(0), nok(0), nok(0))

    loan = loan.with_entry(Recovery(uuid4(), date(2026, 8, 1), nok(3_000), recorded()))
    told = statement(loan, date(2026, 8, 1))
    assert (told.written_off, told.recovered) == (nok(12_000), nok(3_000))
    with pytest.raises(EntryRefused) as refused:
        loan.with_entry(Recovery(uuid4(), date(2026, 9, 1), nok(9_001), recorded()))
    assert refused.value.limit == Decimal("9000.00")


def test_interest_that_has_run_is_owed_after_a_part_was_written_off():
    loan = serial(NO_LATE).with_entry(WriteOff(uuid4(), date(2026, 2, 4), nok(6_000), recorded(), "shop burnt"))

    told = statement(loan, date(2026, 2, 4))
    assert told.accrued_interest == nok(80)  # 12 000 × 12 % × 20/360
    assert told.payoff_amount == nok(6_080)
    assert statement(loan, date(2026, 2, 14)).payoff_amount == nok(6_120)  # as the instalment asks the day after
    assert dues(statement(loan, FIRST))[:2] == [nok(1_120), nok(1_050)]


@pytest.mark.parametrize(
    ("repayment", "asked"),
    [
        (Repayment.INTEREST_ONLY, [nok(120), nok(60), nok(60), nok(6_060)]),
        (Repayment.BULLET, [nok(0), nok(0), nok(0), nok(6_300)]),  # 120 as printed, and three months at 60
    ],
)
def test_no_interest_is_asked_on_what_was_written_off_of_a_loan_repaid_at_the_end(repayment, asked):
    loan = serial(NO_LATE, repayment=repayment, instalments=4)
    loan = loan.with_entry(WriteOff(uuid4(), date(2026, 1, 20), nok(6_000), recorded(), "shop burnt"))

    assert dues(statement(loan, date(2026, 1, 20))) == asked
    assert dues(statement(loan, date(2026, 6, 1))) == asked


def test_interest_of_a_holiday_is_owed_after_a_part_was_written_off():
    loan = serial(NO_LATE)
    loan = loan.with_entry(PaymentHoliday(uuid4(), date(2026, 1, 16), 3, HolidayInterest.CARRIED, recorded()))
    loan = loan.with_entry(WriteOff(uuid4(), date(2026, 4, 4), nok(6_000), recorded(), "shop burnt"))

    told = statement(loan, date(2026, 4, 4))

    assert told.accrued_interest == nok(320)  # two months at 120, and 20 days of the third
    assert told.rows[3].instalment.interest == nok(420)  # three months at 120, and one at 60


def test_the_balance_after_an_instalment_is_what_was_owed_then_and_falls_with_the_loss():
    loan = serial(NO_LATE).with_entry(payment(1_120, FIRST))
    loan = loan.with_entry(WriteOff(uuid4(), date(2026, 2, 20), nok(2_000), recorded(), "shop burnt"))

    balances = [row.instalment.balance for row in statement(loan, date(2026, 2, 20)).rows]

    assert (balances[0], balances[1], balances[-1]) == (nok(11_000), nok(8_000), nok(0))


def test_the_balance_after_an_instalment_put_off_stays_after_a_new_plan_and_after_the_whole_is_lost():
    # Two months put off, their interest joins the principal: 120.00 on 15 February and 121.20 on 15 March.
    loan = serial(NO_LATE)
    loan = loan.with_entry(PaymentHoliday(uuid4(), date(2026, 1, 16), 2, HolidayInterest.CAPITALISED, recorded()))
    on, owed = date(2026, 3, 20), nok("12241.20")
    later: list[Entry] = [
        NewPlan(uuid4(), on, terms(principal=owed, disbursed_on=on), recorded()),
        WriteOff(uuid4(), on, owed, recorded(), "shop burnt"),
    ]

    for entry in later:
        first = statement(loan.with_entry(entry), on).rows[0]
        assert (first.instalment.due_on, first.instalment.balance) == (FIRST, nok(12_120))


def test_a_fee_is_due_on_its_own_day_and_waived_again():
    fee = Fee(uuid4(), date(2026, 3, 1), nok(38), date(2026, 3, 15), recorded(), "reminder")
    loan = serial(NO_LATE).with_entry(payment(1_120, FIRST)).with_entry(fee)

    assert statement(loan, date(2026, 3, 14)).due_unpaid == nok(0)
    assert statement(loan, SECOND).due_unpaid == nok(1_148)
    assert statement(loan, SECOND).rows[1].instalment.fees == nok(38)
    waived = loan.with_entry(Waiver(uuid4(), SECOND, Waived.FEES, nok(38), recorded()))
    assert statement(waived, SECOND).due_unpaid == nok(1_110)
    with pytest.raises(EntryRefused):
        waived.with_entry(Waiver(uuid4(), date(2026, 3, 16), Waived.FEES, nok(1), recorded()))


def test_a_fee_after_the_loan_was_written_off_before_its_first_due_date_stands_alone():
    loan = serial().with_entry(WriteOff(uuid4(), date(2026, 2, 1), nok(12_000), recorded()))
    loan = loan.with_entry(Fee(uuid4(), date(2026, 2, 3), nok(35), date(2026, 2, 3), recorded()))

    told = statement(loan, date(2026, 2, 5))

    assert (told.status, told.outstanding_principal, told.due_unpaid) == (Status.WRITTEN_OFF, nok(0), nok(35))
    assert [(row.instalment.due, row.unpaid) for row in told.rows] == [(nok(35), nok(35))]


def test_late_interest_is_let_go():
    loan = serial().with_entry(Waiver(uuid4(), date(2026, 2, 25), Waived.LATE_INTEREST, nok("3.68"), recorded()))

    assert statement(loan, date(2026, 2, 25)).late_interest == nok(0)  # 1 120 × 12 % × 10/365 = 3.68


def test_credit_is_refunded_and_no_more_than_there_is():
    loan = serial().with_entry(payment(12_620, FIRST))  # 500 too much

    assert statement(loan.with_entry(Refund(uuid4(), SECOND, nok(500), recorded())), SECOND).credit == nok(0)
    with pytest.raises(EntryRefused):
        loan.with_entry(Refund(uuid4(), SECOND, nok(501), recorded()))


def test_a_payment_whose_credit_was_refunded_is_not_reversed_before_the_refund():
    paid = payment(12_620, FIRST)
    loan = serial().with_entry(paid).with_entry(Refund(uuid4(), SECOND, nok(500), recorded()))

    with pytest.raises(EntryRefused):
        loan.with_entry(Reversal(uuid4(), SECOND, paid.id, "wrong loan", recorded()))


def test_a_new_plan_takes_the_place_of_the_old_one_and_is_marked():
    loan = serial(NO_LATE)  # 1 120 and 1 110 are overdue; 21 days of interest on 10 000 have run
    new = terms(principal=nok("12300.00"), disbursed_on=date(2026, 4, 5), instalments=24, repayment=Repayment.SERIAL)
    loan = loan.with_entry(NewPlan(uuid4(), date(2026, 4, 5), new, recorded(), "illness"))

    told = statement(loan, date(2026, 4, 5))

    assert (told.is_restructured, told.status, told.due_unpaid) == (True, Status.CURRENT, nok(0))
    assert told.outstanding_principal == nok("12300.00")  # 12 000, 120 and 110 due, 70 run
    assert [row.instalment.number for row in told.rows] == list(range(1, 27))
    assert dues(told)[2] == nok("512.50")  # a 24th, without interest


@pytest.mark.parametrize(("planned", "plan_first"), [(11_000, False), (12_000, True)])
def test_a_new_plan_is_of_what_is_outstanding_after_the_payments_of_its_day(planned, plan_first):
    new = terms(principal=nok(planned), disbursed_on=FIRST, instalments=22, repayment=Repayment.SERIAL)
    entries: list[Entry] = [payment(1_120, FIRST), NewPlan(uuid4(), FIRST, new, recorded(), "longer")]
    loan = serial(NO_LATE)
    for entry in reversed(entries) if plan_first else entries:
        loan = loan.with_entry(entry)

    told = statement(loan, FIRST)

    assert (told.outstanding_principal, told.due_unpaid) == (nok(11_000), nok(0))
    assert dues(told)[:2] == [nok(1_120), nok(500)]  # 11 000 in 22 instalments, without interest


def test_a_new_plan_of_less_than_is_owed_is_refused():
    new = terms(principal=nok(11_999), disbursed_on=date(2026, 4, 5))

    with pytest.raises(EntryRefused) as refused:
        serial().with_entry(NewPlan(uuid4(), date(2026, 4, 5), new, recorded()))

    assert (refused.value.field, refused.value.limit) == ("terms.principal", Decimal("12000.00"))


def test_a_payment_typed_late_counts_from_its_own_day():
    typed_in_time = serial().with_entry(payment(1_120, FIRST)).with_entry(payment(1_110, SECOND))
    typed_late = serial().with_entry(payment(1_110, SECOND)).with_entry(payment(1_120, FIRST))

    assert statement(typed_late, THIRD).rows == statement(typed_in_time, THIRD).rows


def test_a_payment_typed_late_is_taken_though_it_leaves_less_than_the_new_plan_rounds_its_instalments_to():
    new = terms(principal=nok(12_000), disbursed_on=FIRST, instalment_multiple_minor=50_00)
    loan = serial(NO_LATE).with_entry(NewPlan(uuid4(), FIRST, new, recorded(), "longer"))

    loan = loan.with_entry(payment(12_100, date(2026, 2, 14)))  # of it 120 of interest, as printed

    assert statement(loan, FIRST).outstanding_principal == nok(20)


def test_money_paid_out_in_parts_bears_interest_from_its_own_day():
    parts = (Tranche(date(2026, 1, 15), nok(6_000)), Tranche(date(2026, 1, 25), nok(6_000)))
    loan = signed(a_loan(terms=terms(annual_rate_percent=Decimal(12), tranches=parts)))
    for part in parts:
        loan = loan.with_entry(Payout(uuid4(), part.on, part.amount, recorded()))

    assert statement(loan, date(2026, 1, 20)).payoff_amount == nok(6_010)  # 6 000 × 12 % × 5/360
    assert statement(loan, date(2026, 1, 30)).payoff_amount == nok(12_040)  # 15 days on 6 000 and 5 on the rest
    with pytest.raises(StepNotOpen):
        loan.with_entry(Payout(uuid4(), date(2026, 1, 30), nok(1), recorded()))
