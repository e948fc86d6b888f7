"""Changes of a rate of late interest beside the window: one after the other, with progress and cancel."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal

from mikrolaan.domain.law_tables import OwnRate
from mikrolaan.i18n import _
from mikrolaan.ui.task_runner import Cancelled, Progress, Task, TaskRunner
from mikrolaan.ui.widgets.progress import ProgressPanel

SHOW_AFTER_MS = 200  # work that is done by then shows no bar

RateAct = Callable[[Progress, Cancelled], OwnRate | None]  # None when cancelled, with nothing changed
Done = Callable[[OwnRate], None]


class Counting:
    """One change under way: what it does, and what it gave."""

    def __init__(self, act: RateAct, done: Done) -> None:
        self.done = done
        self.kept: OwnRate | None = None
        self._act = act

    def work(self, progress: Progress, cancelled: Cancelled) -> None:
        """Called on the worker thread."""
        self.kept = self._act(progress, cancelled)


class CountingPanel(ProgressPanel):
    """Every payment since the rate's first day is settled anew, which takes long in an office with many loans."""

    began = Signal()
    failed = Signal(object)  # the error
    stopped = Signal()  # by the officer, and nothing was changed
    ended = Signal()

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        self._runner = runner
        self._waiting: deque[Counting] = deque()
        self._counting: Counting | None = None
        self._under_way: Task | None = None

    def run(self, act: RateAct, done: Done) -> None:
        """Do it now or, while another change is under way, after that; `done` is told the rate that was kept."""
        self._waiting.append(Counting(act, done))
        if self._counting is None:
            self._begin()

    def _begin(self) -> None:
        counting = self._counting = self._waiting.popleft()
        self.began.emit()
        task = self._under_way = self._runner.submit(counting.work)
        task.failed.connect(self._on_failed)
        task.ended.connect(self._on_ended)
        QTimer.singleShot(SHOW_AFTER_MS, self, lambda: self._show(task))

    def _show(self, task: Task) -> None:
        if task is self._under_way:
            self.follow(task, _("Counting late interest anew…"))

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _on_ended(self) -> None:
        counting, task = self._counting, self._under_way
        self._counting = self._under_way = None
        self.ended.emit()
        if counting is not None and counting.kept is not None:
            counting.done(counting.kept)  # also after a cancel that came too late
        elif task is not None and task.is_cancelled:
            self.stopped.emit()
        if self._waiting and self._counting is None:
            self._begin()
