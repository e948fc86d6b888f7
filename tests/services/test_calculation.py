"""The figures of a calculation, checked by hand and against the plan they come from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.effective_rate import effective_rate_of
from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.product import Product, Span
from mikrolaan.domain.terms import FeePaid, PaymentFreeInterest, PeriodUnit, Repayment
from mikrolaan.services.calculation import (
    calculate,
    calculation_of,
    choices_of,
    usual_choices,
    usual_first_due_on,
)
from tests.builders import a_product, nok, terms

PAID_OUT = date(2026, 1, 15)


def free_of_fees() -> Product:
    return replace(a_product(), establishment_fee_minor=0, instalment_fee_minor=0)


def test_a_product_proposes_its_usual_values():
    choices = usual_choices(a_product(), PAID_OUT)

    assert (choices.amount, choices.rate_percent, choices.instalments) == (nok(50_000), Decimal(6), 24)
    assert choices.first_due_on is None


def test_a_loan_without_interest_costs_its_fees():
    choices = replace(usual_choices(a_product(), PAID_OUT), amount=nok(12_000), rate_percent=Decimal(0), instalments=12)

    found = calculate(choices)

    assert found.regular.due == nok(1_035)  # 1 000 and the instalment fee of 35
    assert found.interest == nok(0)
    assert found.fees == nok(920)  # 500 and 12 times 35
    assert found.plan.paid_out == nok(11_500)
    assert found.to_pay == nok(12_420)
    assert found.plan.total_cost == nok(920)


def test_a_loan_without_interest_and_fees_has_the_effective_rate_zero():
    found = calculate(replace(usual_choices(free_of_fees(), PAID_OUT), rate_percent=Decimal(0)))

    assert found.effective_rate == 0


@pytest.mark.parametrize("paid", FeePaid)
def test_interest_and_fees_add_up_to_the_total_cost_however_the_fee_is_paid(paid):
    found = calculation_of(make_plan(terms(establishment_fee_minor=500_00, establishment_fee_paid=paid)))

    assert found.interest == nok(0)
    assert found.fees == nok(500)
    assert found.interest + found.fees == found.plan.total_cost


def test_a_fee_paid_with_the_first_instalment_does_not_make_the_instalment_look_larger():
    found = calculation_of(
        make_plan(terms(establishment_fee_minor=500_00, establishment_fee_paid=FeePaid.FIRST_INSTALMENT))
    )

    assert found.plan.instalments[0].due == nok(1_500)
    assert found.regular.due == nok(1_000)


def test_the_only_instalment_is_the_regular_one():
    found = calculation_of(
        make_plan(terms(instalments=1, establishment_fee_minor=500_00, establishment_fee_paid=FeePaid.FIRST_INSTALMENT))
    )

    assert found.regular.due == nok(12_500)


def test_the_instalment_of_a_bullet_loan_is_the_one_that_pays():
    found = calculation_of(make_plan(terms(repayment=Repayment.BULLET)))

    assert found.regular.number == 12


def test_the_instalment_is_the_one_after_the_grace():
    found = calculation_of(make_plan(terms(annual_rate_percent=Decimal(6), interest_only_instalments=3)))

    assert found.plan.instalments[0].due == nok(60)  # a month of 6 % on 12 000
    assert found.regular.number == 4


def test_an_instalment_that_carries_the_interest_of_the_ones_before_does_not_stand_for_the_rest():
    carried = terms(
        annual_rate_percent=Decimal(6),
        payment_free_instalments=2,
        payment_free_interest=PaymentFreeInterest.ACCRUED,
    )

    found = calculation_of(make_plan(carried))

    assert found.plan.instalments[2].interest == nok(180)  # three months of 60
    assert found.regular.number == 4
    assert found.regular.due < found.plan.instalments[2].due


def test_a_fee_due_with_instalments_of_interest_only_leaves_the_regular_one_as_it_is():
    found = calculation_of(
        make_plan(
            terms(
                annual_rate_percent=Decimal(6),
                interest_only_instalments=2,
                establishment_fee_minor=500_00,
                establishment_fee_paid=FeePaid.FIRST_INSTALMENT,
            )
        )
    )

    assert found.plan.instalments[0].due == nok(560)
    assert found.regular.number == 3


def test_the_grace_that_a_product_allows_is_chosen_within_its_limits():
    product = replace(a_product(), interest_only=Span(Decimal(0), Decimal(6), Decimal(3)))
    usual = usual_choices(product, PAID_OUT)
    assert usual.interest_only == 3

    with pytest.raises(InvalidValue) as caught:
        calculate(replace(usual, interest_only=7))
    assert (caught.value.field, caught.value.limit) == ("interest_only_instalments", Decimal(6))


@pytest.mark.parametrize(
    ("change", "field", "limit"),
    [
        ({"amount": nok(4_999)}, "principal", Decimal(5_000)),
        ({"amount": nok(200_001)}, "principal", Decimal(200_000)),
        ({"rate_percent": Decimal("15.25")}, "annual_rate_percent", Decimal(15)),
        ({"instalments": 61}, "instalments", Decimal(60)),
        ({"first_due_on": PAID_OUT}, "first_due_on", date(2026, 1, 16)),
    ],
)
def test_a_choice_outside_the_limits_names_its_field_and_the_limit(change, field, limit):
    with pytest.raises(InvalidValue) as caught:
        calculate(replace(usual_choices(a_product(), PAID_OUT), **change))

    assert (caught.value.field, caught.value.limit) == (field, limit)
    assert caught.value.problem in {Problem.TOO_SMALL, Problem.TOO_LARGE, Problem.TOO_EARLY}


def test_a_loan_paid_out_on_the_last_of_january_falls_due_on_the_last_of_february():
    assert usual_first_due_on(a_product(), date(2026, 1, 31)) == date(2026, 2, 28)


def test_a_loan_of_two_weeks_between_dates_falls_due_first_after_two_weeks():
    product = replace(a_product(), every=2, unit=PeriodUnit.WEEKS)

    assert usual_first_due_on(product, PAID_OUT) == date(2026, 1, 29)
    assert calculate(usual_choices(product, PAID_OUT)).terms.first_nominal_due_on == date(2026, 1, 29)


@given(
    st.integers(5_000, 200_000),
    st.integers(0, 60),
    st.integers(3, 60),
    st.sampled_from(list(Repayment)),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
)
def test_every_calculation_is_what_the_domain_gives_and_leads_back_to_its_choices(amount, quarters, count, form, day):
    product = a_product()
    choices = replace(
        usual_choices(product, day),
        amount=nok(amount),
        rate_percent=Decimal(quarters) / 4,
        instalments=count,
        repayment=form,
    )

    found = calculate(choices)

    assert found.plan == make_plan(choices.terms())
    assert found.effective_rate == effective_rate_of(found.plan)
    assert found.interest == found.plan.interest
    assert found.to_pay - found.plan.paid_out == found.plan.total_cost
    assert choices_of(found.terms, product) == choices
