"""Slow work runs beside the window, one piece at a time, and its answers come back to the main thread."""

from __future__ import annotations

import gc
import threading

from mikrolaan.domain.errors import ConflictError
from mikrolaan.ui import garbage
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.widgets.progress import ProgressPanel


def test_the_answer_arrives_on_the_main_thread(qtbot, runner):
    seen = []
    task = runner.submit(lambda progress, cancelled: threading.get_ident())
    task.finished.connect(lambda worker: seen.append((worker, threading.get_ident())))

    with qtbot.waitSignal(task.ended):
        pass

    (worker, receiver) = seen[0]
    assert worker != threading.main_thread().ident
    assert receiver == threading.main_thread().ident
    assert not runner.is_busy


def test_work_is_done_one_piece_after_the_other(qtbot, runner):
    order = []
    gate = threading.Event()

    def first(progress, cancelled):
        gate.wait(5)
        order.append("first")

    runner.submit(first)
    second = runner.submit(lambda progress, cancelled: order.append("second"))
    with qtbot.waitSignal(second.ended):
        gate.set()

    assert order == ["first", "second"]


def test_a_foreseen_error_is_told_to_the_one_who_asked(qtbot, runner):
    def work(progress, cancelled):
        raise ConflictError

    with qtbot.assertNotEmitted(runner.bug_found):
        task = runner.submit(work)
        with qtbot.waitSignal(task.failed) as failed:
            pass

    assert isinstance(failed.args[0], ConflictError)


def test_an_unforeseen_error_is_also_told_to_the_program(qtbot, runner, caplog):
    task = runner.submit(lambda progress, cancelled: 1 // 0)

    with qtbot.waitSignals([task.failed, runner.bug_found]):
        pass

    assert "A task failed" in caplog.text


def test_progress_is_shown_and_a_cancel_stops_at_the_next_item(qtbot, runner):
    begun, go_on = threading.Event(), threading.Event()
    done = []

    def work(progress, cancelled):
        for item in range(100):
            if cancelled():
                return None
            done.append(item)
            progress(item + 1, 100)
            begun.set()
            go_on.wait(5)
        return "all"

    panel = ProgressPanel()
    qtbot.addWidget(panel)
    task = runner.submit(work)
    panel.follow(task, "Reading the file")
    qtbot.waitUntil(lambda: panel.count.text() == "1 of 100")
    assert begun.is_set()

    with qtbot.assertNotEmitted(task.finished), qtbot.waitSignal(task.ended):
        panel.cancel_button.click()
        go_on.set()

    assert len(done) <= 2
    assert panel.isHidden()


def test_the_time_left_is_guessed_from_what_was_done(qtbot, runner):
    seconds = [0.0]
    panel = ProgressPanel(lambda: seconds[0])
    qtbot.addWidget(panel)
    gate = threading.Event()
    task = runner.submit(lambda progress, cancelled: gate.wait(5))
    panel.follow(task, "Reading the file")

    seconds[0] = 10.0
    panel.show_progress(25, 100)
    assert panel.time_left.text() == "about 30 seconds left"
    seconds[0] = 600.0
    panel.show_progress(50, 100)
    assert panel.time_left.text() == "about 10 minutes left"

    with qtbot.waitSignal(task.ended):
        gate.set()


def test_leaving_the_program_waits_for_the_piece_under_way(qapp):
    runner = TaskRunner(qapp)
    finished = []
    begun = threading.Event()

    def work(progress, cancelled):
        begun.set()
        while not cancelled():
            pass
        finished.append(True)

    runner.submit(work)
    begun.wait(5)
    runner.stop()

    assert finished == [True]


def test_nothing_is_searched_for_garbage_while_a_worker_works_since_it_may_hold_widgets(qtbot, runner):
    assert gc.isenabled()
    seen = []
    for _ in range(3):
        runner.submit(lambda progress, cancelled: seen.append(gc.isenabled()))

    qtbot.waitUntil(lambda: not runner.is_busy)

    assert seen == [False, False, False]
    assert gc.isenabled()


def test_a_runner_that_is_stopped_leaves_garbage_searched_for(runner):
    runner.submit(lambda progress, cancelled: None)
    assert not gc.isenabled()

    runner.stop()

    assert gc.isenabled()


def test_a_search_that_is_wanted_again_waits_until_no_worker_works(qtbot, runner):
    gc.disable()
    try:
        runner.submit(lambda progress, cancelled: None)
        garbage.search_again()
        assert not gc.isenabled()

        qtbot.waitUntil(lambda: not runner.is_busy)

        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
