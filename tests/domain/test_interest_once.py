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
