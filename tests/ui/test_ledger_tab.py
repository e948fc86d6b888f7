"""The ledger among the reports: figures of a period, down to vouchers and the loan, as an officer drives it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mikrolaan.app import print_trial_balance
from mikrolaan.domain.loan import Loan
from mikrolaan.i18n import use_language
from mikrolaan.i18n.conventions import THIN_SPACE
from mikrolaan.services.session import Session
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.reports import report_pages
from mikrolaan.ui.reports.ledger_tab import LedgerTab
from mikrolaan.ui.reports.ledger_words import Span, period_of, period_words
from mikrolaan.ui.reports.report_page import ReportPage
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.builders import nok
from tests.offices import TestOffice
from tests.services.test_payments import FIRST_DUE, a_loan
from tests.ui.lending import activate, auditor, dialog, no_dialog, write


@pytest.fixture
def paid(office: TestOffice) -> Loan:
    """12 000 kroner paid out on 15 January; 1 000 came in on 15 February, which is today."""
    loan = a_loan(office)
    office.session.payments.take(loan.id, nok(1_000), FIRST_DUE)
    return loan


def settled(qtbot: QtBot, runner: TaskRunner) -> None:
    qtbot.waitUntil(lambda: not runner.is_busy)


def opened(qtbot: QtBot, runner: TaskRunner, session: Session) -> Any:
    """The tab with the month of today worked out; Any, because a test knows what it opened."""
    (entry,) = report_pages(session, runner, print_trial_balance)
    page = entry.factory()
    assert isinstance(page, ReportPage)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    activate(page)
    page.opened(Destination("reports", None, "ledger"))
    settled(qtbot, runner)
    assert isinstance(page.report, LedgerTab)
    tab: Any = page.report
    tab.page = page  # qtbot lets go of what nobody else holds
    return tab


def rows(table: Any) -> list[list[str]]:
    model = table.model()
    return [
        [model.index(row, column).data().replace(THIN_SPACE, " ") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_month_of_today_is_shown_with_its_proofs(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)
    view = tab.balance_view

    assert rows(view.table) == [
        ["1390", "Utlån", "12 000.00", "0.00", "1 000.00", "11 000.00"],
        ["1920", "Bankinnskudd", "−12 000.00", "1 000.00", "0.00", "−11 000.00"],
    ]
    assert [total.replace(THIN_SPACE, " ") for total in view.totals.totals.values()] == [
        "0.00",
        "1 000.00",
        "1 000.00",
        "0.00",
    ]
    assert tab.period.words.text() == "February 2026"
    assert view.balances.word.text() == "Debit equals credit"
    assert f"11{THIN_SPACE}000.00" in view.equals_loans.word.text()
    assert view.until.word.text() == "Until 15 Feb 2026"
    assert not view.closed.isVisible()
    assert unnamed_focusable(tab) == []


def test_after_a_change_of_language_the_same_account_of_the_same_period_is_shown(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    pages = report_pages(office.session, runner, print_trial_balance)
    window = MainWindow(pages, "Fjordfondet", "Ingrid Tangen")
    qtbot.addWidget(window)
    window.show()
    window.go_to(Destination("reports", None, "ledger"))
    settled(qtbot, runner)
    page: Any = window.current_page
    page.report.period.back.click()
    settled(qtbot, runner)
    page.report.open_account(page.report.balance.rows[0])
    settled(qtbot, runner)
    assert page.report.views.currentWidget() is page.report.account_view

    use_language("nb")
    settled(qtbot, runner)

    page = window.current_page
    assert page.report.period.words.text() == "Januar 2026"
    assert page.report.views.currentWidget() is page.report.account_view
    assert page.report.vouchers.number == "1390"
    page.report.show_balance()
    settled(qtbot, runner)
    assert rows(page.report.balance_view.table)[0][2:] == ["0,00", "12 000,00", "0,00", "12 000,00"]


def test_the_arrows_step_to_other_months_and_the_kind_widens_the_period(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)

    tab.period.back.click()
    settled(qtbot, runner)
    assert tab.period.words.text() == "January 2026"
    assert rows(tab.balance_view.table)[0][2:] == ["0.00", "12 000.00", "0.00", "12 000.00"]

    tab.period.kind.box.setCurrentIndex(list(Span).index(Span.YEAR))
    settled(qtbot, runner)
    assert tab.period.words.text() == "2026"
    assert rows(tab.balance_view.table)[0][2:] == ["0.00", "12 000.00", "1 000.00", "11 000.00"]

    tab.period.back.click()
    settled(qtbot, runner)
    assert tab.balance_view.none_yet.isVisible()
    assert not tab.print_act.isEnabled()


def test_a_free_period_is_typed_and_its_order_is_checked(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)
    tab.period.kind.box.setCurrentIndex(list(Span).index(Span.FREE))

    write(tab.period.first.line, "15.01.2026")
    write(tab.period.last.line, "14.02.2026")
    settled(qtbot, runner)
    assert rows(tab.balance_view.table)[0][2:] == ["0.00", "12 000.00", "0.00", "12 000.00"]

    write(tab.period.last.line, "14.01.2026")
    assert tab.period.last.error
    assert tab.period.period.last == date(2026, 2, 14)


def test_an_account_opens_to_its_vouchers_and_a_voucher_to_its_loan(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)
    tab.balance_view.table.selectRow(0)
    qtbot.keyClick(tab.balance_view.table, Qt.Key.Key_Return)
    settled(qtbot, runner)

    view = tab.account_view
    assert view.title.text() == "1390 Utlån"
    assert rows(view.table) == [
        ["15 Feb 2026", "Payment", "1", "Amina Ødegård", "", "1 000.00", "11 000.00"],
    ]
    view.table.selectRow(0)
    with qtbot.waitSignal(tab.go_to) as gone:
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert gone.args == [Destination("loan", paid.id)]

    qtbot.keyClick(view.table, Qt.Key.Key_Escape)
    assert tab.views.currentWidget() is tab.balance_view


def test_the_tables_go_to_a_spreadsheet_as_numbers(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)
    tab.copy_act.trigger()

    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == ["Account", "Name", "Opening balance", "Debit", "Credit", "Closing balance"]
    assert lines[2] == ["1920", "Bankinnskudd", "-12000.00", "1000.00", "0.00", "-11000.00"]
    assert lines[-1] == ["", "Total", "0.00", "1000.00", "1000.00", "0.00"]


def test_the_balance_is_shown_on_paper(qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan) -> None:
    tab = opened(qtbot, runner, office.session)
    tab.print_act.trigger()

    assert tab.dialog.pages.page_count == 1
    tab.dialog.reject()


def test_an_account_is_given_the_offices_number_beside_which_a_wrong_one_is_explained(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)
    tab.accounts_act.trigger()
    accounts = tab.dialog
    accounts.table.selectRow(0)
    accounts.change_act.trigger()
    write(dialog().form.fields["number"].line, "1390")
    dialog().act_button.click()
    assert "1390" in dialog().form.fields["number"].error

    write(dialog().form.fields["number"].line, "1901")
    dialog().act_button.click()
    assert rows(accounts.table)[0][1:] == ["1901", "Kontanter"]
    accounts.reject()
    settled(qtbot, runner)


def test_the_books_are_closed_after_asking_until_when(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)
    tab.close_act.trigger()
    until = dialog().form.fields["until"]
    assert until.value() == date(2026, 1, 31)
    write(until.line, "15.02.2026")
    dialog().act_button.click()
    assert until.error
    write(until.line, "31.01.2026")
    with qtbot.waitSignal(tab.toast) as told:
        dialog().act_button.click()
    settled(qtbot, runner)

    assert told.args == ["The books are closed until 31 Jan 2026."]
    assert no_dialog()
    tab.period.back.click()
    settled(qtbot, runner)
    assert tab.balance_view.closed.word.text() == "Closed until 31 Jan 2026"


def test_cancelled_work_says_so_and_keeps_the_page(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)
    tab.refresh()
    tab._task.cancel()
    settled(qtbot, runner)

    assert "Stopped" in tab.message.label.text()
    assert len(rows(tab.balance_view.table)) == 2


def test_leaving_the_tab_gives_the_work_up_and_coming_back_begins_it_again(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)
    tab.period.back.click()
    tab.page.hide()
    settled(qtbot, runner)
    assert (tab.is_working, tab.balance) == (False, None)

    tab.page.show()
    tab.page.opened(Destination("reports", None, "ledger"))
    settled(qtbot, runner)
    assert tab.balance.period.last == date(2026, 1, 31)
    assert not tab.message.isVisible()


def test_nothing_else_is_asked_for_while_the_books_are_being_closed(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)
    tab.close_act.trigger()
    dialog().act_button.click()

    assert not tab.period.isEnabled()
    tab.refresh()
    settled(qtbot, runner)
    assert tab.period.isEnabled()
    assert office.session.ledger.closed_until() == date(2026, 1, 31)


def test_who_may_only_look_sees_figures_and_accounts_and_changes_neither(
    qtbot: QtBot, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, auditor(office))
    tab.accounts_act.trigger()

    assert not tab.close_act.isEnabled()
    assert not tab.dialog.change_act.isEnabled()
    assert rows(tab.balance_view.table)
    tab.dialog.reject()
    settled(qtbot, runner)


def test_the_tables_are_models_that_qt_accepts(
    qtbot: QtBot, qtmodeltester: ModelTester, runner: TaskRunner, office: TestOffice, paid: Loan
) -> None:
    tab = opened(qtbot, runner, office.session)
    qtmodeltester.check(tab.balance_view.model)
    qtmodeltester.check(tab.account_view.model)


def test_periods_are_whole_months_quarters_and_years() -> None:
    day = date(2026, 11, 22)

    assert [(p.first, p.last) for p in (period_of(span, day) for span in (Span.MONTH, Span.QUARTER, Span.YEAR))] == [
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2026, 12, 31)),
    ]
    assert period_of(Span.MONTH, date(2024, 2, 1)).last == date(2024, 2, 29)
    assert period_words(Span.QUARTER, period_of(Span.QUARTER, day)) == "Quarter 4, 2026"
    use_language("nb")
    assert period_words(Span.QUARTER, period_of(Span.QUARTER, day)) == "4. kvartal 2026"
    assert period_words(Span.MONTH, period_of(Span.MONTH, day)) == "November 2026"
