"""The rows for lists are changed where they differ, and are then what they would be if all were written anew."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mikrolaan.domain.errors import RuleError
from mikrolaan.storage.projections import project
from tests.builders import a_loan, nok, paid_out, payment, terms
from tests.domain import lives
from tests.storage.list_rows import empty_rows, made_anew, what_is_kept


@given(made=st.lists(lives.entries, max_size=10, unique_by=lambda entry: entry.id), chosen=lives.terms)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_happens_to_a_loan_its_rows_follow(made, chosen):
    with empty_rows() as connection:
        loan = paid_out(a_loan(terms=chosen))
        project(connection, loan)
        for entry in made:
            try:
                loan = loan.with_entry(entry)
            except RuleError:
                continue
            project(connection, loan)

        assert what_is_kept(connection) == made_anew(loan)
    connection.engine.dispose()


def test_a_payment_of_one_instalment_touches_the_row_of_the_loan_and_that_of_what_is_left(rows):
    loan = paid_out(a_loan(terms=terms(instalments=36)))
    project(rows, loan)
    first = loan.plan().instalments[0]
    before = rows.exec_driver_sql("SELECT total_changes()").scalar_one()

    project(rows, loan.with_entry(payment(first.due, first.due_on)))

    assert rows.exec_driver_sql("SELECT total_changes()").scalar_one() - before == 2


def test_a_loan_whose_rows_are_up_to_date_costs_no_write(rows):
    loan = paid_out(a_loan()).with_entry(payment(nok(1000), date(2026, 2, 15)))
    project(rows, loan)
    before = rows.exec_driver_sql("SELECT total_changes()").scalar_one()

    project(rows, loan)

    assert rows.exec_driver_sql("SELECT total_changes()").scalar_one() == before
