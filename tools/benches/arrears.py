"""The list of arrears against the same query by hand, and the portfolio as of a past date."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy.dialects import sqlite

from mikrolaan.domain.portfolio import portfolio_at_risk
from mikrolaan.services.arrears import EVERY
from mikrolaan.services.arrears_rows import ArrearsFilter
from mikrolaan.services.queries import LoanFilter, Order, Slice
from mikrolaan.services.session import Session
from mikrolaan.storage.arrears_queries import arrears_question, question_values
from tools.benches.figure import Figure, at_most, told
from tools.benches.offices import DAY

ROUNDS = 15
GOAL_RATIO = 1.5
GOAL_SECONDS = 2.0
DAYS_BACK = (30, 90, 365)
PAGE = Slice(0, 100)


def measure(session: Session) -> Iterator[Figure]:
    """Both sides of the comparison run in turns, so that the machine disturbs them alike."""
    engine: Any = session.queries._engine  # type: ignore[attr-defined]  # the driver below it is the other side
    loans, overdue = session.queries.count_loans(LoanFilter()), session.arrears.count(ArrearsFilter())
    yield told("loans, of which overdue", f"{loans}, {overdue}")
    for name, part in (("one page", PAGE), ("all of them", EVERY)):
        question = arrears_question(ArrearsFilter(), Order())
        compiled = question.compile(dialect=sqlite.dialect(), compile_kwargs={"render_postcompile": True})
        text = str(compiled)
        given = compiled.construct_params(question_values(DAY, ArrearsFilter(), part))
        values = [_plain(given[key]) for key in compiled.positiontup or ()]
        with engine.connect() as connection:
            cursor = connection.connection.cursor()

            def by_hand(cursor: Any = cursor, text: str = text, values: list[Any] = values) -> object:
                return cursor.execute(text, values).fetchall()

            def by_program(part: Slice = part) -> object:
                return session.queries.arrears(ArrearsFilter(), Order(), part)

            ours, hand = _in_turns(by_program, by_hand)
            cursor.close()
        times = f"{ours * 1000:.3g} ms ÷ {hand * 1000:.3g} ms"
        if part is PAGE:
            yield at_most(f"arrears list, {name}, against the driver", ours / hand, GOAL_RATIO, "×")
        else:
            yield told(f"  arrears list, {name}, against the driver", f"{ours / hand:.3g} ×")
        yield told(f"  arrears list, {name}", times)
    lines, _hand = _in_turns(lambda: session.arrears.page(ArrearsFilter(), Order(), PAGE), lambda: None)
    yield told("  one page with next steps", f"{lines * 1000:.3g} ms")
    for back in DAYS_BACK:
        day = DAY - timedelta(days=back)
        began = time.perf_counter()
        facts = session.portfolio.facts(day, lambda _done, _total: None, lambda: False)
        assert facts is not None
        portfolio_at_risk(facts, 30)
        took = time.perf_counter() - began
        yield at_most(f"PAR {back} days ago, over {loans} loans", took, GOAL_SECONDS, "s")
    began = time.perf_counter()
    session.portfolio.flows(DAY - timedelta(days=364), DAY, lambda _done, _total: None, lambda: False)
    yield told("  what happened in a year, with progress", f"{time.perf_counter() - began:.3g} s")


def _in_turns(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """The best of several rounds of each, in seconds."""
    took: tuple[list[float], list[float]] = ([], [])
    for _round in range(ROUNDS):
        for side, work in enumerate((first, second)):
            began = time.perf_counter()
            work()
            took[side].append(time.perf_counter() - began)
    return min(took[0]), min(took[1])


def _plain(value: object) -> object:
    """A parameter as the driver takes it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
