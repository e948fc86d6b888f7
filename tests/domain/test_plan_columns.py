"""A plan is kept as columns; the rows made of them when asked for, and what a replay is asked twice, are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mikrolaan.domain.plan import make_plan
from mikrolaan.domain.statement import statement
from mikrolaan.domain.terms import Terms
from tests.builders import a_loan, nok, paid_out, payment
from tests.domain.terms_space import any_terms


@given(any_terms())
def test_the_rows_of_a_plan_hold_what_its_columns_hold(terms: Terms) -> None:
    plan = make_plan(terms)

    rows = plan.instalments

    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert tuple(row.due_on for row in rows) == plan.due_on
    assert tuple(row.principal.minor for row in rows) == plan.principals_minor
    assert tuple(row.interest.minor for row in rows) == plan.interests_minor
    assert tuple(row.fees.minor for row in rows) == plan.fees_minor
    assert tuple(row.balance.minor for row in rows) == plan.balances_minor
    assert plan.due.minor == sum(row.due.minor for row in rows)
    assert plan.largest_due == max(row.due for row in rows)
    assert plan.instalments is rows
    assert make_plan(terms) == plan


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 40_000))
def test_a_loan_asked_again_says_what_a_loan_never_asked_says(first: int, then: int, kroner: int) -> None:
    begins = date(2026, 2, 1)
    loan = paid_out(a_loan()).with_entry(payment(nok(kroner), begins))
    statement(loan, begins + timedelta(days=first))

    told = statement(loan, begins + timedelta(days=then))

    assert told == statement(replace(loan), begins + timedelta(days=then))
    assert statement(loan, begins).paid_total == nok(kroner)
