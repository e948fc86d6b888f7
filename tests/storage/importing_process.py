"""A process that imports bank files, and reverses every third, until it is killed, saying aloud what is kept."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from mikrolaan.app import print_paper
from mikrolaan.bank_files.detect import BankFiles
from mikrolaan.services.session import Session
from mikrolaan.storage.office_file import OfficeFileStore
from tests.bank_files.writers import Paid, ocr_giro_by_hand
from tests.offices import CHEAP, PASSWORD

FIRST = date(2026, 2, 1)
PAYMENTS = 20  # in one file


def import_file(session: Session, references: list[str], turn: int) -> str:
    """Import one file of payments of 1 krone, another for each `turn`; the id of the import."""
    paid = [
        Paid(references[number % len(references)], "1", archive=f"{turn * PAYMENTS + number + 1:09}")
        for number in range(PAYMENTS)
    ]
    content = ocr_giro_by_hand(paid, on=FIRST + timedelta(days=turn % 5))
    file = BankFiles().read(content, None, "NOK", lambda _done, _total: None, lambda: False)
    assert file is not None
    review = session.bank_imports.review(file, f"ocr-{turn}.txt")
    places = {place: each.loan.loan_id for place, each in enumerate(review.lines) if each.loan and each.may_be_saved}
    made = session.bank_imports.save(review, places)
    assert made is not None
    return str(made.id)


def main() -> None:
    path, begin, references = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    session = Session(OfficeFileStore(cost=CHEAP).open(path, PASSWORD), print_paper)
    for turn in count(begin):
        kept = import_file(session, references, turn)
        sys.stdout.write(f"saved {kept}\n")
        sys.stdout.flush()
        if turn % 3 == 2:
            latest = session.bank_imports.imports(0, 1)[0]
            session.bank_imports.reverse(latest.id, reason="Tried")
            sys.stdout.write(f"reversed {latest.id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
