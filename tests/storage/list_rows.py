"""The rows for lists of one loan in a database of their own: empty, as they are kept, and as they would be made anew."""

from __future__ import annotations

from sqlalchemy import Connection, create_engine, select

from mikrolaan.domain.loan import Loan
from mikrolaan.storage.projections import projected
from mikrolaan.storage.tables import due_rows, instalment_rows, loan_rows

TABLES = (loan_rows, instalment_rows, due_rows)
Rows = list[list[dict[str, object]]]  # of each table, by the names of their columns, without the loan they belong to


def empty_rows() -> Connection:
    connection = create_engine("sqlite://").connect()
    for table in TABLES:
        table.create(connection)
    return connection


def what_is_kept(connection: Connection) -> Rows:
    return [
        [without_loan(row._asdict()) for row in connection.execute(select(table).order_by(*table.primary_key))]
        for table in TABLES
    ]


def made_anew(loan: Loan) -> Rows:
    made = projected(loan)
    return [[row._asdict() for row in rows] for rows in ([made.loan_row], made.instalments, made.owed)]


def without_loan(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != "loan_id"}
