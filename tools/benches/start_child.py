"""A program that starts, tells the moments at which its windows are painted, and ends: a bare window, or Mikrolaan itself."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any


def _tell() -> None:
    print(time.time(), flush=True)


def _end() -> None:
    _tell()
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


def office(path: str, password: str, pause_ms: int) -> None:
    """The program's own entrance; tells when sign-in takes keys, when the password is sent, and when the list is painted."""
    from mikrolaan import app as program
    from mikrolaan.cli import main

    make_flow = program.make_flow

    def watched(*arguments: Any) -> Any:
        from PySide6.QtCore import QTimer

        flow = make_flow(*arguments)
        QTimer.singleShot(0, lambda: at_the_door(flow.page))
        flow.opened.connect(lambda _session: _when_painted(flow.main_window.current_page.table.viewport(), _end))  # type: ignore[union-attr]
        return flow

    def at_the_door(page: Any) -> None:
        _when_painted(page.password.line, lambda: type_password(page))

    def type_password(page: Any) -> None:
        from PySide6.QtCore import QTimer

        _type(page.password.line, password)
        _tell()
        QTimer.singleShot(pause_ms, lambda: send(page))

    def send(page: Any) -> None:
        _tell()
        page.sign_in()

    vars(program)["make_flow"] = watched
    main([path])


def _type(line: Any, text: str) -> None:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    for sign in text:
        QApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign))
    if line.text() != text:
        raise RuntimeError("the sign-in page took no keys")


def _when_painted(widget: Any, then: Callable[[], None]) -> None:
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Painted(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                widget.removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    widget.painted = Painted()
    widget.installEventFilter(widget.painted)
    widget.update()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        office(sys.argv[2], sys.argv[3], int(sys.argv[4]))
