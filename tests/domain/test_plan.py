"""Plans with figures that can be checked by hand."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.plan import Plan, cash_flows, make_plan
from mikrolaan.domain.terms import (
    BusinessDayRule,
    DayCount,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
    Terms,
    Tranche,
)


def nok(kroner: str | int) -> Money:
    return Money.from_decimal(kroner, Currency.NOK)


def a_loan(**changes) -> Terms:
    """NOK 12,000 at 12 %, twelve months from 15 January 2026: one percent a month."""
    usual = Terms(nok(12_000), Decimal(12), date(2026, 1, 15), 12)
    return replace(usual, **changes)


def column(plan: Plan, name: str) -> list[str]:
    return [str(getattr(row, name).to_decimal()) for row in plan.instalments]


def test_an_annuity_of_equal_instalments_settles_the_rest_with_the_last():
    # 12,000 × 0.01 / (1 − 1.01^−12) = 1,066.1855
    plan = make_plan(a_loan())

    assert column(plan, "due") == ["1066.19"] * 11 + ["1066.14"]
    assert column(plan, "interest")[:2] == ["120.00", "110.54"]
    assert plan.principal == nok(12_000)
    assert plan.instalments[-1].balance == nok(0)


def test_a_serial_loan_repays_equal_principal_with_falling_interest():
    plan = make_plan(a_loan(repayment=Repayment.SERIAL))

    assert column(plan, "principal") == ["1000.00"] * 12
    assert column(plan, "interest") == [f"{120 - 10 * n}.00" for n in range(12)]
    assert plan.total_cost == nok(780)


def test_interest_only_pays_the_principal_at_the_end():
    plan = make_plan(a_loan(repayment=Repayment.INTEREST_ONLY))

    assert column(plan, "due") == ["120.00"] * 11 + ["12120.00"]


def test_a_bullet_pays_everything_at_the_end_with_simple_interest():
    plan = make_plan(a_loan(repayment=Repayment.BULLET, instalment_fee_minor=35_00))

    assert column(plan, "due") == ["0.00"] * 11 + ["13475.00"]


def test_flat_interest_stays_the_same_to_the_end():
    plan = make_plan(a_loan(interest_method=InterestMethod.FLAT))

    assert column(plan, "interest") == ["120.00"] * 12
    assert column(plan, "due") == ["1120.00"] * 12


def test_a_loan_without_interest_is_divided_evenly():
    plan = make_plan(a_loan(principal=nok(1000), annual_rate_percent=Decimal(0), instalments=3))

    assert column(plan, "due") == ["333.33", "333.33", "333.34"]
    assert plan.total_cost == nok(0)


def test_whole_hundreds_leave_the_smallest_difference_to_the_last_instalment():
    plan = make_plan(a_loan(instalment_multiple_minor=100_00))

    assert column(plan, "due")[:11] == ["1100.00"] * 11  # 1,000 would leave a last instalment of about 1,840
    assert plan.instalments[-1].due < nok(1100)
    assert plan.instalments[-1].due > nok(600)


def test_instalments_of_interest_only_come_before_the_annuity_of_what_is_left():
    plan = make_plan(a_loan(interest_only_instalments=2))

    assert column(plan, "due")[:2] == ["120.00", "120.00"]
    assert column(plan, "due")[2:4] == ["1266.99", "1266.99"]  # 12,000 × 0.01 / (1 − 1.01^−10) = 1,266.985


def test_capitalised_interest_is_added_to_what_is_owed():
    plan = make_plan(a_loan(payment_free_instalments=2, repayment=Repayment.SERIAL))

    assert column(plan, "balance")[:2] == ["12120.00", "12241.20"]
    assert column(plan, "due")[:2] == ["0.00", "0.00"]
    assert plan.principal == nok("12241.20")
    assert plan.interest == nok("673.26")  # 1 % of 12,241.20 × (10 + 9 + … + 1)/10 = 673.266, rounded month by month
    assert plan.total_cost == nok("914.46")


def test_accrued_interest_is_paid_with_the_first_instalment_that_pays():
    plan = make_plan(
        a_loan(
            payment_free_instalments=2,
            payment_free_interest=PaymentFreeInterest.ACCRUED,
            repayment=Repayment.SERIAL,
        )
    )

    assert column(plan, "balance")[:3] == ["12000.00", "12000.00", "10800.00"]
    assert column(plan, "interest")[:4] == ["0.00", "0.00", "360.00", "108.00"]


def test_carried_interest_is_rounded_once():
    # a third of an øre short of 10.01 each month: 3 × 10.0066… = 30.02, not 3 × 10.01
    plan = make_plan(
        a_loan(
            principal=nok("1000.67"),
            payment_free_instalments=2,
            payment_free_interest=PaymentFreeInterest.ACCRUED,
            repayment=Repayment.SERIAL,
        )
    )

    assert column(plan, "interest")[2] == "30.02"


def test_a_second_tranche_raises_the_balance_and_the_instalment():
    tranches = (Tranche(date(2026, 1, 15), nok(6000)), Tranche(date(2026, 4, 15), nok(6000)))
    plan = make_plan(a_loan(tranches=tranches, repayment=Repayment.SERIAL))

    assert column(plan, "principal") == ["500.00"] * 3 + ["1166.67"] * 8 + ["1166.64"]
    assert column(plan, "interest")[:4] == ["60.00", "55.00", "50.00", "105.00"]


def test_a_tranche_inside_a_period_bears_interest_for_its_days():
    tranches = (Tranche(date(2026, 1, 15), nok(6000)), Tranche(date(2026, 1, 31), nok(6000)))
    plan = make_plan(a_loan(tranches=tranches))

    assert plan.instalments[0].interest == nok(90)  # 6,000 × 1 % + 6,000 × 12 % × 15/360
    assert plan.instalments[-1].balance == nok(0)


@pytest.mark.parametrize(
    ("paid", "received", "first_due", "owed"),
    [
        (FeePaid.DEDUCTED, "11500", "1066.19", "12000"),
        (FeePaid.ADDED, "12000", "1110.61", "12500"),
        (FeePaid.FIRST_INSTALMENT, "12000", "1566.19", "12000"),
        (FeePaid.SEPARATELY, "12000", "1066.19", "12000"),
    ],
)
def test_the_establishment_fee_is_paid_in_four_ways(paid, received, first_due, owed):
    plan = make_plan(a_loan(establishment_fee_minor=500_00, establishment_fee_paid=paid))

    assert plan.paid_out == nok(received)
    assert plan.instalments[0].due == nok(first_due)
    assert plan.principal == nok(owed)
    flows = sum(flow.amount.minor for flow in cash_flows(plan))
    assert plan.total_cost.minor == -flows
    assert plan.total_cost == plan.interest + nok(500)


def test_the_instalment_fee_comes_on_top_of_every_instalment():
    plan = make_plan(a_loan(instalment_fee_minor=35_00))

    assert column(plan, "fees") == ["35.00"] * 12
    assert plan.instalments[0].due == nok("1101.19")
    assert plan.total_cost == plan.interest + nok(420)


def test_the_establishment_fee_waits_for_the_first_instalment_that_pays():
    plan = make_plan(
        a_loan(
            payment_free_instalments=1,
            establishment_fee_minor=500_00,
            establishment_fee_paid=FeePaid.FIRST_INSTALMENT,
        )
    )

    assert column(plan, "fees")[:3] == ["0.00", "500.00", "0.00"]


@pytest.mark.parametrize(
    ("day_count", "interest"),
    [
        (DayCount.THIRTY_360, "168.00"),  # 30 + 12 days at 4.00 a day
        (DayCount.ACTUAL_365, "169.64"),  # 43/365 of 1,440.00
        (DayCount.ACTUAL_360, "172.00"),
        (DayCount.ACTUAL_364, "170.11"),
        (DayCount.ACTUAL_ACTUAL, "169.64"),
        (DayCount.PERIOD, "167.34"),  # 120.00, and 12/365 of 1,440.00
    ],
)
def test_a_long_first_period_bears_interest_by_the_day_count(day_count, interest):
    # 15 January to 27 February: 43 days, or a month back to 27 January and 12 days
    terms = a_loan(first_due_on=date(2026, 2, 27), day_count=day_count, repayment=Repayment.SERIAL)

    plan = make_plan(terms)

    assert column(plan, "interest")[0] == interest


def test_weekly_instalments_of_the_period_method_take_a_fifty_second_of_the_rate():
    plan = make_plan(
        a_loan(
            principal=nok(5200),
            annual_rate_percent=Decimal(10),
            unit=PeriodUnit.WEEKS,
            instalments=52,
            day_count=DayCount.PERIOD,
            repayment=Repayment.SERIAL,
        )
    )

    assert column(plan, "interest")[0] == "10.00"
    assert column(plan, "principal") == ["100.00"] * 52


def test_when_interest_exceeds_the_instalment_the_balance_stands_still_and_never_rises():
    terms = a_loan(first_due_on=date(2027, 12, 15), annual_rate_percent=Decimal(60), instalments=24)

    plan = make_plan(terms)

    assert plan.instalments[0].principal == nok(0)
    assert all(row.balance <= nok(12_000) for row in plan.instalments)
    assert plan.instalments[-1].balance == nok(0)


def test_a_due_date_on_a_closed_day_moves_and_its_days_bear_interest_when_counted_actually():
    terms = a_loan(
        disbursed_on=date(2026, 1, 17),
        business_day_rule=BusinessDayRule.FOLLOWING,
        calendar="NO",
        day_count=DayCount.ACTUAL_365,
    )

    plan = make_plan(terms)

    assert plan.instalments[3].due_on == date(2026, 5, 18)  # 17 May is a Sunday and the national day
    assert plan.instalments[3].interest.minor == round(plan.instalments[2].balance.minor * 0.12 * 31 / 365)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"payment_free_instalments": 1190}, "annual_rate_percent"),
        ({"principal": nok(9_999_999_999), "repayment": Repayment.BULLET}, "principal"),
    ],
)
def test_a_debt_beyond_all_amounts_is_refused_without_a_search_for_an_instalment(changes, field):
    terms = a_loan(annual_rate_percent=Decimal(1000), instalments=1200, disbursed_on=date(2000, 1, 1), **changes)

    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        with pytest.raises(InvalidValue) as refused:
            make_plan(terms)
    finally:
        sys.setprofile(before)

    assert calls < 10 * 1200  # a few for each instalment
    assert (refused.value.field, refused.value.problem) == (field, Problem.DOES_NOT_REPAY)
