"""The window with all its pages, as the program puts it together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan.app import make_main_window
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.task_runner import TaskRunner
from tests.offices import TestOffice
from tests.ui.lending import activate

KEYS = [getattr(Qt.Key, f"Key_{number}") for number in range(1, 10)]


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, office: TestOffice) -> Iterator[MainWindow]:
    runner = TaskRunner(qapp)
    made = make_main_window(office.session, runner)
    qtbot.addWidget(made)
    made.show()
    activate(made)
    yield made
    runner.stop()


def test_the_numbers_open_the_pages_in_the_order_of_the_sidebar(window: MainWindow) -> None:
    """Ctrl+1 is the uppermost, and Ctrl+9 the lowest, whatever stands between."""
    shown = sorted(window.sidebar.buttons, key=lambda page: window.sidebar.buttons[page].y())
    opened: list[str] = []
    for key in KEYS:
        activate(window)
        before = window.history.here
        QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        here = window.history.here
        assert here is not None
        if here != before or not opened:
            opened.append(here.page)
            number = f"Ctrl+{KEYS.index(key) + 1}"
            assert number in window.sidebar.buttons[here.page].toolTip()

    assert opened == shown
    assert shown[:3] == ["borrowers", "loans", "arrears"]
