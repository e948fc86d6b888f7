"""A payment that only pays what the plan asks for is written into the rows for lists as if they were made anew."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, update

from mikrolaan.domain.errors import RuleError
from mikrolaan.domain.journal import Entry, Fee, Payment, Reversal
from mikrolaan.domain.loan import Loan
from mikrolaan.domain.loan_rules import InterestRule, LoanRules
from mikrolaan.domain.money import Money
from mikrolaan.domain.statement import statement
from mikrolaan.storage.plain_payments import project_payment
from mikrolaan.storage.projections import project
from mikrolaan.storage.tables import due_rows, instalment_rows, loan_rows
from tests.builders import PAID_OUT_ON, a_loan, nok, paid_out, payment, recorded, terms
from tests.domain import lives
from tests.storage.list_rows import empty_rows, made_anew, what_is_kept

FIRST = date(2026, 2, 15)
SECOND = date(2026, 3, 15)


def grow(rows: Connection, loan: Loan, entry: Entry) -> tuple[Loan, bool]:
    """The loan with one more entry, in the rows too; and whether it was as plain a payment as is written at once."""
    grown = loan.with_entry(entry)
    was_plain = project_payment(rows, grown, (entry,))
    if not was_plain:
        project(rows, grown)
    assert what_is_kept(rows) == made_anew(grown)
    return grown, was_plain


def a_loan_with_rows(rows: Connection, **changes: object) -> Loan:
    loan = paid_out(a_loan(terms=terms(instalments=12, **changes)))
    project(rows, loan)
    return loan


def test_what_is_due_paid_in_time_late_in_part_and_ahead_is_plain(rows):
    loan = a_loan_with_rows(rows, annual_rate_percent=Decimal(12))
    due = loan.plan().instalments[0].due

    loan, in_time = grow(rows, loan, payment(due, FIRST))
    loan, in_part = grow(rows, loan, payment(nok(300), SECOND))
    told = statement(loan, SECOND + timedelta(days=20))
    loan, late = grow(rows, loan, payment(told.due_unpaid + told.late_interest, SECOND + timedelta(days=20)))
    next_due = statement(loan, SECOND + timedelta(days=20)).next_due
    assert told.late_interest
    assert next_due is not None
    loan, ahead = grow(rows, loan, payment(next_due.unpaid, SECOND + timedelta(days=21)))

    assert (in_time, in_part, late, ahead) == (True, True, True, True)


def test_early_repayment_credit_payoff_and_a_payment_typed_late_are_not_plain(rows):
    loan = a_loan_with_rows(rows)
    due = loan.plan().instalments[0].due
    loan, _ = grow(rows, loan, payment(due, SECOND))

    _, typed_late = grow(rows, loan, payment(nok(100), FIRST))
    project(rows, loan)
    _, early = grow(rows, loan, payment(due + due + nok(1_000), SECOND))
    project(rows, loan)
    _, payoff = grow(rows, loan, payment(statement(loan, SECOND).payoff_amount, SECOND))
    project(rows, loan)
    _, credit = grow(rows, loan, payment(statement(loan, SECOND).payoff_amount + nok(50), SECOND))

    assert (typed_late, early, payoff, credit) == (False, False, False, False)


def test_with_a_fee_beyond_the_plan_or_interest_by_day_no_payment_is_plain(rows):
    loan = a_loan_with_rows(rows)
    loan, _ = grow(rows, loan, Fee(uuid4(), FIRST, nok(38), FIRST, recorded(), "reminder"))
    loan, with_fee = grow(rows, loan, payment(nok(1_000), SECOND))
    by_day = paid_out(a_loan(terms=terms(instalments=12), rules=LoanRules(interest=InterestRule.BY_DAY)))
    project(rows, by_day)

    assert not with_fee
    assert not project_payment(rows, by_day.with_entry(paid := payment(nok(1_000), FIRST)), (paid,))


def test_a_reversed_payout_leaves_a_loan_on_which_nothing_is_plain(rows):
    loan = a_loan_with_rows(rows)
    (payout,) = loan.journal.payouts

    grow(rows, loan, Reversal(uuid4(), payout.on, payout.id, "wrong account", recorded()))


@pytest.mark.parametrize("harm", [delete(due_rows), delete(loan_rows)])
def test_rows_that_were_lost_are_made_anew_by_the_next_payment(rows, harm):
    loan = a_loan_with_rows(rows)
    rows.execute(harm)

    _, was_plain = grow(rows, loan, payment(nok(500), FIRST))

    assert not was_plain


def test_a_plain_payment_reads_nothing_and_writes_the_loan_and_what_is_left_on_a_day(rows):
    loan = a_loan_with_rows(rows)
    rows.execute(
        update(instalment_rows).where(instalment_rows.c.number == 1).values(fees_minor=1)
    )  # nobody looks there
    paid = payment(nok(500), FIRST)
    before = rows.exec_driver_sql("SELECT total_changes()").scalar_one()

    assert project_payment(rows, loan.with_entry(paid), (paid,))

    assert rows.exec_driver_sql("SELECT total_changes()").scalar_one() - before == 2


happenings = st.lists(
    st.one_of(
        st.tuples(
            st.integers(0, 40), st.sampled_from([0, 1, 50_000, -1, -20_000])
        ),  # days later; beyond or below what is due
        lives.entries,
    ),
    max_size=10,
)


@given(made=happenings, chosen=lives.terms, rules=lives.rules)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happened_before_and_happens_after_the_rows_are_those_made_anew(made, chosen, rules):
    with empty_rows() as connection:
        loan = paid_out(a_loan(terms=chosen, rules=rules))
        project(connection, loan)
        day, known = PAID_OUT_ON, set()
        for happening in made:
            if isinstance(happening, tuple):
                day += timedelta(days=happening[0])
                told = statement(loan, day)
                due = told.due_unpaid + told.late_interest
                if not due and told.next_due is not None:
                    due = told.next_due.unpaid
                minor = due.minor + happening[1]
                if minor <= 0:
                    continue
                entry: Entry = Payment(uuid4(), day, Money(minor, due.currency), recorded())
            elif happening.id in known:
                continue
            else:
                entry = happening
                known.add(entry.id)
            try:
                loan, _ = grow(connection, loan, entry)
            except RuleError:
                continue
    connection.engine.dispose()
