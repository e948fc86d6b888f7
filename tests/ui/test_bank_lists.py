"""Lists from an internet bank in the window: which column is which, asked once and chosen anew."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.offices import TestOffice
from tests.services.test_bank_import import a_running_loan, kid
from tests.ui.bank_tab import LIST, Open, cell, wait


def test_a_new_list_asks_for_its_columns_once(qtbot: QtBot, office: TestOffice, tab: Any, opened: Open) -> None:
    loan = a_running_loan(office)
    content = LIST.format(reference=kid(loan)).encode("cp1252")
    opened(content, "liste.csv")
    dialog = tab.guide_dialog
    assert "1\u202f000.00" in dialog.message.label.text().replace("\u2009", "\u202f").replace("\xa0", "\u202f")
    dialog.fields["reference_column"].set_value(2)

    dialog.read_button.click()
    wait(qtbot, tab)

    assert cell(tab, 0, 1) == "Matched"
    tab.show_start()
    opened(content, "liste.csv")
    assert tab.guide_dialog is None
    assert cell(tab, 0, 1) == "Matched"


def test_the_columns_of_a_known_list_can_be_chosen_anew(
    qtbot: QtBot, office: TestOffice, tab: Any, opened: Open
) -> None:
    a_running_loan(office)
    opened(LIST.format(reference="12345").encode(), "liste.csv")
    tab.guide_dialog.read_button.click()
    wait(qtbot, tab)
    assert tab.review.columns_button.isVisible()

    tab.review.columns_act.trigger()

    assert tab.guide_dialog.fields["amount_column"].given() == 1
    tab.guide_dialog.reject()


def test_a_known_list_whose_bank_writes_days_in_another_way_can_be_explained_anew(
    qtbot: QtBot, office: TestOffice, tab: Any, opened: Open
) -> None:
    loan = a_running_loan(office)
    opened(LIST.format(reference=kid(loan)).encode(), "liste.csv")
    tab.guide_dialog.fields["reference_column"].set_value(2)
    tab.guide_dialog.read_button.click()
    wait(qtbot, tab)
    tab.show_start()

    opened(
        LIST.format(reference=kid(loan))
        .replace("15.02.2026", "2026-02-15")
        .replace("16.02.2026", "2026-02-16")
        .encode(),
        "liste.csv",
    )
    assert "Line 2" in tab.start.message.label.text()
    tab.start.message.findChild(QPushButton).click()
    dialog = tab.guide_dialog
    assert dialog.fields["reference_column"].given() == 2
    assert dialog.date_form.given() == "%Y-%m-%d"  # as the days in this list seem to be written
    assert "The first payment" in dialog.message.label.text()
    dialog.read_button.click()
    wait(qtbot, tab)

    assert cell(tab, 0, 1) == "Matched"
    assert not tab.start.message.isVisible()


@pytest.mark.parametrize(("encoding", "end"), [("utf-16", "\n"), ("cp1252", "\r"), ("utf-8-sig", "\r\n")])
def test_the_first_payment_of_a_long_list_is_shown_in_whatever_letters_it_is_written(
    office: TestOffice, tab: Any, opened: Open, encoding: str, end: str
) -> None:
    a_running_loan(office)
    rows = [f"15.02.2026;Øst {number};1 000,00" for number in range(2_000)]

    opened(end.join(["Dato;Navn;Inn", *rows, ""]).encode(encoding), "liste.csv")

    assert "The first of" in tab.guide_dialog.message.label.text()
    assert "Øst 0" in tab.guide_dialog.message.label.text()
    tab.guide_dialog.reject()


def test_a_list_without_a_day_and_an_amount_cannot_be_read(tab: Any, opened: Open) -> None:
    opened(b"A;B;C\nx;y;z\nu;v;w\n", "liste.csv")

    assert not tab.guide_dialog.read_button.isEnabled()
    assert "Choose one column" in tab.guide_dialog.message.label.text()
    tab.guide_dialog.fields["date_column"].set_value(0)
    tab.guide_dialog.fields["amount_column"].set_value(1)
    tab.guide_dialog.fields["amount_column"].changed.emit()
    assert "not a number" in tab.guide_dialog.message.label.text()
    tab.guide_dialog.reject()
