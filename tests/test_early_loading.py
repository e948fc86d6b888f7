"""Loading while the password is typed: nothing is loaded before it must be, no error is lost, closing never waits in vain."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mikrolaan import early_loading
from mikrolaan.early_loading import load_early
from mikrolaan.ui.task_runner import TaskRunner
from tests.offices import TestOffice

ROOT = Path(__file__).resolve().parents[1]
CLOSES_AT_ONCE = """
import sys
from PySide6.QtCore import QTimer
from mikrolaan import app
make_flow = app.make_flow
def watched(*arguments):
    flow = make_flow(*arguments)
    def seen():
        heavy = {"sqlalchemy", "argon2", "cryptography", "reportlab", "mikrolaan.domain.loan"}
        print("loaded:", sorted(heavy & set(sys.modules)), flow.page.password.line.isEnabled())
        QTimer.singleShot(0, flow.window.close)
    flow.window.first_painted.connect(seen)
    return flow
app.make_flow = watched
from mikrolaan.cli import main
sys.exit(main([sys.argv[1]]))
"""


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[TaskRunner]:
    runner = TaskRunner(qapp)
    yield runner
    runner.stop()
    runner.deleteLater()
    QCoreApplication.sendPostedEvents(runner, QEvent.Type.DeferredDelete.value)  # what waits its turn ends with it
    gc.unfreeze()


def test_everything_named_can_be_loaded_and_garbage_is_collected_again(qtbot: QtBot, runner: TaskRunner) -> None:
    gc.disable()

    task = load_early(runner)
    with qtbot.waitSignal(task.ended):
        pass
    qtbot.waitUntil(lambda: set(early_loading.BESIDE + early_loading.IN_TURN) <= set(sys.modules))

    assert gc.isenabled()


def test_a_module_that_cannot_be_loaded_beside_is_told_as_a_bug(
    qtbot: QtBot, runner: TaskRunner, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(early_loading, "BESIDE", ("mikrolaan.not_there",))
    gc.disable()

    with qtbot.waitSignal(runner.bug_found) as told:
        load_early(runner)
    caplog.clear()  # the log tells it too, as it should

    assert isinstance(told.args[0], ModuleNotFoundError)
    qtbot.waitUntil(gc.isenabled)


def test_a_page_that_cannot_be_loaded_in_its_turn_is_told_as_a_bug(
    qtbot: QtBot, runner: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early_loading, "BESIDE", ())
    monkeypatch.setattr(early_loading, "IN_TURN", ("json", "mikrolaan.ui.not_there"))

    with qtbot.captureExceptions() as uncaught:
        load_early(runner)
        qtbot.waitUntil(lambda: bool(uncaught))

    assert [kind for kind, _error, _trace in uncaught] == [ModuleNotFoundError]


def test_closing_ends_the_loading_at_the_next_module(
    qtbot: QtBot, runner: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def load(name: str) -> None:
        loaded.append(name)
        task.cancel()

    monkeypatch.setattr(early_loading, "import_module", load)
    monkeypatch.setattr(early_loading, "BESIDE", ("first", "second"))
    monkeypatch.setattr(early_loading, "IN_TURN", ("third",))
    may_begin = threading.Event()  # so that `task` has its name before the loading begins
    runner.submit(lambda _progress, _cancelled: may_begin.wait())
    task = load_early(runner)
    with qtbot.waitSignal(task.ended):
        may_begin.set()

    assert loaded == ["first"]


def test_sign_in_is_seen_before_the_heavy_parts_are_loaded_and_may_be_closed_at_once(
    office: TestOffice, tmp_path: Path
) -> None:
    office.session.close()
    places = {name: str(tmp_path) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}

    ran = subprocess.run(
        [sys.executable, "-c", CLOSES_AT_ONCE, str(office.path)],
        env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ran.returncode, ran.stdout) == (0, "loaded: [] True\n"), ran.stderr
    assert "Traceback" not in ran.stderr
