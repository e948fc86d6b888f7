"""Shows long work: what is done, how much, how long it will take, and Cancel."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from mikrolaan.i18n import _, current_language, ngettext
from mikrolaan.ui.task_runner import Task
from mikrolaan.ui.widgets.basics import button, label

GUESS_AFTER_S = 2.0  # an earlier guess would jump about


class ProgressPanel(QFrame):
    """A card that follows a task and hides when it has ended."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        """`clock` gives seconds from any fixed moment."""
        super().__init__()
        self.setProperty("role", "card")
        self._clock = clock
        self._began = 0.0
        self._task: Task | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(8)
        self.what = label("", "label", wraps=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.count = label("", "caption")
        self.time_left = label("", "caption")
        self.cancel_button = button(_("Cancel"))
        self.cancel_button.clicked.connect(self._on_cancel)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.count)
        row.addWidget(self.time_left)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        layout.addWidget(self.what)
        layout.addWidget(self.bar)
        layout.addLayout(row)
        self.hide()

    def follow(self, task: Task, what: str) -> None:
        """Show how the task goes on; `what` says what is being done."""
        self._task = task
        self._began = self._clock()
        self.what.setText(what)
        self.bar.setAccessibleName(what)
        self.bar.setRange(0, 0)
        self.count.setText("")
        self.time_left.setText("")
        self.cancel_button.setEnabled(True)
        task.progressed.connect(self.show_progress)
        task.ended.connect(self.hide)
        self.show()

    def show_progress(self, done: int, total: int) -> None:
        """Show how many of how many are done, and about how long the rest takes."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        number = current_language().number
        self.count.setText(_("{count} of {total}").format(count=number(done), total=number(total)))
        passed = self._clock() - self._began
        if 0 < done <= total and passed >= GUESS_AFTER_S:
            self.time_left.setText(_time_left(passed / done * (total - done)))

    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self.cancel_button.setEnabled(False)
            self.time_left.setText(_("Stopping…"))


def _time_left(seconds: float) -> str:
    if seconds < 60:
        whole = max(1, round(seconds))
        return ngettext("about {count} second left", "about {count} seconds left", whole).format(count=whole)
    minutes = round(seconds / 60)
    return ngettext("about {count} minute left", "about {count} minutes left", minutes).format(count=minutes)
