"""How work that takes long tells how far it is, and hears that it is no longer wanted."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]  # (done, total)
Cancelled = Callable[[], bool]  # looked at between items


def no_progress(_done: int, _total: int) -> None:
    """Nobody looks."""


def never() -> bool:
    """Nobody cancels."""
    return False
