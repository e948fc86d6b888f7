"""Takes the pictures, and notes what a machine can see is wrong with them."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QPoint, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tools.pictures.fitting import what_does_not_fit

MODAL_MS = 80  # a dialog is drawn so long after it was opened
HARMLESS = ("This plugin does not support", "QStandardPaths: ")  # Qt's windowless platform about itself


class Camera:
    """Writes numbered pictures into one folder; collects findings (to be looked at) and failures (never right)."""

    def __init__(self, folder: Path, settle: Callable[[], None], only: Callable[[str], bool] | None = None) -> None:
        """`settle` lets the program finish what is under way; `only` says which pictures are wanted."""
        self._folder = folder
        self._settle = settle
        self._only = only
        self._number = 0
        self.findings: list[str] = []
        self.failures: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)

    def shoot(self, name: str, window: QWidget, over: QWidget | None = None) -> None:
        """Draw the window, with a dialog lying over it where there is one."""
        self._number += 1
        self._settle()
        if self._only is not None and not self._only(name):
            return
        picture = window.grab()
        if over is not None:
            picture = _with_dialog(picture, over)
        path = self._folder / f"{self._number:02d}-{name}.png"
        if not picture.save(str(path)):
            raise OSError(path)
        self.findings += [f"{self._folder.name}/{path.name}: {told}" for told in what_does_not_fit(over or window)]

    @contextmanager
    def watching(self, what: str) -> Iterator[None]:
        """Note as a failure whatever is raised meanwhile, so that the tour goes on."""
        try:
            yield
        except Exception:  # noqa: BLE001 - a page that raises is what this tool is to find
            self.failures.append(f"{self._folder.name}, {what}: {traceback.format_exc()}")
            close_dialogs()

    def shoot_dialog(self, name: str, window: QWidget, open_it: Callable[[], object], prepare: Prepare = None) -> None:
        """Open a modal dialog, draw it over its window, and cancel it."""
        problems: list[str] = []
        waiting = QTimer(window)  # for a dialog that keeps its own loop until it is closed
        waiting.setSingleShot(True)

        def look() -> None:
            waiting.stop()
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog):
                problems.append("no dialog opened")
                return
            try:
                if prepare is not None:
                    prepare(dialog)
                self.shoot(name, window, dialog)
            except Exception:  # noqa: BLE001 - inside Qt's loop it would be lost
                problems.append(traceback.format_exc())
            finally:
                dialog.reject()

        waiting.timeout.connect(look)
        waiting.start(MODAL_MS)
        open_it()
        if waiting.isActive():
            look()
        waiting.deleteLater()
        self._settle()
        self.failures += [f"{self._folder.name}, {name}: {problem}" for problem in problems]


Prepare = Callable[[QDialog], object] | None


class Eavesdropper(logging.Handler):
    """Hears what Qt, the program's log and slots that raise would only print."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []
        logging.getLogger().addHandler(self)
        qInstallMessageHandler(self._on_qt)
        sys.excepthook = self._on_raised

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"log: {record.getMessage()}")

    def _on_qt(self, kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg and not message.startswith(HARMLESS):
            self.heard.append(f"Qt: {message}")

    def _on_raised(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.heard.append("raised: " + "".join(traceback.format_exception(kind, error, trace)))


def close_dialogs() -> None:
    """Let no dialog stand over what is drawn next."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()


def _with_dialog(window: QPixmap, dialog: QWidget) -> QPixmap:
    """The dialog in the middle of the dimmed window, as a desktop shows it."""
    drawn = dialog.grab()
    ratio = window.devicePixelRatio()
    painter = QPainter(window)
    painter.fillRect(0, 0, round(window.width() / ratio), round(window.height() / ratio), QColor(0, 0, 0, 70))
    left = (window.width() - drawn.width()) / ratio / 2
    top = max(0.0, (window.height() - drawn.height()) / ratio / 2)
    painter.drawPixmap(QPoint(round(left), round(top)), drawn)
    painter.end()
    return window
