"""Work under way among the payments stays when the officer changes the language in the middle of it."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan import app
from mikrolaan.i18n import use_language
from mikrolaan.services.bank_matching import LineState
from mikrolaan.ui.loans import loan_pages
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.payments import payment_pages
from mikrolaan.ui.task_runner import TaskRunner
from tests.bank_files.writers import Paid, ocr_giro
from tests.builders import nok
from tests.offices import TestOffice
from tests.repaying import a_group_with_loans, a_repaying_loan
from tests.services.test_bank_import import a_running_loan, kid, outstanding
from tests.ui.lending import activate, press, write


@pytest.fixture
def window(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> Any:
    pages = payment_pages(office.session, runner, app.bank_reader, app.print_group_sheet)
    made = MainWindow([*loan_pages(office.session), *pages], "Fjordfondet", "Berit")
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    activate(made)
    made.go_to(Destination("payments"))
    return made


def show_tab(window: Any, key: str) -> Any:
    """Click on the tab of that key; the tab."""
    tabs = window.current_page.tabs
    bar = tabs.tabBar()
    place = list(window.current_page.work_tabs).index(key)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
    return window.current_page.current


def a_review(qtbot: QtBot, window: Any, office: TestOffice, tmp_path: Path) -> Any:
    """A file of three lines on the screen: two on the loan, of 1 000 and 400 kroner, and one on no loan."""
    loan = a_running_loan(office)
    tab = show_tab(window, "bank")
    path = tmp_path / "ocr.txt"
    path.write_bytes(ocr_giro([Paid(kid(loan), "1000"), Paid("99999", "250"), Paid(kid(loan), "400")]))
    tab.read(path)
    qtbot.waitUntil(lambda: tab.task is None, timeout=10_000)
    return loan


def held_back(service: Any) -> threading.Event:
    """Let saving wait until the event is set."""
    save, may_go_on = service.save, threading.Event()

    def slow_save(*given: Any) -> Any:
        may_go_on.wait(10)
        return save(*given)

    service.save = slow_save
    return may_go_on


def test_a_reviewed_file_stays_with_its_decisions(qtbot: QtBot, office: TestOffice, window: Any, tmp_path: Path):
    loan = a_review(qtbot, window, office, tmp_path)
    tab = window.current_page.current
    QTest.keyClick(tab.review.table, Qt.Key.Key_Down)
    QTest.keyClick(tab.review.table, Qt.Key.Key_Down)
    QTest.keyClick(tab.review.table, Qt.Key.Key_Space)
    assert tab.review.accepted == {0: loan.id}

    use_language("nb")

    again = window.current_page.current
    assert again is not tab
    assert again.views.currentWidget() is again.review
    assert (again.review.accepted, again.review.place) == ({0: loan.id}, 2)
    assert again.review.save_button.text() == "&Lagre 1 innbetaling"
    again.review.save_button.click()
    qtbot.waitUntil(lambda: again.task is None, timeout=10_000)
    assert outstanding(office, loan.id) == nok(11_000)


def test_the_lines_that_were_asked_for_are_shown_again(qtbot: QtBot, office: TestOffice, window: Any, tmp_path: Path):
    a_review(qtbot, window, office, tmp_path)
    box = window.current_page.current.review.filter.box
    while not box.currentText().startswith("No loan found"):
        QTest.keyClick(box, Qt.Key.Key_Down)

    use_language("nb")

    review = window.current_page.current.review
    assert review.filter.given() is LineState.UNMATCHED
    assert (review.model.rowCount(), review.place) == (1, 1)


def test_a_language_chosen_elsewhere_loses_no_file_either(
    qtbot: QtBot, office: TestOffice, window: Any, tmp_path: Path
):
    a_review(qtbot, window, office, tmp_path)
    window.go_to(Destination("loans"))
    use_language("nb")
    use_language("en")

    window.go_to(Destination("payments"))
    tab = show_tab(window, "bank")

    assert tab.views.currentWidget() is tab.review
    assert len(tab.review.accepted) == 2


def test_a_save_under_way_is_told_in_the_new_language(qtbot: QtBot, office: TestOffice, window: Any, tmp_path: Path):
    loan = a_review(qtbot, window, office, tmp_path)
    may_go_on = held_back(office.session.bank_imports)
    window.current_page.current.review.save_button.click()

    use_language("nb")
    may_go_on.set()
    tab = window.current_page.current
    qtbot.waitUntil(lambda: tab.task is None, timeout=10_000)

    assert tab.views.currentWidget() is tab.start
    assert "2 innbetalinger" in tab.start.message.label.text()
    assert outstanding(office, loan.id) == nok(10_600)


def test_a_save_that_ended_while_nobody_looked_leaves_nothing_to_save_twice(
    qtbot: QtBot, office: TestOffice, window: Any, runner: TaskRunner, tmp_path: Path
):
    loan = a_review(qtbot, window, office, tmp_path)
    may_go_on = held_back(office.session.bank_imports)
    window.current_page.current.review.save_button.click()
    window.go_to(Destination("loans"))
    use_language("nb")
    may_go_on.set()
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=10_000)

    window.go_to(Destination("payments"))
    tab = show_tab(window, "bank")
    qtbot.waitUntil(lambda: tab.task is None, timeout=10_000)

    assert tab.review.accepted == {}
    assert outstanding(office, loan.id) == nok(10_600)


def test_a_chosen_loan_and_its_amount_stay(office: TestOffice, window: Any):
    loan = a_repaying_loan(office)
    window.go_to(Destination("payments"))  # on the day of the payout, which the field then proposes
    tab = window.current_page.current
    write(tab.payer.line, "Amina")
    press(Qt.Key.Key_Return)
    write(tab.amount.line, "1500")

    use_language("nb")
    tab = window.current_page.current
    assert tab.payer.chosen.loan.id == loan.id
    assert tab.payer.text() == "Amina Ødegård · lån 1"
    assert QApplication.focusWidget() is tab.amount.line
    press(Qt.Key.Key_Return)

    assert office.session.loans.get(loan.id).journal.payments[0].amount == nok(1_500)


def test_the_amounts_of_a_group_sheet_stay(office: TestOffice, window: Any):
    a_group_with_loans(office)
    tab = show_tab(window, "group")
    write(tab.group.line, "Solsikken")
    press(Qt.Key.Key_Return)
    write(tab.lines.fields[0].line, "1000")
    write(tab.lines.fields[2].line, "500")

    use_language("nb")

    tab = window.current_page.current
    assert tab.key == "group"
    assert [field.peek() for field in tab.lines.fields] == [nok(1_000), None, nok(500)]
    assert tab.sum.text().startswith("2 innbetalinger")
