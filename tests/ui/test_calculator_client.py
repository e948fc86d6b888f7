"""The calculator turned to the client: in their language on the screen, on paper, and in a file to take along."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from mikrolaan.i18n import current_language
from mikrolaan.ui.calculator import outlets
from mikrolaan.ui.calculator.calculator_page import CalculatorPage
from mikrolaan.ui.navigation import Destination
from tests.builders import a_person
from tests.documents.paper import pages_of, squeezed
from tests.ui.calculators import opened, page_of, window_at, worked_out, write


@pytest.fixture
def amina(office):
    return office.session.borrowers.register(a_person(paper_language="nb"))


def press_f8(qtbot, window):
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(page_of(window).form.amount.line, Qt.Key.Key_F8)
    QApplication.processEvents()


# -- their language on the screen


def test_f8_shows_the_clients_language_and_f8_goes_back(qtbot, office, amina):
    window = window_at(qtbot, office, Destination("calculator", amina.id))
    write(qtbot, page_of(window).form.amount, "61500.50")
    page_of(window).results.tabs.setCurrentIndex(1)
    expected = worked_out(page_of(window))

    press_f8(qtbot, window)

    assert current_language().code == "nb"
    shown = page_of(window)
    assert shown.language_bar.isVisible()
    assert shown.language_bar.back_words == "Back to English"
    assert worked_out(shown) == expected
    assert shown.results.tabs.current_key == "plan"
    assert window.focusWidget() is shown.form.amount.line

    press_f8(qtbot, window)

    assert current_language().code == "en"
    assert not page_of(window).language_bar.isVisible()
    assert worked_out(page_of(window)) == expected


def test_the_bar_leads_back_in_the_officers_own_words(qtbot, office, amina):
    window = window_at(qtbot, office, Destination("calculator", amina.id))
    press_f8(qtbot, window)

    (link,) = page_of(window).language_bar.findChildren(QPushButton)
    assert link.text() == "Back to English (F8)"
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)

    assert current_language().code == "en"


def test_the_settings_are_not_told_of_the_clients_language(qtbot, office, amina):
    window = window_at(qtbot, office, Destination("calculator", amina.id))

    with qtbot.assertNotEmitted(window.language_chosen):
        press_f8(qtbot, window)


def test_leaving_the_calculator_brings_the_officers_language_back(qtbot, office, amina):
    window = window_at(qtbot, office, Destination("calculator", amina.id))
    press_f8(qtbot, window)
    assert current_language().code == "nb"

    window.go_to(Destination("loans"))

    qtbot.waitUntil(lambda: current_language().code == "en")
    assert window.history.here == Destination("loans")


def test_closing_the_window_brings_the_officers_language_back(qtbot, office, amina):
    window = window_at(qtbot, office, Destination("calculator", amina.id))
    press_f8(qtbot, window)
    assert current_language().code == "nb"

    window.close()

    qtbot.waitUntil(lambda: current_language().code == "en")


def test_a_language_chosen_meanwhile_is_the_officers_own(qtbot, office, amina):
    window = window_at(qtbot, office, Destination("calculator", amina.id))
    press_f8(qtbot, window)

    window.choose_language("en")
    assert not page_of(window).language_bar.isVisible()
    window.choose_language("nb")
    assert not page_of(window).language_bar.isVisible()

    window.go_to(Destination("loans"))
    QApplication.processEvents()
    assert current_language().code == "nb"


def test_where_the_client_reads_the_language_shown_a_menu_asks(qtbot, office, amina):
    window = window_at(qtbot, office, Destination("calculator", amina.id))
    window.choose_language("nb")

    press_f8(qtbot, window)
    menu = page_of(window).language_bar.menu
    assert menu is not None
    assert [act.text() for act in menu.actions()] == ["English"]
    menu.actions()[0].trigger()
    menu.close()

    assert current_language().code == "en"
    assert page_of(window).language_bar.back_words == "Tilbake til Norsk bokmål"


# -- paper


def first_page_printed(page: CalculatorPage) -> str:
    """The text of the first page in the dialog that printing opens."""
    page.print_act.trigger()
    dialog = page.paper_dialog
    assert dialog is not None
    assert dialog.pages.content
    text = pages_of(dialog.pages.content)[0]
    dialog.reject()
    return text


def test_the_calculation_is_printed_in_the_clients_language(qtbot, office, amina):
    page = opened(qtbot, office, Destination("calculator", amina.id))

    text = first_page_printed(page)
    assert squeezed("50 000,00 kr") in text
    assert squeezed("Amina Ødegård") in text


def test_without_a_client_it_is_printed_in_the_language_of_the_screen(qtbot, office):
    page = opened(qtbot, office, Destination("calculator"))

    assert squeezed("Calculation, not an offer") in first_page_printed(page)


# -- files


@pytest.fixture
def target(monkeypatch, tmp_path):
    """Where the officer lets files go; the names proposed are noted."""
    asked: list[Path] = []

    def answer(_parent, _title, proposed, _kind, ending):
        asked.append(proposed)
        return tmp_path / f"plan{ending}"

    monkeypatch.setattr(outlets, "ask_where_to_save", answer)
    return asked


def test_the_plan_is_saved_as_a_workbook(qtbot, office, amina, target, tmp_path):
    page = opened(qtbot, office, Destination("calculator", amina.id))

    with qtbot.waitSignal(page.toast) as said:
        qtbot.keyClick(page.form.amount.line, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    assert said.args == ["Saved as plan.xlsx. This copy is not encrypted; keep it safe."]
    assert target[0].name == "Loan calculation for Amina Ødegård.xlsx"
    (sheet,) = load_workbook(io.BytesIO((tmp_path / "plan.xlsx").read_bytes()), data_only=True).worksheets
    assert sheet.cell(sheet.max_row, 6).value == float(worked_out(page).plan.due.to_decimal())


def test_the_plan_is_saved_as_csv_as_the_screens_language_writes_it(qtbot, office, target, tmp_path):
    window = window_at(qtbot, office, Destination("calculator"))
    window.choose_language("nb")
    page = page_of(window)
    write(qtbot, page.form.rate, "0")
    write(qtbot, page.form.amount, "12000")
    write(qtbot, page.form.instalments, "12")

    page.table_act.trigger()

    lines = (tmp_path / "plan.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1] == "1;2026-02-05;1000,00;0,00;35,00;1035,00;11000,00"


def test_a_file_that_cannot_be_written_is_told(qtbot, office, monkeypatch, tmp_path):
    monkeypatch.setattr(outlets, "ask_where_to_save", lambda *_asked: tmp_path / "no folder" / "plan.csv")
    page = opened(qtbot, office, Destination("calculator"))

    with qtbot.waitSignal(page.toast) as said:
        page.table_act.trigger()

    assert said.args[0].startswith("The file could not be written there.")


def test_thinking_better_of_it_saves_nothing(qtbot, office, monkeypatch, tmp_path):
    monkeypatch.setattr(outlets, "ask_where_to_save", lambda *_asked: None)
    page = opened(qtbot, office, Destination("calculator"))

    with qtbot.assertNotEmitted(page.toast):
        page.workbook_act.trigger()


def test_nothing_leaves_the_screen_while_a_field_is_wrong(qtbot, office):
    page = opened(qtbot, office, Destination("calculator"))
    write(qtbot, page.form.amount, "500")

    assert not any(act.isEnabled() for act in (page.print_act, page.workbook_act, page.table_act, page.copy_act))
