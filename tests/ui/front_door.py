"""The window flow as the program puts it together, on real files with cheap passwords and settings kept in memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan import app
from mikrolaan.services.session import Session
from mikrolaan.settings import Settings
from mikrolaan.storage.office_file import OfficeFileStore
from mikrolaan.ui.main_window import MainWindow
from mikrolaan.ui.navigation import PageEntry
from mikrolaan.ui.settings.settings_page import SettingsPage
from mikrolaan.ui.start.idle_watch import IdleWatch
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.page import Page
from mikrolaan.ui.window_flow import WindowFlow
from tests.offices import CHEAP, Clock

STRONG = "blue kettle on the quay 7"
HOSTILE = [
    "   ",
    "x" * 10_000,
    "😀" * 300,
    "line one\nline two\r\nline three",
    "'; DROP TABLE office; --",
    "\u202eright to left\u202c",
    "\x00\x07\x1b[31m",
    "-999999999999999999999",
    "../../../etc/passwd",
]


class FrontDoor:
    """A flow, what it remembers, and a clock that tests can turn."""

    def __init__(self, qtbot: QtBot, qapp: QApplication, **changes: Any) -> None:
        self.qtbot = qtbot
        self.clock = Clock()
        self.seconds = 0.0
        self.settings = Settings(language="en", theme="light")
        self.files = OfficeFileStore(today=self.clock.today, now=self.clock.now, cost=CHEAP)
        self.runner = TaskRunner(qapp)
        self.idle_watch = IdleWatch(qapp, lambda: self.seconds)
        self.sheets: list[tuple[str, str, str]] = []
        joined: dict[str, Any] = {
            "make_session": partial(app.unlock, self.files),
            "found": lambda path, founding, password: app.create(self.files, path, founding, password),
            "recover": lambda path, key, password: app.recover(self.files, path, key, password),
            "make_main_window": self.make_main_window,
            "recovery_sheet": self.recovery_sheet,
            "today": self.clock.today,
            "load": lambda: self.settings,
            "keep": self.keep,
            "idle_watch": self.idle_watch,
        }
        self.flow = WindowFlow(self.runner, self.files, **(joined | changes))
        qtbot.addWidget(self.flow.window)

    def keep(self, settings: Settings) -> None:
        self.settings = settings

    def recovery_sheet(self, office: str, officer: str, key: str, day: object, language: str) -> bytes:
        self.sheets.append((office, officer, key))
        return b"%PDF of the key"

    def make_main_window(self, session: Session) -> MainWindow:
        def settings_page() -> Page:
            page = SettingsPage(
                session,
                self.runner,
                theme_name=lambda: self.flow.theme_name,
                choose_language=self.flow.choose_language,
                choose_theme=self.flow.choose_theme,
            )
            page.office_changed.connect(self.flow.note_office)
            return page

        entries = [
            PageEntry("today", lambda: "Today", "house", lambda: Page("Today")),
            PageEntry("settings", lambda: "Settings", "gear", settings_page),
        ]
        return MainWindow(entries, session.office.get().name, session.officer.name)

    def wait_for(self, kind: type[Any]) -> Any:
        """The page of that kind, once it is shown."""
        self.qtbot.waitUntil(lambda: isinstance(self.flow.page, kind), timeout=20_000)
        return self.flow.page

    def until(self, claim: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(claim, timeout=20_000)

    def close(self) -> None:
        self.flow.window.close()
        self.idle_watch.stop()


def a_file_named(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
