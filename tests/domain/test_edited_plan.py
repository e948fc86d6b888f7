"""Plans that no repayment form gives: seasons, and principals agreed one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import perf_counter

import pytest

from mikrolaan.domain.errors import InvalidValue, Problem
from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.terms import (
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
    Tranche,
)
from tests.builders import nok
from tests.domain.test_plan import a_loan, column


def test_a_serial_season_leaves_the_winter_to_interest():
    plan = make_plan(a_loan(repayment=Repayment.SERIAL, months_without_principal=frozenset({12, 1, 2})))

    assert [row.due_on.month for row in plan.instalments] == [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert column(plan, "principal") == ["0.00", *["1333.33"] * 8, "1333.36"]  # 12,000 / 9, and the rest
    assert plan.instalments[-1].balance == nok(0)  # the loan is repaid in November, before its last winter


def test_an_annuity_around_a_season_has_equal_instalments_in_all_other_months():
    """12 % a year, July without principal: the balance goes through July unchanged, so that eleven instalments of
    12,000 × 0.01 / (1 − 1.01^−11) = 1,157.45 repay the loan, and July asks for its interest alone."""
    plan = make_plan(a_loan(months_without_principal=frozenset({7})))

    july = plan.instalments[5]
    assert july.due_on.month == 7
    assert (july.principal, july.interest) == (nok(0), nok("67.08"))  # 1 % of the 6,707.96 left after five
    assert {str(row.due.to_decimal()) for row in plan.instalments[:-1] if row is not july} == {"1157.45"}
    assert plan.instalments[-1].balance == nok(0)


def test_flat_interest_runs_through_a_season_and_ends_with_the_loan():
    plan = make_plan(a_loan(interest_method=InterestMethod.FLAT, months_without_principal=frozenset({1, 7})))

    assert column(plan, "interest") == ["120.00"] * 11
    assert [row.due_on.month for row in plan.instalments if not row.principal] == [7]


def test_a_season_by_weeks_follows_the_month_of_each_date():
    plan = make_plan(a_loan(unit=PeriodUnit.WEEKS, instalments=10, months_without_principal=frozenset({2})))

    assert [row.due_on.month for row in plan.instalments if not row.principal] == [2, 2, 2, 2]


def test_a_season_starts_anew_when_more_is_paid_out():
    tranches = (Tranche(date(2026, 1, 15), nok(6000)), Tranche(date(2026, 6, 20), nok(6000)))
    terms = a_loan(tranches=tranches, repayment=Repayment.SERIAL, months_without_principal=frozenset({7}))

    plan = make_plan(terms)

    assert column(plan, "principal")[:6] == ["545.45"] * 5 + ["0.00"]
    assert column(plan, "principal")[6] == "1545.46"  # (6,000 − 5 × 545.45 + 6,000) / 6
    assert plan.instalments[-1].balance == nok(0)


def test_agreed_amounts_are_asked_for_with_interest_on_what_is_left():
    agreed = (0, 0, 0, 4000_00, 4000_00, 4000_00)

    plan = make_plan(a_loan(instalments=6, agreed_principals_minor=agreed))

    assert column(plan, "principal") == ["0.00"] * 3 + ["4000.00"] * 3
    assert column(plan, "interest") == ["120.00"] * 4 + ["80.00", "40.00"]
    assert plan.instalments[-1].balance == nok(0)


@pytest.mark.parametrize(
    ("last", "left"), [(3999_99, "0.01"), (4000_01, "-0.01"), (0, "4000.00"), (9_000_00, "-5000.00")]
)
def test_agreed_amounts_that_do_not_repay_the_loan_exactly_are_refused_with_what_is_left(last, left):
    with pytest.raises(InvalidValue) as refused:
        a_loan(instalments=3, agreed_principals_minor=(4000_00, 4000_00, last))

    assert (refused.value.field, refused.value.problem) == ("agreed_principals", Problem.DOES_NOT_REPAY)
    assert str(refused.value.limit) == left


def test_the_last_amount_that_repays_something_is_the_last_instalment():
    plan = make_plan(a_loan(instalments=4, agreed_principals_minor=(6000_00, 6000_00, 0, 0)))

    assert [row.due_on.month for row in plan.instalments] == [2, 3]


def test_capitalised_interest_is_repaid_too_or_the_plan_is_refused():
    terms = a_loan(instalments=3, payment_free_instalments=1, agreed_principals_minor=(0, 6000_00, 6120_00))

    assert column(make_plan(terms), "balance") == ["12120.00", "6120.00", "0.00"]
    with pytest.raises(InvalidValue) as refused:
        make_plan(replace(terms, agreed_principals_minor=(0, 6000_00, 6000_00)))
    assert (refused.value.problem, str(refused.value.limit)) == (Problem.DOES_NOT_REPAY, "120.00")
    carried = replace(terms.by_form, payment_free_interest=PaymentFreeInterest.ACCRUED)
    paid = make_plan(replace(carried, agreed_principals_minor=(0, 6000_00, 6000_00)))
    assert column(paid, "interest") == ["0.00", "240.00", "60.00"]


def test_a_fee_that_is_added_to_the_loan_is_repaid_too():
    fee = {"establishment_fee_minor": 300_00, "establishment_fee_paid": FeePaid.ADDED}

    plan = make_plan(a_loan(instalments=2, agreed_principals_minor=(6000_00, 6300_00), **fee))

    assert plan.instalments[-1].balance == nok(0)
    with pytest.raises(InvalidValue):
        a_loan(instalments=2, agreed_principals_minor=(6000_00, 6000_00), **fee)


def test_no_more_can_be_agreed_than_has_been_paid_out_by_then():
    tranches = (Tranche(date(2026, 1, 15), nok(6000)), Tranche(date(2026, 6, 20), nok(6000)))

    with pytest.raises(InvalidValue) as refused:
        make_plan(a_loan(tranches=tranches, agreed_principals_minor=(7000_00, *(0,) * 10, 5000_00)))

    assert (refused.value.field, refused.value.problem) == ("agreed_principals", Problem.TOO_LARGE)
    assert str(refused.value.limit) == "6000.00"


STRANGE = [
    ({"agreed_principals_minor": (4000_00,) * 2}, "agreed_principals.count", Problem.TOO_SMALL, 3),
    ({"agreed_principals_minor": (1,) * 1_000_000}, "agreed_principals.count", Problem.TOO_LARGE, 3),
    ({"agreed_principals_minor": (13_000_00, 0, -1000_00)}, "agreed_principals", Problem.TOO_SMALL, 0),
    (
        {"agreed_principals_minor": (1_00, 0, 11_999_00), "payment_free_instalments": 1},
        "agreed_principals",
        Problem.NOT_TOGETHER,
        "payment_free_instalments",
    ),
    (
        {"agreed_principals_minor": (4000_00,) * 3, "repayment": Repayment.BULLET},
        "agreed_principals",
        Problem.NOT_TOGETHER,
        "repayment",
    ),
    (
        {"agreed_principals_minor": (4000_00,) * 3, "months_without_principal": frozenset({7})},
        "agreed_principals",
        Problem.NOT_TOGETHER,
        "months_without_principal",
    ),
    ({"months_without_principal": frozenset({0})}, "months_without_principal", Problem.TOO_SMALL, 1),
    ({"months_without_principal": frozenset({13})}, "months_without_principal", Problem.TOO_LARGE, 12),
    ({"months_without_principal": frozenset({2, 3, 4})}, "months_without_principal", Problem.DOES_NOT_REPAY, None),
    (
        {"months_without_principal": frozenset({7}), "repayment": Repayment.INTEREST_ONLY},
        "months_without_principal",
        Problem.NOT_TOGETHER,
        "repayment",
    ),
]


@pytest.mark.parametrize(("changes", "field", "problem", "limit"), STRANGE)
def test_what_cannot_be_agreed_is_refused_at_once_with_field_and_limit(changes, field, problem, limit):
    begun = perf_counter()
    with pytest.raises(InvalidValue) as refused:
        a_loan(instalments=3, **changes)

    assert perf_counter() - begun < 0.1
    assert (refused.value.field, refused.value.problem, refused.value.limit) == (field, problem, limit)
