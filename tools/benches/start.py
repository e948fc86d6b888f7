"""From the start of the process to the first painted list, against a bare PySide6 window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from mikrolaan.example.build import PASSWORD
from mikrolaan.storage.keys import KeyCost, read_keys
from mikrolaan.storage.office_file import OfficeFileStore
from tools.benches.figure import Figure, at_most, median, seconds_of, told
from tools.benches.offices import FOLDER, ROOT, copy_of
from tools.compile_catalogue import main as compile_catalogues

RUNS = 9
GOAL = 4.0
CHEAP = KeyCost(memory_kib=8, passes=1, lanes=1)


def measure(borrowers: int) -> Iterator[Figure]:
    """Whole processes in turn, the first of each thrown away, medians compared."""
    path = copy_of(borrowers, "start")
    compile_catalogues()  # as `make run` and the installer do
    full = read_keys(path).slots[0]
    derivation = median([seconds_of(lambda: full.open(PASSWORD)) for _run in range(5)])
    _cheapen(path)
    bare: list[float] = []
    whole: list[float] = []
    for _run in range(RUNS + 1):
        bare.append(_seconds("bare"))
        whole.append(_seconds("office", str(path), PASSWORD))
    own, theirs = median(whole[1:]), median(bare[1:])
    yield at_most(f"start to list of {borrowers:_} ÷ bare window".replace("_", " "), own / theirs, GOAL, "×")
    yield told("  start, password derivation excluded", f"{own * 1000:.0f} ms (fastest {min(whole) * 1000:.0f})")
    yield told("  bare PySide6 window", f"{theirs * 1000:.0f} ms (fastest {min(bare) * 1000:.0f})")
    yield told("  password derivation, wanted to be slow", f"{derivation * 1000:.0f} ms")


def _cheapen(path: Path) -> None:
    """Give the copy a password that costs nothing to try, so that the derivation is not in the figure."""
    file = OfficeFileStore(cost=CHEAP).open(path, PASSWORD)
    file.change_password(PASSWORD, PASSWORD)
    file.close()


def _seconds(*arguments: str) -> float:
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
    return float(ran.stdout.splitlines()[-1]) - began
