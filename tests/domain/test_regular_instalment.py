"""The regular instalment against a plain search that tries every multiple, written apart from the program."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.money import Currency, Money
from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.terms import InterestMethod, Terms


def half_up(exact: Fraction) -> int:
    return int(exact + Fraction(1, 2))  # amounts here are not negative


def last_instalment(principal: int, monthly: Fraction, months: int, regular: int, flat: bool) -> int | None:
    """The last instalment when all before are `regular`; None when they repay nothing or end the loan too early."""
    balance = principal
    for _ in range(months - 1):
        interest = half_up((principal if flat else balance) * monthly)
        if regular < interest or regular - interest > balance:
            return None
        balance -= regular - interest
    return balance + half_up((principal if flat else balance) * monthly)


@given(
    principal=st.integers(1_000_00, 300_000_00),
    rate=st.decimals(min_value=0, max_value=36, places=2),
    months=st.integers(2, 60),
    multiple=st.sampled_from((1, 5, 100, 1000)),
    flat=st.booleans(),
)
def test_no_other_multiple_brings_the_last_instalment_closer(principal, rate, months, multiple, flat):
    method = InterestMethod.FLAT if flat else InterestMethod.DECLINING
    terms = Terms(
        Money(principal, Currency.NOK),
        rate,
        date(2026, 1, 15),
        months,
        interest_method=method,
        instalment_multiple_minor=multiple,
    )
    monthly = Fraction(Decimal(rate)) / 1200

    dues = [row.due.minor for row in make_plan(terms).instalments]

    regular = dues[0]
    assert regular % multiple == 0
    expected = last_instalment(principal, monthly, months, regular, flat)
    if expected is None:
        return  # the unit is too coarse for this loan: it is repaid before its last instalment
    assert dues == [regular] * (months - 1) + [expected]
    for other in range(max(multiple, regular - 5 * multiple), regular + 6 * multiple, multiple):
        last = last_instalment(principal, monthly, months, other, flat)
        if last is not None:
            assert abs(last - other) >= abs(expected - regular)
