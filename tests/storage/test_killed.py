"""A process killed at any moment leaves a file that opens with every acknowledged act in it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest

from tests.offices import PASSWORD
from tests.storage.samples import Kept

HOUSE = Path(__file__).resolve().parents[2]
KILLS = 50


def a_writer(kept: Kept, loan_ids: list[UUID]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.paying_process", str(kept.path), *map(str, loan_ids)]
    return subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_killed_fifty_times_while_writing_nothing_acknowledged_is_lost(kept: Kept):
    chance = random.Random(20260105)
    loan_ids = [kept.add_paid_out_loan().id for _ in range(8)]
    kept.file.close()
    acknowledged: set[UUID] = set()
    for turn in range(KILLS):
        with a_writer(kept, loan_ids) as writer:
            assert writer.stdout is not None
            heard = writer.stdout.readline()
            time.sleep(chance.uniform(0, 0.06))
            writer.kill()
            said, _ = writer.communicate()
        # What stands after the last end of line was cut off, so it was not acknowledged.
        acknowledged |= {UUID(line) for line in (heard + said).split("\n")[:-1]}
        if turn % 10 == 9:
            kept.reopen()
            assert kept.file.check() == []
            kept.file.close()

    kept.file = kept.store.open(kept.path, PASSWORD)
    found = {payment.id for loan_id in loan_ids for payment in kept.loan(loan_id).journal.payments}

    assert len(acknowledged) > 2 * KILLS
    assert acknowledged <= found
    assert kept.file.check() == []
