"""What the tests of bank files in the window share: how a file is read to its end, and what a cell shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

Open = Callable[..., Any]
LIST = "Dato;Inn;Merknad\n15.02.2026;1.000,00;{reference}\n16.02.2026;;Gebyr\n"


def wait(qtbot: QtBot, tab: Any) -> None:
    qtbot.waitUntil(lambda: tab.task is None, timeout=10_000)


def cell(tab: Any, row: int, column: int) -> str:
    return str(tab.review.model.index(row, column).data())
