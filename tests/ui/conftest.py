"""Every test of the windows speaks English in light colours, and leaves it so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan.app import bank_reader
from mikrolaan.i18n import use_language
from mikrolaan.ui.payments.bank_tab import BankTab
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.theme import apply_theme
from tests.offices import TestOffice
from tests.ui.bank_tab import Open, wait


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The program as it starts: English, light."""
    use_language("en")
    if not qapp.styleSheet():
        apply_theme(qapp, "light")
    yield
    use_language("en")


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[TaskRunner]:
    runner = TaskRunner(qapp)
    yield runner
    runner.stop()


@pytest.fixture
def tab(qtbot: QtBot, office: TestOffice, runner: TaskRunner) -> Any:
    made = BankTab(office.session, runner, bank_reader())
    qtbot.addWidget(made)
    made.resize(1040, 640)
    made.show()
    return made


@pytest.fixture
def opened(qtbot: QtBot, tab: Any, tmp_path: Path) -> Open:
    """Reads bytes as a file of that name, and waits until they are shown or refused."""

    def open_file(content: bytes, name: str = "ocr.txt") -> None:
        path = tmp_path / name
        path.write_bytes(content)
        tab.read(path)
        wait(qtbot, tab)

    return open_file
