"""Opening the list of borrowers, and one keystroke in its search."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from random import Random

from PySide6.QtWidgets import QApplication

from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.ui.borrowers.list_page import BorrowersPage
from mikrolaan.ui.navigation import Destination
from mikrolaan.ui.task_runner import TaskRunner
from tools.benches.figure import Figure, at_most, p95, told
from tools.benches.offices import SEED

GOAL_MS = 50
OPENINGS = 40
TYPED = 40  # queries, each typed letter by letter
MOST_LETTERS = 8


def measure(session: Session, app: QApplication, runner: TaskRunner) -> Iterator[Figure]:
    """Every time ends when the rows are painted; the pause in which typing is awaited is not counted."""
    opened = []
    for _time in range(OPENINGS):
        began = time.perf_counter()
        page = BorrowersPage(session, runner)
        page.resize(1072, 744)
        page.opened(Destination("borrowers"))
        page.show()
        app.processEvents()
        opened.append((time.perf_counter() - began) * 1000)
        page.hide()
    yield at_most("opening the list of borrowers, p95", p95(opened), GOAL_MS, "ms")
    page.show()
    app.processEvents()
    asked = prefixes(session)
    took: dict[str, float] = {}
    for prefix in asked:
        page.search.line.setText(prefix)
        began = time.perf_counter()
        page.refresh()
        app.processEvents()
        took[prefix] = (time.perf_counter() - began) * 1000
    yield at_most(f"one keystroke's search, p95 of {len(asked)}", p95(list(took.values())), GOAL_MS, "ms")
    slowest = max(took, key=lambda prefix: took[prefix])
    yield told("  slowest keystroke", f"{took[slowest]:.3g} ms, a query of {len(slowest)} letters")
    page.close()
    yield from _queries(session)


def _queries(session: Session) -> Iterator[Figure]:
    """What the database alone takes, for each list."""
    questions: dict[str, Callable[[], object]] = {
        "borrowers by name": lambda: session.queries.borrowers("", Order(), Slice(0, 100)),
        "borrowers by outstanding": lambda: session.queries.borrowers("", Order("outstanding", True), Slice(0, 100)),
        "borrowers, last page": lambda: session.queries.borrowers("", Order(), Slice(9900, 100)),
        "loans": lambda: session.queries.loans(LoanFilter(), Order(), Slice(0, 100)),
        "loans by next due": lambda: session.queries.loans(LoanFilter(), Order("next_due_on"), Slice(0, 100)),
        "groups": lambda: session.queries.groups("", Order(), Slice(0, 100)),
    }
    for name, ask in questions.items():
        times = []
        for _time in range(10):
            began = time.perf_counter()
            ask()
            times.append((time.perf_counter() - began) * 1000)
        yield told(f"  query: {name}, p95", f"{p95(times):.3g} ms")


def prefixes(session: Session) -> list[str]:
    """What officers type: names, enterprises and phone numbers of people in the file, letter by letter."""
    count = session.queries.count_borrowers()
    dice = Random(SEED)
    texts: list[str] = []
    for number in range(TYPED):
        row = session.queries.borrowers("", Order("number"), Slice(dice.randrange(count), 1))[0]
        names = row.name.split()
        texts.append(
            (row.name, names[-1], f"{names[-1]} {names[0]}", row.enterprise or row.name, row.phone)[number % 5]
        )
    every = {text[:end] for text in texts for end in range(1, min(len(text), MOST_LETTERS) + 1)}
    return sorted(each for each in every if each.strip())
