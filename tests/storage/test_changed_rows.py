"""The rows for lists are changed where they differ, and are then what they would be if all were written anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, select

from mikrolaan.domain.errors import RuleError
from mikrolaan.storage.projections import project, projected
from mikrolaan.storage.tables import due_rows, instalment_rows, loan_rows
from tests.builders import a_loan, nok, paid_out, payment, terms
from tests.domain import lives

TABLES = (loan_rows, instalment_rows, due_rows)


def empty_rows() -> Connection:
    connection = create_engine("sqlite://").connect()
    for table in TABLES:
        table.create(connection)
    return connection


@pytest.fixture
def rows() -> Iterator[Connection]:
    connection = empty_rows()
    yield connection
    connection.close()
    connection.engine.dispose()


def what_is_kept(connection: Connection) -> list[list[dict[str, object]]]:
    """The rows by the names of their columns, without the loan that they belong to."""
    return [
        [without_loan(row._asdict()) for row in connection.execute(select(table).order_by(*table.primary_key))]
        for table in TABLES
    ]


def without_loan(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != "loan_id"}


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

        made = projected(loan)
        assert what_is_kept(connection) == [
            [row._asdict() for row in rows] for rows in ([made.loan_row], made.instalments, made.owed)
        ]
    connection.engine.dispose()


def test_a_payment_of_one_instalment_touches_one_row_of_each_kind(rows):
    loan = paid_out(a_loan(terms=terms(instalments=36)))
    project(rows, loan)
    first = loan.plan().instalments[0]
    before = rows.exec_driver_sql("SELECT total_changes()").scalar_one()

    project(rows, loan.with_entry(payment(first.due, first.due_on)))

    assert rows.exec_driver_sql("SELECT total_changes()").scalar_one() - before == len(TABLES)


def test_a_loan_whose_rows_are_up_to_date_costs_no_write(rows):
    loan = paid_out(a_loan()).with_entry(payment(nok(1000), date(2026, 2, 15)))
    project(rows, loan)
    before = rows.exec_driver_sql("SELECT total_changes()").scalar_one()

    project(rows, loan)

    assert rows.exec_driver_sql("SELECT total_changes()").scalar_one() == before
