"""Wrong input in the calculator: told beside its field, and the last result stays in sight, faded."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan.ui.calculator.calculator_page import CalculatorPage
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.widgets.fields import LineField
from tests.offices import TestOffice
from tests.ui.calculators import opened, write


@pytest.fixture
def page(qtbot: QtBot, office: TestOffice) -> CalculatorPage:
    return opened(qtbot, office, Destination("calculator"))


def paste(field: LineField[Any], text: str) -> None:
    QApplication.clipboard().setText(text)
    field.line.selectAll()
    field.line.paste()


def instalment_shown(page: CalculatorPage) -> str:
    return page.results.figures.instalment.figure.text()


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("amount", "500", "The smallest allowed is 5\u202f000.00."),
        ("amount", "300000", "The largest allowed is 200\u202f000.00."),
        ("rate", "16", "The largest allowed is 15."),
        ("instalments", "61", "The largest allowed is 60."),
        ("instalments", "-3", ""),
        ("amount", "много", ""),
        ("amount", "9" * 40, ""),
        ("first_due_on", "01.01.2020", "The earliest allowed date is 6 Jan 2026."),
        ("disbursed_on", "29.02.2027", "The calendar has no such day. Look at the day, the month and the year."),
        ("disbursed_on", "01.01.1900", "The earliest allowed date is 1 Jan 1970."),
    ],
)
def test_a_wrong_value_fades_the_result_and_is_explained_beside_its_field(qtbot, page, name, typed, told):
    before = instalment_shown(page)
    field = getattr(page.form, name)

    paste(field, typed)

    assert page.results.is_stale
    assert instalment_shown(page) == before  # still in sight
    assert page.results.stale_message.isVisible()
    assert not page.use_act.isEnabled()
    qtbot.waitUntil(lambda: bool(field.error))
    assert not told or field.error == told


def test_a_payout_so_late_that_the_loan_outlives_the_calendar_is_told_at_the_payout(qtbot, page):
    """Public holidays are known until 2100, and two years from June 2099 end in 2101."""
    paste(page.form.disbursed_on, "01.06.2099")

    qtbot.waitUntil(lambda: bool(page.form.disbursed_on.error))
    assert page.form.disbursed_on.error == (
        "The last instalment may fall due on 30 Nov 2100 at the latest. Choose an earlier payout."
    )
    assert page.form.instalments.error == ""


def test_a_corrected_value_brings_the_result_back(qtbot, page):
    write(qtbot, page.form.amount, "500")
    qtbot.waitUntil(lambda: bool(page.form.amount.error))

    qtbot.keyClicks(page.form.amount.line, "00")

    assert not page.results.is_stale
    assert not page.results.stale_message.isVisible()
    assert page.form.amount.error == ""
    assert page.use_act.isEnabled()
