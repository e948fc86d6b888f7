"""The effective rate: conventions of time, robustness, and agreement with independent calculators."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import fsum
from time import perf_counter

import numpy_financial
import pytest
import pyxirr
from hypothesis import assume, given
from hypothesis import strategies as st

from mikrolaan.domain.effective_rate import effective_rate, effective_rate_of, effective_rate_of_flows, years_between
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.plan import CashFlow, make_plan
from mikrolaan.domain.terms import DayCount, PeriodUnit, Terms


@pytest.mark.parametrize(
    ("first", "on", "years"),
    [
        # nordic rules, section 1, point 2: cross-checked with an independent program
        ((2012, 1, 12), (2012, 2, 15), Fraction(1, 12) + Fraction(3, 365)),
        ((2013, 1, 12), (2013, 2, 15), Fraction(1, 12) + Fraction(3, 366)),
        ((2012, 3, 12), (2012, 5, 1), Fraction(1, 12) + Fraction(20, 366)),
        ((2026, 1, 15), (2026, 1, 15), Fraction(0)),
        ((2026, 1, 15), (2027, 1, 15), Fraction(1)),
        # month ends
        ((2026, 1, 31), (2026, 2, 28), Fraction(1, 12)),
        ((2026, 1, 30), (2026, 2, 28), Fraction(1, 12)),
        ((2026, 2, 28), (2026, 3, 31), Fraction(1, 12)),
        ((2024, 2, 29), (2025, 2, 28), Fraction(1)),
        ((2026, 1, 30), (2026, 3, 31), Fraction(2, 12) + Fraction(1, 365)),
        ((2026, 1, 30), (2026, 2, 27), Fraction(28, 365)),
    ],
)
def test_time_is_whole_months_back_from_the_payment_and_then_days(first, on, years):
    assert years_between(date(*first), date(*on)) == years


def test_time_of_weekly_payments_is_in_fifty_seconds():
    assert years_between(date(2026, 1, 1), date(2026, 1, 15), PeriodUnit.WEEKS) == Fraction(2, 52)
    assert years_between(date(2026, 1, 1), date(2026, 1, 18), PeriodUnit.WEEKS) == Fraction(2, 52) + Fraction(3, 365)


def test_time_of_payments_by_days_is_in_years_and_days():
    assert years_between(date(2026, 1, 1), date(2026, 3, 2), PeriodUnit.DAYS) == Fraction(60, 365)
    assert years_between(date(2026, 1, 1), date(2027, 1, 11), PeriodUnit.DAYS) == 1 + Fraction(10, 365)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 4000), st.sampled_from(PeriodUnit))
def test_time_never_runs_backwards(first, days, unit):
    on = date.fromordinal(first.toordinal() + days)
    later = date.fromordinal(on.toordinal() + 1)

    assert years_between(first, on, unit) >= 0
    # a month may count a day more or less than its days, never more than that
    assert years_between(first, later, unit) - years_between(first, on, unit) > -Fraction(4, 365)
    assert abs(years_between(first, on, unit) - Fraction(days * 4, 1461)) < Fraction(12, 365) + Fraction(days, 10_000)


@pytest.mark.parametrize(
    ("years", "amounts", "percent"),
    [
        ([0, 1], [100, -100], "0"),
        ([0, 1], [100, -1], "-99"),
        ([0, 1], [100, -10_100], "10000"),
        ([0, 1], [100, -50], "-50"),
        ([1, 2], [100, -107], "7"),
        ([0, 1, 2], [100, -230, 132], "10"),  # 10 % and 20 % both do; the nearer to zero is meant
        ([0, Fraction(1, 2)], [100, -110], "21"),
        ([0, 180], [1, -1_000_000], "7.978"),  # 1,000,000^(1/180) − 1
        ([0, 1000], [10**12, -1], "-2.725"),
    ],
)
def test_the_rate_is_found_from_minus_99_to_10000_percent(years, amounts, percent):
    found = effective_rate(years, amounts)

    assert found is not None
    assert round(found, 3) == Decimal(percent)


@pytest.mark.parametrize(
    ("years", "amounts"),
    [
        ([], []),
        ([0], [100]),
        ([0, 1], [100, 100]),
        ([0, 1], [0, 0]),
        ([0, 0], [100, -100]),
        ([0, 1], [100, -10_200]),
        ([0, 1], [1000, -1]),
        ([0, 1, 2], [100, -300, 250]),
        ([0, 1], [float("nan"), -1]),
        ([0, float("inf")], [1, -1]),
    ],
)
def test_where_no_rate_does_it_there_is_none(years, amounts):
    begun = perf_counter()
    assert effective_rate(years, amounts) is None
    assert perf_counter() - begun < 0.1


@given(
    st.lists(
        st.tuples(st.fractions(0, 40, max_denominator=365), st.integers(-(10**9), 10**9)),
        max_size=60,
    )
)
def test_any_flows_have_a_rate_that_makes_them_worth_nothing_or_none(flows):
    found = effective_rate([t for t, _ in flows], [a for _, a in flows])

    if found is not None:
        assert -99 <= found <= 10_000
        base = 1 + float(found) / 100
        start = min(t for t, _ in flows)
        worths = [a * base ** -float(t - start) for t, a in flows]
        slopes = [a * float(t - start) * base ** -float(t - start) for t, a in flows]
        assert abs(fsum(worths)) <= 1e-9 * fsum(map(abs, worths)) + 1e-11 / base * fsum(map(abs, slopes))


def test_thousands_of_random_flows_agree_with_pyxirr():
    """pyxirr counts days over 365; the same times are given to ours."""
    chance = random.Random(7)
    for _ in range(2000):
        days = sorted(chance.sample(range(1, 3000), chance.randint(1, 40)))
        lent = chance.randint(1_000, 500_000)
        total = lent * chance.uniform(0.7, 2.5)
        amounts = [lent, *[-round(total / len(days), 2)] * len(days)]
        dates = [date(2020, 1, 1), *[date.fromordinal(date(2020, 1, 1).toordinal() + day) for day in days]]
        theirs = pyxirr.xirr(dates, amounts)

        ours = effective_rate([Fraction(0), *[Fraction(day, 365) for day in days]], amounts)

        if theirs is not None and -0.99 < theirs < 100:
            assert ours is not None
            assert float(ours) / 100 == pytest.approx(theirs, abs=1e-7, rel=1e-7)


def test_thousands_of_random_annuities_agree_with_numpy_financial():
    """They differ by the rounding of the instalment alone: an øre at most, grown to the end by interest."""
    chance = random.Random(11)
    for _ in range(2000):
        principal = chance.randint(1_000_00, 500_000_00)
        months = chance.randint(1, 120)
        rate = Decimal(chance.randint(0, 3000)) / 100
        terms = Terms(Money(principal, Currency.NOK), rate, date(2026, 1, 15), months, day_count=DayCount.PERIOD)
        theirs = -float(numpy_financial.pmt(float(rate) / 1200, months, principal))

        plan = make_plan(terms)

        monthly = float(rate) / 1200
        grown = ((1 + monthly) ** months - 1) / monthly if rate else months
        assert plan.instalments[0].due.minor == pytest.approx(theirs, abs=1.51)
        assert plan.interest.minor == pytest.approx(theirs * months - principal, abs=1.51 * grown)


@given(st.integers(2, 60), st.decimals("0.5", "40", places=2), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_a_monthly_loan_without_fees_has_the_rate_compounded_over_twelve_months(months, rate, start):
    plan = make_plan(Terms(Money(10_000_000_00, Currency.NOK), rate, start, months))

    found = effective_rate_of(plan)

    assert found is not None
    assert float(found) == pytest.approx(100 * ((1 + float(rate) / 1200) ** 12 - 1), abs=1e-5)


@given(st.integers(1, 36), st.integers(0, 500_00))
def test_a_fee_makes_the_effective_rate_higher(months, fee):
    assume(fee > 0)
    free = Terms(Money(50_000_00, Currency.NOK), Decimal(8), date(2026, 1, 15), months)
    with_fee = Terms(Money(50_000_00, Currency.NOK), Decimal(8), date(2026, 1, 15), months, establishment_fee_minor=fee)
    without, with_it = effective_rate_of(make_plan(free)), effective_rate_of(make_plan(with_fee))

    assert without is not None
    assert with_it is not None
    assert with_it > without


def test_flows_need_not_come_in_order():
    flows = [
        CashFlow(date(2026, 7, 15), Money(-110_00, Currency.NOK)),
        CashFlow(date(2026, 1, 15), Money(100_00, Currency.NOK)),
    ]

    assert effective_rate_of_flows(flows) == Decimal(21)
    assert effective_rate_of_flows([]) is None
