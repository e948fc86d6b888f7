"""When something happens that nobody foresaw: one dialog, work kept, and a report that can be saved."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, qVersion
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from mikrolaan import __version__
from mikrolaan.i18n import _
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.dialogs import Dialog, ask_where_to_save

log = logging.getLogger(__name__)


def bug_report(error: BaseException) -> str:
    """Versions and the places in the program, without the error's own words: they may hold names or amounts."""
    lines = [
        f"Mikrolaan {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()} {platform.release()}",
        "",
    ]
    chain: BaseException | None = error
    while chain is not None:
        lines.append(f"{type(chain).__module__}.{type(chain).__qualname__}")
        frames = traceback.extract_tb(chain.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        chain = chain.__cause__ or chain.__context__
    return "\n".join(lines) + "\n"


class BugDialog(Dialog):
    """Says that the program erred and that the records are safe; offers to save the report."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(
            parent,
            _("Something went wrong inside the program"),
            _(
                "Nothing was saved half, and you can go on working. Save the report and send it to those who look "
                "after the program; it holds no names, numbers or amounts."
            ),
        )
        self._report = bug_report(error)
        shown = QPlainTextEdit(self._report)
        shown.setReadOnly(True)
        shown.setAccessibleName(_("Report"))
        shown.setTabChangesFocus(True)
        self.body.addWidget(shown)
        self.save_button = self.add_button(_("Save the report…"))
        self.save_button.clicked.connect(self._on_save)
        self.go_on_button = self.add_button(_("Go on working"), "primary")
        self.go_on_button.clicked.connect(self.accept)

    def _on_save(self) -> None:
        proposed = Path.home() / "mikrolaan-report.txt"
        path = ask_where_to_save(self, _("Save the report"), proposed, _("Text"), ".txt")
        if path is None:
            return
        try:
            path.write_text(self._report, encoding="utf-8")
        except OSError:
            self.text.setText(_("The report could not be written there. Choose another folder."))
        else:
            self.save_button.setText(_("Saved"))
            self.save_button.setEnabled(False)


class BugCatcher(QObject):
    """Shows one dialog for an error nobody foresaw, whichever way it came; never two at once."""

    def __init__(self, app: QApplication, runner: TaskRunner | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._is_showing = False
        sys.excepthook = self._on_uncaught
        if runner is not None:
            runner.bug_found.connect(self.show_bug)

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        log.error("An error that nobody foresaw", exc_info=(kind, error.with_traceback(trace), trace))
        QTimer.singleShot(0, self, lambda: self.show_bug(error))

    def show_bug(self, error: BaseException) -> None:
        """The dialog for one error."""
        if self._is_showing:
            return
        self._is_showing = True
        try:
            BugDialog(error, self._app.activeWindow()).exec()
        finally:
            self._is_showing = False
