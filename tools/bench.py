"""Measures what the program promises, in one run on one machine (`make bench`); docs/measurements.md says how to read it."""

from __future__ import annotations

import gc
import os
import platform
import sys
from collections.abc import Callable, Iterator

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from mikrolaan.i18n import use_language
from mikrolaan.ui.task_runner import TaskRunner
from mikrolaan.ui.theme import apply_theme
from tools.benches import arrears, bank, keeping, lists, paper, plans, start, statement
from tools.benches.figure import Figure, table
from tools.benches.offices import copy_of, office_of, open_session

SIZES = (500, 1_000, 10_000)
BORROWERS = SIZES[-1]
_OFFICES: dict[str, tuple[int, ...]] = {"plans": (), "statement": (), "growth": SIZES}  # of others, the largest alone


def main() -> int:
    """Print every figure beside its goal; a short one is for people to judge, so the status is always 0."""
    chosen = {name: measure for name, measure in _subjects().items() if name in sys.argv[1:] or not sys.argv[1:]}
    for size in sorted({size for name in chosen for size in _OFFICES.get(name, (BORROWERS,))}):
        office_of(size)  # built before anything is measured
    figures: list[Figure] = []
    for name, measure in chosen.items():
        print(f"Measuring {name} …", file=sys.stderr, flush=True)
        gc.freeze()  # as the program does once it is loaded: what is there by now is not searched for garbage
        figures += measure()
    print(f"\n{platform.system()} {platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print(table(figures))
    return 0


def _subjects() -> dict[str, Callable[[], Iterator[Figure]]]:
    """What can be measured alone: `python -m tools.bench lists`."""
    return {
        "start": lambda: start.measure(BORROWERS),
        "lists": _lists,
        "arrears": _arrears,
        "contract": _contract,
        "keeping": _keeping,
        "growth": lambda: keeping.growth(SIZES),
        "plans": plans.engine,
        "statement": statement.measure,
        "slider": _slider,
        "bank": _bank,
    }


def _app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        qInstallMessageHandler(lambda *_told: None)  # the windowless platform talks about itself, which takes time
        app = QApplication([])
        use_language("nb")
        apply_theme(app, "light")
    return app


def _lists() -> Iterator[Figure]:
    app = _app()
    session = open_session(copy_of(BORROWERS, "work"))
    yield from lists.measure(session, app, TaskRunner(app))
    session.close()


def _arrears() -> Iterator[Figure]:
    session = open_session(copy_of(BORROWERS, "work"))
    yield from arrears.measure(session)
    session.close()


def _contract() -> Iterator[Figure]:
    yield from paper.measure(copy_of(BORROWERS, "work"))


def _keeping() -> Iterator[Figure]:
    session = open_session(copy_of(BORROWERS, "work"))
    yield from keeping.payments(session)
    session.close()


def _slider() -> Iterator[Figure]:
    app = _app()
    session = open_session(copy_of(BORROWERS, "work"))
    yield from plans.slider(session, app)
    session.close()


def _bank() -> Iterator[Figure]:
    session = open_session(copy_of(BORROWERS, "work"))
    yield from bank.measure(session)
    session.close()


if __name__ == "__main__":
    sys.exit(main())
