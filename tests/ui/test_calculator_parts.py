"""Slider steps of the calculator, apart from any window."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.ui.calculator.scale import amount_scale, count_scale, rate_scale


@pytest.mark.parametrize(
    ("least", "most", "step"),
    [(1_000, 20_000, 100), (5_000, 50_000, 500), (5_000, 200_000, 1_000), (10_000, 1_000_000, 5_000)],
)
def test_a_slider_of_amounts_moves_in_round_steps(least, most, step):
    assert amount_scale(Decimal(least), Decimal(most)).step == step


def test_the_ends_of_a_slider_are_the_limits_of_the_product_also_between_steps():
    scale = amount_scale(Decimal(7_250), Decimal(99_999))

    assert scale.value(0) == 7_250
    assert scale.value(1) == 7_500
    assert scale.value(scale.last) == 99_999


def test_rates_move_by_a_quarter_of_a_percent():
    scale = rate_scale(Decimal(0), Decimal(15))

    assert [scale.value(position) for position in (0, 1, 24, 60)] == [0, Decimal("0.25"), 6, 15]


@given(st.integers(0, 500_000), st.integers(0, 500_000), st.integers(0, 600_000))
def test_a_slider_stays_inside_its_limits_and_comes_back_to_where_it_was(one, other, value):
    least, most = sorted((Decimal(one), Decimal(other)))
    for scale in (amount_scale(least, most), rate_scale(least, most), count_scale(least, most)):
        position = scale.position(Decimal(value))
        assert 0 <= position <= scale.last
        assert least <= scale.value(position) <= most
        assert scale.position(scale.value(position)) == position
