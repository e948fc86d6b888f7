"""Terms that cannot be a loan are refused with the field and the limit, at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.terms import BusinessDayRule, PeriodUnit, Terms, Tranche

START = date(2026, 1, 15)


def nok(minor: int) -> Money:
    return Money(minor, Currency.NOK)


def terms_with(**changes) -> Terms:
    usual = {
        "principal": nok(1_000_00),
        "annual_rate_percent": Decimal(8),
        "disbursed_on": START,
        "instalments": 12,
    }
    return Terms(**{**usual, **changes})


REFUSED = [
    ({"principal": nok(0)}, "principal", Problem.TOO_SMALL, Decimal("0.01")),
    ({"principal": nok(-5)}, "principal", Problem.TOO_SMALL, Decimal("0.01")),
    ({"principal": nok(10**12)}, "principal", Problem.TOO_LARGE, Decimal("9999999999.99")),
    ({"annual_rate_percent": Decimal("-0.01")}, "annual_rate_percent", Problem.TOO_SMALL, Decimal(0)),
    ({"annual_rate_percent": Decimal("1000.1")}, "annual_rate_percent", Problem.TOO_LARGE, Decimal(1000)),
    ({"annual_rate_percent": Decimal("NaN")}, "annual_rate_percent", Problem.NOT_A_NUMBER, None),
    ({"annual_rate_percent": Decimal("Infinity")}, "annual_rate_percent", Problem.NOT_A_NUMBER, None),
    ({"annual_rate_percent": Decimal("1E-999999")}, "annual_rate_percent", Problem.TOO_MANY_DECIMALS, 10),
    ({"annual_rate_percent": Decimal("1E+999999")}, "annual_rate_percent", Problem.TOO_LARGE, Decimal(1000)),
    ({"instalments": 0}, "instalments", Problem.TOO_SMALL, 1),
    ({"instalments": 1_000_000}, "instalments", Problem.TOO_LARGE, 1200),
    ({"every": 0}, "every", Problem.TOO_SMALL, 1),
    ({"every": 121}, "every", Problem.TOO_LARGE, 120),
    ({"every": 120, "instalments": 1200}, "instalments", Problem.TOO_LATE, date(2150, 12, 31)),
    (
        {"every": 3660, "unit": PeriodUnit.DAYS, "instalments": 1200},
        "instalments",
        Problem.TOO_LATE,
        date(2150, 12, 31),
    ),
    ({"disbursed_on": date(1900, 1, 1)}, "disbursed_on", Problem.TOO_EARLY, date(1970, 1, 1)),
    ({"disbursed_on": date(2200, 1, 1)}, "disbursed_on", Problem.TOO_LATE, date(2150, 12, 31)),
    ({"disbursed_on": date(2150, 6, 1)}, "instalments", Problem.TOO_LATE, date(2150, 12, 31)),
    ({"first_due_on": START}, "first_due_on", Problem.TOO_EARLY, date(2026, 1, 16)),
    ({"first_due_on": date(2200, 1, 1)}, "first_due_on", Problem.TOO_LATE, date(2036, 1, 23)),
    ({"due_day": 0}, "due_day", Problem.TOO_SMALL, 1),
    ({"due_day": 32}, "due_day", Problem.TOO_LARGE, 31),
    ({"due_day": 5, "unit": PeriodUnit.WEEKS}, "due_day", Problem.NOT_TOGETHER, "unit"),
    ({"payment_free_instalments": 12}, "payment_free_instalments", Problem.TOO_LARGE, 11),
    ({"interest_only_instalments": -1}, "interest_only_instalments", Problem.TOO_SMALL, 0),
    (
        {"payment_free_instalments": 6, "interest_only_instalments": 6},
        "interest_only_instalments",
        Problem.TOO_LARGE,
        5,
    ),
    ({"instalment_multiple_minor": 0}, "instalment_multiple", Problem.TOO_SMALL, Decimal("0.01")),
    ({"instalment_multiple_minor": 1_000_01}, "instalment_multiple", Problem.TOO_LARGE, Decimal("1000.00")),
    ({"establishment_fee_minor": 1_000_00}, "establishment_fee", Problem.TOO_LARGE, Decimal("999.99")),
    ({"instalment_fee_minor": -1}, "instalment_fee", Problem.TOO_SMALL, Decimal("0.00")),
    ({"calendar": "XX"}, "calendar", Problem.UNKNOWN_CHOICE, "NO, SE, DK, FI"),
    ({"business_day_rule": BusinessDayRule.FOLLOWING}, "calendar", Problem.MISSING, None),
    (
        {"business_day_rule": BusinessDayRule.FOLLOWING, "calendar": "NO", "disbursed_on": date(2100, 1, 1)},
        "instalments",
        Problem.TOO_LATE,
        date(2100, 11, 30),
    ),
    ({"tranches": (Tranche(START, nok(999_00)),)}, "tranches", Problem.NOT_TOGETHER, "principal"),
    ({"tranches": (Tranche(date(2026, 2, 1), nok(1_000_00)),)}, "tranches", Problem.NOT_TOGETHER, "disbursed_on"),
    (
        {"tranches": (Tranche(START, nok(500_00)), Tranche(date(2027, 1, 15), nok(500_00)))},
        "tranches",
        Problem.TOO_LATE,
        date(2027, 1, 14),
    ),
    (
        {"tranches": (Tranche(START, nok(500_00)), Tranche(START, Money(500_00, Currency.SEK)))},
        "tranches",
        Problem.NOT_TOGETHER,
        "currency",
    ),
]


@pytest.mark.parametrize(("changes", "field", "problem", "limit"), REFUSED)
def test_an_impossible_loan_is_refused_with_field_and_limit(changes, field, problem, limit):
    begun = perf_counter()
    with pytest.raises(InvalidValue) as refused:
        terms_with(**changes)

    assert perf_counter() - begun < 0.1
    assert (refused.value.field, refused.value.problem, refused.value.limit) == (field, problem, limit)


def test_a_loan_smaller_than_a_krone_may_still_be_rounded_to_whole_kroner():
    assert terms_with(principal=nok(1), instalment_multiple_minor=100).instalment_multiple_minor == 100


def test_the_last_due_date_is_known_without_the_plan():
    assert terms_with().last_nominal_due_on == date(2027, 1, 15)
    assert terms_with(disbursed_on=date(2024, 1, 31), instalments=13).last_nominal_due_on == date(2025, 2, 28)
    assert terms_with(unit=PeriodUnit.WEEKS, every=2).last_nominal_due_on == date(2026, 7, 2)
