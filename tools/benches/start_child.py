"""A program that starts, paints its first window, prints the moment, and ends: a bare window, or Mikrolaan itself."""

from __future__ import annotations

import os
import sys
import time
from typing import Any


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
    from mikrolaan import app as program
    from mikrolaan.cli import main

    make_flow = program.make_flow

    def watched(*arguments: Any) -> Any:
        from PySide6.QtCore import QTimer

        flow = make_flow(*arguments)
        flow.opened.connect(lambda _session: _end_when_painted(flow.main_window.current_page.table.viewport()))  # type: ignore[union-attr]
        QTimer.singleShot(0, lambda: sign_in(flow.page))
        return flow

    def sign_in(page: Any) -> None:
        page.password.set_value(password)
        page.sign_in()

    vars(program)["make_flow"] = watched
    main([path])


def _end_when_painted(viewport: Any) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                QTimer.singleShot(0, _end)
            return False

    viewport.painted = Painted()
    viewport.installEventFilter(viewport.painted)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        office(sys.argv[2], sys.argv[3])
