"""What a measurement gives, how times are taken, and the table in which all are printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    measured: str
    goal: str = ""
    is_reached: bool | None = None  # None: told beside the others, without a goal

    @property
    def verdict(self) -> str:
        """What stands in the last column."""
        return {True: "ok", False: "SHORT", None: ""}[self.is_reached]


def at_most(name: str, value: float, limit: float, unit: str) -> Figure:
    """A figure that must not be larger than its goal."""
    return Figure(name, f"{value:.3g} {unit}", f"≤ {limit:g} {unit}", value <= limit)


def at_least(name: str, value: float, limit: float, unit: str) -> Figure:
    """A figure that must not be smaller than its goal."""
    return Figure(name, f"{value:.3g} {unit}", f"≥ {limit:g} {unit}", value >= limit)


def told(name: str, text: str) -> Figure:
    """A figure without a goal."""
    return Figure(name, text)


def seconds_of(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def fastest(work: Callable[[], object], times: int, repeat: int = 5) -> float:
    """Seconds per call: the best of several rounds, the one least disturbed by the machine."""
    return min(seconds_of(lambda: [work() for _n in range(times)]) for _round in range(repeat)) / times


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that nineteen of twenty do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def table(figures: Sequence[Figure]) -> str:
    """All figures in columns."""
    rows = [("figure", "measured", "goal", ""), *((f.name, f.measured, f.goal, f.verdict) for f in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])
