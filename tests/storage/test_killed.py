"""A process killed at any moment leaves a file that opens with every acknowledged act in it, and no act in halves."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.follow_up import StepKind, StepTaken
from mikrolaan.domain.journal import Fee
from mikrolaan.services.arrears import StepWaits
from mikrolaan.services.letters import KIND_OF
from mikrolaan.services.rows import DocumentRow
from mikrolaan.services.session import Session
from tests.guaranteeing import bound
from tests.offices import PASSWORD
from tests.storage.paying_process import GONE, LINES, PAID_ON, print_plainly
from tests.storage.samples import Kept

HOUSE = Path(__file__).resolve().parents[2]
KILLS = 200
LOANS = 12
LATE_LOANS = 40
GUARANTEED_LOANS = 24
LETTERS = {  # on each of these days every late loan is sent one, whatever was killed between
    StepKind.REMINDER: date(2026, 3, 2),
    StepKind.NOTICE: date(2026, 4, 7),
    StepKind.DEMAND: date(2026, 5, 11),
}


class Writers:
    """Writers that are started one after another, and killed; what they said they had kept."""

    def __init__(self, kept: Kept, loan_ids: list[UUID]) -> None:
        command = [sys.executable, "-m", "tests.storage.paying_process", str(kept.path), *map(str, loan_ids)]
        self._process = subprocess.Popen(
            command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.acknowledged: dict[str, set[UUID]] = defaultdict(set)

    def kill_one(self, work: str, after: float, day: date = PAID_ON, *, of_the_first: bool = False) -> None:
        """Let a writer work for so many seconds after the first that it kept, and kill it.

        Or `of_the_first`: for that share of the time that the first took, so that a slow machine gets as far.
        """
        assert self._process.stdin is not None
        began = time.monotonic()
        self._process.stdin.write(f"{work} {day}\n")
        words = self._words()
        writer = int(next(words)[1])
        self._note(*next(words))
        time.sleep(after * (time.monotonic() - began) if of_the_first else after)
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


FORKS = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the writers are forked, for starting each anew takes minutes"
)


@pytest.mark.slow
@pytest.mark.timeout(300)
@FORKS
def test_killed_two_hundred_times_while_writing_nothing_acknowledged_is_lost_and_nothing_half_done_stays(kept: Kept):
    chance = random.Random(20260105)
    loan_ids = [kept.add_paid_out_loan().id for _ in range(LOANS)]
    kept.file.close()
    writers = Writers(kept, loan_ids)
    for turn in range(KILLS):
        writers.kill_one("imports" if turn % 2 else "payments", chance.uniform(0, 1), of_the_first=True)
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


def steps_of(kept: Kept, loan_id: UUID) -> Sequence[StepTaken]:
    with kept.unit(None) as unit:
        return unit.follow_up.steps_of(loan_id)


def letters_of(kept: Kept, loan_id: UUID) -> dict[UUID, DocumentRow]:
    return {row.id: row for row in kept.file.queries.documents(loan_id=loan_id) if row.kind in KIND_OF.values()}


def assert_every_letter_is_whole(kept: Kept, loan_id: UUID) -> None:
    """A letter of each kind, each with its own step, pages and fee, and no step, pages or fee beside them."""
    steps, letters = steps_of(kept, loan_id), letters_of(kept, loan_id)
    fees = [entry for entry in kept.loan(loan_id).journal.entries if isinstance(entry, Fee)]
    assert [(step.kind, step.on) for step in steps] == list(LETTERS.items())
    assert [letters[step.document_id].kind for step in steps if step.document_id] == [KIND_OF[kind] for kind in LETTERS]
    assert len(letters) == len(LETTERS)
    assert [fee.id for fee in fees] == [step.fee_entry_id for step in steps if step.fee_entry_id]
    assert [(fee.on, fee.note) for fee in fees] == [
        (step.on, letters[step.document_id].number) for step in steps if step.fee_entry_id and step.document_id
    ]
    assert fees


@pytest.mark.slow
@pytest.mark.timeout(120)
@FORKS
def test_a_run_of_letters_killed_thirty_times_sends_every_letter_once_with_its_step_and_its_fee(kept: Kept):
    chance = random.Random(20260302)
    loan_ids = [kept.add_paid_out_loan().id for _ in range(LATE_LOANS)]
    kept.file.close()
    writers = Writers(kept, loan_ids)
    for letters_so_far, (kind, day) in enumerate(LETTERS.items(), start=1):
        writers.acknowledged.clear()
        for _ in range(10):
            writers.kill_one("letters", chance.uniform(0, 0.03), day)
        kept.clock.day = day
        kept.file = kept.store.open(kept.path, PASSWORD)
        session = Session(kept.file, print_plainly)
        sent_before = {loan_id for loan_id in loan_ids if len(steps_of(kept, loan_id)) == letters_so_far}
        assert writers.acknowledged["letter"] <= sent_before
        assert sent_before < set(loan_ids)  # or no kill met a run that still had letters to send
        assert kept.file.check() == []

        rest = session.letters.send(loan_ids, lambda _done, _total: None, lambda: False)

        assert {document.loan_id for document in rest.documents} == set(loan_ids) - sent_before
        assert {loan_id for loan_id, _error in rest.problems} == sent_before
        assert all(isinstance(error, StepWaits) for _loan_id, error in rest.problems)
        for loan_id in loan_ids:
            assert steps_of(kept, loan_id)[-1].kind is kind
        kept.file.close()
    writers.close()

    kept.file = kept.store.open(kept.path, PASSWORD)
    for loan_id in loan_ids:
        assert_every_letter_is_whole(kept, loan_id)
    every = [letter for loan_id in loan_ids for letter in letters_of(kept, loan_id).values()]
    for kind in LETTERS:
        numbers = sorted(int(row.number.rpartition("-")[2]) for row in every if row.kind is KIND_OF[kind])
        assert numbers == list(range(1, LATE_LOANS + 1))  # none is missing, none was given twice
    assert kept.file.check() == []


@pytest.mark.slow
@pytest.mark.timeout(120)
@FORKS
def test_a_run_with_notices_killed_fifteen_times_tells_every_guarantor_once_with_the_letter_kept(kept: Kept):
    chance = random.Random(20260416)
    loan_ids = [kept.add_paid_out_loan().id for _ in range(GUARANTEED_LOANS)]
    guarantors = [bound(loan_id=loan_id) for loan_id in loan_ids]
    with kept.unit() as unit:
        for guarantor in guarantors:
            unit.guarantors.add(guarantor)
        unit.commit()
    kept.file.close()
    writers = Writers(kept, loan_ids)
    day = kept.clock.day = date(2026, 4, 16)
    for _ in range(15):
        writers.kill_one("notices", chance.uniform(0, 0.03), day)
    writers.close()
    kept.file = kept.store.open(kept.path, PASSWORD)
    session = Session(kept.file, print_plainly)
    left = {one.to.guarantor_id for one in session.notices.to_tell(loan_ids)}
    assert writers.acknowledged["notice"].isdisjoint(left)
    assert kept.file.check() == []

    people = [one.to for one in session.notices.to_tell(loan_ids)]
    rest = session.letters.send(loan_ids, lambda _done, _total: None, lambda: False, people)

    assert rest.documents  # or no kill met a run that still had something to send
    assert session.notices.to_tell(loan_ids) == []
    numbers = []
    for loan_id, guarantor in zip(loan_ids, guarantors, strict=True):
        papers = kept.file.queries.documents(loan_id=loan_id)
        letters = [row for row in papers if row.kind is DocumentKind.GUARANTOR_NOTICE]
        with kept.unit(None) as unit:
            notices = unit.guarantors.notices_of(loan_id)
        assert len(letters) == 1
        assert [(one.guarantor_id, one.on, one.document_id) for one in notices] == [(guarantor.id, day, letters[0].id)]
        assert [step.kind for step in steps_of(kept, loan_id)] == [StepKind.REMINDER]
        numbers.append(int(letters[0].number.rpartition("-")[2]))
    assert sorted(numbers) == list(range(1, GUARANTEED_LOANS + 1))  # none is missing, none was given twice
    assert kept.file.check() == []
