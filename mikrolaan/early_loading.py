"""Loads what an open office needs while the officer types the password, so that neither has to wait for the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from mikrolaan.ui import garbage
from mikrolaan.ui.task_runner import Cancelled, Progress, Task, TaskRunner

# In the worker thread, where opening the file waits its turn: the database, passwords and lending itself.
BESIDE = (
    "mikrolaan.storage.office_file",
    "argon2.low_level",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "sqlalchemy.dialects.sqlite",
    "mikrolaan.services.session",
)
# In the window's own thread, where everything of Qt belongs: one at a time, and keys are heard in between.
IN_TURN = (
    "mikrolaan.ui.error_texts",
    "mikrolaan.ui.main_window",
    "mikrolaan.ui.borrowers",
    "mikrolaan.ui.loans",
    "mikrolaan.ui.groups",
    "mikrolaan.ui.calculator",
    "mikrolaan.ui.products",
    "mikrolaan.ui.words",
    "mikrolaan.ui.widgets.table",
    "mikrolaan.ui.borrowers.list_page",
)


def load_early(runner: TaskRunner) -> Task:
    """Begin loading. A module that cannot be loaded is told like any bug, and closing the window ends it at once.

    Until the worker has done its part nothing is searched for garbage: modules stay to the end.
    """
    task = runner.submit(_load_beside)
    task.finished.connect(lambda _none: _load_in_turn(iter(IN_TURN), runner))
    task.ended.connect(garbage.search_again)
    return task


def _load_beside(_progress: Progress, is_cancelled: Cancelled) -> None:
    for name in BESIDE:
        if is_cancelled():
            return
        import_module(name)


def _load_in_turn(names: Iterator[str], context: QObject) -> None:
    name = next(names, None)
    if name is not None:
        import_module(name)
        QTimer.singleShot(0, context, partial(_load_in_turn, names, context))
