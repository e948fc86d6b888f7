"""A clerk's hands, the Payments page in a window, and what was taken on it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan import app
from mikrolaan.ui.loans import loan_pages
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.payments import payment_pages
from mikrolaan.ui.payments.payments_page import PaymentsPage
from mikrolaan.ui.task_runner import TaskRunner
from tests.offices import TestOffice
from tests.ui.lending import activate, press


class Hands:
    """Types and counts."""

    def __init__(self) -> None:
        self.keys = 0

    def type(self, text: str) -> None:
        QTest.keyClicks(self._where(), text)
        self.keys += len(text)

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        press(key, keys)
        self.keys += 1

    @staticmethod
    def _where() -> Any:
        target = QApplication.focusWidget()
        assert target is not None
        return target


def open_page(qtbot: QtBot, qapp: QApplication, session: Any, tab: str = "take") -> Any:
    pages = payment_pages(session, TaskRunner(qapp), app.bank_reader, app.print_group_sheet)
    window = MainWindow([*loan_pages(session), *pages], "Fjordfondet", session.officer.name)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    activate(window)
    window.go_to(Destination("payments", tab=tab))
    page = window.current_page
    assert isinstance(page, PaymentsPage)
    return page


def taken(office: TestOffice) -> list[tuple[str, int, bool]]:
    rows = office.session.taking.taken_on(office.clock.day)
    return [(row.borrower, row.amount.minor // 100, row.is_reversed) for row in rows]
