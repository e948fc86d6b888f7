"""A product: the limits it sets, the terms it makes, and the products that cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money, Rounding
from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.product import NO_GRACE, Product, RepaymentNotAllowed, Span
from mikrolaan.domain.terms import (
    BusinessDayRule,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
)
from tests.builders import a_product, nok

PAID_OUT = date(2026, 1, 15)


def span(least: int | str, most: int | str, usual: int | str) -> Span:
    return Span(Decimal(least), Decimal(most), Decimal(usual))


def product(**changes: object) -> Product:
    """5 000 to 200 000 kroner at 0 to 15 %, 3 to 60 months, fees of 500 and 35."""
    return replace(a_product(), **changes)  # type: ignore[arg-type]  # the tests name fields of every kind


def test_the_usual_loan_is_what_the_product_proposes():
    terms = product().usual_terms(PAID_OUT)

    assert (terms.principal, terms.annual_rate_percent, terms.instalments) == (nok(50_000), Decimal(6), 24)
    assert (terms.establishment_fee_minor, terms.instalment_fee_minor) == (500_00, 35_00)
    assert (terms.every, terms.unit, terms.repayment) == (1, PeriodUnit.MONTHS, Repayment.ANNUITY)


@pytest.mark.parametrize(
    ("amount", "rate", "instalments", "field", "problem", "limit"),
    [
        ("4999.99", "6", 24, "principal", Problem.TOO_SMALL, 5_000),
        ("200000.01", "6", 24, "principal", Problem.TOO_LARGE, 200_000),
        ("50000", "15.01", 24, "annual_rate_percent", Problem.TOO_LARGE, 15),
        ("50000", "-1", 24, "annual_rate_percent", Problem.TOO_SMALL, 0),
        ("50000", "6", 2, "instalments", Problem.TOO_SMALL, 3),
        ("50000", "6", 61, "instalments", Problem.TOO_LARGE, 60),
    ],
)
def test_a_limit_that_is_broken_is_named_with_its_field(amount, rate, instalments, field, problem, limit):
    with pytest.raises(InvalidValue) as told:
        product().terms(nok(amount), Decimal(rate), instalments, PAID_OUT)

    assert (told.value.field, told.value.problem, told.value.limit) == (field, problem, limit)


def test_limits_themselves_are_allowed():
    assert product().terms(nok(5_000), Decimal(0), 3, PAID_OUT).instalments == 3
    assert product().terms(nok(200_000), Decimal(15), 60, PAID_OUT).instalments == 60


def test_a_repayment_form_that_is_not_allowed_is_refused_with_those_that_are():
    serial_only = product(repayment=Repayment.SERIAL, repayments_allowed=frozenset({Repayment.SERIAL}))

    with pytest.raises(RepaymentNotAllowed) as told:
        serial_only.terms(nok(50_000), Decimal(6), 24, PAID_OUT, repayment=Repayment.BULLET)

    assert (told.value.field, told.value.limit, told.value.allowed) == ("repayment", "serial", (Repayment.SERIAL,))
    assert serial_only.terms(nok(50_000), Decimal(6), 24, PAID_OUT).repayment is Repayment.SERIAL


def test_every_rule_of_the_product_stands_in_the_terms():
    rich = product(
        every=2,
        unit=PeriodUnit.WEEKS,
        interest_method=InterestMethod.FLAT,
        rounding=Rounding.HALF_EVEN,
        business_day_rule=BusinessDayRule.PRECEDING,
        calendar="DK",
        instalment_multiple_minor=10_00,
        payment_free=span(0, 3, 2),
        payment_free_interest=PaymentFreeInterest.ACCRUED,
        interest_only=span(0, 4, 1),
        establishment_fee_paid=FeePaid.SEPARATELY,
    )
    terms = rich.usual_terms(PAID_OUT)

    assert (terms.every, terms.unit, terms.interest_method) == (2, PeriodUnit.WEEKS, InterestMethod.FLAT)
    assert (terms.rounding, terms.instalment_multiple_minor) == (Rounding.HALF_EVEN, 10_00)
    assert (terms.business_day_rule, terms.calendar) == (BusinessDayRule.PRECEDING, "DK")
    assert (terms.payment_free_instalments, terms.payment_free_interest) == (2, PaymentFreeInterest.ACCRUED)
    assert (terms.interest_only_instalments, terms.establishment_fee_paid) == (1, FeePaid.SEPARATELY)


def test_grace_is_the_usual_one_unless_another_is_chosen_within_its_limits():
    graceful = product(interest_only=span(0, 6, 3), payment_free=span(0, 2, 1))

    usual = graceful.terms(nok(50_000), Decimal(6), 24, PAID_OUT)
    chosen = graceful.terms(
        nok(50_000), Decimal(6), 24, PAID_OUT, interest_only_instalments=6, payment_free_instalments=0
    )

    assert (usual.payment_free_instalments, usual.interest_only_instalments) == (1, 3)
    assert (chosen.payment_free_instalments, chosen.interest_only_instalments) == (0, 6)
    with pytest.raises(InvalidValue, match="interest_only_instalments: too large"):
        graceful.terms(nok(50_000), Decimal(6), 24, PAID_OUT, interest_only_instalments=7)
    with pytest.raises(InvalidValue, match="payment_free_instalments: too large"):
        graceful.terms(nok(50_000), Decimal(6), 24, PAID_OUT, payment_free_instalments=3)


def test_a_loan_too_short_for_the_usual_grace_has_less_of_it():
    graceful = product(interest_only=span(0, 6, 3), payment_free=span(0, 2, 1))

    short = graceful.terms(nok(50_000), Decimal(6), 3, PAID_OUT)

    assert (short.payment_free_instalments, short.interest_only_instalments) == (1, 1)


@pytest.mark.parametrize(
    ("fixed", "percent", "rounding", "principal", "fee"),
    [
        (500_00, "0", Rounding.HALF_UP, "50000", "500"),
        (0, "1.5", Rounding.HALF_UP, "50000", "750"),
        (500_00, "1.5", Rounding.HALF_UP, "50000", "1250"),
        (0, "1", Rounding.HALF_UP, "5000.50", "50.01"),  # 50.005: half an øre goes up
        (0, "1", Rounding.HALF_EVEN, "5000.50", "50.00"),  # or to the even øre
    ],
)
def test_the_establishment_fee_is_a_fixed_amount_and_a_share_of_the_principal(fixed, percent, rounding, principal, fee):
    charged = product(
        establishment_fee_minor=fixed, establishment_fee_percent=Decimal(percent), rounding=rounding
    ).establishment_fee_on(nok(principal))

    assert charged == nok(fee)


@pytest.mark.parametrize(
    ("changes", "field", "problem", "limit"),
    [
        ({"name": "  "}, "product_name", Problem.MISSING, None),
        ({"name": "x" * 121}, "product_name", Problem.TOO_LONG, 120),
        ({"description": "x" * 1001}, "description", Problem.TOO_LONG, 1000),
        ({"amount": span(0, 100, 50)}, "amount_least", Problem.TOO_SMALL, Decimal("0.01")),
        ({"amount": span("5000.001", 20_000, 10_000)}, "amount_least", Problem.TOO_MANY_DECIMALS, 2),
        ({"rate_percent": span(0, 1001, 5)}, "rate_percent_most", Problem.TOO_LARGE, 1000),
        ({"instalments": span(0, 60, 24)}, "instalments_least", Problem.TOO_SMALL, 1),
        ({"instalments": span(3, 60, "24.5")}, "instalments_usual", Problem.TOO_MANY_DECIMALS, 0),
        ({"instalments": span(3, 1201, 24)}, "instalments_most", Problem.TOO_LARGE, 1200),
        ({"every": 0}, "every", Problem.TOO_SMALL, 1),
        ({"every": 121}, "every", Problem.TOO_LARGE, 120),
        ({"every": 120}, "instalments_most", Problem.TOO_LARGE, 10),
        ({"interest_only": span(0, 60, 0)}, "interest_only_most", Problem.TOO_LARGE, 59),
        ({"interest_only": span(3, 6, 3)}, "interest_only_least", Problem.TOO_LARGE, 2),
        ({"payment_free": span(0, 30, 24)}, "payment_free_usual", Problem.TOO_LARGE, 23),
        (
            {"payment_free": span(0, 30, 20), "interest_only": span(0, 5, 4)},
            "interest_only_usual",
            Problem.TOO_LARGE,
            3,
        ),
        ({"repayments_allowed": frozenset()}, "repayments_allowed", Problem.MISSING, None),
        (
            {"repayments_allowed": frozenset({Repayment.SERIAL})},
            "repayment",
            Problem.NOT_TOGETHER,
            "repayments_allowed",
        ),
        ({"calendar": None}, "calendar", Problem.MISSING, None),
        ({"calendar": "IS"}, "calendar", Problem.UNKNOWN_CHOICE, "NO, SE, DK, FI"),
        ({"instalment_multiple_minor": 0}, "instalment_multiple", Problem.TOO_SMALL, Decimal("0.01")),
        ({"instalment_multiple_minor": 500_001}, "instalment_multiple", Problem.TOO_LARGE, 5_000),
        ({"establishment_fee_minor": -1}, "establishment_fee", Problem.TOO_SMALL, 0),
        ({"establishment_fee_minor": 5_000_00}, "establishment_fee", Problem.TOO_LARGE, Decimal("4999.99")),
        ({"establishment_fee_percent": Decimal(101)}, "establishment_fee_percent", Problem.TOO_LARGE, 100),
        ({"establishment_fee_percent": Decimal(95)}, "establishment_fee_percent", Problem.TOO_LARGE, None),
        ({"instalment_fee_minor": -1}, "instalment_fee", Problem.TOO_SMALL, 0),
    ],
)
def test_a_product_that_cannot_be_names_the_field_and_the_limit(changes, field, problem, limit):
    with pytest.raises(InvalidValue) as told:
        product(**changes)

    assert (told.value.field, told.value.problem, told.value.limit) == (field, problem, limit)


@pytest.mark.parametrize(
    ("least", "most", "usual", "field", "problem", "limit"),
    [
        (10, 5, 7, "most", Problem.TOO_SMALL, 10),
        (5, 10, 4, "usual", Problem.TOO_SMALL, 5),
        (5, 10, 11, "usual", Problem.TOO_LARGE, 10),
        (5, "NaN", 7, "most", Problem.NOT_A_NUMBER, None),
        ("-Infinity", 10, 7, "least", Problem.NOT_A_NUMBER, None),
    ],
)
def test_a_span_keeps_the_usual_between_the_least_and_the_most(least, most, usual, field, problem, limit):
    with pytest.raises(InvalidValue) as told:
        span(least, most, usual)

    assert (told.value.field, told.value.problem, told.value.limit) == (field, problem, limit)


def test_a_fee_that_is_added_may_exceed_the_smallest_loan():
    assert product(establishment_fee_minor=6_000_00, establishment_fee_paid=FeePaid.ADDED).establishment_fee_minor


def test_a_span_of_one_value_is_fixed():
    assert Span.only(6).is_fixed
    assert not span(1, 2, 1).is_fixed
    assert span(0, 0, 0) == NO_GRACE


@given(
    amount=st.integers(5_000_00, 200_000_00),
    rate=st.decimals(0, 15, places=2),
    instalments=st.integers(3, 60),
    free=st.integers(0, 2),
    only=st.integers(0, 6),
    percent=st.decimals(0, 5, places=2),
    form=st.sampled_from(Repayment),
)
def test_whatever_is_within_the_limits_repays(amount, rate, instalments, free, only, percent, form):
    graceful = product(interest_only=span(0, 6, only), payment_free=span(0, 2, free), establishment_fee_percent=percent)

    terms = graceful.terms(Money(amount, Currency.NOK), rate, instalments, PAID_OUT, repayment=form)
    plan = make_plan(terms)

    assert plan.instalments[-1].balance.minor == 0
    assert terms.payment_free_instalments <= free
    assert terms.interest_only_instalments <= only
