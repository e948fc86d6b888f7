"""Tab goes through a page as one reads it: its head, then its tabs and fields, then the buttons below."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mikrolaan import app
from mikrolaan.domain.budget import Part
from mikrolaan.domain.loan import Step
from mikrolaan.ui.arrears import arrears_pages
from mikrolaan.ui.borrowers import borrower_pages
from mikrolaan.ui.groups import group_pages
from mikrolaan.ui.loans import loan_pages
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.payments import payment_pages
from mikrolaan.ui.reports import report_pages
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.messages import InlineMessage
from mikrolaan.ui.widgets.page import Page
from tests.offices import TestOffice
from tests.repaying import a_group_with_loans
from tests.ui.lending import a_loan_at, activate, no_dialog, press, write


@pytest.fixture
def window(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> Any:
    session = office.session
    pages = [*borrower_pages(session, runner), *loan_pages(session), *group_pages(session)]
    pages += [*arrears_pages(session, runner), *report_pages(session, runner, app.print_trial_balance)]
    pages += payment_pages(session, runner, app.bank_reader, app.print_group_sheet)
    made = MainWindow(pages, "Fjordfondet", "Ingrid Tangen")
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    activate(made)
    return made


def tabbed_through(window: Any, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """What takes the cursor when one comes from the officer's menu and presses Tab until the page is left."""
    page = window.current_page
    QApplication.processEvents()  # what was just made is shown
    window.header.officer_button.setFocus()
    found: list[QWidget] = []
    for _stop in range(120):
        press(key)
        here = QApplication.focusWidget()
        assert here is not None
        if not page.isAncestorOf(here):
            if found:
                return found
            continue
        found.append(here)
    raise AssertionError([(type(stop).__name__, stop.accessibleName()) for stop in found])


def heights(stops: list[QWidget], page: Page) -> list[int]:
    """How far down each is."""
    return [stop.mapTo(page, QPoint(0, stop.height() // 2)).y() for stop in stops]


@pytest.mark.parametrize("tab", ["plan", "payments", "log"])
def test_the_acts_in_the_head_of_a_loan_come_before_its_tabs(qtbot, office, window, tab):
    loan = a_loan_at(office, Step.REPAYING)
    window.go_to(Destination("loan", loan.id, tab))
    page = window.current_page
    stops = tabbed_through(window)

    words = [getattr(stop, "text", lambda: "")() for stop in stops]
    assert words[:2] == ["Loans", "Amina Ødegård"]  # the way here
    assert stops.index(page._more_button) < stops.index(page._main_button) < stops.index(page.tabs.tabBar())
    assert stops.index(page.tabs.tabBar()) < len(stops) - 1


def test_the_case_of_a_borrower_is_gone_through_from_above(qtbot, office, window):
    loan = a_loan_at(office, Step.REPAYING)
    window.go_to(Destination("borrower", loan.borrower_id, "loans"))
    stops = tabbed_through(window)

    down = heights(stops, window.current_page)
    rises = [(b, a) for a, b in pairwise(down) if b < a - 30]  # acts are a little above figures
    assert rises == []


def test_a_budget_is_gone_through_line_by_line_then_what_is_left_then_the_buttons(qtbot, office, window):
    loan = a_loan_at(office, Step.REPAYING)
    window.go_to(Destination("borrower", loan.borrower_id, "budget"))
    tab = window.current_page.budget
    tab.begin()
    write(tab.form.parts[Part.INCOME].rows[0].amount.line, "20000")
    tab.form.parts[Part.SALES].add()

    stops = tabbed_through(window)

    amounts = [stops.index(row.amount.line) for part in tab.form.parts.values() for row in part.rows]
    assert amounts == sorted(amounts)
    assert stops.index(window.current_page.tabs.tabBar()) < amounts[0]
    after = [tab.form.drawn_up_on.line, tab.form.notes.editor, tab.results.instalment.line, tab.results.fall.slider]
    places = [amounts[-1], *(stops.index(stop) for stop in after)]
    assert places == sorted(places)
    assert [getattr(stop, "text", str)() for stop in stops[-2:]] == ["&Save", "&Undo changes"]
    back = tabbed_through(window, Qt.Key.Key_Backtab)
    up = [back.index(row.amount.line) for part in tab.form.parts.values() for row in part.rows]
    assert up == sorted(up, reverse=True)


def test_the_figures_of_the_portfolio_come_before_the_loans_behind_them(qtbot, office, window):
    a_loan_at(office, Step.REPAYING)
    window.go_to(Destination("reports", tab="portfolio"))
    report = window.current_page.report
    qtbot.waitUntil(lambda: not report.is_working and bool(report.cards), timeout=10_000)
    stops = tabbed_through(window)

    places = [stops.index(card) for card in report.cards.values()]
    assert places == sorted(places)
    assert stops.index(report.show_button) < places[0]
    assert places[-1] < stops.index(report.table)


def test_the_amounts_of_a_group_come_before_the_buttons_that_save_them(qtbot, office, window):
    group, _loans = a_group_with_loans(office)
    window.go_to(Destination("payments", group.id, "group"))
    tab = window.current_page.current
    stops = tabbed_through(window)

    amounts = [stops.index(field.line) for field in tab.lines.fields]
    buttons = [stops.index(button) for button in tab._buttons]
    assert amounts == sorted(amounts)
    assert stops.index(tab.means.box) < amounts[0]
    assert amounts[-1] < buttons[0]
    assert buttons == sorted(buttons)


def test_who_goes_back_from_a_doubt_stands_in_the_amount_that_was_doubted(qtbot, office, window):
    group, _loans = a_group_with_loans(office)
    window.go_to(Destination("payments", group.id, "group"))
    tab = window.current_page.current
    write(tab.lines.fields[0].line, "100")
    write(tab.lines.fields[1].line, "9999999")
    tab.save_act.trigger()
    shown = QApplication.activeModalWidget()
    assert shown is not None and shown.windowTitle() == "Is this right?"
    activate(shown)
    press(Qt.Key.Key_Escape)

    assert no_dialog()
    activate(window)
    assert QApplication.focusWidget() is tab.lines.fields[1].line


def test_what_a_message_offers_is_met_where_the_message_stands(qtbot):
    host = QWidget()
    qtbot.addWidget(host)
    layout = QVBoxLayout(host)
    above, message, below = QLineEdit(), InlineMessage(), QLineEdit()
    for part in (above, message, below):
        layout.addWidget(part)
    host.show()
    activate(host)
    message.say("The rate of this half-year is missing.", "warn")
    link = message.offer("Enter it", lambda: None)
    qtbot.waitUntil(link.isVisible)

    above.setFocus()
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is link
    message.say("")
    above.setFocus()
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is below
