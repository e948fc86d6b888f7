"""What an instalment leaves of a budget: figures that can be checked by hand, and laws that hold for every budget."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.budget import (
    LARGEST_LINE_MINOR,
    MOST_LINES,
    Budget,
    BudgetLine,
    Burden,
    Part,
    Per,
    Room,
    burden,
    business_result,
    debt_share_percent,
    fall_until_nothing_left,
    gross_profit,
    household_left,
    left_after,
    monthly_total,
    outcome,
    remaining_debts,
    room,
)
from mikrolaan.domain.errors import CurrencyMismatch, InvalidValue, Problem
from mikrolaan.domain.money import Currency, Money
from tests.builders import nok

AMINA = (
    BudgetLine(Part.INCOME, "Wage", nok(18_000)),
    BudgetLine(Part.INCOME, "Child benefit", nok(2_000)),
    BudgetLine(Part.COST, "Housing", nok(11_000)),
    BudgetLine(Part.COST, "Insurance", nok(12_000), Per.YEAR),
    BudgetLine(Part.DEBT, "Student loan", nok(1_000), remaining=nok(90_000)),
    BudgetLine(Part.SALES, "Sewing", nok(20_000)),
    BudgetLine(Part.GOODS, "Cloth", nok(5_000)),
    BudgetLine(Part.BUSINESS_COST, "Rent", nok(10_000)),
)


def a_budget(*lines: BudgetLine) -> Budget:
    return Budget(uuid4(), uuid4(), Currency.NOK, date(2026, 1, 5), lines)


def test_what_is_left_is_income_and_business_less_costs_debts_and_instalment():
    budget = a_budget(*AMINA)

    assert business_result(budget) == nok(5_000)  # 20 000 − 5 000 − 10 000
    assert household_left(budget) == nok(12_000)  # 20 000 + 5 000 − 12 000 − 1 000
    assert left_after(budget, nok(3_000)) == nok(9_000)
    assert remaining_debts(budget) == nok(90_000)


def test_when_sales_fall_the_goods_fall_too_and_the_rent_stays():
    budget = a_budget(*AMINA)

    assert business_result(budget, Decimal(40)) == nok(-1_000)  # 12 000 − 3 000 − 10 000
    assert left_after(budget, nok(3_000), Decimal(40)) == nok(3_000)


def test_the_share_of_income_counts_other_debts_and_the_instalment():
    assert debt_share_percent(a_budget(*AMINA), nok(3_000)) == Decimal("16.0")  # 4 000 of 25 000


def test_the_fall_at_which_nothing_is_left():
    budget = a_budget(*AMINA)

    assert fall_until_nothing_left(budget, nok(3_000)) == Decimal("60.0")  # 9 000 of 15 000 gross profit
    assert left_after(budget, nok(3_000), Decimal(60)) == nok(0)
    assert fall_until_nothing_left(budget, nok("2999.99")) == Decimal("60.0")  # rounded down, never up
    assert fall_until_nothing_left(budget, nok(12_001)) == 0


def test_a_household_that_pays_without_any_sales_stands_every_fall():
    without_rent = [line for line in AMINA if line.part is not Part.BUSINESS_COST]

    assert fall_until_nothing_left(a_budget(*without_rent), nok(3_000)) is None
    assert fall_until_nothing_left(a_budget(BudgetLine(Part.INCOME, "Wage", nok(9_000))), nok(1_000)) is None


def test_without_income_there_is_no_share_and_the_burden_is_heavy():
    assert debt_share_percent(a_budget(), nok(1_000)) is None
    assert burden(None) is Burden.HEAVY


def test_a_year_counts_a_twelfth_rounded_half_up_once_for_each_line():
    thousand = BudgetLine(Part.COST, "Insurance", nok(1_000), Per.YEAR)

    assert thousand.monthly == nok("83.33")
    assert replace(thousand, amount=nok("0.06")).monthly == nok("0.01")  # half an øre goes up
    assert monthly_total(a_budget(thousand, thousand, thousand), Part.COST) == nok("249.99")  # not 250.00


@pytest.mark.parametrize(
    ("left", "instalment", "expected"),
    [
        (nok("-0.01"), nok(1_000), Room.SHORT),
        (nok(0), nok(1_000), Room.TIGHT),
        (nok("999.99"), nok(1_000), Room.TIGHT),
        (nok(1_000), nok(1_000), Room.ENOUGH),
        (nok(0), nok(0), Room.ENOUGH),
    ],
)
def test_it_is_tight_when_less_than_one_more_instalment_is_left(left, instalment, expected):
    assert room(left, instalment) is expected


@pytest.mark.parametrize(
    ("share", "expected"),
    [("33", Burden.LIGHT), ("33.1", Burden.MODERATE), ("50.0", Burden.MODERATE), ("50.1", Burden.HEAVY)],
)
def test_the_burden_of_a_share(share, expected):
    assert burden(Decimal(share)) is expected


@pytest.mark.parametrize(
    ("make", "field", "problem"),
    [
        (lambda: BudgetLine(Part.COST, " ", nok(1)), "line_name", Problem.MISSING),
        (lambda: BudgetLine(Part.COST, "x" * 81, nok(1)), "line_name", Problem.TOO_LONG),
        (lambda: BudgetLine(Part.COST, "Food", nok(-1)), "line_amount", Problem.TOO_SMALL),
        (
            lambda: BudgetLine(Part.COST, "Food", Money(LARGEST_LINE_MINOR + 1, Currency.NOK)),
            "line_amount",
            Problem.TOO_LARGE,
        ),
        (lambda: BudgetLine(Part.COST, "Food", nok(1), remaining=nok(1)), "line_remaining", Problem.NOT_TOGETHER),
        (lambda: BudgetLine(Part.DEBT, "Bank", nok(1), remaining=nok(-1)), "line_remaining", Problem.TOO_SMALL),
        (lambda: BudgetLine(Part.DEBT, "Bank", nok(1), Per.YEAR), "line_per", Problem.NOT_TOGETHER),
        (lambda: a_budget(*(AMINA[:1] * (MOST_LINES + 1))), "lines", Problem.TOO_LARGE),
        (lambda: replace(a_budget(), notes="x" * 4001), "notes", Problem.TOO_LONG),
        (lambda: business_result(a_budget(), Decimal("-0.1")), "sales_fall_percent", Problem.TOO_SMALL),
        (lambda: outcome(a_budget(), nok(1), Decimal("100.1")), "sales_fall_percent", Problem.TOO_LARGE),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(make, field, problem):
    with pytest.raises(InvalidValue) as caught:
        make()
    assert (caught.value.field, caught.value.problem) == (field, problem)


def test_a_budget_is_of_one_currency():
    with pytest.raises(CurrencyMismatch):
        a_budget(BudgetLine(Part.COST, "Food", Money(1, Currency.SEK)))
    with pytest.raises(CurrencyMismatch):
        BudgetLine(Part.DEBT, "Bank", nok(1), remaining=Money(1, Currency.SEK))


# -- laws

amounts = st.integers(0, LARGEST_LINE_MINOR).map(lambda minor: Money(minor, Currency.NOK))
small = st.integers(0, 10_000_000).map(lambda minor: Money(minor, Currency.NOK))
monthly_parts = st.sampled_from([part for part in Part if part is not Part.DEBT])
lines = st.builds(BudgetLine, monthly_parts, st.just("Line"), amounts | small, st.sampled_from(Per)) | st.builds(
    BudgetLine, st.just(Part.DEBT), st.just("Debt"), amounts | small, remaining=st.none() | amounts
)
budgets = st.lists(lines, max_size=12).map(lambda drawn: a_budget(*drawn))
falls = st.decimals(0, 100, places=2)


@given(budgets, amounts, amounts)
def test_each_krone_of_the_instalment_is_a_krone_less(budget, first, second):
    assert left_after(budget, first + second) == left_after(budget, first) - second


@given(budgets, budgets, amounts)
def test_two_budgets_together_leave_what_each_leaves(one, other, instalment):
    together = a_budget(*one.lines, *other.lines)

    assert left_after(together, instalment) == left_after(one, instalment) + household_left(other)


@given(budgets, amounts)
def test_no_fall_is_the_budget_as_it_is(budget, instalment):
    shown = outcome(budget, instalment, Decimal(0))

    assert shown.left_after_fall == shown.left_after == shown.household_left - instalment


@given(budgets, amounts, falls, falls)
def test_where_selling_earns_a_deeper_fall_never_leaves_more(budget, instalment, one, other):
    less, more = sorted((one, other))
    difference = left_after(budget, instalment, less) - left_after(budget, instalment, more)

    assert difference.minor * (1 if gross_profit(budget).minor >= 0 else -1) >= 0


@given(budgets, amounts, st.decimals(0, 50, places=2))
def test_twice_the_fall_costs_twice_as_much_to_the_ore(budget, instalment, fall):
    base = left_after(budget, instalment).minor
    once = base - left_after(budget, instalment, fall).minor
    twice = base - left_after(budget, instalment, fall * 2).minor

    assert abs(twice - 2 * once) <= 2


@given(budgets, amounts | small)
def test_at_the_fall_shown_nothing_is_missing_and_a_tenth_deeper_something_may_be(budget, instalment):
    limit = fall_until_nothing_left(budget, instalment)

    if limit is None:
        assert left_after(budget, instalment, Decimal(100)).minor >= 0
    elif left_after(budget, instalment).minor <= 0:
        assert limit == 0
    else:
        assert left_after(budget, instalment, limit).minor >= 0
        deeper = min(limit + Decimal("0.1"), Decimal(100))
        assert left_after(budget, instalment, deeper).minor <= 0
