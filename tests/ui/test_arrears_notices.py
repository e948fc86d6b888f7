"""Notices of default on the page of arrears: in the run of letters, for one loan, and in the log, as an officer meets them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.journal import Fee
from mikrolaan.domain.loan import Loan
from mikrolaan.i18n import use_language
from mikrolaan.ui.arrears import arrears_pages, letters_dialog
from mikrolaan.ui.loans import loan_pages
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.basics import unnamed_focusable
from tests.documents.paper import pages_of
from tests.guaranteeing import KARI
from tests.offices import TestOffice
from tests.services.test_guarantors import OLA, a_repaying_loan_with
from tests.ui.lending import activate, press

EARLY = date(2026, 3, 2)  # fifteen days after the first due date
TWO_MONTHS = date(2026, 4, 15)


@pytest.fixture(autouse=True)
def _in_english() -> None:
    use_language("en")


def opened(qtbot: QtBot, office: TestOffice, runner: TaskRunner, today: date) -> Any:
    """The page of arrears on a day."""
    office.clock.day = today
    session = office.session
    window = MainWindow([*arrears_pages(session, runner), *loan_pages(session)], "Fjordfondet", "Ingrid Tangen")
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    activate(window)
    window.go_to(Destination("arrears"))
    return window.current_page


def sent(qtbot: QtBot, shown: Any) -> None:
    """Look at the letters of a dialog, then issue them."""
    qtbot.waitUntil(shown.send_button.isEnabled, timeout=20_000)
    QTest.mouseClick(shown.send_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.heading.text() == "Letters issued", timeout=20_000)


def papers_of(office: TestOffice, loan: Loan) -> list[DocumentKind]:
    return [row.kind for row in office.session.queries.documents(loan_id=loan.id)]


def test_notices_are_shown_and_sent_with_the_letters_and_printed_at_once(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    loan = a_repaying_loan_with(office, KARI, OLA)
    page = opened(qtbot, office, runner, TWO_MONTHS)
    jobs: list[bytes] = []

    def print_it(content: bytes, *_told: object) -> bool:
        jobs.append(content)
        return True

    monkeypatch.setattr(letters_dialog, "ask_and_print", print_it)

    assert page.letters_act.text() == "3 letters due today"
    page.letters_act.trigger()
    shown = page.letters_dialog
    qtbot.waitUntil(shown.send_button.isEnabled, timeout=20_000)
    assert shown.summary.text() == "Reminder: 1 · Notices to guarantors: 2 · fees in all NOK\u00a038.00"
    assert shown.send_button.text() == "&Issue 3 letters"
    first, second, last = pages_of(shown.pages.content)
    assert ["KariVik" in first, "OlaMoen" in second, "Purring" in last] == [True, True, True]
    assert papers_of(office, loan) == [DocumentKind.LOAN_CONTRACT]  # nothing is issued by looking
    sent(qtbot, shown)
    shown.pages.print_act.trigger()
    assert [len(pages_of(job)) for job in jobs] == [3]
    qtbot.waitUntil(lambda: not runner.is_busy)
    shown.close_button.click()

    assert page.letters_act.text() == "0 letters due today"
    assert sorted(kind.name for kind in papers_of(office, loan)) == [
        "GUARANTOR_NOTICE",
        "GUARANTOR_NOTICE",
        "LOAN_CONTRACT",
        "REMINDER",
    ]


def test_the_guarantors_of_one_loan_are_told_early_at_no_cost_to_the_borrower(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    loan = a_repaying_loan_with(office, KARI, OLA)
    page = opened(qtbot, office, runner, EARLY)
    assert page.letters_act.text() == "1 letter due today"  # the reminder; the notices are not proposed yet
    assert page.panel.guarantors.text().endswith("due by 15 May 2026.")

    QTest.mouseClick(page.panel.notify_button, Qt.MouseButton.LeftButton)
    shown = page.letters_dialog
    qtbot.waitUntil(shown.send_button.isEnabled, timeout=20_000)
    assert shown.heading.text() == shown.windowTitle() == "Notices to guarantors"
    assert shown.summary.text() == "To Kari Vik, Ola Moen, due by 15 May 2026 at the latest"
    assert shown.pages.page_count == 2
    sent(qtbot, shown)
    qtbot.waitUntil(lambda: not runner.is_busy)
    shown.close_button.click()

    assert not page.panel.guarantors.isVisible()
    assert not page.panel.notify_button.isVisible()
    assert page.panel.step.text() == "Reminder"  # the step against the borrower still comes next
    assert not [entry for entry in office.session.loans.get(loan.id).journal.entries if isinstance(entry, Fee)]


def test_the_log_names_who_was_told_and_opens_the_letter(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    a_repaying_loan_with(office, KARI)
    page = opened(qtbot, office, runner, EARLY)
    page.notify_act.trigger()
    sent(qtbot, page.letters_dialog)
    qtbot.waitUntil(lambda: not runner.is_busy)
    page.letters_dialog.close_button.click()

    log = page.panel.log
    assert [log.model.data(log.model.index(0, column)) for column in range(3)] == [
        "2 Mar 2026",
        "Notice of default",
        "Kari Vik",
    ]
    log.table.setFocus()
    log.table.setCurrentIndex(log.model.index(0, 0))
    press(Qt.Key.Key_Return)
    assert log.viewer is not None
    assert log.viewer.windowTitle() == "Notice of default V-00001-00001"
    log.viewer.reject()


def test_who_was_told_while_the_letters_were_looked_at_is_left_out_and_named(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    loan = a_repaying_loan_with(office, KARI, OLA)
    page = opened(qtbot, office, runner, TWO_MONTHS)
    page.notify_act.trigger()
    shown = page.letters_dialog
    qtbot.waitUntil(shown.send_button.isEnabled, timeout=20_000)
    kari = office.session.guarantors.of_loan(loan.id)[0].guarantor
    office.session.guarantors.record_notice(loan.id, TWO_MONTHS, guarantor_id=kari.id)

    sent(qtbot, shown)

    assert shown.pages.page_count == 1
    assert shown.warning.label.text().splitlines()[0] == "1 letter was left out."
    assert "Loan 1: No notice is due" in shown.warning.label.text()


def test_a_last_day_that_has_passed_is_told_as_past(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> None:
    a_repaying_loan_with(office, KARI)

    page = opened(qtbot, office, runner, date(2026, 5, 16))
    assert page.panel.guarantors.text().endswith("was due by 15 May 2026. Send it now.")
    office.clock.day = date(2026, 5, 15)
    page.refresh()
    assert page.panel.guarantors.text().endswith("is due by 15 May 2026.")


def test_a_loan_that_nobody_else_answers_for_offers_no_notice(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    a_repaying_loan_with(office)
    page = opened(qtbot, office, runner, TWO_MONTHS)

    assert page.letters_act.text() == "1 letter due today"
    assert not page.notify_act.isVisible()
    assert not page.panel.notify_button.isVisible()


def test_everything_on_the_page_and_in_the_dialog_has_a_name(
    qtbot: QtBot, office: TestOffice, runner: TaskRunner
) -> None:
    a_repaying_loan_with(office, KARI)
    page = opened(qtbot, office, runner, TWO_MONTHS)
    page.notify_act.trigger()
    qtbot.waitUntil(page.letters_dialog.send_button.isEnabled, timeout=20_000)

    assert unnamed_focusable(page) == []
    assert unnamed_focusable(page.letters_dialog) == []
