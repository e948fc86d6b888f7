"""A program that starts, paints its first window, prints the moment, and ends: a bare window, or Mikrolaan itself."""

from __future__ import annotations

import os
import sys
import time


def _end() -> None:
    print(time.time(), flush=True)
    os._exit(0)  # how long ending takes is not asked


def bare() -> None:
    """The least that PySide6 needs to show a window with a word in it."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    app = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Mikrolaan"))
    window.resize(1280, 800)
    window.show()
    app.processEvents()  # the window is painted here
    QTimer.singleShot(0, _end)
    app.exec()


def office(path: str, password: str) -> None:
    """From the program's own entrance over signing in to the painted list of borrowers."""
    from pathlib import Path

    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    from mikrolaan.app import make_flow, office_files
    from mikrolaan.ui.task_runner import TaskRunner

    class Painted(QObject):
        """Ends the program after the first time that a list with rows was painted."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, _end)
            return False

    app = QApplication(sys.argv[:1])
    runner = TaskRunner(app)
    flow = make_flow(runner, office_files())
    painted = Painted()

    def on_opened(_session: object) -> None:
        page = flow.main_window.current_page if flow.main_window is not None else None
        page.table.viewport().installEventFilter(painted)  # type: ignore[union-attr]  # the list is the first page

    flow.opened.connect(on_opened)
    flow.start(Path(path))
    page = flow.page
    page.password.set_value(password)  # type: ignore[union-attr]  # a path leads to the sign-in page
    page.sign_in()  # type: ignore[union-attr]
    app.exec()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        office(sys.argv[2], sys.argv[3])
