"""Interest is asked for once: of instalments put off, paid ahead or replaced by a new plan, worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from mikrolaan.domain.journal import (
    EntryRefused,
    Fee,
    HolidayInterest,
    NewPlan,
    PaymentHoliday,
    RateChange,
    Waived,
    Waiver,
    WriteOff,
)
from mikrolaan.domain.loan_rules import InterestRule, LateInterest, LoanRules
from mikrolaan.domain.statement import statement
from mikrolaan.domain.terms import PaymentFreeInterest, Repayment
from tests.builders import nok, recorded, terms
from tests.domain.test_statement_examples import BY_DAY, FIRST, NO_LATE, SECOND, THIRD, dues, payment, serial


@pytest.mark.parametrize("interest", list(InterestRule))
@pytest.mark.parametrize(
    "had",
    [
        payment(60, date(2026, 2, 4)),
        Waiver(uuid4(), date(2026, 2, 4), Waived.INTEREST, nok(60), recorded(), "illness"),
    ],
)
def test_interest_that_was_paid_or_let_go_before_a_holiday_is_not_asked_for_after_it(had, interest):
    loan = serial(LoanRules(interest=interest, late_interest=LateInterest.NONE)).with_entry(had)
    put_off = [PaymentHoliday(uuid4(), date(2026, 2, 5), 1, kind, recorded()) for kind in HolidayInterest]
    carried, capitalised, waived = [statement(loan.with_entry(one), SECOND) for one in put_off]

    assert carried.rows[1].instalment.interest == nok(180)  # two months at 120, less 60
    assert capitalised.outstanding_principal == nok(12_060)
    assert waived.rows[1].instalment.interest == nok(120)


@pytest.mark.parametrize("on", [date(2026, 1, 20), date(2026, 2, 14)])
@pytest.mark.parametrize(
    ("later", "asked"),
    [
        ({"repayment": Repayment.BULLET}, [nok(6_000), nok(0), nok(0), nok(6_300)]),  # 120 as printed, then 60 a month
        (
            {"payment_free_instalments": 2, "payment_free_interest": PaymentFreeInterest.ACCRUED},
            [nok(6_000), nok(0), nok(6_240)],  # the share of 6 000 stays, so that one instalment is left
        ),
    ],
)
def test_interest_that_is_asked_for_later_is_of_what_was_owed_and_half_of_it_after_half_is_repaid(on, later, asked):
    loan = serial(NO_LATE, instalments=4, **later).with_entry(payment(6_000, on))

    assert dues(statement(loan, on)) == asked
    assert dues(statement(loan, date(2026, 6, 1))) == asked


def test_by_day_a_fee_paid_before_it_is_due_leaves_the_running_instalment_as_it_was():
    # 12 000 at 12 %, and from 1 March at 6 %: 14 days at 4.00 and 16 at 2.00 are due in March, 60.00 in April.
    loan = serial(BY_DAY, repayment=Repayment.INTEREST_ONLY, instalments=4)
    loan = loan.with_entry(Fee(uuid4(), date(2026, 2, 10), nok(35), date(2026, 2, 24), recorded()))
    loan = loan.with_entry(payment(155, FIRST))
    assert dues(statement(loan, FIRST))[:2] == [nok(120), nok(155)]  # the fee is shown with the instalment after it

    loan = loan.with_entry(RateChange(uuid4(), date(2026, 3, 1), Decimal(6), recorded()))

    assert [row.instalment.interest for row in statement(loan, THIRD).rows] == [nok(120), nok(88), nok(60), nok(60)]


@pytest.mark.parametrize(("begins_on", "first_asks"), [(date(2026, 2, 4), nok(80)), (FIRST, nok(68))])
def test_no_day_is_paid_twice_where_interest_was_paid_ahead_of_a_new_plan(begins_on, first_asks):
    # 120 are paid until 15 February, 20 days of it have run on the 4th; a month from there 120, 17 days from the 15th 68.
    new = terms(annual_rate_percent=Decimal(12), disbursed_on=begins_on, first_due_on=date(2026, 3, 4), instalments=12)
    loan = serial(NO_LATE).with_entry(payment(120, date(2026, 1, 20)))
    loan = loan.with_entry(NewPlan(uuid4(), date(2026, 2, 4), new, recorded(), "longer"))

    assert statement(loan, date(2026, 2, 14)).payoff_amount == nok(12_000)
    first = next(row.instalment for row in statement(loan, FIRST).rows if row.instalment.due_on == date(2026, 3, 4))
    assert first.interest == first_asks


@pytest.mark.parametrize("first_due_on", [date(2026, 2, 13), FIRST])
def test_interest_that_a_new_plan_leaves_is_asked_for_with_its_first_instalment(first_due_on):
    # 80 of interest and 420 of principal are paid ahead; six days of 11 580 at 12 % have run since: 23.16.
    loan, on = serial(BY_DAY).with_entry(payment(500, date(2026, 2, 4))), date(2026, 2, 10)
    new = terms(principal=nok(11_580), disbursed_on=on, first_due_on=first_due_on)
    loan = loan.with_entry(NewPlan(uuid4(), on, new, recorded(), "longer"))

    following = statement(loan, on).next_due

    assert following is not None
    assert (following.instalment.number, following.unpaid) == (2, nok("988.16"))  # a twelfth, and 23.16


@pytest.mark.parametrize("interest", list(InterestRule))
@pytest.mark.parametrize("is_typed_late", [True, False])
def test_a_holiday_puts_off_no_interest_of_a_loan_whose_principal_is_repaid(interest, is_typed_late):
    rules = LoanRules(interest=interest, late_interest=LateInterest.NONE)
    free = {"payment_free_instalments": 2, "payment_free_interest": PaymentFreeInterest.ACCRUED}
    holiday = PaymentHoliday(uuid4(), date(2026, 2, 1), 1, HolidayInterest.CARRIED, recorded())
    loan, all_principal = serial(rules, instalments=4, **free), payment(12_000, date(2026, 1, 25))
    if is_typed_late:
        loan = loan.with_entry(holiday).with_entry(all_principal)
    else:
        loan = loan.with_entry(all_principal)
        with pytest.raises(EntryRefused):
            loan.with_entry(holiday)

    assert statement(loan, FIRST).due_unpaid == nok(40)  # ten days of 12 000


def put_off_and_lost(rules: LoanRules, lost: int):
    """1 000 a month at one per cent, February and March unpaid, three months put off from April, then a loss."""
    loan = serial(rules).with_entry(
        PaymentHoliday(uuid4(), date(2026, 3, 20), 3, HolidayInterest.CAPITALISED, recorded())
    )
    return loan.with_entry(WriteOff(uuid4(), date(2026, 3, 25), nok(lost), recorded(), "bankrupt"))


def test_a_loss_that_reaches_what_is_overdue_takes_no_interest_for_principal_that_has_not_joined_it_yet():
    loan = put_off_and_lost(NO_LATE, 11_500)

    told = statement(loan, date(2026, 3, 25))
    assert told.outstanding_principal == nok(500)
    assert told.due_unpaid == nok(730)  # 500, and the interest of February and March
    assert statement(loan, date(2026, 4, 15)).outstanding_principal == nok(600)  # April as printed: 1 % of 10 000
    asked = statement(loan, date(2026, 12, 1)).due_unpaid
    assert asked == nok(730) + nok(
        "103.03"
    )  # 100 of April, one per cent of it in May and June, and of all that in July


def test_interest_that_joins_the_principal_after_a_loss_is_of_what_is_left():
    loan = put_off_and_lost(NO_LATE, 6_000)

    joins = [row.capitalised for row in statement(loan, date(2026, 3, 25)).rows[2:5]]

    assert joins == [nok(100), nok(41), nok("41.41")]  # April as printed, then 1 % of 4 100 and of 4 141


def test_by_day_no_interest_is_lost_with_the_instalments_to_which_it_was_put_off():
    loan = put_off_and_lost(LoanRules(interest=InterestRule.BY_DAY, late_interest=LateInterest.NONE), 11_500)

    days = [date(2026, 3, 25), date(2026, 4, 14), date(2026, 4, 15), date(2026, 5, 16), date(2026, 12, 1)]
    told = [statement(loan, day) for day in days]

    assert {each.outstanding_principal for each in told} == {nok(500)}
    assert {each.due_unpaid for each in told} == {nok(740)}  # with 120 of each month
    interest = [each.accrued_interest for each in told]
    assert interest == sorted(interest)
    assert interest[0] == nok(40)  # ten days of March on 12 000
