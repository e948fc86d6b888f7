"""A process that starts writers one after another: each enters payments, bank files or letters until it is killed.

The writers are forked, so that what takes long, loading the program, is done once. On the standard input comes the kind
of work for the next writer, and the day on which it works; on the standard output go its process id, what it has kept,
and a word when it is gone.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from itertools import cycle
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from mikrolaan.domain.bank_file import BankFile, BankFormat, BankLine, fingerprint, identified
from mikrolaan.domain.document import DocumentKind
from mikrolaan.domain.money import Currency, Money
from mikrolaan.example.plain_page import plain_page
from mikrolaan.services.documents import LoanPaper, Printed
from mikrolaan.services.session import Session
from mikrolaan.storage.office_file import OfficeFileStore
from tests.offices import CHEAP, PASSWORD

GONE = "gone"
LINES = 6  # of each bank file
PAID_ON = date(2026, 2, 1)


def say(text: str) -> None:
    """One write of a few bytes, which arrives whole or not at all."""
    os.write(sys.stdout.fileno(), f"{text}\n".encode())


def print_plainly(_kind: DocumentKind, paper: LoanPaper) -> Printed:
    """A page made in no time, so that a kill meets the writing and not the printing."""
    return plain_page(paper)


def enter_payments(session: Session, loan_ids: list[UUID]) -> None:
    for loan_id in cycle(loan_ids):
        session.payments.take(loan_id, Money(100, Currency.NOK), PAID_ON)
        say(f"payment {session.loans.get(loan_id).journal.entries[-1].id}")


def import_files(session: Session, loan_ids: list[UUID]) -> None:
    while True:
        lines = [BankLine(n + 1, 200, "NOK", PAID_ON, bank_reference=uuid4().hex) for n in range(LINES)]
        file = BankFile(BankFormat.CSV, fingerprint(uuid4().bytes), identified(lines))
        review = session.bank_imports.review(file, "payments.csv")
        made = session.bank_imports.save(review, dict(enumerate(loan_ids[:LINES])))
        assert made is not None
        say(f"import {made.id}")


def send_letters(session: Session, loan_ids: list[UUID]) -> None:
    def tell(done: int, _total: int) -> None:
        if done:
            say(f"letter {loan_ids[done - 1]}")

    session.letters.send(loan_ids, tell, lambda: False)
    signal.pause()  # all are sent: nothing is left but to be killed


def send_letters_and_notices(session: Session, loan_ids: list[UUID]) -> None:
    people = [one.to for one in session.notices.to_tell(loan_ids)]
    asked = [*(f"notice {to.guarantor_id}" for to in people), *(f"letter {loan_id}" for loan_id in loan_ids)]

    def tell(done: int, _total: int) -> None:
        if done:
            say(asked[done - 1])

    session.letters.send(loan_ids, tell, lambda: False, people)
    signal.pause()


WORK: dict[str, Callable[[Session, list[UUID]], None]] = {
    "payments": enter_payments,
    "imports": import_files,
    "letters": send_letters,
    "notices": send_letters_and_notices,
}


def write_until_killed(path: Path, work: str, today: date, loan_ids: list[UUID]) -> None:
    now = datetime.combine(today, time(9, 30), UTC)
    file = OfficeFileStore(today=lambda: today, now=lambda: now, cost=CHEAP).open(path, PASSWORD)
    Random().shuffle(loan_ids)
    WORK[work](Session(file, print_plainly), loan_ids)


def main() -> None:
    path, loan_ids = Path(sys.argv[1]), [UUID(text) for text in sys.argv[2:]]
    for line in sys.stdin:
        work, day = line.split()
        writer = os.fork()
        if not writer:
            try:
                write_until_killed(path, work, date.fromisoformat(day), loan_ids)
            finally:
                os._exit(1)  # whoever is not killed has failed: no word of what was kept comes from here
        say(f"writer {writer}")
        os.waitpid(writer, 0)
        say(GONE)


if __name__ == "__main__":
    main()
