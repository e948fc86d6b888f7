"""Runs slow work beside the window, one piece at a time, with progress and cancel; answers arrive on the main thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal

from mikrolaan.domain.errors import MikrolaanError
from mikrolaan.ui import garbage

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]  # (done, total)
Cancelled = Callable[[], bool]
Work = Callable[[Progress, Cancelled], object]


class Task(QObject):
    """One piece of work under way. Its signals are emitted on the main thread; after `cancel` only `ended` comes."""

    finished = Signal(object)  # what the work returned
    failed = Signal(object)  # the error it raised
    progressed = Signal(int, int)  # done, total
    ended = Signal()  # after finished, failed or a cancel: nothing more comes
    _reported = Signal(object, object)  # from the worker thread: result, error
    _counted = Signal(int, int)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._cancel = threading.Event()
        self.is_over = False
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)
        self._counted.connect(self._on_counted, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Ask the work to stop at its next item; its result is thrown away."""
        self._cancel.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether the officer asked to stop."""
        return self._cancel.is_set()

    def run(self) -> None:
        """Do the work (called on the worker thread)."""
        result: object = None
        error: Exception | None = None
        try:
            if not self.is_cancelled:
                result = self._work(self._counted.emit, self._cancel.is_set)
        except Exception as raised:  # noqa: BLE001 - whatever it is, it belongs to the one who asked for the work
            error = raised
        self._reported.emit(result, error)

    def _on_counted(self, done: int, total: int) -> None:
        if not self.is_cancelled:
            self.progressed.emit(done, total)

    def _on_reported(self, result: object, error: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, MikrolaanError):
            log.error("A task failed", exc_info=error)
        if not self.is_cancelled:
            if error is None:
                self.finished.emit(result)
            else:
                self.failed.emit(error)
        self.is_over = True
        self.ended.emit()


class _Job(QRunnable):
    def __init__(self, task: Task) -> None:
        super().__init__()
        self._task = task

    def run(self) -> None:
        self._task.run()


class TaskRunner(QObject):
    """One worker thread, owned by the application, so that work on the office file is serial."""

    bug_found = Signal(object)  # an error that nobody foresaw

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._tasks: set[Task] = set()
        app.aboutToQuit.connect(self.stop)

    def submit(self, work: Work) -> Task:
        """Queue a callable that takes (progress, cancelled) and touches no widget."""
        task = Task(work, self)
        self._tasks.add(task)
        garbage.work_begins()
        task.failed.connect(self._on_failed)
        task.ended.connect(lambda: self._forget(task))
        self._pool.start(_Job(task))
        return task

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way or waiting."""
        return bool(self._tasks)

    def stop(self) -> None:
        """Cancel everything and wait until the piece under way has come to its end."""
        for task in self._tasks:
            task.cancel()
        self._pool.waitForDone()
        for task in [*self._tasks]:
            self._forget(task)

    def _on_failed(self, error: object) -> None:
        if not isinstance(error, MikrolaanError):
            self.bug_found.emit(error)

    def _forget(self, task: Task) -> None:
        if task not in self._tasks:
            return  # the runner was stopped before the task could say that it is over
        self._tasks.remove(task)
        garbage.work_is_over()
        task.deleteLater()
