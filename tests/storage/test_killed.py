"""A process killed at any moment leaves a file that opens with every acknowledged act in it, and no act in halves."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.offices import PASSWORD
from tests.storage.paying_process import GONE, LINES
from tests.storage.samples import Kept

HOUSE = Path(__file__).resolve().parents[2]
KILLS = 200
LOANS = 12


class Writers:
    """Writers that are started one after another, and killed; what they said they had kept."""

    def __init__(self, kept: Kept, loan_ids: list[UUID]) -> None:
        command = [sys.executable, "-m", "tests.storage.paying_process", str(kept.path), *map(str, loan_ids)]
        self._process = subprocess.Popen(
            command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.acknowledged: dict[str, set[UUID]] = defaultdict(set)

    def kill_one(self, work: str, after: float) -> None:
        """Let a writer work for a moment after the first that it kept, and kill it."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{work}\n")
        words = self._words()
        writer = int(next(words)[1])
        self._note(*next(words))
        time.sleep(after)
        os.kill(writer, signal.SIGKILL)
        for said in words:
            self._note(*said)

    def _words(self) -> Iterator[list[str]]:
        assert self._process.stdout is not None
        while (line := self._process.stdout.readline().strip()) != GONE:
            assert line, "the starter of the writers has ended"
            yield line.split()

    def _note(self, kind: str, record_id: str) -> None:
        self.acknowledged[kind].add(UUID(record_id))

    def close(self) -> None:
        self._process.communicate()


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forked, for starting each anew takes minutes")
def test_killed_two_hundred_times_while_writing_nothing_acknowledged_is_lost_and_nothing_half_done_stays(kept: Kept):
    chance = random.Random(20260105)
    loan_ids = [kept.add_paid_out_loan().id for _ in range(LOANS)]
    kept.file.close()
    writers = Writers(kept, loan_ids)
    for turn in range(KILLS):
        writers.kill_one("imports" if turn % 2 else "payments", chance.uniform(0, 0.05))
        if turn % 40 == 39:
            kept.file = kept.store.open(kept.path, PASSWORD)
            assert kept.file.check() == []
            kept.file.close()
    writers.close()

    kept.file = kept.store.open(kept.path, PASSWORD)
    payments = {payment.id for loan_id in loan_ids for payment in kept.loan(loan_id).journal.payments}
    imports = [row.id for row in kept.file.queries.bank.imports(0, 100_000)]
    with kept.unit(None) as unit:
        imported = {made: {line.entry_id for line in unit.bank_imports.lines(made)} for made in imports}

    assert len(writers.acknowledged["payment"]) > KILLS / 2
    assert writers.acknowledged["payment"] <= payments
    assert len(writers.acknowledged["import"]) > KILLS / 2
    assert writers.acknowledged["import"] <= imported.keys()
    for entries in imported.values():
        assert len(entries) == LINES
        assert entries <= payments
    assert kept.file.check() == []
