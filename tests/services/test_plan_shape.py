"""The bars, scales and lines of a plan that screen and paper share."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.plan import make_plan
from mikrolaan.services.plan_lines import LineKind, plan_lines
from mikrolaan.services.plan_shape import bars_of, bars_top, debt_steps, debt_top, round_above
from tests.builders import nok, terms


def test_a_short_plan_has_a_bar_for_each_instalment():
    bars = bars_of(make_plan(terms()), 60)

    assert [bar.first for bar in bars] == list(range(1, 13))
    assert all(bar.due == nok(1_000) for bar in bars)


def test_a_plan_too_long_for_the_picture_has_a_bar_for_each_year():
    bars = bars_of(make_plan(terms(principal=nok(1_200_000), instalments=1_200)), 120)

    assert len(bars) == 101  # February 2026 to January 2126
    assert bars[1].due == nok(12_000)
    assert (bars[1].first, bars[1].last) == (12, 23)
    assert bars[-1].balance == nok(0)


@given(st.integers(1, 10**14))
def test_the_top_of_a_scale_is_round_and_close_above(minor):
    top = round_above(minor)

    assert top >= minor
    assert top <= 1.34 * minor or top == 100


def test_a_plan_within_one_year_needs_no_sum_for_it():
    lines = plan_lines(make_plan(terms(instalments=6)))

    assert [line.kind for line in lines] == [*[LineKind.INSTALMENT] * 6, LineKind.TOTAL]


def test_the_sums_of_the_years_and_of_all_agree():
    *years, everything = (line for line in plan_lines(make_plan(terms())) if line.kind is not LineKind.INSTALMENT)

    assert [(line.number, line.due) for line in years] == [(2026, nok(11_000)), (2027, nok(1_000))]
    assert everything.due == nok(12_000)


def test_the_steps_of_the_debt_fall_from_the_loan_to_nothing():
    plan = make_plan(terms(instalments=3))

    assert debt_steps(plan, bars_of(plan, 10)) == (12_000_00, 8_000_00, 4_000_00, 0)


def test_interest_added_to_the_debt_raises_the_top_of_its_scale():
    plan = make_plan(terms(principal=nok(100_000), annual_rate_percent=Decimal(12), payment_free_instalments=6))

    assert debt_top(plan) == 120_000_00  # 106 152.02 after six months at one percent
    assert bars_top(bars_of(plan, 20)) >= max(row.due.minor for row in plan.instalments)
