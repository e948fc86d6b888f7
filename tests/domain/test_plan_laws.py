"""Laws that hold for the plan of every loan."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from math import fsum

from hypothesis import assume, given
from hypothesis import strategies as st

from mikrolaan.domain.calendars import is_business_day
from mikrolaan.domain.due_dates import due_dates
from mikrolaan.domain.effective_rate import effective_rate_of, years_between
from mikrolaan.domain.money import Money
from mikrolaan.domain.plan import cash_flows, make_plan
from mikrolaan.domain.terms import (
    BusinessDayRule,
    FeePaid,
    InterestMethod,
    PaymentFreeInterest,
    PeriodUnit,
    Repayment,
    Terms,
)
from tests.domain.terms_space import any_terms


def lent_minor(terms: Terms) -> int:
    """What is lent: the principal and a fee that is added to it."""
    added = terms.establishment_fee_paid is FeePaid.ADDED
    return terms.principal.minor + (terms.establishment_fee_minor if added else 0)


def grace_of(terms: Terms) -> int:
    """How many instalments pass before the form begins to repay."""
    return terms.payment_free_instalments + terms.interest_only_instalments


@given(any_terms())
def test_principal_sums_to_the_loan_and_the_balance_ends_at_zero(terms):
    plan = make_plan(terms)

    capitalised = terms.payment_free_interest is PaymentFreeInterest.CAPITALISED and terms.payment_free_instalments
    if capitalised:
        assert plan.principal.minor >= lent_minor(terms)
    else:
        assert plan.principal.minor == lent_minor(terms)
    assert plan.instalments[-1].balance == Money.zero(terms.currency)
    if terms.by_form is terms:
        assert len(plan.instalments) == terms.instalments


@given(any_terms())
def test_the_balance_never_rises_but_by_a_payout_or_by_capitalised_interest(terms):
    plan = make_plan(terms)

    for before, row in pairwise(plan.instalments):
        paid_in = sum(t.amount.minor for t in terms.tranches if before.due_on <= t.on < row.due_on)
        if row.number > terms.payment_free_instalments:
            assert row.balance.minor == before.balance.minor + paid_in - row.principal.minor
        assert row.principal.minor >= 0
        assert row.interest.minor >= 0
        assert row.balance.minor >= 0


@given(any_terms())
def test_what_is_paid_less_what_is_received_is_the_total_cost(terms):
    plan = make_plan(terms)

    assert plan.total_cost.minor == -sum(flow.amount.minor for flow in cash_flows(plan))
    assert plan.total_cost.minor >= 0


@given(any_terms())
def test_due_dates_are_strictly_increasing_and_on_business_days_where_asked(terms):
    days = [row.due_on for row in make_plan(terms).instalments]

    assert terms.disbursed_on < days[0]
    assert all(before < after for before, after in pairwise(days))
    if terms.business_day_rule is not BusinessDayRule.NONE:
        assert all(is_business_day(day, str(terms.calendar)) for day in days)


@given(any_terms())
def test_what_is_agreed_is_asked_for_and_nothing_is_repaid_in_a_month_without_principal(terms):
    plan = make_plan(terms)
    grace = grace_of(terms)
    nominal = due_dates(terms).nominal

    if terms.is_agreed:
        rest = terms.instalments - len(plan.principals_minor)
        assert plan.principals_minor + (0,) * rest == terms.agreed_principals_minor
    for principal, day in zip(plan.principals_minor, nominal, strict=False):
        assert not principal or day.month not in terms.months_without_principal
    assert all(terms.rests(place) == (day.month in terms.months_without_principal) for place, day in enumerate(nominal))
    if not terms.is_agreed:
        assert not any(plan.principals_minor[:grace])


@given(any_terms(most_instalments=60), st.frozensets(st.integers(1, 12), min_size=1, max_size=6))
def test_around_a_season_the_principal_comes_in_equal_shares_of_as_many_instalments_as_are_left(terms, months):
    plain = replace(terms.by_form, repayment=Repayment.SERIAL, instalment_multiple_minor=1, tranches=())
    left = [plain_day for plain_day in due_dates(plain).nominal[grace_of(plain) :] if plain_day.month not in months]
    assume(left)
    seasonal = replace(plain, months_without_principal=months)
    paid = [principal for principal in make_plan(seasonal).principals_minor if principal]

    assert len(paid) == len(left)

    assert max(paid) - min(paid) <= len(paid)


@given(any_terms(most_instalments=60))
def test_the_last_instalment_differs_by_no_more_than_rounding_forces(terms):
    """Half a unit of rounding in every instalment, half an øre of interest each, both grown by interest to the end."""
    assume(terms.instalments > 2)
    plain = replace(
        terms.by_form,
        repayment=Repayment.ANNUITY,
        tranches=(),
        payment_free_instalments=0,
        establishment_fee_minor=0,
        instalment_fee_minor=0,
    )
    plan = make_plan(plain)
    repaying = plan.instalments[plain.interest_only_instalments :]
    # else the instalment is below its interest, or one unit of rounding settles all before the end
    assume(len(repaying) > 2 and all(row.principal for row in repaying))

    reach, growth = 0.0, 1.0
    for row, before in zip(reversed(repaying), [*reversed(repaying[:-1]), None], strict=True):
        reach += growth
        if before is not None and terms.interest_method is InterestMethod.DECLINING:
            growth *= 1 + (row.interest.minor + 1) / before.balance.minor
    off = repaying[-1].due.minor - repaying[1].due.minor
    assert abs(off) <= reach * (terms.instalment_multiple_minor / 2 + 1)


@given(any_terms(), st.decimals(min_value=0, max_value=20, places=2))
def test_a_higher_rate_never_costs_less(terms, more):
    assume(not (terms.repayment is Repayment.ANNUITY and terms.instalment_multiple_minor > 1))
    capitalised = terms.payment_free_interest is PaymentFreeInterest.CAPITALISED and terms.payment_free_instalments
    assume(not (terms.is_agreed and capitalised))  # the amounts agreed would no longer repay what is owed
    dearer = replace(terms, annual_rate_percent=terms.annual_rate_percent + more)

    # each instalment is rounded by itself, which may tell the other way by half an øre
    assert make_plan(dearer).total_cost.minor >= make_plan(terms).total_cost.minor - terms.instalments


@given(any_terms())
def test_the_effective_rate_of_a_plan_makes_its_flows_worth_nothing(terms):
    plan = make_plan(terms)
    rate = effective_rate_of(plan)
    assume(rate is not None)
    assert rate is not None
    assume(rate < 300)
    first = terms.disbursed_on

    worth = fsum(
        flow.amount.minor / (1 + float(rate) / 100) ** float(years_between(first, flow.on, terms.unit))
        for flow in cash_flows(plan)
    )

    assert abs(worth) < 1e-9 * terms.principal.minor


@given(any_terms(most_instalments=24))
def test_the_effective_rate_of_an_ordinary_loan_exists(terms):
    plan = make_plan(terms)
    assume((plan.instalments[0].due_on - terms.disbursed_on).days > 20)
    assume(plan.total_cost.minor < terms.principal.minor // 2)
    assume(not terms.tranches)

    assert effective_rate_of(plan) is not None


@given(any_terms(most_instalments=6))
def test_days_weeks_and_months_give_as_many_rows_as_asked(terms):
    plan = make_plan(terms)

    count = terms.instalments
    while terms.rests(count - 1) or (
        terms.is_agreed and not terms.agreed_principals_minor[count - 1]
    ):  # the last instalment outside the season is the last of the loan
        count -= 1
    assert [row.number for row in plan.instalments] == list(range(1, count + 1))
    if terms.unit is PeriodUnit.MONTHS and terms.business_day_rule is BusinessDayRule.NONE:
        kept = {row.due_on.day for row in plan.instalments[1:]}
        assert max(kept, default=1) <= terms.day_kept


@given(any_terms(rates=st.just(Decimal(0))))
def test_a_loan_without_interest_and_fees_costs_nothing(terms):
    free = replace(terms.by_form, establishment_fee_minor=0, instalment_fee_minor=0)
    plan = make_plan(free)

    assert not plan.total_cost
    assert effective_rate_of(plan) in (None, Decimal(0))
