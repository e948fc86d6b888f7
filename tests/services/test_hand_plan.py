"""A plan agreed by hand: 12 000 kroner without interest in six instalments of 2 000, changed one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.product import Span
from mikrolaan.domain.terms import AgreedAmountsOff, Repayment
from mikrolaan.services.calculation import Choices, calculate
from mikrolaan.services.hand_plan import HandPlan
from tests.builders import a_product, nok

GRACE = Span(Decimal(0), Decimal(5), Decimal(0))
PRODUCT = replace(
    a_product(),
    amount=Span(Decimal(1), Decimal(100_000), Decimal(12_000)),
    rate_percent=Span(Decimal(0), Decimal(50), Decimal(0)),
    instalments=Span(Decimal(1), Decimal(60), Decimal(6)),
    payment_free=GRACE,
    interest_only=GRACE,
    establishment_fee_minor=0,
    instalment_fee_minor=0,
)


def choices(**changes) -> Choices:
    return replace(Choices(PRODUCT, nok(12_000), Decimal(0), 6, Repayment.SERIAL, date(2026, 1, 15)), **changes)


def amounts(hand: HandPlan) -> list[int]:
    return [minor // 100 for minor in hand.principals_minor]


def test_what_is_typed_leaves_something_over_until_the_rest_is_spread():
    hand = HandPlan.of(choices()).with_principal(1, nok(500))

    assert (amounts(hand), hand.left) == ([2000, 500, 2000, 2000, 2000, 2000], nok(1_500))
    assert hand.plan.instalments[-1].balance == nok(1_500)

    spread = hand.spread()
    assert (amounts(spread), spread.left, spread.typed) == ([2000, 500, 2375, 2375, 2375, 2375], nok(0), frozenset({1}))
    assert calculate(spread.agreed).plan.principals_minor == spread.principals_minor


def test_too_much_is_taken_off_the_instalments_that_follow():
    hand = HandPlan.of(choices()).with_principal(0, nok(6_000)).with_principal(1, nok(4_000))

    assert hand.left == nok(-6_000)
    assert amounts(hand.spread()) == [6000, 4000, 500, 500, 500, 500]


def test_typed_amounts_that_repay_too_much_by_themselves_cannot_be_made_good():
    hand = HandPlan.of(choices()).with_principal(0, nok(8_000)).with_principal(1, nok(5_000))

    with pytest.raises(AgreedAmountsOff) as refused:
        hand.spread()

    assert refused.value.left == nok(-1_000)


def test_after_the_last_instalment_the_others_share_what_is_left():
    hand = HandPlan.of(choices()).with_principal(5, nok(7_000))

    assert amounts(hand.spread()) == [1000] * 5 + [7000]


def test_instalments_that_repaid_nothing_share_equally():
    hand = HandPlan.of(choices(interest_only=5)).with_principal(0, nok(2_000)).with_principal(5, nok(0))

    assert amounts(hand.spread()) == [2000, 2500, 2500, 2500, 2500, 0]


def test_a_whole_amount_settles_interest_and_fees_first():
    hand = HandPlan.of(choices(rate_percent=Decimal(12)))

    assert amounts(hand.with_due(1, nok(600)))[1] == 500  # 100 of interest on 10 000
    with pytest.raises(InvalidValue) as refused:
        hand.with_due(1, nok(99))
    assert (refused.value.problem, refused.value.limit) == (Problem.TOO_SMALL, Decimal("100.00"))


@pytest.mark.parametrize(("typed", "problem"), [(-1, Problem.TOO_SMALL), (12_001, Problem.TOO_LARGE)])
def test_no_less_than_nothing_and_no_more_than_the_loan_can_be_typed(typed, problem):
    with pytest.raises(InvalidValue) as refused:
        HandPlan.of(choices()).with_principal(0, nok(typed))

    assert refused.value.problem is problem


def test_a_season_that_ends_the_loan_early_leaves_instalments_to_be_typed():
    hand = HandPlan.of(choices(months_without_principal=frozenset({6, 7})))

    assert amounts(hand) == [3000] * 4 + [0, 0]
    assert calculate(hand.agreed).terms.months_without_principal == frozenset()


def test_capitalised_interest_is_to_be_repaid_too():
    hand = HandPlan.of(choices(rate_percent=Decimal(12), payment_free=1))

    assert hand.to_repay == nok(12_120)
    assert [hand.may_change(place) for place in (0, 1, 5, 6)] == [False, True, True, False]
    assert hand.follow(choices(rate_percent=Decimal(24), payment_free=1)).left == nok(120)


def test_the_amounts_belong_to_what_is_lent_and_in_how_many_instalments():
    hand = HandPlan.of(choices())

    assert hand.fits(choices(rate_percent=Decimal(9), first_due_on=date(2026, 3, 1)))
    for changed in ({"amount": nok(13_000)}, {"instalments": 7}, {"payment_free": 1}, {"repayment": Repayment.ANNUITY}):
        assert not hand.fits(choices(**changed))


@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 1_200_000)), min_size=1, max_size=8),
    st.sampled_from([Repayment.ANNUITY, Repayment.SERIAL]),
    st.integers(0, 3),
)
def test_spread_amounts_always_have_a_plan_or_say_what_is_too_much(typed, form, interest_only):
    hand = HandPlan.of(
        choices(instalments=12, repayment=form, rate_percent=Decimal("7.5"), interest_only=interest_only)
    )
    for place, minor in typed:
        hand = hand.with_principal(place, Money(minor, Currency.NOK))
    try:
        spread = hand.spread()
    except AgreedAmountsOff as refused:
        assert refused.left is not None
        return

    assert not spread.left
    assert all(spread.principals_minor[place] == hand.principals_minor[place] for place, _minor in typed[-1:])
    paid = calculate(spread.agreed).plan.principals_minor
    assert paid == spread.principals_minor[: len(paid)]
    assert not any(spread.principals_minor[len(paid) :])
