"""Statutory late interest: the dated tables, what they give over a change, and what is not known yet."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.late_interest import RATE_SCALE, LateRates, late_rates
from mikrolaan.domain.loan_rules import LateInterest, LoanRules
from mikrolaan.domain.money import Currency
from mikrolaan.domain.shipped_tables import shipped_rates

ZERO = Decimal(0)


@pytest.mark.parametrize(
    ("country", "first", "percent"),
    [
        ("no", date(2026, 1, 1), Decimal("12.00")),  # FOR-2025-12-18-2658
        ("no", date(2025, 7, 1), Decimal("12.25")),
        ("se", date(2026, 1, 1), Decimal("10.00")),  # referensränta 2.00 + 8
        ("dk", date(2026, 1, 1), Decimal("9.75")),
        ("no", date(2026, 7, 1), None),  # nobody has entered it yet
    ],
)
def test_the_tables_hold_the_rate_of_each_half_year(country, first, percent):
    (row,) = [row for row in shipped_rates(country).rows if row.first == first]

    assert row.percent == percent


@pytest.mark.parametrize("country", ["no", "se", "dk"])
def test_the_tables_leave_no_day_between_two_half_years(country):
    rows = shipped_rates(country).rows

    assert all(later.first == row.last + timedelta(days=1) for row, later in pairwise(rows))


def test_a_new_rate_applies_to_old_claims_from_its_first_day():
    rates = LateRates(shipped_rates("no").rows, ZERO)

    days = rates.between(date(2025, 6, 15), date(2025, 7, 5))  # 15 days of June, 5 of July

    assert Decimal(days) / RATE_SCALE == 15 * Decimal("12.50") + 5 * Decimal("12.25")


def test_the_contract_rate_counts_where_it_is_higher():
    rates = LateRates(shipped_rates("no").rows, Decimal("12.10"))

    assert rates.between(date(2026, 1, 1), date(2026, 1, 2)) == Decimal("12.10") * RATE_SCALE
    assert rates.between(date(2025, 1, 1), date(2025, 1, 2)) == Decimal("12.50") * RATE_SCALE


def test_days_without_a_rate_are_told_and_cost_nothing():
    rates = LateRates(shipped_rates("no").rows, Decimal(30))

    assert rates.missing(date(2026, 6, 20), date(2026, 7, 10)) == (date(2026, 7, 1), date(2026, 7, 10))
    assert rates.missing(date(2026, 6, 20), date(2026, 6, 30)) is None
    assert rates.missing(date(2027, 1, 1), date(2027, 1, 3)) == (date(2027, 1, 2), date(2027, 1, 3))
    assert rates.missing(date(2003, 1, 1), date(2003, 1, 3)) == (date(2003, 1, 2), date(2003, 1, 3))
    assert rates.between(date(2026, 7, 1), date(2027, 7, 1)) == 0


def test_a_currency_without_a_table_has_no_statutory_rate():
    rates = late_rates(LoanRules(), Currency.EUR, Decimal(8))

    assert rates is not None
    assert rates.missing(date(2026, 1, 1), date(2026, 1, 3)) == (date(2026, 1, 2), date(2026, 1, 3))
    assert rates.between(date(2026, 1, 1), date(2026, 2, 1)) == 0


def test_an_agreed_rate_holds_on_every_day():
    rules = LoanRules(late_interest=LateInterest.AGREED, late_interest_percent=Decimal(9))
    rates = late_rates(rules, Currency.EUR, Decimal(15))

    assert rates is not None
    assert rates.between(date(1999, 1, 1), date(1999, 1, 31)) == 30 * 9 * RATE_SCALE
    assert rates.missing(date(1999, 1, 1), date(2090, 1, 1)) is None


some_days = st.dates(date(2003, 1, 1), date(2027, 12, 31))


@given(st.lists(some_days, min_size=3, max_size=3))
def test_a_stretch_costs_as_much_as_its_parts(days):
    start, middle, end = sorted(days)
    rates = LateRates(shipped_rates("no").rows, ZERO)

    assert rates.between(start, end) == rates.between(start, middle) + rates.between(middle, end)


@given(start=some_days, length=st.integers(1, 400))
def test_a_stretch_costs_what_its_days_cost_one_by_one(start, length):
    rates = LateRates(shipped_rates("no").rows, ZERO)
    rows = shipped_rates("no").rows

    def of_day(day: date) -> Decimal:
        return next((row.percent or ZERO for row in rows if row.first <= day <= row.last), ZERO)

    by_day = sum((of_day(start + timedelta(days=n)) for n in range(1, length + 1)), start=ZERO)
    assert rates.between(start, start + timedelta(days=length)) == by_day * RATE_SCALE
