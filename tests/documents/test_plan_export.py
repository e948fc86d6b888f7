"""The plan as a spreadsheet reads it: numbers, days and sums that agree, and no text that runs."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mikrolaan.documents.plan_export import FORMULA_SIGNS, harmless, plan_as_csv, plan_as_workbook
from mikrolaan.domain.terms import Repayment
from tests.builders import nok
from tests.documents.calculations import a_calculation

WITHOUT_INTEREST = {"principal": nok(12_000), "annual_rate_percent": Decimal(0), "instalments": 12}
EVIL = '=HYPERLINK("http://example.org","Amina")'


def table_of(content: bytes, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def sheet_of(content: bytes, *, values: bool = True) -> Any:
    return load_workbook(io.BytesIO(content), data_only=values).active


def rows_of(sheet: Any) -> list[tuple[Any, ...]]:
    """The plan's lines, without the facts above and the heads of the columns."""
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows()]
    return rows[next(at for at, row in enumerate(rows) if row[0] == "No.") + 1 :]


def test_norwegian_tables_have_semicolons_decimal_commas_and_days_that_sort():
    content = plan_as_csv(a_calculation(WITHOUT_INTEREST, language="nb"))

    assert content.startswith(b"\xef\xbb\xbf")
    head, first, *_rest, last = table_of(content, ";")
    assert len(head) == 7
    assert first == ["1", "2027-01-15", "1000,00", "0,00", "45,00", "1045,00", "11000,00"]
    assert last[2:] == ["12000,00", "0,00", "540,00", "12540,00", ""]


def test_english_tables_have_commas_and_points():
    _head, first, *_rest = table_of(plan_as_csv(a_calculation()), ",")

    assert first[:2] == ["1", "2027-01-15"]
    assert first[6] == str(a_calculation().calculation.plan.instalments[0].balance.to_decimal())


@given(st.integers(1, 60), st.sampled_from(list(Repayment)))
def test_every_sum_of_the_table_is_the_sum_of_its_lines(instalments, form):
    paper = a_calculation({"instalments": instalments, "repayment": form})

    _head, *lines = table_of(plan_as_csv(paper), ",")

    rows = [line for line in lines if line[0]]
    years = [line for line in lines[:-1] if not line[0]]
    for column in (2, 3, 4, 5):
        everything = sum(Decimal(row[column]) for row in rows)
        assert Decimal(lines[-1][column]) == everything
        assert not years or sum(Decimal(year[column]) for year in years) == everything
    assert Decimal(lines[-1][5]) == paper.calculation.plan.due.to_decimal()


def test_numbers_are_numbers_and_days_are_days():
    first = rows_of(sheet_of(plan_as_workbook(a_calculation())))[0]

    assert first[:2] == (1, datetime(2027, 1, 15))  # noqa: DTZ001 - a workbook's days have no zone
    assert all(isinstance(cell, (int, float)) for cell in first[2:])
    assert round(sum(first[2:5]), 2) == first[5]


def test_the_sums_are_formulas_whose_values_agree_with_the_plan():
    paper = a_calculation()
    content = plan_as_workbook(paper)

    told, written = rows_of(sheet_of(content)), rows_of(sheet_of(content, values=False))

    plan = paper.calculation.plan
    year = next(at for at, row in enumerate(told) if row[0] is None)
    assert written[year][5].startswith("=SUBTOTAL(9,F")
    assert told[year][5] == round(sum(row[5] for row in told[:year]), 2)
    assert written[-1][2].startswith("=SUBTOTAL(9,C")  # leaves the sums between its rows out
    sums = (plan.principal, plan.interest, plan.fees, plan.due)
    assert told[-1][2:6] == tuple(float(amount.to_decimal()) for amount in sums)


def test_each_sum_reaches_from_the_first_instalment_of_its_year_to_the_last():
    sheet = sheet_of(plan_as_workbook(a_calculation()), values=False)
    since = first = next(cell.row for cell in sheet["A"] if cell.value == "No.") + 1

    for row in range(first, sheet.max_row + 1):
        if sheet.cell(row, 1).value is None:
            is_last = row == sheet.max_row
            assert sheet.cell(row, 6).value == f"=SUBTOTAL(9,F{first if is_last else since}:F{row - 1})"
            since = row + 1


@pytest.mark.parametrize("typed", [EVIL, "+47 90 00 00 01", "-Amina", "@SUM(A1)", "http://example.org"])
def test_what_a_person_typed_stays_text(typed):
    sheet = sheet_of(plan_as_workbook(a_calculation(borrower_name=typed, product_name=typed)), values=False)

    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == typed]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert all(cell.hyperlink is None for cell in cells)


@given(st.text(max_size=20))
def test_no_text_of_a_table_begins_like_a_formula(text):
    assert not harmless(text).startswith(FORMULA_SIGNS)
    assert harmless(text).endswith(text)


def test_the_facts_stand_above_the_plan_as_figures():
    sheet = sheet_of(plan_as_workbook(a_calculation()))
    facts = {row[0].value: row[2].value for row in sheet.iter_rows(max_row=25) if isinstance(row[0].value, str)}

    assert facts["Loan amount"] == 100_000
    assert facts["Nominal rate"] == 0.08
    assert facts["Borrower"] == "Amina Ødegård"
    assert "With interest only" not in facts
    assert facts["Calculated on"].date() == date(2026, 11, 22)


def test_the_same_calculation_gives_the_same_bytes():
    assert plan_as_workbook(a_calculation()) == plan_as_workbook(a_calculation())


def test_the_heads_of_the_columns_speak_the_language_asked_for():
    norwegian = sheet_of(plan_as_workbook(a_calculation(language="nb")))

    assert "Restgjeld" in {cell.value for row in norwegian.iter_rows() for cell in row}
