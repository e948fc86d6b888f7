"""Alternatives side by side: what is kept, for whom, and how one differs from another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

from mikrolaan.domain.identity import Country
from mikrolaan.domain.money import Currency, Money
from mikrolaan.services.alternatives import MOST_ALTERNATIVES, KeptAlternatives, difference
from mikrolaan.services.calculation import Choices, calculate, usual_choices
from mikrolaan.services.products import default_product
from tests.builders import a_product, nok

PAID_OUT = date(2026, 1, 15)


def some_choices(instalments: int = 12) -> Choices:
    """12 000 kroner without interest; 35 kroner with each instalment, 500 once."""
    product = a_product()
    usual = usual_choices(product, PAID_OUT)
    return replace(usual, amount=nok(12_000), rate_percent=Decimal(0), instalments=instalments)


def test_the_same_choices_are_kept_once():
    kept, choices = KeptAlternatives(), some_choices()

    assert kept.keep(choices) == kept.keep(choices) == 0
    assert kept.choices == (choices,)


def test_there_is_room_for_three():
    kept = KeptAlternatives()
    for count in (12, 18, 24):
        assert not kept.is_full
        kept.keep(some_choices(count))

    assert kept.is_full
    assert len(kept.choices) == MOST_ALTERNATIVES == 3


def test_what_was_worked_out_for_nobody_goes_with_the_client_who_comes():
    kept, client = KeptAlternatives(), uuid4()
    kept.keep(some_choices())

    kept.open_for(client)
    kept.open_for(None)
    kept.open_for(client)

    assert len(kept.choices) == 1


def test_the_next_client_sees_nothing_of_the_one_before():
    kept = KeptAlternatives()
    kept.open_for(uuid4())
    kept.keep(some_choices())

    kept.open_for(uuid4())

    assert kept.choices == ()


def test_what_was_removed_comes_back_to_its_place():
    kept = KeptAlternatives()
    first, second = some_choices(12), some_choices(24)
    kept.keep(first)
    kept.keep(second)

    kept.put_back(0, kept.remove(0))

    assert kept.choices == (first, second)


def test_a_loan_over_twice_the_time_has_half_the_principal_and_twice_the_fees():
    found = difference(calculate(some_choices(12)), calculate(some_choices(24)))

    assert found is not None
    assert found.instalment == nok(-500)  # 1 035 against 535
    assert found.cost == nok(420)  # twelve more fees of 35
    assert (found.first_repaid_on, found.repaid_on) == (date(2027, 1, 15), date(2028, 1, 17))  # the 15th is a Saturday
    assert not found.is_none


def test_a_loan_differs_in_nothing_from_itself():
    one = calculate(some_choices())

    found = difference(one, one)
    assert found is not None
    assert found.is_none


def test_amounts_in_two_currencies_are_not_compared():
    swedish = usual_choices(default_product(Country.SE, "Startlån"), PAID_OUT)
    assert swedish.amount == Money.from_decimal(50_000, Currency.SEK)

    assert difference(calculate(some_choices()), calculate(swedish)) is None
