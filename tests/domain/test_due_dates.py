"""When instalments fall due, and on which days banks are open."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from mikrolaan.domain.calendars import is_business_day
from mikrolaan.domain.due_dates import due_dates
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.terms import BusinessDayRule, PeriodUnit, Terms


def days_of(disbursed_on: date, instalments: int = 4, **rest) -> list[str]:
    terms = Terms(Money(1_000_00, Currency.NOK), Decimal(5), disbursed_on, instalments, **rest)
    return [day.isoformat() for day in due_dates(terms).due]


def test_monthly_instalments_keep_the_day_and_come_back_to_it_after_a_short_month():
    assert days_of(date(2026, 1, 31)) == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]
    assert days_of(date(2027, 12, 30), 3) == ["2028-01-30", "2028-02-29", "2028-03-30"]


def test_the_day_of_the_month_can_be_chosen():
    assert days_of(date(2026, 1, 10), 2, due_day=20) == ["2026-02-20", "2026-03-20"]
    assert days_of(date(2026, 1, 25), 2, due_day=5) == ["2026-02-05", "2026-03-05"]
    assert days_of(date(2026, 1, 10), 3, due_day=31) == ["2026-02-28", "2026-03-31", "2026-04-30"]


def test_the_first_due_date_can_be_chosen_and_the_others_keep_its_day():
    assert days_of(date(2026, 1, 10), 3, first_due_on=date(2026, 3, 15)) == ["2026-03-15", "2026-04-15", "2026-05-15"]
    assert days_of(date(2026, 1, 10), 3, first_due_on=date(2026, 3, 15), due_day=20) == [
        "2026-03-15",
        "2026-04-20",
        "2026-05-20",
    ]


def test_naming_the_usual_first_due_date_changes_nothing():
    assert days_of(date(2026, 1, 31), first_due_on=date(2026, 2, 28)) == days_of(date(2026, 1, 31))


def test_days_weeks_and_quarters():
    assert days_of(date(2026, 1, 1), 2, every=10, unit=PeriodUnit.DAYS) == ["2026-01-11", "2026-01-21"]
    assert days_of(date(2026, 1, 1), 2, every=2, unit=PeriodUnit.WEEKS) == ["2026-01-15", "2026-01-29"]
    assert days_of(date(2026, 1, 31), 2, every=3) == ["2026-04-30", "2026-07-31"]


@pytest.mark.parametrize(
    ("rule", "moved"),
    [
        (BusinessDayRule.NONE, "2026-05-31"),
        (BusinessDayRule.FOLLOWING, "2026-06-01"),
        (BusinessDayRule.MODIFIED_FOLLOWING, "2026-05-29"),
        (BusinessDayRule.PRECEDING, "2026-05-29"),
    ],
)
def test_a_sunday_at_the_end_of_may_moves_by_the_rule(rule, moved):
    assert days_of(date(2026, 4, 30), 1, due_day=31, business_day_rule=rule, calendar="NO") == [moved]


def test_a_date_moved_once_does_not_move_those_after_it():
    found = days_of(date(2026, 4, 17), 2, business_day_rule=BusinessDayRule.FOLLOWING, calendar="NO")

    assert found == ["2026-05-18", "2026-06-17"]


def test_daily_instalments_over_a_weekend_fall_on_days_of_their_own():
    found = days_of(
        date(2026, 1, 8),
        4,
        unit=PeriodUnit.DAYS,
        business_day_rule=BusinessDayRule.PRECEDING,
        calendar="NO",
    )

    assert found == ["2026-01-09", "2026-01-12", "2026-01-13", "2026-01-14"]


@pytest.mark.parametrize(
    ("country", "day", "why"),
    [
        ("NO", date(2027, 5, 17), "Constitution Day"),
        ("NO", date(2026, 4, 2), "Maundy Thursday"),
        ("NO", date(2026, 5, 14), "Ascension Day"),
        ("NO", date(2026, 12, 24), "Christmas Eve, banks closed"),
        ("NO", date(2026, 12, 31), "New Year's Eve, banks closed"),
        ("SE", date(2025, 6, 6), "National Day"),
        ("SE", date(2026, 6, 19), "Midsummer Eve, banks closed"),
        ("DK", date(2026, 6, 5), "Constitution Day, banks closed"),
        ("DK", date(2026, 5, 15), "the day after Ascension Day, banks closed"),
        ("DK", date(2023, 5, 5), "Great Prayer Day, until 2023"),
        ("FI", date(2027, 12, 6), "Independence Day"),
        ("FI", date(2027, 1, 6), "Epiphany"),
    ],
)
def test_banks_are_closed(country, day, why):
    assert day.weekday() < 5, why
    assert not is_business_day(day, country), why


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("NO", date(2026, 6, 19)),
        ("NO", date(2026, 5, 15)),
        ("SE", date(2026, 5, 18)),
        ("DK", date(2024, 4, 26)),
        ("FI", date(2026, 12, 31)),
        ("DK", date(2026, 4, 30)),
    ],
)
def test_banks_are_open(country, day):
    assert is_business_day(day, country)


def test_dates_stay_in_order_over_fifty_years_of_daily_collection_days():
    terms = Terms(
        Money(1_000_00, Currency.NOK),
        Decimal(5),
        date(2026, 1, 1),
        1200,
        every=1,
        unit=PeriodUnit.DAYS,
        business_day_rule=BusinessDayRule.MODIFIED_FOLLOWING,
        calendar="SE",
    )

    days = due_dates(terms).due

    assert all(timedelta(0) < after - before < timedelta(days=8) for before, after in pairwise(days))


def test_the_holiday_library_is_not_loaded_until_a_calendar_is_asked_for():
    probe = "import sys, mikrolaan.domain.plan, mikrolaan.domain.terms_json; sys.exit('holidays' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0
