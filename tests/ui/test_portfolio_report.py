"""The portfolio on its tab: figures as of a date, their definitions, and the loans behind them."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan.app import print_trial_balance
from mikrolaan.domain.loan import Step
from mikrolaan.i18n import use_language
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.reports import report_pages
from mikrolaan.ui.reports.portfolio_tab import PortfolioTab
from mikrolaan.ui.reports.report_page import ReportPage, ReportTab
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import nok
from tests.offices import TestOffice
from tests.ui.lending import a_loan_at, write


def opened(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> Any:
    """Ada has paid on time, Bea never; it is 18 March 2026."""
    use_language("en")
    for name in ("Ada Berg", "Bea Dahl"):
        office.clock.day = date(2026, 1, 5)
        loan = a_loan_at(office, Step.REPAYING, name)
        office.clock.day = date(2026, 3, 18)
        if name == "Ada Berg":
            for month in (2, 3):
                office.session.payments.take(loan.id, nok(1_000), date(2026, month, 15))
    page = ReportPage([ReportTab("portfolio", lambda: "Portfolio", lambda: PortfolioTab(office.session, runner))])
    qtbot.addWidget(page)
    page.resize(1072, 744)
    page.show()
    page.opened(Destination("reports"))
    settle(qtbot, runner)
    return page


def settle(qtbot: QtBot, runner: TaskRunner) -> None:
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)


def value(tab: Any, key: str) -> str:
    text: str = tab.cards[key].value.text()
    return text


def test_figures_are_those_of_today_when_nothing_else_is_chosen(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    page = opened(qtbot, office, runner)
    tab = page.report

    assert value(tab, "outstanding") == "NOK\u00a022\u202f000.00"
    assert [value(tab, key) for key in ("loans", "borrowers")] == ["2", "2"]
    assert [value(tab, f"par{days}") for days in (30, 60, 90)] == ["54.55%", "0.00%", "0.00%"]
    assert value(tab, "arrears-rate") == "9.09%"
    assert value(tab, "repayment-rate") == "50.00%"


def test_a_figure_opens_down_to_its_loans_and_they_open_too(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    page = opened(qtbot, office, runner)
    tab = page.report

    tab.cards["par30"].click()

    assert tab.model.rowCount() == 1
    row = [tab.model.data(tab.model.index(0, column)) for column in range(tab.model.columnCount())]
    assert row == ["2", "Bea Dahl", "–", "12\u202f000.00", "–", "31"]
    assert "more than 30 days past due" in tab.definition.text()
    assert tab.cards["par30"].toolTip() == tab.definition.text()
    with qtbot.waitSignal(tab.go_to) as gone:
        tab.table.row_opened.emit(tab.model.row(0))
    assert gone.args[0].page == "loan"


def test_the_figures_of_an_earlier_day_are_computed_anew(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    page = opened(qtbot, office, runner)
    tab = page.report

    write(tab.as_of.line, "20.2.2026")
    tab.show_button.click()
    settle(qtbot, runner)

    assert value(tab, "outstanding") == "NOK\u00a023\u202f000.00"
    assert value(tab, "overdue") == "NOK\u00a01\u202f000.00"
    assert value(tab, "par30") == "0.00%"


def test_a_period_that_begins_after_its_end_is_refused_beside_the_field(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    page = opened(qtbot, office, runner)
    tab = page.report

    write(tab.as_of.line, "1.2.2025")
    tab.show_button.click()

    assert tab.since.error == "The period must begin on 1 Feb 2025 at the latest."


def test_each_day_that_is_no_day_is_told_beside_its_field_and_the_button_stays(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    page = opened(qtbot, office, runner)
    tab = page.report
    button, line = tab.show_button.geometry(), tab.as_of.line
    assert abs(button.center().y() - line.mapTo(tab, line.rect().center()).y()) <= 2

    write(tab.as_of.line, "18.3.2030")
    write(tab.since.line, "abc")
    tab.show_button.setFocus()
    tab.show_button.click()
    QApplication.processEvents()

    assert tab.as_of.error == "The latest allowed date is 18 Mar 2026."
    assert tab.since.error
    assert QApplication.focusWidget() is line
    assert tab.show_button.geometry() == button


def test_after_a_change_of_language_the_figures_are_still_those_of_the_day_in_the_field(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    opened(qtbot, office, runner).close()
    window = MainWindow(report_pages(office.session, runner, print_trial_balance), "Fjordfondet", "Ingrid Tangen")
    qtbot.addWidget(window)
    window.show()
    window.go_to(Destination("reports", tab="portfolio"))
    settle(qtbot, runner)
    tab: Any = window.current_page
    write(tab.report.as_of.line, "20.2.2026")
    tab.report.show_button.click()
    settle(qtbot, runner)
    tab.report.cards["overdue"].click()

    use_language("nb")
    settle(qtbot, runner)

    tab = window.current_page
    assert tab.report.as_of.text() == "20.02.2026"
    assert value(tab.report, "outstanding") == "23\u202f000,00\u00a0kr"
    assert tab.report.cards["overdue"].isChecked()
    assert tab.report.heading.text() == "Forfalt: 1\u202f000,00\u00a0kr, fra 1 lån"


def test_every_part_of_the_report_has_a_name(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    page = opened(qtbot, office, runner)

    assert unnamed_focusable(page) == []
