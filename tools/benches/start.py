"""From the start of the process to the first painted list, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mikrolaan.example.build import PASSWORD
from mikrolaan.storage.keys import KeyCost, read_keys
from mikrolaan.storage.office_file import OfficeFileStore
from tools.benches.figure import Figure, at_most, median, seconds_of, told
from tools.benches.offices import FOLDER, ROOT, copy_of
from tools.compile_catalogue import main as compile_catalogues

RUNS = 9
GOAL = 4.0
PAUSE_MS = 1500  # less than anybody needs to type a password
CHEAP = KeyCost(memory_kib=8, passes=1, lanes=1)


@dataclass(frozen=True, slots=True)
class _Start:
    """Seconds of one start: to the sign-in page that takes keys, and from the sent password to the painted list."""

    to_sign_in: float
    to_list: float

    @property
    def both(self) -> float:
        return self.to_sign_in + self.to_list


def measure(borrowers: int) -> Iterator[Figure]:
    """Whole processes in turn, the first of each thrown away, medians compared."""
    path = copy_of(borrowers, "start")
    compile_catalogues()  # as `make run` and the installer do
    full = read_keys(path).slots[0]
    derivation = median([seconds_of(lambda: full.open(PASSWORD)) for _run in range(5)])
    _cheapen(path)
    bare, typed, at_once = [], [], []
    for _run in range(RUNS + 1):
        bare.append(_bare())
        typed.append(_office(path, PAUSE_MS))
        at_once.append(_office(path, 0))
    yield from _compared(bare[1:], typed[1:], at_once[1:], f"list of {borrowers:_}".replace("_", " "))
    yield told("  password derivation, wanted to be slow", f"{derivation * 1000:.0f} ms")


def _compared(bare: list[float], typed: list[_Start], at_once: list[_Start], shown: str) -> Iterator[Figure]:
    least = median(bare)
    parts = {
        "start to sign-in page that takes keys": [start.to_sign_in for start in typed],
        f"password sent to {shown}, after {PAUSE_MS / 1000:g} s of typing": [start.to_list for start in typed],
        f"start to {shown}, both together": [start.both for start in typed],
        f"start to {shown}, nobody typing in between": [start.both for start in at_once],
    }
    for name, times in parts.items():
        yield at_most(f"{name} ÷ bare window", median(times) / least, GOAL, "×")
        yield told("  derivation excluded", f"{median(times) * 1000:.0f} ms (fastest {min(times) * 1000:.0f})")
    yield told("  bare PySide6 window", f"{least * 1000:.0f} ms (fastest {min(bare) * 1000:.0f})")


def _cheapen(path: Path) -> None:
    """Give the copy a password that costs nothing to try, so that the derivation is not in the figure."""
    file = OfficeFileStore(cost=CHEAP).open(path, PASSWORD)
    file.change_password(PASSWORD, PASSWORD)
    file.close()


def _bare() -> float:
    began, moments = _moments("bare")
    return moments[0] - began


def _office(path: Path, pause_ms: int) -> _Start:
    began, (takes_keys, sent, painted) = _moments("office", str(path), PASSWORD, str(pause_ms))
    return _Start(takes_keys - began, painted - sent)


def _moments(*arguments: str) -> tuple[float, list[float]]:
    """When a process began, and the moments it tells."""
    settings = FOLDER / "settings"
    environment = {
        **{name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "LANG": "nb_NO.UTF-8",
        "LC_ALL": "nb_NO.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(settings),
        "XDG_CONFIG_HOME": str(settings),
        "XDG_DATA_HOME": str(settings),
        "XDG_STATE_HOME": str(settings),
    }
    began = time.time()
    ran = subprocess.run(
        [sys.executable, "-m", "tools.benches.start_child", *arguments],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return began, [float(line) for line in ran.stdout.splitlines()]
