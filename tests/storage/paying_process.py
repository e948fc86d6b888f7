"""A process that enters payments until it is killed, saying aloud each one that is kept."""

from __future__ import annotations

import sys
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID

from mikrolaan.domain.audit import Act
from mikrolaan.storage.office_file import OfficeFileStore
from tests.offices import CHEAP, PASSWORD
from tests.storage.samples import a_payment


def main() -> None:
    path, loan_ids = Path(sys.argv[1]), [UUID(text) for text in sys.argv[2:]]
    file = OfficeFileStore(cost=CHEAP).open(path, PASSWORD)
    for turn in count():
        payment = a_payment(1, date(2026, 2, 1))
        with file.unit(Act.PAYMENT_TAKEN) as unit:
            unit.loans.save(unit.loans.get(loan_ids[turn % len(loan_ids)]).with_entry(payment))
            unit.commit()
        sys.stdout.write(f"{payment.id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
